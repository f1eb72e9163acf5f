# What the commands say in a terminal. Each command has a section and a prefix of its own.

## homeserver
homeserver-written = { $file } is written.
homeserver-next =
    Next: put it where Synapse reads it after homeserver.yaml, and restart Synapse.
      Debian's package: /etc/matrix-synapse/conf.d/classroom.yaml
      container: run … --config-path /data/homeserver.yaml --config-path /data/conf.d
    In homeserver.yaml itself, leave `federation` out of the `resources` of every listener.
homeserver-module = The module: copy classroom_gate.py to { $folder } on the homeserver's machine, and start Synapse with PYTHONPATH={ $folder }. See docs/howto/homeserver.md.
homeserver-no-module = The module is left out: anybody with an account can make rooms and invite people. To add it: --modules FOLDER

## roster
roster-title = { $file } → { $name }
roster-row = row
roster-who = who
roster-what = what
roster-kind-new = New
roster-kind-moved = From another class
roster-kind-changed = Changed
roster-kind-left = In the class, but not in this list. Nobody is removed by an import.
roster-to-decide = To decide: { $count }. Correct the list and import it again, or leave it as it is taken.
roster-to-know = Good to know: { $count }
roster-nothing-new = The class is as this list says; there is nothing to import.
roster-go-on = Import? [y/N]
roster-nobody = Nothing was imported: there is nobody here to ask. To import without a question: --yes
roster-declined = Nothing was imported.
roster-imported = { $count ->
    [one] Imported. The class has one pupil.
   *[other] Imported. The class has { $count } pupils.
}
roster-next = Next, accounts and slips for everybody who is not in yet: classroom-matrix slips --class { $class }

## --class
class-unknown = config.yaml has no class “{ $id }”; it has: { $ids }
class-which = config.yaml has several classes; say which one is meant: { $ids }

## slips
slips-needs-join = slips lead to the join page, which is not configured. Give config.yaml a section “join” with the page's address (url)
slips-needs-accounts = slips are for new accounts, and the process that makes them is not configured. Give config.yaml a section “accounts”, and start: classroom-matrix accounts run
slips-archived = the year of “{ $name }” is over; there are no new slips for it
slips-nobody = there is nobody in “{ $name }” yet. First the list: classroom-matrix roster import FILE --class { $id }
slips-no-folder = there is no folder { $folder }
slips-file-there = { $file } is there already, and its words may not be printed yet. Print and delete that file, or name another: --output FILE
slips-not-written = { $file } could not be written ({ $why }); the earlier slips stay good
slips-accounts = Accounts
slips-words = Words
slips-none = { $good ->
    [0] Everybody is in; nobody needs a slip.
    [one] No new slips are needed: { $good } person has one that is still good. To print it anew: --again
   *[other] No new slips are needed: { $good } people have one that is still good. To print them anew: --again
 }
slips-made = { $count ->
    [one] { $count } slip in { $file }
   *[other] { $count } slips in { $file }
 }
slips-whose = for
slips-count = how many
slips-kind-guardian = guardians
slips-kind-relative = relatives
slips-kind-pupil = pupils
slips-kind-staff = staff
slips-good = { $count ->
    [one] { $count } more person has a slip that is still good; it is not printed anew (--again would).
   *[other] { $count } more people have slips that are still good; they are not printed anew (--again would).
 }
slips-without-app = { $count ->
    [one] { $count } family without the app gets no slips (--pupil SURNAME would make some).
   *[other] { $count } families without the app get no slips (--pupil SURNAME would make some).
 }
slips-print-and-delete = The words are in this file only. Print it, hand the slips over in person, and delete the file: rm { $file }

