events-title = Class events

## Commands

command-event = event
    .help = open an event: when, where, what to bring, duties, places
    .example = !event Ice rink on Saturday 12:00; where: the park; bring: skates; duties: tea 2, photos 1
    .text = a title and a date
command-event-change = change
    .aliases = move, edit
    .help = change date, place and the rest; those who promised to come are asked again
    .example = !event change #3 when: Sunday 13:00; where: school
    .text = what to change
command-event-cancel = cancel
    .help = cancel an event and tell everybody who meant to come
    .example = !event cancel 3 no ice
    .text = the number and the reason
command-event-done = done
    .aliases = over
    .help = the event is over (it closes by itself after its end)
    .example = !event done 3
    .number = the event's number
command-event-thanks = thanks
    .help = say thanks for an event, in your own words if you like
    .example = !event thanks 3 It was wonderful!
    .text = the number and the words
command-event-who = who
    .aliases = missing
    .help = who is coming, who is not, and who is silent (only staff see it)
    .example = !event who 3
    .text = the event's number or title
command-event-list = list
    .aliases = all
    .help = which events lie ahead
    .example = !event list
command-plan = plan
    .help = write an event's plan anew; without a text, show it
    .example = !plan #3 We meet at the gate at 11:45; Skating until two; Tea in the café
    .text = the plan's lines
    .important = important
command-plan-add = add
    .help = add a line to the plan, or an idea by its number
    .example = !plan add 3
    .text = a line, or an idea's number
    .important = important
command-plan-line = line
    .help = write one line of the plan anew
    .example = !plan line 2 Skating until three
    .text = the line's number and the new text
    .important = important
command-plan-remove = remove
    .aliases = delete
    .help = take a line out of the plan
    .example = !plan remove 2
    .text = the line's number
command-plan-history = history
    .help = who changed what in the plan, and when
    .example = !plan history 3
    .number = the event's number
command-discussion = discussion
    .help = until which day an event is discussed in its thread
    .example = !discussion until Thursday
    .text = until which day, the event's number
command-rsvp = rsvp
    .aliases = coming
    .help = enter a family's answer (by phone, on paper)
    .example = !rsvp Kalinina 2 adults
    .family = the pupil's surname or number
    .said = how many adults, “no” or “maybe”
    .event = no, event
command-idea = idea
    .aliases = suggest
    .help = propose something for an event, or a new event
    .example = !idea let us bring thermos flasks
    .text = what you propose
command-ideas = ideas
    .aliases = proposals
    .help = which ideas are waiting for a decision
    .example = !ideas
command-ideas-accept = accept
    .help = accept an idea: into the plan of an event, or as a new one
    .example = !ideas accept 3
    .number = the idea's number
    .event = no, event
command-ideas-decline = decline
    .help = decline an idea; only its author sees the reason
    .example = !ideas decline 3 not before winter
    .number = the idea's number
    .reason = the reason
command-ideas-poll = poll
    .aliases = vote
    .help = let the families choose between ideas
    .example = !ideas poll 3 5 until Friday
    .numbers = the ideas' numbers
    .until = until, till, by

events-example = !event Ice rink on Saturday 12:00; where: the park; bring: skates; duties: tea 2, photos 1

# Words that parts of an event begin with, separated by commas, in small letters. With a colon: only where it is written.
events-label-title = title, name:
events-label-when = when, date:, time:
events-label-place = where, place:
events-label-bring = bring, to bring
events-label-cost = cost, price
events-label-capacity = places, seats, room for
events-label-answer-by = answer by, rsvp by, reply by, rsvp
events-label-duties = duties, helpers:, wanted:
events-label-important = important

# What tells that a time is eight in the evening, that something is a deadline, that places are for pupils or families, and that a day follows.
events-words-evening = 20:00, 20.00, at 20, 8 pm, 8pm, 8 p
events-words-until = by, until, till
# What says behind a day when on that day, and not where
events-words-part-of-day = after school, after lessons, after classes, after lunch, before school, before lessons, at break, during break, all day, in the morning, in the afternoon, in the evening
events-words-pupils = pupil, child, kid, student
events-words-families = famil, household
events-words-onto = to, for, on, the

