"""Plain words in a desk that confirm a must-read: "прочитали", "готово", "№2 да", "read"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from classroom_matrix.api import Context, Meaning, View
from classroom_matrix.domain.facts import MessageSent
from classroom_matrix.domain.people import Person

from . import store
from .cards import called, count, subject_of
from .confirming import record, speaks_for
from .domain import DAY, Announcement, Confirmation, Via, is_tap
from .lookup import of_subject
from .wording import words_of

LONGEST = 80  # characters; whoever writes more tells something else
CONFIRM, AGAIN = "confirm", "again"
_NUMBERED = re.compile(r"(?:№|#|no\.?|объявлени[еяю]|announcement)\s*№?\s*(\d{1,6})", re.IGNORECASE)


def understand(view: View, person: Person, message: MessageSent) -> Sequence[Meaning]:
    """A meaning for each must-read that the family has not confirmed; where it has confirmed all, for the newest."""
    if speaks_for(person) is None or message.kind != "text" or message.replaces is not None:
        return ()
    said = _said(view, person, message.body)
    if said is None:
        return ()
    number, clear = said
    open_ones = [
        each
        for each in store.asking(view.klass.id)
        if each.takes_words(message.at) and (number is None or each.number == number)
    ]
    waiting = [each for each in open_ones if not _has_confirmed(view, each, person)]
    if not clear and number is None:
        waiting = [each for each in waiting if _was_just_asked(each, person, message.at)]  # else "ок" is said to the teacher
    if waiting:
        return [_meaning(view, each, person, CONFIRM, sure=clear or number is not None) for each in waiting]
    if open_ones and (clear or number is not None):
        return [_meaning(view, open_ones[-1], person, AGAIN, sure=True)]
    return ()


def take(ctx: Context, meaning: Meaning) -> None:
    """Write it down and say so in one short line."""
    announcement, speaker = of_subject(ctx, meaning.about), speaks_for(ctx.person)
    if announcement is None or speaker is None or ctx.event_id is None:
        return
    name = called(ctx, announcement, ctx.language)
    if not announcement.is_asking:
        ctx.reply("announcements-taken-over", announcement=name)
        return
    if meaning.answer == AGAIN:
        ctx.reply("announcements-taken-again", announcement=name)
        return
    person, family = speaker
    record(ctx, announcement, Confirmation(ctx.event_id, family, person, Via.DESK, ctx.occurred))
    late = announcement.is_late(ctx.occurred)
    ctx.reply("announcements-taken-late" if late else "announcements-taken", announcement=name)


def _said(view: View, person: Person, body: str) -> tuple[int | None, bool] | None:
    """The number that is named, and whether the words can mean nothing else; None for other talk."""
    if len(body) > LONGEST:
        return None
    found = _NUMBERED.search(body)
    rest = (body[: found.start()] + " " + body[found.end() :]) if found else body
    number = int(found[1]) if found else None
    if is_tap(rest):
        return number, False
    plain = re.sub(r"[^\w\s+]", " ", rest.casefold().replace("ё", "е"))
    said = " ".join(plain.split())
    for courtesy in words_of(view, "announcements-words-courtesy"):
        said = " ".join(re.sub(rf"(?<!\w){re.escape(courtesy)}(?!\w)", " ", said).split())
    own = {"мы", "я", "we", "i", *_own_names(view, person)}
    read, done = words_of(view, "announcements-words-read"), words_of(view, "announcements-words-done")
    said = " ".join(word for word in said.split() if word not in own) if said not in read | done else said
    if said in done:
        return number, False
    return (number, True) if _is_read(said, read, done) else None


def _is_read(said: str, read: AbstractSet[str], done: AbstractSet[str]) -> bool:
    """Whether it is said that it was read, be it behind a yes: "да прочитала"."""
    left = said
    while left and left not in read:
        first = next((word for word in sorted(done, key=len, reverse=True) if left.startswith(f"{word} ")), None)
        if first is None:
            return False
        left = left[len(first) + 1 :]
    return bool(left)


def _own_names(view: View, person: Person) -> set[str]:
    """How a family calls itself: "Калинины прочитали"."""
    family = view.roster.family(person.family_id)
    words = [word for pupil in family.pupils for word in _folded(pupil.surname).split()] if family else []
    stems = [word.removesuffix("а") for word in words]
    return {*words, *(stem + ending for stem in stems for ending in ("", "а", "ы", "и"))}


def _folded(text: str) -> str:
    return text.casefold().replace("ё", "е")


def _was_just_asked(announcement: Announcement, person: Person, at: int) -> bool:
    asked = store.asked_at(announcement, person.household_id)
    return asked is not None and at - asked <= DAY


def _has_confirmed(view: View, announcement: Announcement, person: Person) -> bool:
    """Also of the text as it is now, where the family was asked about that."""
    one = count(view, announcement).confirmed.get(person.family_id) if person.family_id else None
    return one is not None and not (one.old and store.asked_at(announcement, person.household_id) is not None)


def _meaning(view: View, announcement: Announcement, person: Person, answer: str, *, sure: bool) -> Meaning:
    asked = store.asked_at(announcement, person.household_id) if answer == CONFIRM else None
    label = view.text("announcements-meaning", announcement=called(view, announcement))
    return Meaning(subject_of(announcement), answer, label, asked=asked, sure=sure or asked is not None)
