# The house's own texts. Names are the same in every language; i18n/check.py looks.

command-help = help
    .aliases = commands
    .help = what this chat can do
    .example = !help events
    .topic = topic

## Commands and their arguments

core-not-allowed = This command is the teacher's. If you need what it does, write to the teacher.
core-unknown-command = I know no command “!{ $word }”. The list of commands: !help
core-unknown-command-suggestion = I know no command “!{ $word }”. Did you mean !{ $suggestion }?

core-looks-like-command = “{ $text }” looks like a command, not like a text for everybody. Perhaps you meant: { $example }. If it is a text, please begin it with a capital letter or another word.
core-argument-missing = Something is missing: { $name }. For example: { $example }
core-argument-extra = I don't understand “{ $text }” here. For example: { $example }
core-argument-number = A number is needed here, not “{ $text }”. For example: { $example }
core-argument-share = A share from 1% to 100% is needed here, not “{ $text }”. For example: 50% or 2/3
core-argument-when = I don't understand when “{ $text }” is. For example: Friday 18:00, tomorrow at 9, 20.11 or in 3 days. If it is no date, put the words in quotation marks.
core-when-past = “{ $text }” ({ $when }) is over. A date to come is needed, for example: tomorrow 18:00. If it is no date, put the words in quotation marks.
core-when-far = “{ $text }” is more than a year away. A nearer date is needed, for example: Friday 18:00
core-when-which-year = “{ $text }” – is that { $day }? If so, please write the date with the year, { $year }. This year's is over: then a later date is needed.
core-argument-day = I don't understand which day “{ $text }” is. For example: Friday, tomorrow, 20.11 or in 3 days. If it is no day, put the words in quotation marks.
core-day-past = “{ $text }” is over. A day to come is needed, for example: tomorrow
core-argument-days = I don't understand which days “{ $text }” are. For example: yesterday, 3–7 March, from Monday to Wednesday or last week
core-days-long = “{ $text }” is more than two months. Something shorter is needed, for example: 3–7 March
core-days-far = “{ $text }” is more than a year from here. Nearer days are needed, for example: last week
core-argument-period = I don't understand from when to when “{ $text }” is. For example: Thu 16:00–18:00 or tomorrow from 9 to 11
core-argument-length = I don't understand how long “{ $text }” is. For example: 15 minutes, half an hour or 1.5 hours
core-length-far = “{ $text }” does not fit: more than nothing and at most a week is needed. For example: 15 minutes
core-argument-quiet = I don't understand which hours “{ $text }” are. For example: 22:00–8:00
core-family-unknown = I cannot find “{ $text }” in the class. Write the pupil's surname or number in the list.
core-family-unknown-suggestion = I cannot find “{ $text }” in the class. Similar surnames: { $candidates }. Write the pupil's surname or number in the list.
core-family-ambiguous = “{ $text }”: who exactly? I know { $candidates }. Add the first name or write the number.

core-help-staff = You can write commands in any room of the class, in English and in Russian. What is not for everybody, I answer in the staff room.
core-help-family = There are no commands to learn: tap the reactions below messages and vote in polls. You can also write:
core-help-general = General
core-help-more = More about a word or a command: !help events, !help duties

## Other

core-noted-failure = That did not work, and it is not your fault. The problem is noted; whoever runs this service will see it.
core-command-confidential = That did not work, and the message is taken away: it is for the class's teacher only, and others read here. Please write to me in a private chat; there I can say what is wrong.
core-command-removed = The command was removed from that room: families would have read whom it names. Such commands are better written here.
core-say-it-privately = The answer is not for everybody. Please repeat the command in a private chat with me.
core-no-such-room = This class has no room “{ $role }”.
core-private-hello = { $role ->
    [staff] Hello! You can write commands here; for a list: !help
    [guardian] Hello! Only I, the class's assistant, answer here. To reach the teacher, write in your family's private room. What I can do: !help
   *[other] Hello! Only I, the class's assistant, answer here. What I can do: !help
 }