# Words that tell whether a family is coming. Separated by commas, in small letters.
events-words-yes = we come, we will come, we'll come, will come, i'm in, coming, we are coming, we're coming, will be there, we'll be there, count us in, we are in, we're in, will be at, we'll be at, would love to come, we'd love to come, would like to come, we'd like to come, count me in, sign us up, sign me up, put us down, looking forward to, see you on, see you at
events-words-no = can't come, cannot come, can't make it, cannot make it, won't come, won't make it, not coming, can't, cannot, will not come, won't be there, isn't coming, count us out, are not coming, can't manage, unable, won't be able, we're out, won't be coming, aren't coming, can't do, cannot do, not on, skip, we'll skip, will skip, we'll pass
events-words-maybe = might come, may come, might not come, may not come, will try, not decided
events-words-plain-yes = yes, sure, of course, yeah, yep, okay, ok, see you
events-words-plain-no = no, nope, sorry no, not to, not for
events-words-plain-maybe = maybe, perhaps, probably, not sure, don't know yet, don't know
events-words-adults = adult, adults, grown-up, grown-ups, parent, parents
events-words-one-adult = mum, mom, mother, dad, father, grandma, grandmother, grandpa, grandfather, aunt, uncle, husband, wife, granny, nan, granddad, partner
events-words-two-adults = with my husband, with my wife, my husband and i, my wife and i, both parents, both of us, me and my husband, me and my wife, i and my husband
events-words-people = people, of us, of us there
events-words-children = child, children, kid, kids, pupil, pupils
events-words-everybody = everybody, everyone
# All children, and as many adults as the family has
events-words-whole = the whole family, our whole family, whole family, all of us, all the family, the entire family
events-words-no-adults = without adults, without parents, on his own, on her own, alone
events-words-no-children = without children, without kids, adults only, only adults
# Giving up what was promised; somebody else ("one more"), somebody beside those who come already ("dad is coming too"), "plus", which is a "yes", too; what says that those who are named come; what speaks of the past or of a condition.
events-words-give-up = cancel, we cancel, call it off, withdraw, have to cancel
events-words-more = another, one more, with us, along with us
events-words-also = too, as well, also
events-words-plus = plus
events-words-be = there will be
events-words-never = was, were, went, if, whether, when, yesterday, consultation, consultations, appointment, vote, voting
# Who speaks of themselves ("I'm coming too"); who comes without other adults; guests who are not of the class; "we're for it"; "changed our minds".
events-words-i-come = i'll come, i will come, i'll be at, i'd like to come, i'll be there, i will be there, i am coming, i'm coming, i come
events-words-i = i, i'm, i'll, i am
events-words-only-me = just me, only me, i'm coming alone, i'll come alone, i will come alone, just myself
events-words-guest = brother, sister, brothers, sisters, sibling, siblings, friend, friends
events-words-in-favour = we're for it, we are for it, i'm for it, all for it, we're for, we are for, in favour, in favor
events-words-other-mind = changed our minds, changed my mind, changed our mind, changed minds
# With which something else begins: "we'll come to skating but not to the theatre".
events-words-turns = but, however, though
# Questions about an event: when, where, what to bring, what it costs; and words around them.
events-words-ask-when = when, what time, at what time, which day, what day, how late, until when
events-words-ask-where = where, what address, which address, the address
events-words-ask-bring = what to bring, what should we bring, what do we bring, what shall we bring, what do we need, what do we take, what should we take, what to take, what should i bring, what do i need, what to bring along, what do the children need, what should the children bring
events-words-ask-cost = how much, what does it cost, the price, how much does it cost
events-words-ask-around = is, are, does, do, the, to, at, for, it, we, meet, meeting, start, starts, begin, begins, held, and, please, hello, hi, tell, me, us, remind, exactly, event, will, be, should, come, there, good, morning, evening, thanks, cost, costs, taking, place, take, i, need, bring
# Today, tomorrow, the day after; weekdays from Monday; months; forms are separated by slashes.
events-words-near = today, tomorrow
events-words-weekdays = monday/mon, tuesday/tue, wednesday/wed, thursday/thu, friday/fri, saturday/sat, sunday/sun
events-words-months = january/jan, february/feb, march, april/apr, may, june, july, august/aug, september/sept/sep, october/oct, november/nov, december/dec
# What makes a number in front of it the day of a month.
events-words-dates = th/st/nd/rd
events-words-fillers = we, us, and, with, to, the, a, an, for, of, on, at, be, is, are, will, our, family, thanks, thank you, please, sorry, unfortunately, just, only, there, this time, hello, hi, it, gladly, come, attend, join, make, make it, good morning, good evening, afraid, we're, we've, we'll, we'd, after all, love, happy, event, by, then, really, all, so, but, make it to, together, my, oh, her, his
events-words-counts = one, two, three, four, five, six
events-words-together = -, the two of us, the three of us, the four of us
events-words-idea = i suggest, we suggest, i propose, idea:, suggestion:, proposal:
events-words-named = with my name, you may name me, name me, you may name us, with our name
# What no title begins with unless in quotes: commands that were written wrongly.
events-words-commands = change, edit, cancel, done, over, thanks, list, missing, who, rsvp, remove, delete, decline, accept, remind, replace, free, confirm, confirmed, help
# One word: what is said of whether somebody comes
events-words-answers = comes, come, coming, will, won't, can't, cannot, isn't, aren't, ill, sick, attends, attending, joins, joining, skips, skipping, absent, confirmed
# Why something is called off: words, and with a hyphen beginnings of words
events-words-reasons = no, not, because, due, bad, too, everyone, everybody, nobody, all, we, rain-, snow, snowing, storm-, cold, frost, weather, flu, ill, illness-, sick-, quarantin-, virus-, covid-, closed, broke-, cancel-, postpon-, moved, money, repair-, emergency, never, can't, cannot, isn't, won't
# What stands between a title and a reason
events-words-because = because, due, since, owing, as, no
# Reasons of one word
events-words-causes = quarantine
events-words-own-commands = event, plan, discussion, rsvp, coming, idea, suggest, ideas, proposals

