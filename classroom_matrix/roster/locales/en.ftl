# What is unclear in a class list, and what an import does. Shown in the terminal; names are the same in every language.

## The file and its columns

roster-list-changed = The list { $file } has changed since it was imported. To see what is new: classroom-matrix roster import { $file }
roster-list-waits = The list is not imported yet: the families come from { $old } first. To do that: classroom-matrix rollover { $old } { $new }
roster-sheet = of several sheets with a list the one named “{ $sheet }” was read
roster-other-classes = { $count ->
    [one] one row of another class was left out
   *[other] { $count } rows of other classes were left out
}
roster-class-missing = no class is said here; the row was left out
roster-numbers = some numbers in the list come twice; the pupils were numbered anew, from the top
roster-column-unknown = the column { $column } (“{ $heading }”) is not known and was left out
roster-column-twice = the column { $column } (“{ $heading }”) holds what another column holds already and was left out
roster-no-pupil = no pupil's surname and name stand here; the row was left out
roster-formula = a formula stands under “{ $heading }”; it is not calculated and was left out. Write the value itself

## Pupils

roster-pupil-corrected = the birth date or patronymic differs from the earlier list; by name and parents it is the same pupil
roster-pupil-twice = by an earlier list this is the pupil of row { $other } once more; the row was left out
roster-were-two-families = these pupils were two families in the earlier list; the families were left as they are
roster-moved-unclear = a pupil of this name is in the class { $class }, but birth date or adults do not prove that it is the same; taken as new
roster-no-adult = no adult is named; nobody can be let in for this pupil

## Adults

roster-no-name-mother = a phone or e-mail of the mother stands here, but no name; it was left out
roster-no-name-father = a phone or e-mail of the father stands here, but no name; it was left out
roster-no-name-guardian = a phone or e-mail of the guardian stands here, but no name; it was left out
roster-no-name-relative = a phone of a relative stands here, but no name; it was left out
roster-relative-unclear = who is meant under relatives cannot be read; it was left out. Write “surname name patronymic, phone”
roster-relative-known = a relative is in this class as somebody else already, and stays that
roster-name-long = what stands here is too long for a name and was left out
roster-phone-shortened = the spreadsheet has shortened a phone number (such as 7,9E+10); it was left out. Write it as text
roster-adult-twice = the same adult stands in this row twice; taken once, as written first
roster-same-adult = an adult has the same name as in row { $other }, but adults or phone numbers differ; the pupils were taken as two families
roster-one-phone = another name has the same phone number in row { $other }; taken as two people
roster-one-mail = another name has the same e-mail in row { $other }; taken as two people
roster-sibling-unclear = an adult is known in the class { $class }, but adults, homes or court limits differ; taken as two families
roster-sibling-here = an adult is in this class already, with another pupil and other adults; taken as two families, the adult as two people
roster-sibling-single = the only adult is known in the class { $class } by the same name and phone; taken as one family. If it is somebody else, correct the phone
roster-lives-unsaid = with whom the pupil lives is not said; taken as one household, unless it was otherwise before
roster-lives-kept = with whom the pupil lives is not said; the adults stay in households of their own, as before. If they live together, write “with parents”
roster-lives-one = the pupil lives “{ $lives }”; the other adult was taken as a second household
roster-lives-unclear = “{ $lives }” is not clear; each adult was taken as a household of their own
roster-language-other = the family's language is “{ $spoken }”; the service has no texts in it and uses the class's language
roster-language-unclear = the language “{ $spoken }” cannot be read; the class's language is used until somebody corrects it

## Court limits