core-unreadable = { $where ->
    [elsewhere] { $name }, I cannot read your message in a shared room
   *[here] I cannot read this message
 }, because { $cause ->
    [trust] your app does not give me the key: in Element open “Settings” → “Encryption” → “Other people’s devices”, switch off “In encrypted rooms, only send messages to verified users” (the chat itself has such a setting too, under “Security & Privacy”), start the app anew and write once more.
    [again] its key did not open: please send it once more.
   *[absent] its key has not arrived: please open the app on the device that you wrote it with, keep it open for a minute and send the message once more; if that does not help, write from another device.
 }
core-verification-reason = This is a program, nobody can compare emojis here
core-verification = Comparing emojis with me does not work: I am a program without a screen, so I decline the request. There is nothing you have to do: my devices are signed with my own key, and your app sees that. If you would like to check, ask whoever looks after the school's computers for the fingerprint of that key, and compare.

command-language = language
    .help = the language in which to answer you
    .example = !language english
    .language = language
core-language-chosen = All right, from now on I answer you in English.
core-language-unknown = I do not know the language “{ $text }”. I can speak Russian or English: !language english

command-quiet = quiet
    .aliases = quiet hours, silence
    .help = when not to disturb you
    .example = !quiet 22:00–8:00
    .hours = hours
core-quiet-shown = { $own ->
    [yes] { $hours ->
        [none] You have no quiet hours: I write at any time.
       *[other] Your quiet hours: { $hours }.
     }
   *[no] { $hours ->
        [none] The class has no quiet hours: I write at any time.
       *[other] Your quiet hours are the class's: { $hours }.
     }
 } To change them: !quiet 22:00–8:00
core-quiet-chosen = { $hours ->
    [none] All right, I write to you at any time.
   *[other] All right, I will not disturb you { $hours }: what comes to your private room then, I show later.
 } To undo: !quiet as the class
core-quiet-as-class = { $hours ->
    [none] All right. The class has no quiet hours: I write at any time.
   *[other] All right, your quiet hours are the class's now: { $hours }.
 }
core-quiet-long = “{ $text }” is too long: there has to be time for what must be read. At most { $hours } hours are possible, for example: !quiet 20:00–9:00
core-quiet-not-needed = Quiet hours are for the families' private rooms. To you I write without a sound anyway.

## Calendar

command-calendar = calendar
    .help = a calendar address for the phone: events, homework, your family's meetings
    .example = !calendar
command-calendar-class = class
    .help = the address of the whole class's calendar
    .example = !calendar class
command-calendar-revoke = revoke
    .aliases = close, reset
    .help = the calendar's earlier addresses work no more
    .example = !calendar revoke
core-calendar-name = Class { $klass }
core-calendar-yours = Your family's calendar; it keeps itself up to date:
core-calendar-class = The whole class's calendar, nothing private in it; it keeps itself up to date:
core-calendar-how = On an iPhone, tap { $address } and “Subscribe”. In Google Calendar on a computer: “Other calendars” → “From URL”, and paste the address.
core-calendar-secret = Whoever knows the address sees the calendar. To close all earlier addresses: !calendar revoke
core-calendar-revoked = { $count ->
    [one] { $count } calendar address is closed. A new one: !calendar
   *[other] { $count } calendar addresses are closed. A new one: !calendar
 }
core-calendar-nothing = No calendar address is open. To get one: !calendar
core-calendar-none = There is no calendar address: the school has no web page set up. What awaits you in the next days, I can tell here: !new
core-calendar-families = Guardians and the class's teachers have a calendar.

## Private rooms

command-handover = handover
    .help = lets a substitute or specialist into a family's private room
    .example = !handover Belyaev Sidorova
    .family = family
    .colleague = to whom
command-takeback = takeback
    .help = closes a family's private room to a substitute or specialist
    .example = !takeback Belyaev Sidorova
    .family = family
    .colleague = from whom