## The card

events-card-title = { $title } · event no. { $number }
events-card-over = { $title } · event no. { $number } is over
events-card-cancelled = { $title } · event no. { $number } is cancelled
events-card-when = When: { $said }
events-card-place = Where: { $said }
events-card-bring = Bring: { $said }
events-card-cost = Cost: { $said }
events-card-plan = The plan:
events-card-more = …and { $count } more: !plan
events-card-version = Version { $version }, changed { $when }
events-card-duties = Duties: { $taken } of { $places } places taken · see the card below
events-card-duties-over = Duties: { $taken } of { $places } places were taken
events-card-poll = We are choosing now: poll no. { $number }
events-card-poll-over = Poll no. { $number } decided: { $option }
events-card-yes = { $families ->
    [0] Nobody has said yes yet
    [one] { $families } family is coming
   *[other] { $families } families are coming
 }
events-card-people = { $adults } and { $pupils }
events-card-rest = Maybe: { $maybe }. Answered: { $answered } of { $families }.
events-card-places = Places: { $places }, free: { $free }.
events-card-waiting = { $count ->
    [one] { $count } family is waiting for a place.
   *[other] { $count } families are waiting for a place.
 }
events-card-stale = { $count ->
    [one] { $count } family answered before the change; it is being asked again.
   *[other] { $count } families answered before the change; they are being asked again.
 }
events-card-answer-by = Please answer by { $until }.
events-card-was = { $families ->
    [one] { $families } family was there
   *[other] { $families } families were there
 }
events-card-talk = We discuss it in the thread until { $until }.
events-card-how = ✅ we're coming · ❔ maybe · ❌ no. Tap here, or write in your private room: “we're coming, 2 adults”. A family's last answer counts.
events-card-how-plain = React with ✅ we're coming, ❔ maybe or ❌ no, or write in your private room: “we're coming, 2 adults”. A family's last answer counts.
events-card-ideas = An idea? Write it in the thread or in your private room: “idea: …”
events-stage-idea = idea
events-stage-plan = plan
events-stage-discussion = discussion
events-stage-duties = duties
events-stage-rsvp = who's coming
events-stage-done = over
events-stage-thanks = thanks

events-adults = { $count ->
    [one] { $count } adult
   *[other] { $count } adults
 }
