announcements-title = Announcements

## Commands

command-announce = announce
    .aliases = announcement
    .help = tell all families: now, at a time, or urgently
    .example = !announce Skating tomorrow, we meet at 8:00. Send today at 18:00
    .text = the text

command-announce-list = list
    .aliases = all
    .help = what is still to be sent and what was sent
    .example = !announce list

command-announce-delivery = delivery
    .aliases = delivered
    .help = how many families were reached, and how
    .example = !announce delivery 3
    .number = the announcement's number

command-announce-move = move
    .aliases = postpone
    .help = send it at another time
    .example = !announce move 3 to Friday 8:00
    .number = the announcement's number
    .to = to, until

command-announce-cancel = cancel
    .aliases = withdraw, delete
    .help = do not send it, or withdraw what was sent
    .example = !announce cancel 3
    .number = the announcement's number

command-correct = correct
    .aliases = correction
    .help = correct an announcement, by number or as a reply: a new text, or “8:00 → 9:00”
    .example = !correct #3 Skating tomorrow, we meet at 9:00
    .text = the new text

command-mustread = mustread
    .aliases = must-read, important
    .help = an announcement that every family confirms
    .example = !mustread Lessons begin at 9:00 tomorrow. Confirm by 20:00
    .text = the text

command-mustread-who = who
    .aliases = list
    .help = who has confirmed and who has not, how and when
    .example = !mustread who 3
    .number = the announcement's number

command-mustread-export = export
    .aliases = table, file
    .help = the same as a file for spreadsheets
    .example = !mustread export 3
    .number = the announcement's number

command-confirmed = confirmed
    .aliases = told
    .help = enter for a family: confirmed by phone, passed on by paper
    .example = !confirmed Kalinina #3 by phone
    .family = the pupil's surname or number
    .how = how
    .announcement = no, announcement

## Words by which we know the teacher's directions and parents' answers; separated by commas

announcements-words-announce = announce, announcement
announcements-words-mustread = mustread, must-read, important
announcements-words-urgent = urgent, urgently
announcements-words-again = again, confirm again, ask again
announcements-words-must = must-read, must read, please read
announcements-words-confirm = confirm, to be confirmed, confirmation
announcements-words-send = send, publish, post, when, send it
announcements-words-please = please
announcements-words-withdraw = withdraw, remove, снять, убрать, отменить
announcements-words-read = read, read it, i read it, we read it, i have read it, we have read it, have read, confirmed, i confirm, we confirm, confirm, seen, seen it
announcements-words-done = done, ok, okay, yes, understood, got it, noted, alright
announcements-words-about = it, them, this, that, the announcement, the announcements
announcements-words-all = all, both, all of them, both of them, everything
announcements-words-relative = today, tomorrow, tonight, yesterday
announcements-words-courtesy = thank you very much, many thanks, thank you, thanks, hello, good morning, good evening, please

announcements-example = !announce Skating tomorrow, we meet at 8:00
announcements-example-mustread = !mustread Lessons begin at 9:00 tomorrow. Confirm by 20:00
announcements-example-correct = !correct #3 8:00 → 9:00

## The card

announcements-card-number = Announcement no. { $number }
announcements-card-corrected = corrected { $when }
announcements-card-confirm = Please confirm: tap ✅ below this message. Once per family is enough.
announcements-card-confirm-until = Please confirm by { $until }: tap ✅ below this message. Once per family is enough.
announcements-card-confirm-late = It was to be confirmed by { $until }. If you have not yet, tap ✅ below this message.
announcements-card-withdrawn = Announcement no. { $number } was withdrawn.
announcements-progress = { $confirmed ->
    [0] Nobody has confirmed yet (of { $families } { $families ->
        [one] family
       *[other] families
     }).
   *[other] Confirmed by { $confirmed } of { $families } { $families ->
        [one] family
       *[other] families
     }.
 }

## Corrections

announcements-changed = The whole text has changed, please read it again.
announcements-changed-from = It said “{ $was }”, now “{ $now }”.
announcements-corrected = Announcement no. { $number } was corrected. { $change }
announcements-corrected-own = Correction: { $text }
announcements-withdrawn = Announcement no. { $number } was withdrawn, it does not hold any more: “{ $text }”

## To families

announcements-reminder = Announcement no. { $number } “{ $text }” waits to be confirmed by { $until }. When you have read it in the announcements room, put a ✅ here or answer “read”.
announcements-asked-anew = Announcement no. { $number } was corrected. { $change } You have confirmed the old text. It is now: “{ $text }” Please confirm that, too: put a ✅ here or answer “read”.
announcements-meaning = announcement { $announcement }: read
announcements-taken = Noted: your family has read announcement { $announcement }. Thank you!
announcements-taken-several = Noted: your family has read the announcements { $announcements }. Thank you!
announcements-taken-late = Noted: your family has read announcement { $announcement }. It is after the deadline, but it is there. Thank you!
announcements-taken-back = Taken back: announcement { $announcement } is not read yet.
announcements-taken-back-stands = That message is taken back, but your family has confirmed otherwise: announcement { $announcement } is read.
announcements-edit-unread = I don’t understand the edit: { $announcements } is still noted as read. To take that back, delete the message.
announcements-taken-again = Your family has confirmed already: announcement { $announcement }. Thank you!
announcements-taken-over = Announcement { $announcement } need not be confirmed any more. Thank you!