## accounts login, accounts log
accounts-login-done = Logged in. The token is in { $file }; only its owner can read it.
accounts-login-wrong = { $user }: no such account, or a wrong password. Nothing was changed.
accounts-login-refused = The homeserver refuses the login: { $reason }
accounts-login-no-admin = { $user } is no admin of the homeserver. It was logged out again, and no token was kept.
accounts-login-bot = { $user } is the bot's own account, which must not be an admin. No token was kept.
accounts-login-no-name = That is no account's name; expected a name or a user ID such as @admin:{ $server }.
accounts-login-no-answer = { $url }: { $reason }
accounts-login-not-written = { $file } cannot be written: { $reason }
accounts-log-empty = The accounts process has not been asked for anything yet.
accounts-log-title = The last calls: { $count }
accounts-log-when = when
accounts-log-verb = verb
accounts-log-about = about
accounts-log-result = result
accounts-log-asked-by = asked by
accounts-log-result-done = done
accounts-log-result-later = for later: the homeserver did not answer
accounts-log-result-begun = begun, not ended
accounts-log-result-quota = refused: over the day's quota

## arrivals
arrivals-never-opened-app = In the rooms, but never opened the app: { $people }
arrivals-cannot-ask = Who has never opened the app is not known: the accounts process does not answer.

## Who is meant (leave, erase, export)
whom-nobody = There is no “{ $who }”. Write a pupil's name, the number in the list, or an adult's name. In another class? --class
whom-several = “{ $who }”: who exactly? These fit:
whom-staff = { $who } is staff. Staff are taken out in config.yaml (staff), and then: classroom-matrix apply
whom-no-pupil = { $who } is no pupil. A pupil is needed: name or number in the list.
whom-name = who
whom-role = what
whom-class = class
whom-number = no. in the list
whom-role-pupil = pupil
whom-role-guardian = parent
whom-role-relative = relative
whom-role-teacher = teacher
whom-role-substitute = substitute teacher
whom-role-specialist = specialist
ask-go-on = Go on? [y/N]
ask-nobody = Nothing was done: there is nobody to ask. To do it without asking: --yes
ask-declined = Nothing was done.