events-pupils = { $count ->
    [one] { $count } pupil
   *[other] { $count } pupils
 }
events-places-people = { $count }
events-places-pupils = { $count } (pupils)
events-called = no. { $number } “{ $title }”
events-dated = “{ $title }” ({ $when })
events-undated = “{ $title }”

## What changed

events-change = { $what }: was { $was }, is now { $now }
events-nothing = not set
events-field-title = Title
events-field-when = When
events-field-place = Where
events-field-bring = Bring
events-field-cost = Cost
events-field-capacity = Places
events-field-answer-by = Answer by
events-line-gone = Gone: { $line }
events-line-new = New: { $line }
events-history = How the plan has changed: { $event }
events-history-version = Version { $version }: { $when }, { $who }{ $important ->
    [1] , important
   *[0] {""}
 }
events-by-families = the families, in a poll
events-plan-is = The plan of { $event }, version { $version }:

## To families

events-said-yes = you're coming: { $party }
events-said-yes-bare = you're coming
events-said-maybe = you might come
events-said-no = you're not coming
events-echo-yes = Noted: { $event } — { $answer }. If that changes, just write.
events-echo-maybe = Noted: { $event } — { $answer }. When you know, write “we're coming” or “not coming”.
events-echo-no = Noted: { $event } — { $answer }. Thank you for telling us!
events-echo-no-duty = Noted: { $event } — { $answer }. You still have a duty there. If you can't do it either, write “can't do” and what, for example “can't do tea”.
events-echo-waiting = { $event }: { $answer }. { $has ->
    [0] There is no free place now, you are in the queue{ $ahead ->
        [0] {""} as the first
        [one] {""}; { $ahead } family is before you
       *[other] {""}; { $ahead } families are before you
     }. We will write as soon as a place is free.
   *[other] You have { $has } places, { $waits } more in the queue. We will write as soon as they are free.
 }
events-waiting = { $event }: there is no free place now, you are in the queue{ $ahead ->
    [0] {""} as the first
    [one] {""}; { $ahead } family is before you
   *[other] {""}; { $ahead } families are before you
 }. We will write as soon as a place is free.
events-fewer-places = { $event }: there are fewer places now, and I am sorry that they are not enough for your family{ $has ->
    [0] {""}
   *[other] {""} (you have { $has })
 }. You are in the queue{ $ahead ->
    [0] {""} as the first
    [one] {""}; { $ahead } family is before you
   *[other] {""}; { $ahead } families are before you
 }. We will write as soon as a place is free.
events-too-many-of-you = { $event }: there are only { $places } places altogether, not enough for all of you.{ $has ->
    [0] {""} So you are not on the list yet.
   *[other] {""} You keep the { $has } that you have.
 } Please write how many of you will come, for example “we're coming, 1 adult”.
events-echo-too-many = { $event }: { $answer }. But there are only { $places } places altogether, not enough for all of you.{ $has ->
    [0] {""}
   *[other] {""} You keep the { $has } that you have.
 } Please write how many of you will come, for example “we're coming, 1 adult”.
events-withdrawn = { $event }: you deleted your answer, so you are not on the list. When you know, just write.
events-withdrawn-now = { $event }: you deleted your answer. What counts now: { $answer }.
events-edit-unclear = { $event }: I do not understand what you corrected, so your answer stays: { $answer }. Please write it anew, for example “we're coming, 2 adults” or “not coming”.
events-moved-up = { $event }: a place became free, and it is yours. See you there! If your plans have changed, write “not coming”.
events-too-late = { $event } is over, so this is not noted. Thank you!
events-too-late-cancelled = { $event } is cancelled, so you need not come. Thank you for answering!
events-family-differs = { $event }: your family has answered in different ways. The last answer counts: { $answer }.
events-family-by-teacher = { $event }: the teacher has entered your family's answer: { $answer }. If that is not so, just write.
events-again = Changed: “{ $event }”
events-again-question = Now: { $now }. Are you still coming? Answer “yes”, “no” or “maybe”.
events-reminder = “{ $title }”: { $where }. Will you come? Please answer by { $until }: “yes”, “no” or “maybe”; with more than one adult, “yes, 2 adults”.
events-cancelled-letter = { $event } is cancelled. You need not come, and whatever you promised is off.
events-cancelled-letter-because = { $event } is cancelled: { $reason }. You need not come, and whatever you promised is off.
events-cancelled-line = Cancelled: { $event }.
events-cancelled-line-because = Cancelled: { $event }. Reason: { $reason }
events-thanks = Thanks to everybody who came to “{ $title }”!
events-thanks-names = Thanks to everybody who came to “{ $title }”, and above all to { $names }!
events-thanks-said = “{ $title }”: { $said }