roster-limit-unclear = “{ $note }”: a court's, but it does not plainly say whom it limits; until that is clear every adult of the row is kept out. Write “court limit: father” (mother, guardian, grandmother) or “court limit lifted”
roster-limit-who = the one whom the court limits does not stand in their own column; everybody who may be meant is kept out
roster-limit-elsewhere = an adult is under a court limit in another row of this list; kept out here, too
roster-limit-other-class = an adult is under a court limit in the class { $class }, of which this list says nothing; kept out here, too. If it has ended, write “court limit lifted” into the note
roster-limit-kept = an adult is under a court limit of which the list says nothing any more; still kept out. If it has ended, write “court limit lifted” into the note
roster-limit-perhaps = this may be an adult who is under a court limit: the same name or the same family, in this class or another; kept out. If it is not, write into the note whom the court limits, or “court limit lifted”
roster-court-mother = “{ $note }”: a court limit; the mother is kept out
roster-court-father = “{ $note }”: a court limit; the father is kept out
roster-court-guardian = “{ $note }”: a court limit; the guardian is kept out
roster-court-relative = “{ $note }”: a court limit; the row's relatives are kept out
roster-court-lifted = “{ $note }”: the court limit has ended
roster-court-home = “{ $note }”: says only where the pupil lives; limits nobody, and limits on record stay. If the court limits somebody, write “court limit: father” (mother, guardian, grandmother)

## Notes and pictures

roster-note-unclear = the note “{ $note }” is not understood and not used
roster-note-sibling = “{ $note }”: not used; a family is recognised by its adults' names and phones
roster-note-photos = “{ $note }”: consents come from the family itself; until then nothing of the pupil is shown
roster-note-photos-none = “{ $note }”: kept as a no to every use of pictures
roster-note-photos-inside = “{ $note }”: nothing is published; in the class's album only once the family itself consents
roster-note-published = “{ $note }”: kept as a no to publications
roster-photos-unclear = “{ $cell }” is neither a clear yes nor a no to pictures; taken as no
roster-photos-both = both yes and no to pictures stand in this row; taken as no

roster-use-album = class album
roster-use-download = download
roster-use-publication = publication
roster-use-public = open to everybody

## What an import does

roster-diff-pupil = new, with { $adults }
roster-diff-pupil-alone = new, without any adult
roster-diff-back = ATTENTION: has left already, and is still in this list; would come back
roster-diff-moved = comes from the class { $class }, with the same family and accounts; stays in its list until: classroom-matrix leave
roster-diff-sibling = one family with a pupil of the class { $class }: the same adults, one account each
roster-diff-guardian = new adult of { $family }
roster-diff-relative = new relative of { $family }: reads, does not vote
roster-diff-limited = court limit ({ $family }): kept out of every room
roster-diff-limited-there = court limit: kept out there, too: { $classes }
roster-diff-limit-lifted = ATTENTION: by this list no court limits this adult any more ({ $family }); would be let in
roster-diff-limit-lifted-there = ATTENTION: the court limit has ended there, too: { $classes }
roster-diff-now-guardian = becomes a guardian of { $family }
roster-diff-now-relative = becomes a relative of { $family }: does not vote any more
roster-diff-apart = lives apart: { $count ->
    [one] one household
   *[other] { $count } households
}, each with a private room of its own
roster-diff-homes = { $count ->
    [one] lives in one household now
   *[other] lives in { $count } households now
}
roster-diff-reach-app = reached by the app now
roster-diff-reach-phone = reached by phone: the teacher enters their answers
roster-diff-reach-paper = reached on paper: the teacher enters their answers
roster-diff-photos-yes = pictures: yes for { $uses }
roster-diff-photos-yes-all = pictures: yes for every use
roster-diff-photos-no = pictures: no for { $uses }
roster-diff-photos-no-all = pictures: no for every use
roster-diff-numbers = { $count ->
    [one] one pupil has another number in the list
   *[other] { $count } pupils have another number in the list
}
roster-diff-left-pupil = (number { $number }) is not in this list; stays. If the pupil has left: classroom-matrix leave
roster-diff-left-adult = ({ $family }) is not in this list; stays. If they have left: classroom-matrix leave
## Slips (slips/pdf.py)

slip-class = { $name } class chat · personal slip
slip-of = { $count ->
    [one] Pupil: { $pupils }
   *[other] Pupils: { $pupils }
 }
slip-own = The pupil's own slip
slip-staff = For a member of staff
slip-words = Five words to get in, in this order, with spaces between them
slip-step-1 = Point your phone's camera at the square, or type into a browser
slip-step-2 = Type the five words, read what the school stores about you, and choose a password of your own.
slip-step-3 = Tap “Open in the app”: the class's rooms are there already. Keep the slip, the square stays useful.
slip-expires = Good until { $day }, and for you only.
slip-ask = If you get stuck, ask: { $who }
slip-ask-giver = If you get stuck, ask whoever gave you this slip
