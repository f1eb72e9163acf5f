duties-title = Duties

## Commands

command-duties = duties
    .aliases = roles
    .help = who does what; the teacher opens roles: tea 2; car 3; without an event — Spring clean: windows 3; curtains 2
    .example = !duties no 12 tea 2; car 3 (needs a car); photos 1
    .help-family = who does what, and where help is still needed
    .example-family = !duties
    .roles = roles
    .wishes = wishes until, by wish until

command-duties-propose = propose
    .aliases = distribute
    .help = find families for empty places: those with the fewest duties this year first
    .example = !duties propose 12
    .occasion = the event's number or title
    .seed = seed, lot, draw

command-duties-send = send
    .help = send the proposal to the families
    .example = !duties send

command-duties-replace = replace
    .help = replace a family in a proposal: by the next in turn, or by a named one
    .example = !duties replace Kalinina by Chernov
    .family = the pupil's surname or number
    .by = by, with

command-duties-remove = remove
    .aliases = close
    .help = remove a role; whoever took it is told
    .example = !duties remove no 12 photos
    .duty = the role
    .occasion = no, event

command-duties-end = end
    .aliases = finish
    .help = end duties without an event: what was taken is done
    .example = !duties end Spring clean
    .title = its title

command-duties-load = load
    .aliases = count
    .help = how many duties each family has this school year (only staff see it)
    .example = !duties load

command-duty = duty
    .help = enter a duty for a family (by phone, on paper)
    .example = !duty Kalinina tea
    .family = the pupil's surname or number
    .duty = the role
    .occasion = no, event

command-duty-drop = drop
    .help = take a duty off a family
    .example = !duty drop Kalinina tea
    .family = the pupil's surname or number
    .duty = the role
    .occasion = no, event

command-duty-missed = missed
    .aliases = no show, noshow
    .help = note that a family did not come; it does not count
    .example = !duty missed Kalinina tea
    .family = the pupil's surname or number
    .duty = the role
    .occasion = no, event

command-duty-has = has
    .help = note what a family has (a car, a thermos); has not: “none” at the end
    .example = !duty has Kalinina car
    .family = the pupil's surname or number
    .need = what it has
    .none = none

command-rota = rota
    .help = a duty for the whole year: one family a week, or a day
    .example = !rota Classroom Mon–Fri from 1 December until 31 May
    .help-family = who is on duty
    .example-family = !rota next week
    .title = its title
    .since = from, starting
    .until = until, till, to
    .daily = daily, every day, by day

command-rota-propose = propose
    .aliases = distribute
    .help = find families for the next empty weeks
    .example = !rota propose
    .title = its title
    .seed = seed, lot, draw

command-rota-skip = skip
    .aliases = holidays
    .help = days without duty
    .example = !rota skip 29 December – 9 January
    .days = which days
    .title = its title

command-rota-end = end
    .aliases = finish, cancel
    .help = end a rota
    .example = !rota end
    .title = its title

command-excuse = excuse
    .help = do not ask a family until a date; only the class's teacher sees it, no reason is kept
    .example = !excuse Kalinina until 1 March
    .family = the pupil's surname or number
    .until = until, till

command-excuse-end = end
    .help = ask a family again
    .example = !excuse end Kalinina
    .family = the pupil's surname or number