events-agenda = “{ $title }”: { $where }. Will you come? Answer on the card or here: “we're coming” or “not coming”.
events-agenda-until = “{ $title }”: { $where }. Will you come? Answer by { $until } on the card or here: “we're coming” or “not coming”.
events-agenda-again = “{ $title }” has changed: { $where }. Are you still coming?
events-coming = { $has ->
    [1] “{ $title }”: { $where }.
   *[0] “{ $title }”.
 }
events-coming-bring = Bring: { $bring }.
events-coming-silent = You have not said yet whether you are coming.

events-label = “{ $title }”: { $answer }
events-label-about = when and where “{ $title }” is
events-about = “{ $title }”: { $where }.
events-about-open = “{ $title }”: when and where is not decided yet.
events-about-bring = To bring: { $bring }.
events-about-cost = Cost: { $cost }.
events-about-all = { $said }
events-label-idea = an idea for “{ $title }”: { $text }
events-label-idea-new = an idea: { $text }
events-label-named = we may name you as the author of “{ $text }”

## Ideas

events-idea-new = a new event
events-idea-line = Idea no. { $number }, { $about }: { $text }
events-idea-line-by = Idea no. { $number }, { $about }: { $text } — { $who }
events-idea-by = { $text } (idea: { $who })
events-idea-how = ✅ puts it into the plan; or !ideas decline { $number } <reason>
events-idea-how-new = ✅ opens an event; or !ideas decline { $number } <reason>
events-idea-accepted = Accepted.
events-idea-declined = Declined: { $reason }
events-idea-poll = The families choose: poll no. { $poll }.
events-idea-outvoted = Poll no. { $poll } chose another one.
events-idea-closed = Withdrawn.
events-idea-open = Waiting for a decision.
events-idea-thanks = Thank you! Idea no. { $number } for the event { $about } is passed on: “{ $text }”.{ $named ->
    [1] {""}
   *[0] {""} Others will not see your name; if you don't mind being named, write “name me”.
 }
events-idea-thanks-new = Thank you! Idea no. { $number } is passed on: “{ $text }”.{ $named ->
    [1] {""}
   *[0] {""} Others will not see your name; if you don't mind being named, write “name me”.
 }
events-idea-named = All right: if it is accepted, we will say that it is yours: “{ $text }”.
events-idea-accepted-letter = Your idea was welcome! “{ $text }” is part of the plan now: “{ $event }”.
events-idea-opened-letter = Your idea was welcome! There is an event for it now: “{ $event }”.
events-idea-declined-letter = Thank you for the idea “{ $text }”! This time it will not work out: { $reason }. Please go on proposing!
events-idea-declined-done = Idea no. { $number } is declined, and its author was told.
events-idea-why = Why is idea no. { $number } declined? Write: !ideas decline { $number } <reason>
events-idea-merged = Idea no. { $number } is accepted: { $event }.
events-idea-unknown = There is no idea no. { $number }. All ideas: !ideas
events-idea-decided = Idea no. { $number } has already been decided.
events-idea-in-poll = Idea no. { $number } is being chosen in poll no. { $poll }.
events-idea-too-many = { $most } ideas of your family are waiting for a decision already. Let us wait for these first.
events-ideas = { $count ->
    [one] { $count } idea is waiting for a decision:
   *[other] { $count } ideas are waiting for a decision:
 }