core-handover-done = { $person } is in the family's private room now ({ $family }) and sees what is said from now on. To take it back: !takeback
core-takeback-done = { $person } is not in the family's private room any more ({ $family }).
core-takeback-nothing = The family's private room ({ $family }) is not handed over: { $person } does not see it.
core-handover-teachers-only = Only the class's own teacher can hand over a private room or take it back.
core-handover-nobody-there = The class has neither substitute nor specialists: there is nobody to hand a private room over to.
core-handover-whom = Who is “{ $text }”? Possible are: { $candidates }

core-welcome = Hello! This is your household's private room with the teacher ({ $klass }). Only who is in it can read it.
core-welcome-how = Ask the teacher here; I write here what concerns only you. The class's rooms are in your list already.
core-welcome-open = Open now:

## Getting in

command-slip = slip
    .help = a new slip for somebody who lost theirs, or their phone
    .example = !slip Belyaev Anna
    .who = the pupil's surname or number
command-arrivals = arrivals
    .aliases = who is in
    .help = who is in, and who is stuck where
    .example = !arrivals

core-slip-whom = For whom exactly: “{ $text }”? In this family ({ $family }): { $candidates }
core-slip-all-in = In this family ({ $family }) everybody is in. If somebody lost their phone or password, name them: { $candidates }
core-slip-not-set-up = There can be no new slip: the join page is not set up. Whoever runs the service will see this.
core-slip-limited = Access is limited by a court: { $name }. There is no slip.
core-slip-by-it = This account was not made with a slip: { $name }. Whoever runs the service can help with getting in.
core-slip-of-staff = This is a member of staff: { $name }. Whoever runs the service gives staff their slips: classroom-matrix slips --pupil SURNAME
core-slip-nobody = In this family ({ $family }) there is nobody to give a slip to: the class list has no adults.
core-slip-delayed = The new slip has to wait: the server is busy. I will make it as soon as it answers; no need to repeat the command.
core-slip-how = Pass the address and the five words on in person. They are good until { $until }; this message disappears by itself when they are used or expired. Earlier slips of these people are no good any more.
core-slip-notice = The teacher has made a new slip for { $name }. With it, a new password can be chosen; devices that were logged in are logged out. If you did not ask for it, tell the teacher.
core-slip-staff = { $name } is also a member of staff at school, and the slip would open rooms of the staff. Whoever runs the service can give one: classroom-matrix slips --pupil SURNAME --again
core-slip-elsewhere = { $name } has a family room in another class, too, and the slip would open it. Whoever runs the service can give one: classroom-matrix slips --pupil SURNAME --again
core-slip-teachers-only = A new slip for { $name } would open the family's room, so only a teacher of the class can give one. If there is none today, whoever runs the service can help: classroom-matrix slips --pupil SURNAME --again
core-slip-where = Other members of staff would read the words here. Write to me in a private chat (a new one, just you and me), then repeat the command: the words will come there.
core-slip-notice-staff = The teacher of { $by } has made a new slip for { $name }. The one before is no good any more. If that is a surprise, ask the teacher.

arrivals-summary = { $inside } of { $people } people are in, { $inside_families } of { $families } families.
arrivals-without-app = { $count ->
    [one] { $count } family is without the app.
   *[other] { $count } families are without the app.
 }
arrivals-people = { $count ->
    [one] { $count } person
   *[other] { $count } people
 }
arrivals-no-slip = No slip yet: { $people }
arrivals-printed = Slip given, never opened: { $people }
arrivals-expired = Slip expired: { $people }
arrivals-opened = Opened the page, typed no words: { $people }
arrivals-wrong-words = The words were wrong: { $people }
arrivals-proven = Right words, no password of their own yet: { $people }
arrivals-arrived = Password chosen, being let into the rooms: { $people }
arrivals-person-expired = { $name } (until { $day })
arrivals-person-wrong = { $count ->
    [one] { $name } ({ $count } time)
   *[other] { $name } ({ $count } times)
 }
arrivals-new-slip = A new slip: !slip and the pupil's surname.

### rooms

