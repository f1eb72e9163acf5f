consultations-title = Consultations
consultations-export = Consultations

## Booking: commands

command-slots = slots
    .aliases = slot, booking
    .help = times for consultations: open them (teacher and specialists), look and book (parents)
    .example = !slots Thu 4–6 pm every 15 min, room 12
    .help-family = free times for consultations, and what you have booked; with a number or a time it books
    .example-family = !slots 3
    .hours = hours

command-slots-for = for
    .help = book, move or cancel for a family (by phone, on paper)
    .example = !slots for Kalinina 3
    .words = surname and number of the time

command-slots-sheet = sheet
    .aliases = list, day
    .help = who comes when on that day
    .example = !slots sheet Thu
    .day = day

command-slots-move = move
    .aliases = postpone
    .help = move a whole day: everybody who has booked is told the new time and asked
    .example = !slots move Thu to Fri 16:00
    .words = which day, and to when

command-slots-cancel = cancel
    .aliases = ill
    .help = cancel a day or everything, with a reason; everybody who has booked is told
    .example = !slots cancel Thu: ill
    .words = day and reason

command-slots-remove = remove
    .aliases = withdraw
    .help = take one time away
    .example = !slots remove 3: staff meeting
    .number = number of the time

command-slots-close = close
    .aliases = stop
    .help = no more booking; what is booked stays
    .example = !slots close

consultations-slots-example = !slots Thu 4–6 pm every 15 min, break 5–5:10 pm, room 12
consultations-slots-for-example = !slots for Kalinina 3
consultations-slots-move-example = !slots move Thu to Fri 16:00

## Booking: words that families write, separated by commas

consultations-slots-words-list = slots, booking, book, book a slot, consultation, consultations, a consultation, appointment, an appointment, book a consultation, book an appointment, free slots, free times, what is free, what's free, my booking, our booking
consultations-slots-words-cancel = cancel, cancelling, canceling, call off, call it off, withdraw, can't make it, cannot make it, can't come, cannot come, can't attend, can't be there, won't come, won't make it, won't be able, not able, not coming, unable, can't, cannot, can not, cant
consultations-slots-words-weak = won't be there, not going, don't need, do not need, no longer need, delete, remove
consultations-slots-words-unsure = changed our minds, changed our mind, changed my mind
consultations-slots-words-things = consultation, consultations, appointment, booking, slot, meeting
consultations-slots-words-around = to, the, come, make, it, be, there, able, attend, sorry, unfortunately, afraid, i'm, we're, that, this, it, our, my, your, a, have, need, must, yes, any, more, anymore, longer, about, us, me
consultations-slots-words-accept = take it, we take it, i take it, we'll take it, i'll take it, we will take it, i will take it
consultations-slots-words-come = we come, we'll come, we will come, i'll come, i will come, we'll be there, i'll be there, we will be there, i will be there, suits us, suits me, suits, works for us, works for me, works, see you then
consultations-slots-words-unfit = doesn't suit us, does not suit us, doesn't suit me, doesn't suit, does not suit, doesn't work for us, doesn't work for me, does not work for us, doesn't work, does not work, not suitable, not convenient, inconvenient
consultations-slots-words-free = free, available, taken, work, suit, possible
# How words begin that name the waiting list.
consultations-slots-words-waits = waitlist, waiting, frees
# How words begin that name the booking.
consultations-slots-words-names = book, appointment, consult, slot
consultations-slots-words-move = move, move it, move us, move booking, move the booking, move our booking, change, change it, change time, change the time, another time, reschedule
consultations-slots-words-wait = waitlist, wait list, waiting list, the waiting list, on the waiting list, put us on the waiting list, wait, we wait, if it frees up, if something frees up, if a slot frees up, what if something frees up, what if a slot frees up, let us know if something frees up, let me know if something frees up, let us know if a slot frees up, tell us if something frees up
consultations-slots-words-joining = join, add, get, put, go, place, to, onto
consultations-slots-words-first = first, first free, the first, the first free, first free one, the first free one, earliest, the earliest, any, any time, any slot, any free, anything, whenever
consultations-slots-words-fillers = please, i'd, we'd, i'll, we'll, will, be, come, there, can, could, we, us, me, i, take, have, want, would, like, slot, number, no, time, works, is, does, in, fine, good, rather, then, hello, hi, dear, good, morning, evening, afternoon, day, thanks, thank, you, very, much, a, book, and, one
# How a command begins that is edited, and what stands behind it where it is about a family or something else.
consultations-slots-words-command = slots, slot, booking
consultations-slots-words-for = for
consultations-slots-words-commands = sheet, list, day, move, postpone, cancel, ill, remove, withdraw, close, stop
consultations-slots-words-all = everything, all, all days
# What stands around a wish for a booking or a question about it; what changes nothing; numbers in words, forms separated by slashes; what stands between times; what a reason begins with; before whose name a booking is.
consultations-slots-words-about = when, what, which, our, my, are, am, is, booked, do, how, need, get, let, i'm, we're, for, with, you, it, at, where, have, some, already, consultation, consultations, appointment, appointments, tell, remind, child, son, daughter, see, sign, up, hope, to
consultations-slots-words-modest = if possible, if it is possible, if it's possible, if it is free, if it's free, if free, if available, if that's possible, if you can
consultations-slots-words-ordinals = 1st, second/2nd, third/3rd, fourth/4th, fifth/5th, sixth/6th, seventh/7th, eighth/8th, ninth/9th, tenth/10th
consultations-slots-words-either = or, and
consultations-slots-words-because = because of, because, due to, as we, since we
consultations-slots-words-whose = for, with
# What else stands beside a day that is called off; it means nothing alone.
consultations-slots-words-called-off = day, the, on, for, whole