events-ideas-how = Accept: !ideas accept { $number }. Decline: !ideas decline { $number } <reason>. Let the class choose: !ideas poll 3 5 until Friday
events-ideas-none = There are no new ideas.
events-poll-question = “{ $title }”: what do we choose?
events-poll-question-new = Which event shall we have?
events-poll-opened = Poll no. { $number } is open; its result goes into the plan by itself.
events-poll-undecided = Poll no. { $number } between ideas has decided nothing (a tie, or no quorum). The ideas wait again: { $ideas }. To accept one: !ideas accept <number>; to ask again: !ideas poll { $numbers }
events-poll-corrected = The result of poll no. { $number } was corrected: { $outcome }. Please look at the plan.
events-poll-which = Write the numbers of at least two ideas (at most { $most }). For example: !ideas poll 3 5 until Friday
events-poll-mixed = These ideas are for different events. Families can only choose between ideas for one.
events-no-polls = This class has no polls. To accept an idea: !ideas accept <number>
events-close-poll = Poll no. { $number } is not needed any more ({ $event }). It can be closed: !poll cancel { $number }

## Answers to the teacher and the committee

events-opened = Event no. { $number } “{ $title }” is open, its card stands in the events room.
events-changed = { $event }: version { $version } is on the card.
events-changed-asking = { $event }: version { $version } is on the card. { $minutes ->
    [0] Those who promised to come or to help are asked again
   *[other] In { $minutes } min I will ask those again who promised to come or to help
 }: { $families ->
    [one] { $families } family
   *[other] { $families } families
 }.
events-held = These are quiet hours: the letters will be delivered { $when }.
events-unchanged = { $event }: nothing has changed.
events-talk-set = { $event }: discussion until { $until }.
events-done = { $event } is over.
events-cancelled = { $event } is cancelled. { $families ->
    [0] Nobody has to be told.
    [one] { $families } family is being told.
   *[other] { $families } families are being told.
 }
events-cancelled-nobody-told = { $event } is cancelled.
events-proxy-yes = Noted: { $family } — { $event }: { $party }.
events-proxy-waiting = Noted: { $family } — { $event }: { $party }. There are no places, the family is in the queue (before it: { $ahead }).
events-proxy-too-many = Noted: { $family } — { $event }: { $party }. But there are only { $places } places altogether, too few for the whole family: waiting is in vain. Please ask who will come, and enter it anew.
events-proxy-maybe = Noted: { $family } — { $event }: maybe.
events-proxy-no = Noted: { $family } — { $event }: not coming.
events-late-yes = After the deadline: { $family } — { $event }: they are coming ({ $party }).
events-late-maybe = After the deadline: { $family } — { $event }: maybe.
events-late-no = After the deadline: { $family } — { $event }: not coming.
events-late-none = After the deadline: { $family } — { $event }: answer withdrawn.
events-withdrawn-staff = Entry withdrawn: { $family } — { $event }: there is no answer now.
events-withdrawn-now-staff = Entry withdrawn: { $family } — { $event }: what counts now is “{ $answer }”.
events-command-edited = I do not read edits of commands: what was written first counts. If it did not work, please write it anew. To change an open event: !event change #3 when: Sunday 13:00
events-duty-left = { $family } — { $event }: not coming, but the family has a duty. Please find somebody else.
events-staff-waiting = { $family } — { $event }: there are not enough places, the family is in the queue. It is not in the app, please tell it.
events-staff-moved-up = { $family } — { $event }: a place became free. The family is not in the app, please tell it.
events-again-staff = Changed: { $event }. These families are not in the app, please ask them: { $families }. To enter an answer: !rsvp <surname> <answer>
events-reminder-staff = { $event }: families that are not in the app and have not answered (by { $until }): { $families }. To enter: !rsvp <surname> <adults>
events-cancelled-staff = { $event } is cancelled. These families are not in the app, please tell them: { $families }.
events-who = { $event }:
events-who-yes = Coming: { $count }
events-who-maybe = Maybe: { $count }
events-who-no = Not coming: { $count }
events-who-silent = Have not answered: { $count }
events-who-stale = before the change
events-who-proxy = entered by { $person }, { $when }
events-who-waiting = { $has ->
    [0] in the queue
   *[other] has { $has } places, { $waits } in the queue
 }
events-reach-phone = by phone
events-reach-paper = on paper
events-reach-none = not in the app yet
events-list = Ahead:
events-no-date = no date yet

## When something is wrong