rooms-put-back =
    { $kind ->
        [name] The name of “{ $room }” was changed (by { $who }). The former one is back.
        [topic] The topic of “{ $room }” was changed (by { $who }). The former one is back.
        [avatar] The picture of “{ $room }” was changed (by { $who }). The former one is back.
        [join-rule] Who may enter “{ $room }” was changed (by { $who }). It is as before again.
        [history] Who sees old messages in “{ $room }” was changed (by { $who }). It is as before again.
        [guests] Guest access to “{ $room }” was changed (by { $who }). It is closed to guests again.
        [address] The address of “{ $room }” was changed (by { $who }). The former one is back.
        [encryption] How “{ $room }” is encrypted was changed (by { $who }). Its messages are encrypted again.
        [power] Rights in “{ $room }” were changed (by { $who }). The former ones are back.
        [place] “{ $room }” was taken out of the class's list or moved in it (by { $who }). It is in its place again.
       *[other] Settings of “{ $room }” were changed (by { $who }). The former ones are back.
    }
rooms-stranger-removed = Somebody from outside the class was in “{ $room }”: { $person } (let in by { $who }). They have no access any more. If they are needed, put them on the class's list.
rooms-stranger-removed-alone = Somebody from outside the class came into “{ $room }”: { $person }. They have no access any more. If they are needed, put them on the class's list.
rooms-stranger-reported = Somebody from outside the class is in “{ $room }”: { $person } (let in by { $who }). They keep their access, as configured.
rooms-stranger-reported-alone = Somebody from outside the class is in “{ $room }”: { $person }. They keep their access, as configured.
rooms-invited-again = Somebody on the class's list was removed from “{ $room }”: { $person } (removed by { $who }). They are invited again. To end somebody's access, take them off the list.
rooms-followed = “{ $room }” was replaced by a new room (by { $who }). The new one is set up; the old one stays linked.
rooms-made-anew = “{ $room }” had disappeared from the homeserver. There is a new one; earlier messages are left in people's apps only.
rooms-refused = “{ $room }” could not be put in order: the homeserver refused ({ $error }). Whoever runs the service will see this.

### audit

command-audit = audit
    .aliases = rollcall
    .help = who is in the class's rooms and who should be; answered in the staff room
    .example = !audit
audit-summary =
    Audit: { $expected } expected, { $strangers ->
        [0] no strangers
        [one] { $strangers } stranger
       *[other] { $strangers } strangers
    }, { $missing ->
        [0] { $waiting ->
            [0] nobody missing
           *[other] nobody missing who has come in
        }
       *[other] { $missing } missing
    }{ $waiting ->
        [0] { "" }
       *[other] , { $waiting } not in yet
    }.
audit-strangers-removed = Strangers. Their access is being closed; whoever is needed has to be put on the class list:
audit-strangers-reported = Strangers. Their access is not closed: so it is configured.
audit-stranger = { $person } ({ $account }) — { $rooms }
audit-imitations = Names by which somebody may be taken for somebody else:
audit-imitation = { $person } shows the name “{ $shown }”, which resembles { $staff }
audit-imitation-title = { $person } shows the name “{ $shown }”, as if from the school
audit-missing =
    { $count ->
        [one] Has been in and is not in the class now: { $names }
       *[other] Have been in and are not in the class now ({ $count }): { $names }
    }
audit-waiting =
    { $count ->
        [one] Has a slip or an account, not in yet: { $names }
       *[other] Have a slip or an account, not in yet ({ $count }): { $names }
    }
audit-many-waiting = Have a slip or an account, not in yet: { $count } (who is stuck where: !arrivals)
audit-without-account =
    { $count ->
        [one] Without an account yet: { $names }
       *[other] Without an account yet ({ $count }): { $names }
    }
audit-many-without-account = Without an account yet: { $count }
audit-unseen = Could not be looked into: { $names }
audit-more = and { $count } more
audit-imitates = { $person } now shows the name “{ $shown }” and may be taken for somebody else: { $staff }. Names give no rights; ask them to take their own name back.
audit-imitates-title = { $person } now shows the name “{ $shown }”, as if from the school. Names give no rights; ask them to take their own name back.

## Plain words in the desk