command-excuse-list = list
    .aliases = all, who
    .help = who is excused (only the class's teacher sees it)
    .example = !excuse list

command-swap = swap
    .aliases = exchange
    .help = swap duties with another family
    .example = !swap tea with Chernov for photos
    .text = with whom and for what

command-swap-yes = yes
    .help = enter that a family without the app agrees to a swap
    .example = !swap yes Isaev
    .family = the pupil's surname or number

command-swap-no = no
    .help = enter that a family without the app declines a swap
    .example = !swap no Isaev
    .family = the pupil's surname or number

duties-again-open = !duties no { $number } tea 2; photos 1
duties-again-propose = !duties propose { $number }
duties-again-remove = !duties remove no { $number } photos
duties-again-series = !rota Classroom Mon–Fri from 1 December until 31 May
duties-again-swap = swap tea with Chernov for photos

## How things are called

duties-called = “{ $duty }” (“{ $occasion }”, { $when })
duties-called-undated = “{ $duty }” (“{ $occasion }”)
duties-called-days = “{ $duty }”, { $days }
duties-called-occasion = “{ $title }” (no. { $number })
duties-called-series = “{ $title }”
duties-needs = Needed: { $needs }.
duties-day = { $day } { $month }
duties-days = { $first }–{ $last } { $month }
duties-days-of-months = { $first } – { $last }
duties-month-1 = January
duties-month-2 = February
duties-month-3 = March
duties-month-4 = April
duties-month-5 = May
duties-month-6 = June
duties-month-7 = July
duties-month-8 = August
duties-month-9 = September
duties-month-10 = October
duties-month-11 = November
duties-month-12 = December

## The card

duties-card-title = Duties: “{ $title }”, { $when }{ $number }
duties-card-title-undated = Duties: “{ $title }”{ $number }
duties-card-number = {" "}(no. { $number })
duties-card-cancelled = Duties: “{ $title }”{ $number } — cancelled, everybody is free
duties-card-role = { $mark } { $duty }{ $time } — { $taken } of { $places }{ $some ->
    [1] : { $names }
   *[0] {""}
 }. { $needs }
duties-card-wishes = { $mark } { $duty }{ $time } — places: { $places }, wishes: { $wishes }. { $needs }
duties-card-time = {" "}at { $time }
duties-card-until = We collect wishes until { $until }. If there are more wishes than places, those with fewer duties this year come first, then a draw decides.
duties-card-seed = Draw no. { $seed }.
duties-card-how = Take one with the numbered button, or write to me: “{ $example }”. If plans change, take your reaction back or write “can't”. In each role, one place per family.
duties-card-how-plain = Write to me what you take: “{ $example }”. If plans change, write “can't”. In each role, one place per family.
duties-card-over = All done. Thank you!
duties-card-over-some = It is over. Thank you to everybody who helped!
duties-series-over-some = The rota has ended. Thank you to everybody who was on duty!
duties-card-past = The event is over.
duties-series-past = The rota has ended.
duties-card-empty = Nothing is needed so far.
duties-series-title = Duty { $title }
duties-series-words = duty, rota, дежурство, дежурим, дежурить, дежурная
duties-card-days = { $days } — { $some ->
    [1] { $names }
   *[0] { $places ->
        [1] free
       *[other] free places: { $places }
    }
 }{ $some ->
    [1] { $places ->
        [1] {""}
       *[other] {" "}({ $taken } of { $places })
    }
   *[0] {""}
 }
duties-card-series-full = The rest is filled. Write “can't” if plans change.
duties-card-series-how = Free: { $free } more. 🙋 takes the nearest ({ $nearest }); or write the days to me. If plans change, write “can't”.
duties-card-series-how-plain = Free: { $free } more, the nearest is { $nearest }. Write the days to me to take them. If plans change, write “can't”.
duties-card-series-cancelled = “{ $title }” — cancelled

## To families: taking and giving back

duties-taken = It is yours: { $duty }. Thank you! If it does not work out, write “can't”.
duties-held = Your family has it already: { $duty }.
duties-wished = Your wish is noted: { $duty }. I shall write when it is decided.
duties-full = There are no places left: { $duty }. Thank you for offering!
duties-over = It is too late for this: { $duty }. Thank you for offering!
duties-given-back = All right, the place is free: { $duty }.
duties-wish-back = All right, the wish is taken back: { $duty }.
duties-not-yours = Your family's other home has taken this, and only they can give it back: { $duty }.
duties-edited = I do not count edits: you still have { $duty }. If it should be otherwise, please write a new message.
duties-not-held = Your family does not have it: { $duty }.
duties-family-gave-back = Somebody of your family gave a duty back: { $duty }. The place is free again.
duties-family-entered-taken = The teacher entered for your family: { $duty }. If it does not work out, write “can't”.
duties-family-entered-wished = The teacher entered your family's wish: { $duty }.
duties-family-dropped = The teacher took a duty off your family: { $duty }.
duties-family-removed = This is not needed any more, you are free: { $duty }. Thank you for offering!
duties-reminder = A reminder: you have { $duty }. { $needs }
duties-reminder-how = If it does not work out, write “can't” or add a ❌.
duties-load-own = This school year your family has { $load ->
    [one] { $load } duty
   *[other] { $load } duties
 }.
duties-load-own-coming = This school year your family has { $load ->
    [one] { $load } duty
   *[other] { $load } duties
 }. To come: { $duties }.
duties-means-yes = Noted: you have { $need }. That will help when we look for helpers.
duties-means-no = Noted: you have no { $need }. I shall not ask you for that.

duties-label-take = take: { $duty }
duties-label-give = give back: { $duty }
duties-label-load = how many duties we have
duties-label-swap = ask for a swap
duties-label-unswap = take back the request to swap
duties-label-offer-yes = agree: { $duty }
duties-label-offer-no = decline: { $duty }
duties-label-swap-yes = agree to the swap: { $duty }
duties-label-swap-no = decline the swap: { $duty }
duties-label-means-yes = we have: { $need }
duties-label-means-no = we do not have: { $need }

duties-agenda-offer = Your family is asked: { $duty }. Answer “yes” or “no” until { $until }.
duties-agenda-swap = You are asked to swap: you would get { $gives } and give { $gets }. Answer “yes” or “no” until { $until }.
duties-agenda-free = { $sheet }: helpers are needed: { $duties }. Take one with its button, or write here.
duties-coming = You have { $duty }. { $needs }
duties-calendar = { $duty } — { $sheet }

## Wishes and draws

duties-lots-won = The place is yours: { $duty }. Thank you! If it does not work out, write “can't”.
duties-lots-lost = Not this time: { $duty }. Thank you for offering!
duties-lots-why = Places: { $places }, wishes: { $wishes }. Those with fewer duties this year come first: you have { $own }, the chosen have { $range }. { $lots ->
    [1] Where that was equal, draw no. { $seed } decided.
   *[0] No draw was needed.
 }
duties-lots-credit = { $credit } was added to your count, so that you need not catch up with what was before you.
duties-lots-staff = The wishes are decided: { $sheet }. The lowest load first, then draw no. { $seed }.
duties-lots-staff-row = { $duty }: places { $places }, wishes { $wishes } — { $chosen }.
duties-lots-staff-row-others = { $duty }: places { $places }, wishes { $wishes } — { $chosen }. No place for: { $others }.
duties-lots-staff-family = { $family } (load { $load })

## A proposal

duties-proposal-title = Proposal: { $sheet }. Draw no. { $seed }
duties-proposal-row = { $duty } — { $family } (load { $before } → { $after }): { $why }
duties-proposal-row-state = { $duty } — { $family } (load { $before } → { $after }): { $state }
duties-proposal-empty = { $duty }: nobody was found, empty places: { $count }.
duties-proposal-rule = Equal shares over the year: those with fewer duties first; a draw where that is equal. Who is busy at the time or has declined is not proposed.
duties-proposal-how = ✅ sends it to the families. To replace: !duties replace <surname> — or by whom: !duties replace <surname> by <surname>
duties-proposal-sent = Sent; answers are awaited until { $until }.
duties-proposal-done = Nobody has to answer any more.
duties-proposal-gone = This proposal is no longer valid.
duties-why-least = the fewest duties
duties-why-least-able = the fewest duties of those who can
duties-why-has-it = has what is needed
duties-why-teacher = the teacher's choice
duties-state-draft = not sent yet
duties-state-sent = not answered yet
duties-state-accepted = agreed
duties-state-declined = declined
duties-state-silent = no answer
duties-state-withdrawn = withdrawn
duties-state-lapsed = somebody else was quicker

duties-offer = Could you help? { $duty }. { $needs }
duties-offer-load = It is your family's turn: this school year you have had { $load ->
    [0] no duties
    [one] { $load } duty
   *[other] { $load } duties
 }.