events-no-title = What shall the event be called? For example: { $example }
events-unclear-when = I do not understand when this is: “{ $text }”. For example: when: Saturday 12:00, or 5 December from 12 to 14
events-unclear-capacity = I do not understand how many places: “{ $text }”. It takes a number from 1 to { $most }. For example: places: 40, or places: 20 pupils
events-unclear-duty = I do not understand the duty “{ $text }”. For example: duties: tea 2, car 3 by 11:30, photos 1
events-unclear-answer = I do not understand the answer “{ $text }”. For example: !rsvp Kalinina 2 adults, !rsvp Kalinina no
events-unclear-change = I do not understand what to change: “{ $text }”. For example: !event change “{ $title }” when: Sunday 13:00; where: school. A line of the plan is added with !plan add
events-slip-command = This looks like a command, not like a title: “{ $word }…”, so nothing was published. For example: !event done 3, !event change #3 where: school, !rsvp Kalinina 2. If the event is called so, put its title in quotes.
events-slip-answer = This looks like a family's answer, not like a title, so nothing was published. A family's answer: !rsvp Kalinina 2, !rsvp Kalinina no. If the event is called so, put its title in quotes.
events-cancel-which = One event is open: “{ $title }” (#{ $number }). Cancel it? Write !event cancel { $number } { $text }
events-slip-family = This begins with a family's name, so nothing was published. A family's answer: !rsvp Kalinina 2. If the event is called so, put its title in quotes.
events-cancel-or-open = This looks like the title of a new event, so nothing was cancelled or published. To open a new one, put its title in quotes, for example !event “Cancel culture debate” on Wednesday 12:00. To cancel “{ $title }” (#{ $number }): !event cancel { $number } <reason>
events-new-in-quotes = This looks like the title of a new event, so nothing was published. Please put its title in quotes, for example !event “Cancel culture debate” on Wednesday 12:00
events-thanks-or-open = This looks like the title of a new event, so nothing was published: “{ $text }”. To open a new one, put its title in quotes, for example !event “Thanks, Mum!” 27 November 17:00. To say thanks: !event thanks 3 It was wonderful!
events-private = There is a name next to something private (an illness, a debt, a refusal), and all families would read it, so nothing was published. Please write it without the name, for example: !event cancel 3 children are ill
events-unclear-until = I do not understand until when it is discussed: “{ $text }”. For example: !discussion until Thursday #{ $number }
events-unknown-title = I see no such event: “{ $text }”. All events: !event list. If a new event is called so, put its title in quotes.
events-still-ahead = { $event } still lies ahead. When it has begun: !event done { $number }. If it will not take place: !event cancel { $number }
events-late-deadline = Families have to answer before “{ $title }” begins. Please look at the date and at “answer by”.
events-too-long = This is too long: “{ $text }”. At most { $most } characters.
events-too-many-lines = A plan can have at most { $most } lines. Please join some.
events-too-many-duties = At most { $most } duties at once. Please add the others with another message.
events-no-duties = This class has no duties, so nobody keeps these: { $duties }. They can go into the plan: !plan add
events-no-line = There is no line “{ $text }”. Lines of the plan: { $count }. For example: !plan line 2 Skating until three
events-no-plan = { $event } has no plan yet. To write one: !plan <lines>
events-unknown = There is no event no. { $number } in this class. All events: !event list
events-none = No events lie ahead.
events-which = There are several events: { $events }. Add a number, for example #{ $number }, or write the command as a reply to a card.
events-already-over = Event no. { $number } “{ $title }” is over.
events-already-cancelled = Event no. { $number } “{ $title }” is cancelled.
events-already-open = Event no. { $number } “{ $title }” is still open.

## Export and erasure

events-export = Class events
events-export-answers = Answers to invitations
events-export-ideas = Ideas
events-export-talk = Messages in threads of events
events-export-event = Event
events-export-answer = Answer
events-export-via = How
events-export-via-reaction = by reaction
events-export-via-desk = by a message in the desk
events-export-via-proxy = entered by the teacher
events-export-by = Who
events-export-at = When
events-export-status = Counted
events-export-counts = counts
events-export-replaced = replaced or withdrawn
events-export-idea = Idea
events-export-text = Text