# Separated by commas, in small letters.
core-words-yes = yes, y, yeah, yep, right, correct, ok, okay, sure, confirm
core-words-no = no, n, nope, wrong, not that, cancel, neither, none, none of them, nothing
core-understood-sure = I understood: { $label }. Is that right? Answer “yes” or “no”.
core-understood-which = What is this about? Answer with a number:
core-words-courtesy = please, thanks, thank you, thank you very much, of course, hello, hi, good morning, good afternoon, good evening
core-understood-again = That is done already: { $label }
core-understood-no = All right, nothing is recorded.
core-understood-no-more = All right, nothing more is recorded.
core-understood-number = Please answer with a number from the list, for example “1”. If it is none of them, write “no”.
core-edit-late = An edit of this message comes too late. Please write it again, as a new message.
core-edit-chosen = I don’t follow edits of answers: it is recorded as it was. If you need something else, please write a new message.

## The parents' committee

command-committee = committee
    .help = which parents may do what: events, ledger; without a name, the list
    .example = !committee Kalinina events
    .who = who, and what: events or ledger
command-committee-remove = remove
    .aliases = take back
    .help = take one right back, or all
    .example = !committee remove Kalinina
    .who = who
core-committee-example = !committee Kalinina events
# Separated by commas, in small letters.
core-committee-words-events = events, event
core-committee-words-ledger = ledger, fund, money
core-committee-right-events = events
core-committee-right-ledger = ledger
core-committee-given = { $person } may now look after: { $right }. To take it back: !committee remove { $person }
core-committee-given-to = { $person }, the teacher has put you in charge of: { $right }. !help shows the commands that are open to you now.
core-committee-taken = { $person } no longer looks after: { $rights }.
core-committee-has-not = { $person } was not put in charge of that.
core-committee-list = Who looks after what:
core-committee-nobody = Nobody has been given anything yet. For example: { $example }
core-committee-whom = Who is meant: “{ $text }”? There are: { $candidates }
core-committee-to-whom = Who is to look after that ({ $right })? Name a parent or a family, for example: { $example }
core-committee-from-whom = From whom? Those who look after something: { $candidates }
core-committee-which = What should they look after? There are: { $rights }. For example: !committee Kalinina events
core-committee-teachers-only = Only the class's own teacher can give parents rights and take them back.

## What's new, and the evening digest

command-news = new
    .aliases = news, what's new, whats new
    .help = what awaits you and what is open; simply asking “what's new?” will do, too
    .example = !new
command-digest = digest
    .aliases = evening digest
    .help = to hear every evening what comes tomorrow: on or off
    .example = !digest on
    .choice = on or off
# Separated by commas, in small letters, without the question mark.
core-words-news = what's new, what’s new, whats new, what is new, any news, news, anything new, what's up
core-words-help = help, help me, help please, commands, menu, start, what can you do, what do you do, how do you work, how do i use you, how do i use this bot, who are you, are you a bot, what can i ask
core-help-label = help
core-news-label = what is new
core-news = What's new:
core-news-nothing = Nothing new: nothing is open for you now, and there is nothing on the next day.
core-news-today = Today, { $day }
core-news-tomorrow = Tomorrow, { $day }
core-news-day = { $day }
core-news-open = Open for you
core-news-families = This is for families: each sees only its own, in its private room.
core-digest = For tomorrow:
# Separated by commas, in small letters.
core-digest-words-on = on, yes, enable
core-digest-words-off = off, no, disable
core-digest-on = All right, every evening at about { $time } I will write here, in your family's private room, what comes tomorrow. If there is nothing, I won't. To stop: !digest off
core-digest-off = All right, no more evening digests. You can always ask: “what's new?”
core-digest-is-on = The evening digest is on and comes at about { $time }. To stop: !digest off
core-digest-is-off = The evening digest is off. To have it (at about { $time }, if there is something to say): !digest on
core-digest-none = This class has no evening digest. You can always ask: “what's new?”
core-digest-which = I don't understand “{ $text }”. It works like this: !digest on or !digest off