duties-offer-has-it = You have what is needed, so I am asking you.
duties-offer-teacher = The teacher asks your family.
duties-offer-until = ✅ yes, ❌ no; words will do as well. I am waiting until { $until }; without an answer I shall ask others.
duties-offer-until-takes = ✅ yes, ❌ no; words will do as well. I am waiting until { $until }; without an answer I take it that you agree.
duties-offer-declined = All right, I shall ask others: { $duty }.
duties-offer-lapsed = Help was found already: { $duty }. Thank you!
duties-offer-silent = There was no answer, so I shall ask others: { $duty }. You need not do anything.
duties-offer-silent-taken = There was no answer, so it is yours: { $duty }. If it does not work out, write “can't”.

## Swaps

duties-swap-letter = { $name } would like to swap: you would get { $gives } and give { $gets }.
duties-swap-how = ✅ agreed, ❌ no. I am waiting until { $until }.
duties-swap-asked = I have asked. You would give { $gives } and get { $gets }. I am waiting until { $until }; nothing changes before that.
duties-swap-asked-by-teacher = That family is without the app, so the teacher will ask. You would give { $gives } and get { $gets }. I am waiting until { $until }; nothing changes before that.
duties-swap-asked-already = You have asked for this swap already; I am waiting for the answer.
duties-swap-done = The swap is done. You now have { $gets } and no longer { $gives }.
duties-swap-declined = The swap was declined: { $gets }. You still have { $gives }.
duties-swap-expired = The swap was not answered in time: { $gets }. You still have { $gives }.
duties-swap-void = The swap is not possible any more, something has changed: { $gets }.
duties-swap-other-declined = All right, everything stays as it was.
duties-swap-other-expired = Thank you, but it is too late: the time for this swap is over, everything stays as it was.
duties-swap-other-void = Thank you, but it is too late: this swap is not possible any more, everything stays as it was.
duties-swap-other-done = This swap is done already.
duties-swap-other-asked = This swap is still waiting for an answer.
duties-swap-other-withdrawn = The request to swap was taken back, you need not answer: you would get { $gives } and give { $gets }. Everything stays as it was.
duties-swap-withdrawn = All right, there will be no swap.
duties-swap-example = With whom, and for what? For example: { $example }
duties-swap-guardians = Families swap by themselves. You can enter a duty for a family or take it off: !duty Kalinina tea
duties-swap-self = That is your own family.
duties-swap-has-it = That family has { $duty } already.
duties-swap-many = You are asking for { $most } swaps already. Please wait for the answers, or write “cancel swap”.
duties-swap-none-own = Your family has no such duty: { $text }.
duties-swap-none-their = That family has no such duty: { $text }.
duties-swap-which-own = What would you give? You have { $duties }. For example: { $example }
duties-swap-which-their = For what? They have { $duties }. For example: { $example }
duties-swap-nothing = Nobody asks this family to swap: { $family }.
duties-swap-entered = Entered, both families are told: { $family }.
duties-swap-late-staff = That swap is not possible any more, or its time is over: { $family }. The family that asked is told.

