absence-title = Absence

## Commands

command-ill = ill
    .aliases = sick
    .help = enter for a family that a pupil is ill
    .help-family = say who will not be at school and until when; plain words in the private room will do, too
    .example = !ill Kalinina until Friday
    .example-family = !ill until Friday
    .text = who, and until when

command-back = recovered
    .aliases = well again, back
    .help = enter for a family that a pupil is coming again
    .help-family = say that the child is coming again
    .example = !recovered Isaev, back tomorrow
    .example-family = !recovered, back tomorrow
    .text = when they come

command-away = away
    .aliases = absent
    .help = enter an absence for a family (by phone, on paper)
    .example = !away Kalinina until Friday, family reasons
    .text = who, and until when

command-whoaway = who's away
    .aliases = who’s away, who is away, whos away, absentees
    .help = who is not at school (only staff see it)
    .example = !who's away
    .day = the day

# Names of the staff's commands in both languages, separated by commas: in edits they are found by these.
absence-words-entries = болеет, болеем, заболел, заболела, выздоровел, выздоровела, вернулся, вернулась, отсутствует, отсутствие, отсутствуют, ill, sick, recovered, back, away, absent

## To the family

absence-recorded = Noted: { $pupils } — { $reason }, from { $first } to { $last }{ $past ->
    [yes] .
   *[no] . We expect you back on { $back }. If anything changes, just write here.
 }
absence-recorded-one = Noted: { $pupils } — { $reason }, { $first }{ $past ->
    [yes] .
   *[no] . We expect you back on { $back }. If anything changes, just write here.
 }
absence-recorded-days = Noted: { $pupils } — { $reason }: { $days }. If anything changes, just write here.
absence-known = This is noted already: { $pupils } — { $reason }, from { $first } to { $last }{ $past ->
    [yes] .
   *[no] . We expect you back on { $back }.
 }
absence-known-one = This is noted already: { $pupils } — { $reason }, { $first }{ $past ->
    [yes] .
   *[no] . We expect you back on { $back }.
 }
absence-known-days = This is noted already: { $pupils } — { $reason }: { $days }.
absence-back = Good! We expect { $pupils } on { $back }.
absence-told = { $pupil }: an absence from { $first } to { $last } is noted{ $past ->
    [yes] .
   *[no] , expected back on { $back }.
 }
absence-told-one = { $pupil }: an absence on { $first } is noted{ $past ->
    [yes] .
   *[no] , expected back on { $back }.
 }
absence-told-days = { $pupil }: an absence is noted: { $days }.
absence-told-back = { $pupil }: the absence has ended, expected at school on { $back }.
absence-taken-back = { $pupils }: the message was deleted, and the absence is not noted any more.
absence-edit-lost = I cannot see an edit as a new message. Please write it again as a message of its own.
absence-edit-unclear = I do not understand the edit; what was noted stays. Please write a message of its own, for example: ill until Wednesday
absence-agenda = { $pupil }: an absence from { $first } to { $last } is noted, expected back on { $back }.
absence-agenda-one = { $pupil }: an absence on { $first } is noted, expected back on { $back }.
absence-label = { $pupils }: not at school from { $first } to { $last }
absence-label-one = { $pupils }: not at school on { $first }
absence-label-days = { $pupils }: not at school on { $days }
absence-stretch = { $first } to { $last }
absence-stretch-one = { $first }
absence-label-back = { $pupils }: at school again on { $back }

absence-reason-ill = ill
absence-reason-family = family reasons
absence-reason-other = no reason given

## To the teacher

absence-list = { $count ->
    [one] { $day }: { $count } pupil is away
   *[other] { $day }: { $count } pupils are away
 }
absence-list-line = { $pupil } — { $reason }; expected on { $back }
absence-list-nobody = { $day }: nobody is known to be away.
absence-later = From { $first }: { $pupil }; expected on { $back }
absence-late = Told just now: { $pupil } is not coming today ({ $reason }), expected on { $back }.
absence-late-back = Told just now: { $pupil } is coming today after all.
absence-entered = Noted: { $pupil } — { $reason }, from { $first } to { $last }{ $past ->
    [yes] .
   *[no] , expected on { $back }.
 }
absence-entered-one = Noted: { $pupil } — { $reason }, { $first }{ $past ->
    [yes] .
   *[no] , expected on { $back }.
 }
absence-entered-days = Noted: { $pupil } — { $reason }: { $days }.
absence-entered-back = Noted: { $pupil } is at school again on { $back }.
absence-entered-taken-back = The message was deleted, and the absence is not noted any more: { $pupils }.

## When something is wrong

absence-when = I do not understand which days these are: “{ $text }”. For example: !ill today, !ill until Friday, !ill 3–7 March
absence-part = “{ $text }” looks like a part of a day, and only whole days are noted here, so nothing is noted and nothing was sent to the family. If it is the whole day: !away Kalinina today
absence-part-family = Only whole days are noted here, so nothing is noted. If your child comes late or leaves early, just write it to the teacher here, in plain words.
absence-far = { $day } is too far from now. For example: !ill today, !ill 3–7 March
absence-no-school = { $day }: there is no school on these days, so there is nothing to note.
absence-which-pupil = Who will be away: { $pupils }, or both? For example: !ill { $pupil } today
absence-who = Who will be away? For example: !away Kalinina until Friday
absence-one-each = There are several pupils here, each, it seems, with days of their own, so nothing is noted. Please write of each of them apart: !away { $first } on Wednesday, and then !away { $second } on Thursday. If the days are the same, name everybody first: !away { $first }, { $second } on Wednesday
absence-whose = This is how parents tell us, in their private room. For the teacher: !away Kalinina until Friday
absence-none = No absence was noted. See you at school!
absence-none-of = { $pupil }: no absence was noted.

## Export

absence-export = Absence
absence-export-rows = What was said
absence-export-pupil = Pupil
absence-export-what = What
absence-export-away = away
absence-export-back = back at school
absence-export-first = From
absence-export-last = To
absence-export-by = Told by
absence-export-at = When
absence-export-status = Status
absence-export-holds = counts
absence-export-struck = taken back