announcements-agenda = Read and confirm announcement { $announcement }: tap ✅ below it or answer “read” here.
announcements-agenda-until = Read and confirm announcement { $announcement } by { $until }: tap ✅ below it or answer “read” here.
announcements-agenda-late = Announcement { $announcement } is not confirmed yet, that was due { $until }: tap ✅ below it or answer “read” here.
announcements-coming = Confirm announcement { $announcement } by { $time }
announcements-calendar = Confirm announcement no. { $number }: { $text }

## Answers to the teacher

announcements-sent = Announcement { $announcement } is published.
announcements-sent-until = Families confirm by { $until }.
announcements-held = These are quiet hours: announcement { $announcement } will be delivered { $when }.
announcements-held-relative = The text says “{ $word }”, and it will be read on { $day }. If that makes it the wrong day, correct it before: { $example }
announcements-scheduled = Announcement { $announcement } will be delivered { $when }.
announcements-taken-away = Announcement { $announcement } will be delivered { $when }; your message with it is taken away, so that it is not read before.
announcements-counted = It counts as announcement { $announcement }.
announcements-cancelled = Announcement { $announcement } will not be sent.
announcements-left = To be told in person: { $families }.
announcements-urgent-used = { $count ->
    [0] No urgent ones this month.
   *[other] Urgent ones this month: { $count }.
 }
announcements-deadline-moved = The deadline is changed: announcement { $announcement }.
announcements-mended-staff = Corrected: announcement { $announcement }. There is no line about it in the room.
announcements-corrected-staff = Corrected: announcement { $announcement }. The room has been told.
announcements-corrected-staff-held = Corrected: announcement { $announcement }. These are quiet hours, the room will be told { $when }.
announcements-withdrawn-staff = Withdrawn: announcement { $announcement }. The room has been told.
announcements-withdrawn-staff-held = Withdrawn: announcement { $announcement }. These are quiet hours, the room will be told { $when }.
announcements-old-opened = The old text may have been seen by { $count ->
    [one] { $count } family
   *[other] { $count } families
 }: { $families }.
announcements-withdrawn-opened = { $count ->
    [one] { $count } family
   *[other] { $count } families
 } may have seen it: { $families }.
announcements-withdrawn-confirmed = { $count ->
    [one] { $count } family has
   *[other] { $count } families have
 } confirmed it: { $families }.
announcements-old-confirmed = The old text was confirmed by { $count ->
    [one] { $count } family
   *[other] { $count } families
 }: { $families }. Their confirmations stay, marked “old text”; I ask them to confirm the new one.
announcements-old-confirmed-again = The old text was confirmed by { $count ->
    [one] { $count } family
   *[other] { $count } families
 }: { $families }. Their confirmations do not count any more; I ask them to confirm the new text.
announcements-entered = Noted: { $family } — confirmed, announcement { $announcement }.
announcements-entered-passed = Noted: { $family } — passed on, announcement { $announcement }.
announcements-entry-removed = The entry is removed: { $family }, announcement { $announcement }.
announcements-reminder-staff = Announcement no. { $number } “{ $text }” (by { $until }) is not confirmed by families without the app: { $families }. To enter it: { $example }
announcements-end-missing = Time is up: announcement no. { $number } “{ $text }” is confirmed by { $confirmed } of { $families ->
    [one] { $families } family
   *[other] { $families } families
 }. Not by: { $missing }.
announcements-end-all = Announcement no. { $number } “{ $text }” is confirmed by all families ({ $families }).

announcements-list-scheduled = To be sent:
announcements-list-sent = Sent:
announcements-list-due = { $announcement } — { $when }
announcements-list-at = { $announcement } — { $when }.
announcements-who-title = Announcement { $announcement }. { $progress }
announcements-who-title-until = Announcement { $announcement }, due { $until }. { $progress }
announcements-who-family = Family
announcements-who-how = Confirmed
announcements-who-when = When
announcements-who-missing = no
announcements-who-opened = has opened the room
announcements-who-late = after the deadline
announcements-who-old = old text
announcements-via-reaction = ✅ in the room
announcements-via-letter = ✅ in the desk
announcements-via-desk = in words, in the desk
announcements-via-proxy = entered by the teacher
announcements-reach-phone = by phone
announcements-reach-paper = on paper
announcements-reach-none = not in the app yet
announcements-delivery = Announcement { $announcement } has reached { $reached } of { $families ->
    [one] { $families } family
   *[other] { $families } families
 }: { $ways }.