## To the teacher

duties-opened = Open: { $sheet }, roles: { $count }. The card is in the events room.
duties-removed = Removed: { $duty }.
duties-removed-told = Removed: { $duty }. { $families ->
    [one] The family that had taken it is told.
   *[other] The families that had taken it are told.
 }
duties-removed-personally = Removed: { $duty }. Please tell those without the app yourself: { $names }.
duties-full-staff = There are no places left: { $duty }. Not entered: { $family }.
duties-over-staff = It is too late to enter this: { $duty }. Not entered: { $family }.
duties-entered-taken = Entered: { $family } — { $duty }.
duties-entered-held = It was entered before: { $family } — { $duty }.
duties-entered-wished = The wish is entered: { $family } — { $duty }.
duties-dropped = Taken off: { $family } — { $duty }.
duties-missed = Noted that they did not come: { $family } — { $duty }. It does not count.
duties-means-staff-yes = Noted: { $family } has { $need }.
duties-means-staff-no = Noted: { $family } has no { $need }.
duties-series-opened = “{ $title }” is open: { $days }, { $count } in all. The card is in the events room. To distribute it: !rota propose
duties-series-skipped = “{ $title }”: no duty on { $days }, { $count } taken out.
duties-series-ended = “{ $title }” has ended.
duties-exempt = Until { $until }, that day included, I do not ask this family: { $family }. What it takes by itself stays its own. Nobody else knows of this.
duties-exempt-quietly = Done. I take the message away: exemptions are for the class's teacher only, and others read here. Please write to me about them in a private chat.
duties-exempt-elsewhere = Only the class's teacher knows who is excused. I show it in a private chat with me: !excuse list
duties-exempt-no-more = I ask this family again: { $family }.
duties-exempt-list = Not asked at present:
duties-exempt-row = { $family } — until { $until }
duties-exempt-nobody = Nobody is excused at present.
duties-load-title = Duties of families, school year { $year }:
duties-load-family = Family
duties-load-count = Duties
duties-load-notes = Notes
duties-load-credit = { $credit } added to the count
duties-load-waiting = asked: { $waiting }
duties-load-missed = did not come: { $missed }
duties-load-exempt = excused
duties-load-spread-all = From { $least } to { $most }. Who is excused, and what was added to whose count, only the class's teacher sees, in a private chat with me.
duties-load-spread = Without the excused: from { $least } to { $most }.
duties-staff-given-back = There is little time left, and a place has become free: { $duty }. Given back by: { $family }. To ask others: !duties propose
duties-staff-left = A family has left the class, the place is free: “{ $duty }” (“{ $sheet }”).
duties-staff-declined = { $family } declined: { $duty }.
duties-staff-silent = { $family } did not answer: { $duty }.
duties-staff-next = Next in turn: { $family } (load { $before } → { $after }). ✅ asks them.
duties-staff-nobody-next = There is nobody else to ask.
duties-staff-not-needed = The place is taken, or others are asked already.
duties-staff-personally = Without the app, please ask them yourself: { $families }. To enter a yes: !duty <surname> <role>
duties-staff-personally-row = { $family } — { $duty }
duties-staff-swap = { $asker } asks a family without the app to swap: { $other } would get { $gives } and give { $gets }. Until { $until }: !swap yes <surname> or !swap no <surname>
duties-reminder-staff = Tomorrow families without the app have duties, please remind them yourself: { $duties }.
duties-reminder-staff-row = { $duty } — { $families }