## Booking: the card

consultations-slots-card-title = Consultations to book: { $host }
consultations-slots-card-day = { $day }: { $hours }, { $minutes ->
    [one] { $minutes } minute each
   *[other] { $minutes } minutes each
 }
consultations-slots-card-free = { $free ->
    [0] Everything is taken; there were { $all }.
   *[other] { $free } of { $all } free.
 }
consultations-slots-card-taken = { $taken ->
    [0] Nobody has booked; there were { $all }.
   *[other] { $taken } of { $all } taken.
 }
consultations-slots-card-until = Booking is open until { $until }.
consultations-slots-card-how = To book, write “book” and the number or the time into your private room, for example “book { $number }”. Or tap ✋ and the list comes there. Other families do not see who has booked.
consultations-slots-card-full = Write “waiting list” into your private room: what becomes free is offered in turn.
consultations-slots-card-over = Booking has ended.
consultations-slots-card-past = The consultations are over.
consultations-slots-card-cancelled = The consultations are cancelled.

## Booking: the list in a private room

consultations-slots-you-have = You have booked: { $when }–{ $ends }, { $host }{ $place }.
consultations-slots-list-free = { $host }{ $place }. Free:
consultations-slots-list-full = { $host }{ $place }. Nothing is free.
consultations-slots-list-ended = { $host }{ $place }. Booking has ended.
consultations-slots-list-over = { $mine ->
    [0] If you need to meet, write to the teacher here.
   *[other] To cancel: “cancel”.
 }
consultations-slots-at = , { $place }
consultations-slots-list-how = { $mine ->
    [0] Answer with the number or the time. “First free” is fine, too.
   *[other] To move: “move to” and the number or time. To cancel: “cancel”.
 }
consultations-slots-list-wait = { $mine ->
    [0] Write “waiting list”: what becomes free is offered to you.
   *[other] To cancel: “cancel”.
 }
consultations-slots-none = This booking is no more.
consultations-slots-none-open = No consultations can be booked now. When the teacher opens them, the announcements will show it.

## Booking: answers to families

