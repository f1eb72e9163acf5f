"""WHO, as somebody types it: a pupil's name, surname or number in the list, or an adult's name.

Nothing is guessed: what fits several people is answered with all of them. In the database's thread.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ..domain.ids import ClassId, FamilyId, PersonId
from ..domain.people import Role
from ..domain.transliteration import is_other_gender, is_same_word
from ..storage import archive
from ..storage.database import Database
from ..storage.leavers import is_former, plain


@dataclass(frozen=True, slots=True)
class Match:
    """Somebody who is meant, or may be.

    Args:
        class_id: of leavers, the one that they have left.
        number: in the class's list; of adults, their family's lowest.
        role: PUPIL, or what an adult is.
        left: they have left already.
    """

    id: PersonId
    name: str
    class_id: ClassId
    role: Role
    family_id: FamilyId | None
    number: int
    left: bool

    @property
    def is_pupil(self) -> bool:
        return self.role is Role.PUPIL


def find(database: Database, who: str, class_id: ClassId | None = None) -> list[Match]:
    """Everybody who may be meant, in the order of the lists; empty where nobody fits.

    Pupils come before adults, people of this year before leavers, and those before what is kept of earlier years: only the
    best of these are returned. Adults come with the pupils whose surname is the same in the other gender: "Зайцев" may mean
    the father, and as well his daughter.

    Args:
        who: a number, or words that a name holds, in any order.
        class_id: look only there.
    """
    pupils = [match for match in _pupils(database) if class_id in (None, match.class_id)]
    if best := _best(database, pupils, who):
        return best
    best = _best(database, [match for match in _adults(database) if class_id in (None, match.class_id)], who)
    return [*_best(database, pupils, who, _fits_in_either_gender), *best] if best else []


def both(database: Database, who: str, class_id: ClassId | None = None) -> list[Match]:
    """`find`, and where a pupil is the answer, the adults whom the same words fit, too."""
    found = find(database, who, class_id)
    if not found or not found[0].is_pupil or not all(match.is_pupil for match in found):
        return found
    adults = [match for match in _adults(database) if class_id in (None, match.class_id)]
    return [*found, *_best(database, adults, who)]


def _best(
    database: Database, people: Iterable[Match], who: str, fits: Callable[[Match, str], bool] | None = None
) -> list[Match]:
    ranked: dict[int, list[Match]] = {}
    for match in people:
        if (fits or _fits)(match, who):
            years = 2 if archive.is_archived(database, match.class_id) else int(match.left)
            ranked.setdefault(years, []).append(match)
    return ranked[min(ranked)] if ranked else []


def _fits(match: Match, who: str) -> bool:
    """By number, or by whole words: a beginning may be another surname, or somebody's patronymic."""
    if who.strip().isdecimal():
        return match.is_pupil and match.number == int(who)
    wanted, words = folded(who).split(), folded(match.name).split()
    return bool(wanted) and all(any(word == one or is_same_word(word, one) for one in words) for word in wanted)


_GENDERS = (("ова", "ов"), ("ева", "ев"), ("ина", "ин"), ("ына", "ын"), ("ская", "ский"), ("цкая", "цкий"), ("ая", "ый"))


def _fits_in_either_gender(match: Match, who: str) -> bool:
    wanted, words = folded(who).split(), folded(match.name).split()
    return bool(wanted) and all(any(_is_either(word, one) for one in words) for word in wanted)


def _is_either(word: str, other: str) -> bool:
    return _masculine(word) == _masculine(other) or is_other_gender(word, other)


def _masculine(word: str) -> str:
    """A Russian surname as a man has it."""
    return next((word.removesuffix(hers) + his for hers, his in _GENDERS if word.endswith(hers)), word)


def folded(text: str) -> str:
    """Spellings that people take for the same are the same here."""
    return " ".join(text.casefold().replace("ё", "е").split())


def _pupils(database: Database) -> list[Match]:
    rows = database.execute("SELECT id, name, class_id, family_id, number FROM pupil ORDER BY class_id, number, rowid")
    return [
        Match(PersonId(id_), name, plain(class_id), Role.PUPIL, FamilyId(family_id), number, is_former(class_id))
        for id_, name, class_id, family_id, number in rows
    ]


def _adults(database: Database) -> list[Match]:
    rows = database.execute(
        "SELECT person.id, person.name, member.class_id, member.role, member.family_id,"
        " (SELECT MIN(number) FROM pupil WHERE pupil.family_id = member.family_id)"
        " FROM member JOIN person ON person.id = member.person_id WHERE member.role <> 'pupil'"
        " ORDER BY member.class_id, member.id"
    )
    return [
        Match(
            PersonId(id_),
            name,
            plain(class_id),
            Role(role),
            FamilyId(family_id) if family_id else None,
            number or 0,
            is_former(class_id),
        )
        for id_, name, class_id, role, family_id, number in rows
    ]