## When something is wrong

duties-unknown = This is no longer there.
duties-no-occasions-here = What are these duties for? For example: !duties Spring clean: windows 3; curtains 2. A duty for the whole year: !rota Classroom
duties-no-occasions = There are no events now. First the event, then its duties — or duties by themselves: !duties Spring clean: windows 3; curtains 2
duties-occasion-over = That event is over or cancelled, so no roles were opened for it.
duties-unknown-occasion = There is no event no. { $number }, or it is over.
duties-which-occasion = For which event? There are: { $occasions }. Add its number or title, for example: { $example }
duties-own-ended = Ended: { $sheet }.
duties-own-none = There are no such duties without an event: “{ $text }”. Those of an event end with it.
duties-own-which = Which? There are: { $sheets }. Please write the whole title, or reply to the card.
duties-own-when = At what time is “{ $text }”? For example: !duties Spring clean 21 November 10:00: windows 3; curtains 2
duties-none-called = There are no duties “{ $text }”. What there is: !duties
duties-none-for = There are no duties for event no. { $number }.
duties-none-open = No duties are open now.
duties-no-series = This class has no rota. For example: !rota Classroom Mon–Fri
duties-unknown-series = There is no rota “{ $text }”.
duties-which-series = Which rota? There are: { $series }. Add its title.
duties-unknown-duty = I cannot find the duty “{ $text }”. There are: { $duties }
duties-which-duty = “{ $text }” — which one? There are: { $duties }. Add the event's number, for example no 12.
duties-slip-role-command = “{ $text }” looks like a command rather than a role, so nothing was opened. Roles are written like this: !duties tea 2; photos 1, with the number of places. All commands: !help duties
duties-slip-role-family = “{ $text }” is about a family, and everybody reads the roles, so nothing was opened. To enter a family: !duty Kalinina tea, to take it off: !duty drop Kalinina tea, not to ask it: !excuse Kalinina
duties-slip-rota-command = “{ $text }” looks like a command rather than a title, so nothing was opened. A rota is opened like this: !rota Classroom Mon–Fri. All commands: !help rota
duties-slip-rota-family = “{ $text }” is about a family, and everybody reads the card, so nothing was opened. To take a family off: !duty drop Kalinina duty, to enter it: !duty Kalinina duty
duties-words-commands = replace, excuse, exempt, propose, distribute, who, skip, cancel
duties-words-about = families, family, duties, duty, roles, role
duties-words-doing = list, holidays, drop, remove, close, send, load, has, show, add, enter, open, change, move, swap, rota, event, poll, duty, missed, end, finish
duties-words-asking = who, who's, whose, when, list, schedule, table, show
duties-words-around-asking = is, are, now, next, turn, all
duties-words-own-commands = duties, roles, duty, rota, excuse, swap
duties-order-edited = I do not follow this edit: what the command has done stays. If it should be otherwise, please write a new message.
duties-order-undone = Undone.
duties-order-held = There is nothing to undo, the family has taken this by itself, too: { $family } — { $duty }. To take it off: !duty drop <surname> <role>
duties-order-stays = The command has been followed, and deleting it changes nothing.
duties-order-stays-but = The command has been followed, and deleting it changes nothing. To change it: { $example }
duties-order-drop = !duty <surname> <role>
duties-order-missed = !duty <surname> <role>
duties-order-means = !duty has <surname> car none
duties-order-excuse-end = !excuse <surname>
duties-order-open = !duties remove <role>
duties-order-remove = !duties <role> <places>
duties-order-rota = !rota end
duties-command-edited = I do not follow edits of commands. Please write it as a new message.
duties-no-title = I do not understand the role “{ $text }”. For example: tea 2
duties-title-too-long = “{ $text }…” is too long, at most { $most } characters are possible.
duties-wrong-places = “{ $text }”: there can be from 1 to { $most } places.
duties-wrong-weight = “{ $text }”: the weight can be from 1 to { $most }.
duties-wrong-clock = There is no such time: “{ $text }”.
duties-too-many = There can be at most { $most } roles. Perhaps some can be put together?
duties-places-taken = “{ $duty }”: { $taken } are taken, there cannot be fewer places. First take it off somebody: !duty drop <surname> <role>
duties-not-held-by = This family does not have it: { $family } — { $duty }.
duties-not-yet = This is still to come: { $duty }. If the family cannot: !duty drop <surname> <role>
duties-not-exempt = This family is not excused anyway.
duties-nothing-to-propose = There is nothing to propose: nothing to come is open.
duties-all-filled = All places are taken or proposed: { $sheet }.
duties-nobody = There is nobody to ask: { $sheet }. All are busy, have declined or are excused.
duties-nobody-else = There is nobody else: { $duty }.
duties-no-draft = No proposal is waiting to be sent. A new one: !duties propose
duties-not-proposed = This family is not in the proposal: { $family }.
duties-has-it-already = It has it already: { $family } — { $duty }.
duties-series-no-title = What is the rota called? For example: { $example }
duties-series-empty = There is no day for it in these days. For example: { $example }
duties-series-sure = Is “{ $text }” the name of a rota for the whole school year? Then add the days: !rota { $text } Mon–Fri. Who is on: !rota
duties-series-dated = There is a day in the title “{ $text }”, so nothing was opened. From which day on is said with “from”: !rota Classroom Mon–Fri from 7 December. Who is on: !rota 7 December
duties-series-there = “{ $title }” is open already: { $days }. To end it: !rota end. Please give another rota another name.
duties-series-there-already = This rota is open already. Please give another one another name.
duties-rota-nobody = { $days } — no duty.
duties-series-long = Too long: there can be at most { $most } parts.
duties-series-nothing-there = No part of it lies in these days altogether: { $days }.

