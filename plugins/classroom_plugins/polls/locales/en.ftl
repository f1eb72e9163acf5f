polls-title = Polls

## Commands

command-poll = poll
    .help = ask the families of the class: options, deadline, quorum
    .example = !poll When do we go? Friday; Saturday until Friday 18:00 quorum 50%
    .question = the question
    .until = until, till, by
    .quorum = quorum

command-poll-close = close
    .aliases = end, finish
    .help = close a poll and announce its result
    .example = !poll close 3
    .number = the poll's number

command-poll-vote = vote
    .aliases = record
    .help = enter a family's vote (by phone, on paper)
    .example = !poll vote Kalinina 2
    .family = the pupil's surname or number
    .option = the option's number
    .poll = no, poll

command-poll-results = results
    .aliases = result
    .help = how a poll stands or how it ended
    .example = !poll results 3
    .number = the poll's number

command-poll-who = who
    .aliases = missing
    .help = who has not voted (only staff see it)
    .example = !poll who 3
    .number = the poll's number

command-poll-list = list
    .aliases = all
    .help = the latest polls
    .example = !poll list

command-poll-cancel = cancel
    .help = cancel a poll without a result
    .example = !poll cancel 3
    .number = the poll's number

polls-example = !poll When do we go? Friday; Saturday until Friday 18:00

# Words by which the teacher withdraws a family's vote that was entered, separated by commas.
polls-withdraw-words = withdraw, none, снять, убрать

# Words around an option in a desk, in small letters: "we're for Saturday", "no, rather the museum", "option 1", "not Saturday but Friday". Forms of ordinal numbers are separated by slashes.
polls-words-voting = for, vote, votes, voting, voted, prefer, choose, choosing, chose, choice, rather, better, switch, want, pick, favour, favor
polls-words-around = be, works, fine, we, i, we're, i'm, we'd, i'd, we'll, i'll, our, my, us, me, family, then, all, please, thanks, thank, you, very, much, hello, hi, good, morning, afternoon, evening, the, a, is, it, it's, would, will, like, let's, poll, too, also, and, just, only, make, of, in
polls-words-changing = no, changed, change, mind, minds, our, sorry, oops, actually, after, instead, mistake, but
polls-words-loose = on, to, at, yes, sure, ok, okay
polls-words-numbered = option, number, variant
polls-words-asking = whether
polls-words-ordinals = first/1st, second/2nd, third/3rd, fourth/4th, fifth/5th, sixth/6th
polls-words-not = not
polls-words-but = but

## The card

polls-card-title = Poll no. { $number }. { $question }
polls-card-option = { $mark } { $option } — { $count }
polls-card-until = Until { $until }.
polls-card-quorum = Quorum { $quorum }: { $needed ->
    [one] { $needed } family is
   *[other] { $needed } families are
 } needed.
polls-card-how = The numbers above: how many families are for each option now. One family, one vote; the last one counts. Vote in the poll or with a button: the digits below are buttons, and one tap on each is mine.
polls-card-how-plain = The numbers above: how many families are for each option now. One family, one vote; the last one counts. Vote in the poll.
polls-turnout = { $voted ->
    [0] Nobody has voted yet.
   *[other] { $families ->
        [one] { $voted } of { $families } family voted ({ $share }).
       *[other] { $voted } of { $families } families voted ({ $share }).
    }
 }

## The result

polls-result-open = Poll no. { $number } is open: { $question }
polls-result-closed = Poll no. { $number } has ended: { $question }
polls-result-cancelled = Poll no. { $number } was cancelled: { $question }
polls-quorum-reached = The quorum of { $quorum } was reached.
polls-quorum-missed = The quorum of { $quorum } was not reached: { $needed ->
    [one] { $needed } family was
   *[other] { $needed } families were
 } needed.
polls-outcome = Decided: { $option }
polls-outcome-most = Most votes: { $option }
polls-native-differs = We count families; the number below the poll itself counts people and may differ.
polls-outcome-tie = A tie: { $options }. Nothing is decided.
polls-outcome-nobody = Nobody voted. Nothing is decided.
polls-outcome-no-quorum = Without the quorum nothing is decided.
polls-corrected = A correction to poll no. { $number } “{ $question }”: votes given in time have arrived.
polls-corrected-end = A correction to poll no. { $number } “{ $question }”: it ended earlier, so later votes do not count.
polls-native-closed = The poll has ended: { $question }
polls-native-cancelled = The poll was cancelled: { $question }

## To families

