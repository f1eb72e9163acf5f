# The house's own texts. Names are the same in every language; i18n/check.py looks.

command-help = help
    .aliases = commands
    .help = what this chat can do
    .example = !help

## Commands and their arguments

core-not-allowed = This command is the teacher's. If you need what it does, write to the teacher.
core-unknown-command = I know no command “!{ $word }”. The list of commands: !help
core-unknown-command-suggestion = I know no command “!{ $word }”. Did you mean !{ $suggestion }?

core-argument-missing = Something is missing: { $name }. For example: { $example }
core-argument-extra = I don't understand “{ $text }” here. For example: { $example }
core-argument-number = A number is needed here, not “{ $text }”. For example: { $example }
core-argument-share = A share from 1% to 100% is needed here, not “{ $text }”. For example: 50% or 2/3
core-argument-when = I don't understand when “{ $text }” is. For example: Friday 18:00, tomorrow at 9, 20.11 or in 3 days. If it is no date, put the words in quotation marks.
core-when-past = “{ $text }” ({ $when }) is over. A date to come is needed, for example: tomorrow 18:00. If it is no date, put the words in quotation marks.
core-when-far = “{ $text }” is more than a year away. A nearer date is needed, for example: Friday 18:00
core-family-unknown = I cannot find “{ $text }” in the class. Write the pupil's surname or number in the list.
core-family-unknown-suggestion = I cannot find “{ $text }” in the class. Similar surnames: { $candidates }. Write the pupil's surname or number in the list.
core-family-ambiguous = “{ $text }”: who exactly? I know { $candidates }. Add the first name or write the number.

core-help-staff = You can write commands in any room of the class, in English and in Russian. What is not for everybody, I answer in the staff room.
core-help-family = There are no commands to learn: tap the reactions below messages and vote in polls. You can also write:

## Other

core-noted-failure = That did not work, and it is not your fault. The problem is noted; whoever runs this service will see it.
core-say-it-privately = The answer is not for everybody. Please repeat the command in a private chat with me.
core-no-such-room = This class has no room “{ $role }”.

command-language = language
    .help = the language in which to answer you
    .example = !language english
    .language = language
core-language-chosen = All right, from now on I answer you in English.
core-language-unknown = I do not know the language “{ $text }”. I can speak Russian or English: !language english

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