consultations-slots-booked = Booked: { $when }–{ $ends }, { $host }{ $place }. To move: “move to …”, to cancel: “cancel”.
consultations-slots-booked-by-staff = A time was booked for you: { $when }–{ $ends }, { $host }{ $place }. To move: “move to …”, to cancel: “cancel”.
consultations-slots-single-only = Two times in a row are not free here, so this is one; please choose another for the second child.
consultations-slots-moved = Moved: { $when }–{ $ends }, { $host }{ $place }.
consultations-slots-cancelled = Your booking is cancelled: { $when }, { $host }.
consultations-slots-cancelled-by-staff = Your booking was cancelled: { $when }, { $host }. To book again, write “slots”.
consultations-slots-confirmed = Good, see you then: { $when }–{ $ends }, { $host }{ $place }.
consultations-slots-stays = It stays as it was: { $when }–{ $ends }, { $host }{ $place }.
consultations-slots-stays-cancelled = The booking stays cancelled: { $when }, { $host }. To book again, write “slots”.
consultations-slots-already = This time is yours already: { $when }–{ $ends }, { $host }{ $place }.
consultations-slots-full = You have booked already: { $when }. Move it to { $new }? Answer “yes” or “move to { $time }”.
consultations-slots-full-family = Your family has a booking already.
consultations-slots-full-past = Your consultation is over, and a second one cannot be booked. If you need more time, please write to the teacher.
consultations-slots-taken = { $when } is taken already.
consultations-slots-past = { $when } has passed already.
consultations-slots-gone = { $when } is not there any more.
consultations-slots-over = Booking has ended. If you need to meet, write to the teacher here, or “waiting list”.
consultations-slots-over-since = Booking ended { $until }. If you need to meet, write to the teacher here, or “waiting list”.
consultations-slots-kept = Your booking is as it was: { $when }.
consultations-slots-nearest = Free near it:
consultations-slots-nothing-free = Nothing is free any more. Write “waiting list”, and what becomes free is offered to you.
consultations-slots-no-booking = There is no such booking any more. To see what is free, write “slots”.
consultations-slots-begun = This consultation has begun already and cannot be changed.
consultations-slots-reminder = A reminder of your consultation: { $when }–{ $ends }, { $host }{ $place }. If you cannot come, write “cancel”.
consultations-slots-reminder-unanswered = Your consultation was moved to { $when }–{ $ends }, { $host }{ $place }. Will you come? Answer “yes” or “cancel”.

## Booking: the waiting list

consultations-slots-wait-done = You are on the waiting list. What becomes free is offered to you in turn. To leave it: “cancel”.
consultations-slots-wait-done-one = You are on the waiting list for { $when }. If it becomes free, it is offered to you in turn. To leave it: “cancel”.
consultations-slots-wait-already = You are on the waiting list already, or have booked this time.
consultations-slots-wait-free = There is no need to wait: some times are free. Write “slots” and the list comes.
consultations-slots-wait-full = You have booked already. If you need another time, write which: “waiting list 16:15”.
consultations-slots-wait-past = There is nothing to wait for: the consultations are over or cancelled.
consultations-slots-wait-left = You are not on the waiting list any more.
consultations-slots-wait-cancelled = The consultations that you waited for will not take place: the teacher has cancelled them.
consultations-slots-offer = A time has become free: { $when }, { $host }. We keep it for you until { $until }. Do you take it? Answer “yes” or “no”.
consultations-slots-offer-over = This time is not kept for you any more: the offer has ended. To see what is free, write “slots”.
consultations-slots-offer-expired = { $when } is not kept for you any more, as you did not answer. To see what is free: “slots”. To wait again: “waiting list”.
consultations-slots-edit-unread = Your edit was not taken. You have booked: { $when }–{ $ends }, { $host }{ $place }. To change it, please write again: “move to …” or “cancel”.
consultations-slots-declined = All right, others will be offered it. To wait again: “waiting list”.

## Booking: what is open, what is coming

consultations-slots-agenda = Consultations can be booked ({ $host }), { $free } free. Write “slots” and the list comes.
consultations-slots-agenda-until = Consultations can be booked ({ $host }) until { $until }, { $free } free. Write “slots” and the list comes.
consultations-slots-agenda-unanswered = Your consultation was moved to { $when }–{ $ends }, { $host }{ $place }. Answer “yes” or “cancel”.
consultations-slots-coming = Consultation: { $when }–{ $ends }, { $host }{ $place }.
consultations-slots-label = the consultation { $when }, { $host }
consultations-slots-label-list = booking consultations
consultations-slots-label-accept = take { $when }, { $host }
consultations-slots-label-decline = decline { $when }, { $host }
consultations-slots-label-move = move the consultation to { $when }, { $host }
consultations-slots-label-wait = the waiting list: { $host }
consultations-slots-label-leave = leave the waiting list
consultations-slots-label-cancel = cancel the consultation { $when }, { $host }
consultations-slots-label-keep = come to the consultation { $when }, { $host }
consultations-slots-ics-title = Consultation: { $host }

## Booking: a day is moved or cancelled

consultations-slots-day-ask = { $host } has to move your consultation. It was { $was }. Now: { $when }–{ $ends }{ $place }. Does that suit? Answer “yes” or “cancel”.
consultations-slots-unfit = The consultation { $when } ({ $host }) has to move, but there was no time left for yours.
consultations-slots-cancelled-all = The consultation { $when } ({ $host }) will not take place.
consultations-slots-reason = The reason: { $reason }
consultations-slots-private = The reason has a name next to something private, and everybody who has booked would read it. Nothing is cancelled; please write it without the name.
consultations-slots-choose-another = You may choose another time; answer with its number:

## Booking: answers to the teacher

consultations-slots-opened = { $count ->
    [one] { $count } time is open
   *[other] { $count } times are open
 }, the first { $first }. The card was posted in announcements on { $seen }. See how it's going: !slots
consultations-slots-opened-later = { $count ->
    [one] { $count } time is open
   *[other] { $count } times are open
 }, the first { $first }. These are quiet hours: the card appears { $seen }, for everybody at once.
consultations-slots-amended = Changed: { $count ->
    [one] { $count } time is open
   *[other] { $count } times are open
 }, the first { $first }. To look: !slots
consultations-slots-place = The place has changed. Your consultation: { $when }–{ $ends }, { $host }{ $place }.
consultations-slots-opening-deleted = The command is deleted and booking is taken away; nobody had booked.
consultations-slots-opening-kept = { $count ->
    [one] { $count } family has booked
   *[other] { $count } families have booked
 }, so booking stays although the command is deleted. To cancel a day: !slots cancel Thu: ill
consultations-slots-edit-booked = Your edit was not taken: { $count ->
    [one] { $count } family has booked
   *[other] { $count } families have booked
 } times that it leaves out. To move the day: !slots move Thu to Fri 16:00. To cancel it: !slots cancel Thu: ill
consultations-slots-edit-over = Your edit was not taken: this booking is closed or cancelled. To open another, write it anew: !slots Thu 4–6 pm
consultations-slots-edit-command = An edited command is not followed. Please write it anew.
consultations-slots-edit-late = Your edit was not taken, the booking has changed since: { $family } — { $when }. Please write anew: !slots for <surname> <number>
consultations-slots-edit-late-cancelled = Your edit was not taken, the booking was cancelled since: { $family } — { $when }. Please write anew: !slots for <surname> <number>
consultations-slots-delete-kept = The command is deleted, the booking stays: { $family } — { $when }. To cancel it: !slots for <surname> cancel
consultations-slots-delete-kept-cancelled = The command is deleted, the booking stays cancelled: { $family } — { $when }.
consultations-slots-without-app = No app, please book for them (!slots for <surname> <number>): { $families }
consultations-slots-closed = Booking is closed. { $count ->
    [one] { $count } family has booked.
   *[other] { $count } families have booked.
 }
consultations-slots-queue = Waiting list, { $host }: { $names }
consultations-slots-for-booked = Booked: { $family } — { $when }.
consultations-slots-for-moved = Moved: { $family } — { $when }.
consultations-slots-for-cancelled = Cancelled: { $family } — { $when }.
consultations-slots-for-left = { $family }: not on the waiting list any more.
consultations-slots-for-none = This family has no booking: { $family }.
consultations-slots-for-begun = This consultation has begun already.
consultations-slots-for-already = { $family }: booked for { $when } already.
consultations-slots-for-taken = { $when } is taken; { $family } not booked.
consultations-slots-for-past = { $when } has passed; { $family } not booked.
consultations-slots-for-gone = { $when } is not there any more; { $family } not booked.
consultations-slots-for-over = Booking has ended; { $family } not booked for { $when }.
consultations-slots-for-full = { $family }: has booked already, no more is allowed. To move: !slots for <surname> move to <number>
consultations-slots-for-wait-done = On the waiting list: { $family }.
consultations-slots-for-wait-already = On the waiting list already, or booked: { $family }.
consultations-slots-for-wait-free = { $family }: no need to wait, there are free times.
consultations-slots-for-wait-full = { $family }: booked already.
consultations-slots-for-wait-past = { $family }: there is nothing to wait for.
consultations-slots-for-wait-gone = { $family }: there is nothing to wait for.
consultations-slots-offer-staff = { $when } ({ $host }) has become free; the next on the waiting list are without the app: { $family }. It is kept until { $until }. To book: !slots for <surname> { $number }
consultations-slots-day-moved = { $moved ->
    [0] Moved.
    [one] Moved; { $moved } family was told the new time; the answer is in “!slots sheet”.
   *[other] Moved; { $moved } families were told the new time; their answers are in “!slots sheet”.
 } { $cancelled ->
    [0] { $booked ->
        [0] Nobody had booked.
       *[other] Everybody fitted in.
     }
   *[other] Did not fit: { $cancelled }.
 }
consultations-slots-day-unfit = There was no time left for these; they were offered another one:
consultations-slots-day-cancelled = Cancelled. { $gone ->
    [0] { $booked ->
        [0] Nobody had booked.
       *[other] Nobody had booked in the app.
     }
    [one] { $gone } family was told.
   *[other] { $gone } families were told.
 }