polls-family-differs = Your family chose differently in the poll “{ $question }”. The last vote counts for the family: “{ $option }”.
polls-family-by-teacher = In the poll “{ $question }” the teacher entered your family's vote: “{ $option }”. The last vote counts; you can change it by voting.
polls-late = The poll “{ $question }” is over, so your vote was not counted. Thank you for answering!
polls-reminder = The poll “{ $question }” is open until { $until }. Your family has not voted yet. The options: { $options }. Vote in the poll, or answer here with the option's number.
polls-desk-recorded = Your family's vote in the poll “{ $question }”: “{ $option }”. The last vote counts.
polls-edit-unread = I don’t understand the edit: in the poll “{ $question }” the vote is still “{ $option }”. To change it, write the option's number as a new message.
polls-edit-late = The poll “{ $question }” is over, the vote “{ $option }” stays.
polls-taken-back = Your family's vote in the poll “{ $question }” is taken back.
polls-taken-back-stands = That vote is taken back. In the poll “{ $question }” your family's vote is now “{ $option }”.
polls-meaning = poll no. { $number } “{ $question }”: “{ $option }”
polls-reminder-staff = In poll no. { $number } “{ $question }” (until { $until }) these families without the app have not voted: { $families }. To enter a vote: !poll vote <surname> <option's number>

polls-agenda = Poll no. { $number } “{ $question }”: { $options }. Vote in the poll, or answer here with the number.
polls-agenda-until = Poll no. { $number } “{ $question }” until { $until }: { $options }. Vote in the poll, or answer here with the number.

## Answers to the teacher

polls-opened = Poll no. { $number } “{ $question }” is open, families see it.
polls-closed = Poll no. { $number } “{ $question }” is closed and its result announced.
polls-closed-quiet = Poll no. { $number } is closed. These are quiet hours; I shall announce the result on { $when }.
polls-cancelled = Poll no. { $number } “{ $question }” is cancelled.
polls-proxy-recorded = Entered: { $family } — “{ $option }”, poll no. { $number } “{ $question }”.
polls-proxy-withdrawn = The entered vote is withdrawn: { $family }, poll no. { $number } “{ $question }”.
polls-who = In poll no. { $number } “{ $question }” { $count ->
    [one] { $count } family has
   *[other] { $count } families have
 } not voted:
polls-who-nobody = In poll no. { $number } “{ $question }” every family has voted.
polls-who-proxies = Votes entered by the teacher:
polls-who-proxy = { $family } — { $person }, { $when }
polls-reach-phone = { $family } (by phone)
polls-reach-paper = { $family } (on paper)
polls-list = The latest polls:
polls-list-open = open.
polls-list-until = until { $until }.
polls-list-closed = { $poll } — ended: { $option }
polls-list-undecided = { $poll } — ended, nothing is decided
polls-list-cancelled = { $poll } — cancelled
polls-called = no. { $number } “{ $question }”
polls-quoted = “{ $text }”

## When something is wrong

polls-too-few-options = At least two options are needed, separated by semicolons or new lines. For example: { $example }
polls-too-many-options = There are { $count } options; at most { $most } are possible. Perhaps some can be put together?
polls-question-too-long = The question is too long: { $count } characters, at most { $most } are possible. Details fit better into a message of their own.
polls-option-too-long = The option “{ $option }” is too long: { $count } characters, at most { $most } are possible.
polls-same-options = The option “{ $option }” is there twice. Once is enough.
polls-unknown = This class has no poll no. { $number }. All polls: !poll list
polls-unknown-option = There is no option “{ $text }”. There are: { $options }
polls-none = This class has had no polls yet.
polls-none-open = No poll is open now.
polls-which = Several polls are open: { $polls }. Add the number, for example: { $example }. Or reply with this command to the poll's message.
polls-again-close = !poll close { $number }
polls-again-cancel = !poll cancel { $number }
polls-again-results = !poll results { $number }
polls-again-who = !poll who { $number }
polls-again-vote = !poll vote { $family } { $option } no { $number }
polls-already-closed = Poll no. { $number } “{ $question }” has already ended.
polls-already-cancelled = Poll no. { $number } “{ $question }” is already cancelled.

## Export and erasure

polls-export = Polls
polls-export-votes = The family's votes
polls-export-poll = Poll
polls-export-answer = Answer
polls-export-via = How
polls-export-via-native = in the poll
polls-export-via-reaction = by a reaction
polls-export-via-desk = by a message in the private room
polls-export-via-proxy = entered by the teacher
polls-export-by = Who
polls-export-at = When
polls-export-status = Status
polls-export-counts = counts
polls-export-replaced = replaced or taken back