## Begun and not ended (check, doctor)
begun-erasure = Erasure { $id } (class: { $classes }) was begun and is not through. To go on: classroom-matrix erase --resume
begun-leave = { $number ->
    [0] The leave of { $id } from class { $klass } was begun and is not through: there may be access still. Repeat leave with the same name.
   *[other] A leave from class { $klass } was begun and is not through: there may be access still. To go on: classroom-matrix leave { $number } --class { $klass } (for a single adult, the adult's name in place of the number)
 }
begun-rollover = The roll-over { $old } → { $new } was begun and is not through. To go on: classroom-matrix rollover { $old } { $new }

## The accounts process
accounts-silent = the accounts process does not answer ({ $socket }: { $why }). Start it: classroom-matrix accounts run
accounts-no-answer = The accounts process does not answer. Start it (classroom-matrix accounts run), and repeat the command. Details: { $reason }

## leave
leave-who = { $name } leaves class { $klass }:
leave-again = { $name } is not in class { $klass } any more, but the access was not closed to the end. Going on:
leave-already = { $name } is not in class { $klass } any more: all was done before. Looking once more at rooms and accounts.
leave-export = first an export to hand over to the family, in the folder { $folder }
leave-sibling = { $names } stays in the class, so the adults, their access and the private room stay
leave-adult = { $name }: access to all rooms of the class ends at once
leave-adult-closed = { $name }: access ends at once, the account is locked (it is unlocked if they come back)
leave-adult-no-account = { $name }: has no account, no slip will be printed
leave-elsewhere = the family stays in other classes: { $classes }; nothing changes there
leave-desk = the family's private room is closed to the family; the school keeps its history until the family is erased
leave-desk-stays = the private room stays, with { $names } in it
leave-no-accounts = no accounts process is configured: the accounts themselves stay, the homeserver's admin has to close them
leave-kept = messages in shared rooms stay; to remove them: classroom-matrix erase
leave-busy = The running service is provisioning; waiting for it to finish …
leave-done = { $name }: the access is gone. Rooms: { $rooms }, accounts locked: { $locked }.
leave-half = { $name }: access to the rooms is gone (rooms: { $rooms }), but not all accounts are closed yet (locked: { $locked }).
leave-foreign = the account { $account } was not made through us; the homeserver's admin has to close or delete it
leave-unlocked = account { $account } is not locked yet: the accounts process does not answer. Start it (classroom-matrix accounts run), and repeat this command.
leave-refused = the homeserver refused: { $what }

## export
export-either = Either --family or --pupil, not both.
export-written = Exported to { $folder }: { $messages ->
    [one] { $messages } message
   *[other] { $messages } messages
 }, { $files ->
    [one] { $files } file
   *[other] { $files } files
 }. Open index.html; check with sha256sum -c SHA256SUMS
export-gone = { $count ->
    [one] { $count } file is not on the server any more
   *[other] { $count } files are not on the server any more
 }
export-unseen = { $count ->
    [one] the service cannot look into { $count } room
   *[other] the service cannot look into { $count } rooms
 }
export-unread = { $count ->
    [one] { $count } encrypted message cannot be read: the service does not have its key
   *[other] { $count } encrypted messages cannot be read: the service does not have their keys
 }
export-households = The family has two homes: give each folder household-… to that home alone.

## rollover
rollover-unknown = There is no class { $klass } in config.yaml.
rollover-no-successor = There is no class { $klass } in config.yaml. Add it with “continues: { $old }”. If the class graduates and nothing follows: export it (classroom-matrix export --class { $old }), then end the access (leave) or erase the data (erase).
rollover-continues = Class { $klass } has no “continues: { $old }” in config.yaml. Add it, so that it is clear which class goes on as which.
rollover-done-otherwise = Class { $old } has gone on as class { $klass } already.
rollover-erasure = An erasure ({ $id }) was begun in this class and is not through. First end it (classroom-matrix erase --resume), then roll over.
rollover-empty = Class { $old } has no pupils: there is nobody to go on.
rollover-imported-before = A list was imported into class { $klass } already, so its families are new ones. The roll-over comes before the import: take out what was imported into { $klass } (restore the database from a copy) and begin with rollover.
rollover-what = { $old } → { $new }:
rollover-again = { $old } → { $new }: done already. Making sure that everything is in place:
rollover-going = { $count ->
    [one] { $count } pupil goes
   *[other] { $count } pupils go
 } on into { $new }, with families and consents; whoever is in already will be in the new rooms without a click
rollover-desks = { $count ->
    [one] { $count } private room comes
   *[other] { $count } private rooms come
 } along as they are, with all that was written
rollover-archive = the rooms of { $old } can still be read, and not be written in any more
rollover-new = { $count ->
    [one] { $count } new pupil
   *[other] { $count } new pupils
 }: { $names }
rollover-leaving = { $count ->
    [one] { $count } pupil is
   *[other] { $count } pupils are
 } not in the new list and lose access: { $names }. Exports go to the folder { $folder }
rollover-no-list = { $new } has no list of its own: everybody goes on
rollover-dropped = { $count ->
    [one] { $count } reminder or deadline
   *[other] { $count } reminders or deadlines
 } of { $old } will not happen; open polls stay without a result
rollover-done = { $old } → { $new }: done. Rooms made: { $made }, people let in: { $people }.
rollover-waiting = { $count ->
    [one] { $count } person is let in by the service when the homeserver answers
   *[other] { $count } people are let in by the service when the homeserver answers
 }

## erase
erase-needs-accounts = Deleting accounts, files and private rooms needs the accounts process. Add the section “accounts” to config.yaml and start: classroom-matrix accounts run
erase-proof-there = { $file } is there already. Name another file: --proof FILE
erase-unfinished = Erasure { $id } (class: { $classes }) was interrupted; going on with it.
erase-nothing-begun = No erasure was interrupted.
erase-in-the-way = Erasure { $id } was begun here and is not through: that family's data must not be handed out. First end it: classroom-matrix erase --resume
erase-not-through = The erasure is not through. Repeat: classroom-matrix erase --resume
erase-family = Erase everything about the family of: { $name }
erase-adult = Erase everything about one adult: { $name }
erase-classes = the family is in { $count } classes: { $classes }. It is erased in all of them.
erase-accounts = { $count ->
    [0] there are no accounts
    [one] { $count } account is erased for good, with the files that were sent from it
   *[other] { $count } accounts are erased for good, with the files that were sent from them
 }
erase-messages = messages, reactions and votes of these people are removed in all rooms ({ $rooms }), and the assistant's messages that name them
erase-desks = { $count ->
    [one] { $count } private room is deleted
   *[other] { $count } private rooms are deleted
 } with all that was said, by the teacher too
erase-adult-stays = the pupils, the other adults and the private room stay; votes given for the family stay the family's
erase-kept = { $count ->
    [one] { $count } adult
   *[other] { $count } adults
 } of this family are something else at this school, too (another family, staff): these accounts stay
erase-rows = names, roles, consents and votes by name go from the database; results of polls stay as numbers
erase-not-exported = nothing is exported; if the family is to get it, first: classroom-matrix export --family
erase-final = This cannot be undone. The proof of what was done: { $proof }
erase-step-doors = ending the access …
erase-step-messages = removing messages …
erase-step-desks = deleting private rooms …
erase-step-accounts = erasing accounts and files …
erase-step-traces = looking at the rooms once more …
erase-step-rows = deleting from the database …
erase-step-check = looking whether anything is left …
erase-done = Erased
erase-what = what
erase-count = how many
erase-row-messages = messages, reactions, votes
erase-row-desks = private rooms
erase-row-accounts = accounts
erase-row-files = files
erase-row-rows = rows of the database
erase-row-left = left over
erase-left-in = left in { $place }: { $count }
erase-unread = in { $place } encrypted and not readable: { $count }. Whether they name anybody cannot be told; these messages stay.
erase-file-busy = the database's file is busy: the place of what was deleted is overwritten later
erase-duties = Proof: { $proof }. It stays with the school: exports on disks, backups, and what other people keep on their devices.

## audit
audit-what = what
audit-who = who
audit-where = where
audit-kind-stranger = stranger
audit-kind-name = name
audit-kind-missing = missing
audit-kind-waiting = not in yet
audit-kind-without-account = without an account
audit-kind-unseen = cannot be looked into

## keys
keys-title = Keys of { $user }
keys-what = what
keys-how = how it is
keys-row-fingerprint = the identity's fingerprint
keys-row-device = device and its key
keys-row-published = identity that the homeserver publishes
keys-row-signed = device signed by the identity
keys-row-one-time = one-time keys on the homeserver
keys-row-fallback = fallback key on the homeserver
keys-row-unread = messages that cannot be read yet
keys-row-told = people who were told so
keys-none = none
keys-ours = ours
keys-another = another one: { $fingerprint }
keys-yes = yes
keys-no = NO
keys-fallback-unused = not used yet
keys-fallback-used = used; the service puts a new one there
keys-fallback-unknown = the homeserver does not say
keys-fine = Everything is as it should be.
keys-doctor = the bot's device is not signed by its identity, so some apps do not talk with it; why says: classroom-matrix keys status
keys-doctor-odd-rooms = encrypted in a way that the service does not know; what it has to say there waits: { $rooms }
encrypted-read-only = { $class }: encrypted, and only staff write there: { $rooms }. The homeserver takes a vote in a poll of the apps' own for a message and refuses it, so people vote by a tap below the bot's card; see docs/howto/encryption.md
keys-no-device = The service has no keys yet: it makes them when it starts. Start it once: classroom-matrix run
keys-wrong-homeserver = What the homeserver publishes is not known: { $reason }
keys-wrong-device-key = This database was restored, or its device.key is missing. When the service starts it makes a new device, signed by the same identity: classroom-matrix run
keys-wrong-secrets = secrets.key is missing or does not fit the database, so the identity cannot be read. Put the file back from the backup and start the service again. If there is no backup, the only way is a new identity: classroom-matrix keys rotate
keys-wrong-unpublished = The homeserver publishes no identity. Start the service again: it uploads its own.
keys-wrong-lost = The homeserver publishes an identity, but its private keys are not here. Put the database and secrets.key back from the backup, or make a new identity: classroom-matrix keys rotate
keys-wrong-replaced = The homeserver publishes another identity than ours. Somebody who is logged in as the bot, or administers the homeserver, has made it. Find out who; then: classroom-matrix keys rotate
keys-wrong-unfinished = A new identity was made and its command was cut off. Start the service again, or repeat: classroom-matrix keys rotate
keys-wrong-unknown-device = The homeserver does not know the device's keys. Start the service again: it uploads them.
keys-wrong-unsigned = The identity has not signed the device. Start the service again: it sends the signature. If that does not help, its log says what the homeserver has against it.
keys-wrong-dry = The homeserver has no key left with which somebody new could write to the bot. The service makes new ones by itself; is it running?
keys-verified-title = What the homeserver publishes of { $user }
keys-link-master = the master key is the one whose private key is here
keys-link-self-signing = the self-signing key is ours, signed by the master key
keys-link-user-signing = the user-signing key is ours, signed by the master key
keys-link-device-keys = the device's keys are those of this machine
keys-link-device-itself = the device has signed its keys itself
keys-link-device = the self-signing key has signed the device
keys-link-master-by-device = the device has signed the master key
keys-fingerprint = Fingerprint: { $fingerprint }
keys-others = The identity has also signed: { $devices }. These should be earlier devices of the bot, which the service deletes. If you do not know one of them, somebody else has the private keys; then: classroom-matrix keys rotate
keys-verdict-good = Everything fits: who sees this fingerprint in an app is talking to this bot.
keys-verdict-bad = It does not fit. What to do says: classroom-matrix keys status
keys-rotate-means =
    The bot gets a new identity. The app of everybody who has talked to it encrypted will say that the bot's identity changed; who has confirmed it has to confirm it anew. Nothing that was written becomes unreadable, and the rooms stay as they are.
    This is right where secrets.key may be in other hands, or the identity is lost. Tell people beforehand, and give them the new fingerprint.
keys-rotate-go-on = Make a new identity? [y/N]
keys-rotate-nobody = Nothing was changed: there is nobody here to ask. To go on without a question: --yes
keys-rotate-declined = Nothing was changed.
keys-rotate-password = The homeserver asks for the bot's password. Write it into a file that only you can read, and repeat with --password-file FILE. Until then the old identity stands.
keys-rotate-wrong-password = The homeserver does not accept this password. The old identity stands.
keys-rotate-elsewhere = The homeserver does not ask for a password here ({ $flows }). Allow the reset of the identity in the account's settings on the homeserver, and repeat the command. Until then the old identity stands.
keys-rotated = The bot has a new identity, and its device is signed by it.
keys-rotated-old = Old fingerprint: { $fingerprint }
keys-rotated-new = New fingerprint: { $fingerprint }

## backup
backup-step-copy = copying the database …
backup-step-pack = packing …
backup-written = { $file } is written ({ $size } MB), for you only to read. It opens desks and private chats: keep it like the class journal, and not only on this machine.
backup-missing = Not in it, because it is not there: { $files }
backup-refused = Not in it, because it is another user's: { $files }. Whoever runs the accounts process has to back it up.
backup-token = The access token is not in it: after a restore the bot has to log in anew.

## restore
restore-title = { $file }, made on { $made }
restore-what = what
restore-where = where
restore-outcome = what became of it
restore-put = put back
restore-same = is in its place
restore-kept = is there already and is not the same; left as it is
restore-absent = not in the backup
restore-occupied = Nothing was done, because this is there already and would be replaced: { $places }. If that is what you want: --force
restore-in-use = Nothing was done: the service is running with { $database }. Stop it first.
restore-config = config.yaml comes from the backup. If this machine has other addresses or paths, correct it and repeat the command.
restore-by-hand = What remains to be done:
restore-old-machine = If it ran on another machine before: never start it there again. Two of them would answer everything twice, and the new one deletes the old one's device.
restore-registration = Let the homeserver read { $file }, and have its address point to this machine (`url`; to change it: classroom-matrix registration --url ADDRESS). Restart the homeserver.
restore-token = Log in as { $user } anew, and write the new access token into { $file }. The old one belongs to a device whose keys are gone.
restore-accounts = { $files }: give them to the user who runs the accounts process (chown), or put them back from that user's own backup.
restore-start = Start the service: classroom-matrix run. It makes a new device, signs it with the bot's identity, and deletes the old one. Then look: classroom-matrix keys status
restore-people = People notice nothing. What they wrote since the backup was made is read again; only what is more than a day old may be answered a second time.