announcements-by-app = { $count } in the app
announcements-by-phone = { $count } by phone
announcements-by-paper = { $count } on paper
announcements-by-talk = { $count } in person
announcements-by-nobody = nobody yet
announcements-opened = Since then the room was opened by { $count ->
    [one] { $count } family
   *[other] { $count } families
 }. That confirms nothing yet.
announcements-silent = Not there for more than a week: { $families }. Perhaps the phone is off.
announcements-file-name = announcement-{ $number }
announcements-file-family = Family
announcements-file-confirmed = Confirmed
announcements-file-how = How
announcements-file-who = Who
announcements-file-when = When
announcements-file-note = Note
announcements-file-yes = yes
announcements-file-no = no
announcements-called = no. { $number } “{ $text }”
announcements-called-file = no. { $number }{ $text }

## If something is wrong

announcements-empty = Write the announcement's text. For example: { $example }
announcements-mustread-of-what = Write a text, or answer the announcement that has to be confirmed with this command. For example: { $example }
announcements-correct-to-what = Write the new text. For example: { $example }
announcements-too-long = The text is longer than fits into one message. Make it about { $percent } % shorter, or divide it in two.
announcements-command-edited = I cannot see an edited command as a new one. Please send it again as a message of its own.
announcements-edited-to-other = The edit does not look like the text of an announcement, so announcement { $announcement } stays as it was. If it is not needed: { $example }
announcements-command-deleted = The command is deleted, but announcement { $announcement } is published and stays. To withdraw it: { $example }
announcements-private = There is a name next to something private (an illness, a debt, something forgotten), and all families would read it, so nothing was published. Please write it without the name, and to the family in its desk.
announcements-begins-with-family = “{ $name }” is a surname of the class, and all families would read this. To enter something for the family: { $example }. If it is for everybody, please begin with another word.
announcements-begins-with-family-long = “{ $name }” is a surname of the class, and all families will read this. Publish it like that? Then end it with a full stop: “…{ $end }” To enter something for the family: { $example }.
announcements-family-first = First the surname, then the number of the announcement, for example: { $example }. Several families with a comma or “and”.
announcements-one-by-one = One announcement at a time, please. For example: { $example }
announcements-one-word = “{ $text }”: is that an announcement for all families? If so, please write a sentence. For example: { $example }
announcements-when-or-text = “{ $when }”: is that when to send it, or a part of the text? To send it then: !{ $command } { $text }. Send { $when }. If it is a part of the text, please begin it with a capital letter and leave out the colon.
announcements-late = Announcement { $announcement } was to come out on { $when }, but the service was not running. Is it still needed? To send it: { $move }. Not to send it: { $cancel }
announcements-when-unclear = I do not understand when to send it: “{ $text }”. For example: send on Friday 8:00
announcements-until-unclear = I do not understand the deadline: “{ $text }”. For example: confirm by Friday 18:00
announcements-until-early = The deadline { $until } is before the announcement is delivered ({ $when }).
announcements-not-in-text = The announcement does not say “{ $text }”. Write what to replace as it stands there, or the whole new text.
announcements-often-in-text = The announcement says “{ $text }” more than once. Take more words, or write the whole new text.
announcements-same-text = Announcement { $announcement } has this text already.
announcements-unknown = There is no announcement no. { $number } in this class. All announcements: !announce list
announcements-none = There is no such announcement now. All announcements: !announce list
announcements-which = There are several: { $announcements }. Add the number, for example: { $example }. Or answer the announcement itself with this command.
announcements-is-scheduled = Announcement { $announcement } is not sent yet.
announcements-is-cancelled = Announcement { $announcement } was cancelled.
announcements-is-withdrawn = Announcement { $announcement } was withdrawn.
announcements-is-sent = Announcement { $announcement } is sent already.
announcements-is-asked = Announcement { $announcement } waits to be confirmed already.
announcements-is-no-must = Announcement { $announcement } need not be confirmed.
announcements-no-entry = Nothing is entered for this family: { $family }, announcement { $announcement }.
announcements-again-correct = !correct #{ $number } the new text
announcements-again-cancel = !announce cancel { $number }
announcements-again-move = !announce move { $number } to Friday 8:00
announcements-again-move-now = !announce move { $number } to 15:00
announcements-again-who = !mustread who { $number }
announcements-again-export = !mustread export { $number }
announcements-again-delivery = !announce delivery { $number }
announcements-again-confirmed = !confirmed { $family } #{ $number } by phone
announcements-again-confirmed-number = !confirmed Kalinina #{ $number } by phone

## Export and erasure

announcements-export = Confirmed announcements
announcements-export-announcement = Announcement
announcements-export-how = How
announcements-export-who = Who
announcements-export-when = When
announcements-export-state = State
announcements-export-stands = counts
announcements-export-taken-back = taken back