consultations-slots-day-what = Taken away: { $what }.
consultations-slots-day-call = Without the app, to be called:
consultations-slots-day-moved-held = Moved. { $moved ->
    [0] Families are told
    [one] { $moved } family is told
   *[other] { $moved } families are told
 } the new time after quiet hours, { $when }; their answers are in “!slots sheet”. { $cancelled ->
    [0] Everybody fitted in.
   *[other] Did not fit: { $cancelled }.
 }
consultations-slots-day-cancelled-held = Cancelled. { $gone ->
    [one] { $gone } family is told
   *[other] { $gone } families are told
 } after quiet hours, { $when }.

## Booking: the sheet of a day

consultations-slots-sheet-title = Consultations { $day }: { $host }
consultations-slots-sheet-none = No consultations on that day.
consultations-slots-sheet-waiting = On the waiting list: { $count }.
consultations-slots-sheet-time = Time
consultations-slots-sheet-number = No
consultations-slots-sheet-pupil = Pupil
consultations-slots-sheet-home = Who
consultations-slots-sheet-note = Notes
consultations-slots-sheet-free = free
consultations-slots-sheet-offered = offered to { $family }
consultations-slots-sheet-unanswered = the new time is not confirmed
consultations-slots-sheet-proxy = entered by { $person }, { $when }
consultations-slots-reach-phone = { $family } (by phone)
consultations-slots-reach-paper = { $family } (on paper)
consultations-slots-host-gone = the teacher

## Booking: when something is wrong

consultations-slots-no-hours = I see no hours. For example: { $example }
consultations-slots-which-hours = From when to when? For example: !slots { $day } 16:00–18:00 every 15 min
consultations-slots-for-whom = To book for a family: !slots for { $name } { $rest }
consultations-slots-not-understood = I do not understand “{ $text }”. For example: { $example }
consultations-slots-too-short = “{ $text }” is too short for { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
 }.
consultations-slots-hours-overlap = These hours overlap. Please write each once.
consultations-slots-length = One consultation takes { $least } to { $most } minutes, for example “every 15 min”.
consultations-slots-per-pupil = A pupil may have 1 to { $most }, for example “up to 2”.
consultations-slots-too-many = These are { $count } times; with those that are open, at most { $most } are possible. Please open them in parts.
consultations-slots-until-late = Booking until { $until } would be later than the last consultation.
consultations-slots-open-already = { $when } is open already. To look: !slots
consultations-slots-none-staff = Nothing is open now. To open: { $example }
consultations-slots-remove-what = Which time goes? It takes its number: !slots remove 3. To cancel a family's booking: !slots for { $text } cancel
consultations-slots-no-such = There is no such time. To look: !slots
consultations-slots-remove-which = Which time is to go? Give its number, or day and time, for example: !slots remove 3 or !slots remove Thu 16:00
consultations-slots-remove-day = A whole day is cancelled like this: !slots cancel { $text }. One time goes by its number: !slots remove 3
consultations-slots-cancel-number = One time is taken away like this: !slots remove { $number }. A whole day is cancelled like this: !slots cancel Thu: ill
consultations-slots-cancel-family = A family's booking is cancelled like this: !slots for { $text } cancel. A whole day: !slots cancel Thu: ill
consultations-slots-which-time = There are several such times: { $times }. Please write the number, for example { $number }.
consultations-slots-for-which = { $family } has several bookings: { $times }. Please add the day and time of the one you mean.
consultations-slots-which-day = Which day? Open are: { $days }.
consultations-slots-which-home = { $family } — two households: { $homes }. Add the adult's name behind the surname.
consultations-slots-for-what = I do not understand for whom and when. For example: { $example }
consultations-slots-move-what = I do not understand what to move, and to when. For example: { $example }

## Booking: export

consultations-slots-export-bookings = Booked consultations
consultations-slots-export-waiting = Waiting lists
consultations-slots-export-when = Time
consultations-slots-export-host = With whom
consultations-slots-export-pupil = Pupil
consultations-slots-export-by = Booked by
consultations-slots-export-via = How
consultations-slots-export-via-desk = by a message in the private room
consultations-slots-export-via-reaction = by a reaction
consultations-slots-export-via-proxy = entered by the teacher
consultations-slots-export-at = When
consultations-slots-export-note = About
consultations-slots-export-status = Status
consultations-slots-export-status-booked = booked
consultations-slots-export-status-unanswered = the new time is not confirmed
consultations-slots-export-status-cancelled = cancelled