## Export and erasure

duties-export = Duties
duties-export-places = Duties
duties-export-wishes = Wishes that are not decided yet
duties-export-offers = What the family was asked
duties-export-swaps = Swaps
duties-export-exemptions = Exemptions from duties
duties-export-means = What the family has
duties-export-credit = Added to the count of duties
duties-export-duty = Duty
duties-export-via = How
duties-export-by = Who
duties-export-at = When
duties-export-status = Status
duties-export-since = Since
duties-export-until = Until
duties-export-gave = Gave
duties-export-got = Got
duties-export-yes = yes
duties-export-no = no
duties-export-held = the family's
duties-export-via-reaction = by a reaction
duties-export-via-desk = by a message in the private room
duties-export-via-proxy = entered by the teacher
duties-export-via-lots = by a wish
duties-export-via-proposal = by a proposal
duties-export-via-swap = by a swap
duties-export-ended-given-back = given back
duties-export-ended-by-teacher = taken off by the teacher
duties-export-ended-swapped = swapped
duties-export-ended-cancelled = cancelled
duties-export-ended-missed = did not come
duties-export-ended-left = the family has left the class
duties-export-swap-asked = not answered
duties-export-swap-done = done
duties-export-swap-declined = declined
duties-export-swap-expired = no answer
duties-export-swap-void = not done