## Written consultations

command-written = consultations
    .aliases = questions
    .help = families' questions without an answer; also answered, closed, all
    .example = !consultations
    .which = answered, closed or all

command-written-close = close
    .aliases = closed
    .help = close a family's question: there is nothing left to answer
    .example = !consultations close Kalinina
    .family = surname or number of the pupil

command-written-meet = meet
    .aliases = to a meeting
    .help = offer a family a meeting in place of writing
    .example = !consultations meet Kalinina
    .family = surname or number of the pupil

command-close = close
    .aliases = closed
    .help = in a family's private room: there is nothing left to answer (or ✅ below the message)
    .example = !close
    .family = the pupil's surname

command-meet = meet
    .aliases = take to a meeting
    .help = in a family's private room, or as a reply to a parent's message: offer a meeting
    .example = !meet
    .family = the pupil's surname

# Words in any case, separated by commas; all forms that people write.
consultations-written-words-open = open, waiting, new, unanswered
consultations-written-words-answered = answered, replied
consultations-written-words-closed = closed, done, old
consultations-written-words-all = all, everything
# A message of nothing but these words closes what was answered.
consultations-written-words-thanks = thanks, thank, thx, ty, ok, okay, understood, clear, great, perfect, fine, wonderful, lovely, noted, agreed, grateful, appreciated, cheers
# What stands around thanks and greetings; no question by itself.
consultations-written-words-polite = you, so, very, much, many, a, lot, for, the, your, answer, help, reply, quick, all, that, it, is, got, we, i, i'm, am, will, do, and, again, in, advance, yes, no, oh, hello, hi, hey, dear, good, morning, day, afternoon, evening, night, bye, goodbye, have, nice, please, best, regards, kind

consultations-written-office = The teacher will see your message. Answers come in office hours, next on { $when }.
consultations-written-office-urgent = The teacher will see your message. Answers come in office hours, next on { $when }. If it is urgent: { $urgent }.
consultations-written-agenda = Your question ({ $when }) waits for the teacher's answer.

consultations-written-list-waiting = { $count ->
    [one] { $count } question waits for an answer
   *[other] { $count } questions wait for an answer
 }:
consultations-written-list = { $count ->
    [one] { $count } consultation
   *[other] { $count } consultations
 }:
consultations-written-list-who = { $family }, { $person }
consultations-written-list-somebody = the family behind the link
consultations-written-list-open = since { $since } ({ $length }).
consultations-written-list-answered = answered { $since }.
consultations-written-list-meeting = a meeting was offered, { $since }.
consultations-written-list-closed = closed { $since }.
consultations-written-list-more = And { $count } more.
consultations-written-list-unnamed = Without a name are families whose private room not everybody here may read. The link opens for those who are in that room.
consultations-written-none-waiting = No question waits for an answer.
consultations-written-none = There are no such consultations.
consultations-written-waiting = { $count ->
    [one] { $count } question has waited
   *[other] { $count } questions have waited
 } for an answer for more than { $days ->
    [one] { $days } working day
   *[other] { $days } working days
 }, the oldest since { $since }. To see them: !consultations

consultations-written-closed = Closed: { $family }.
consultations-written-meet-offered = A meeting was offered: { $family }.
consultations-written-close-where = This command is for a family's private room. From here: !consultations close Kalinina
consultations-written-meet-where = This command is for a family's private room, or for a reply to a parent's message. From here: !consultations meet Kalinina
consultations-written-meet-reason = question of { $day }
consultations-written-meet-no-slots = There are no free times for meetings now. Open some first.
consultations-written-meet-nobody = This family ({ $family }) cannot be written to: nobody of it is in the chat. Please arrange the meeting by phone.
consultations-written-nothing-open = There is no open question here.
consultations-written-nothing-open-of = This family ({ $family }) has no open question.
consultations-written-several = This family ({ $family }) has two private rooms. Write the command in the one that you mean.
consultations-written-not-yours = This family's private room was not handed over to you. The class's teacher can do that: !handover
consultations-written-which-list = I know no consultations “{ $text }”. There are open, answered, closed or all, for example: !consultations all

consultations-written-export = Questions
consultations-written-export-asked = When
consultations-written-export-by = Who
consultations-written-export-state = State
consultations-written-export-closed = Closed
consultations-written-state-open = waits for an answer
consultations-written-state-answered = answered
consultations-written-state-meeting = a meeting was offered
consultations-written-state-closed = closed
