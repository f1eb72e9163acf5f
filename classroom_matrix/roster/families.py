"""Rows of a class list → families, households, pupils, guardians. Pure; whatever is not clear becomes a question."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ..domain.people import Reach
from .languages import language_of
from .names import FullName, folded, phone_digits, spoken_name
from .notes import Note, read_note
from .office_export import Adult, Question, Relation, Row


@dataclass(frozen=True, slots=True)
class ListedGuardian:
    """An adult. `name`: given name first; `phone`: digits, for recognising the person, kept nowhere."""

    name: str
    phone: str
    relation: Relation
    language: str | None
    limited: bool


@dataclass(frozen=True, slots=True)
class ListedPupil:
    """A child. `row`: in the spreadsheet; `number`: in the list; `born`: for recognising the child, kept nowhere."""

    row: int
    number: int
    name: FullName
    born: str


@dataclass(frozen=True, slots=True)
class ListedFamily:
    """A family. `households`: who lives together, each with at least one guardian, except where the list names none."""

    pupils: tuple[ListedPupil, ...]
    households: tuple[tuple[ListedGuardian, ...], ...]
    reach: Reach


_TOGETHER = re.compile(r"с родителями|вместе|полная семья|(with )?(both )?parents|together")
_APART = re.compile(r"раздельно|отдельно|separate|apart|развод|divorc")
_WITH_ONE = {
    Relation.MOTHER: re.compile(r"(с )?(мамой|матерью)|(with )?mother"),
    Relation.FATHER: re.compile(r"(с )?(папой|отцом)|(with )?father"),
    Relation.GUARDIAN: re.compile(r"(с )?(опекуном|законным представителем)|(with )?guardian"),
}


def families_of(rows: Sequence[Row]) -> tuple[list[ListedFamily], list[Question]]:
    """Group pupils into families.

    Two pupils are one family if the list names the same adults for them, with the same phone numbers, living the same way.
    Parents who live apart are one family and two households. A court limit whose adult is not clear limits all adults of the
    row until somebody has decided.
    """
    questions: list[Question] = []
    singles = [_family(row, questions) for row in rows]
    merged: dict[object, ListedFamily] = {}
    for family in singles:
        key = _adults_key(family) or family.pupils[0].row
        known = merged.get(key)
        if known is None:
            merged[key] = family
            continue
        reach = known.reach if known.reach is not Reach.APP else family.reach
        merged[key] = replace(known, pupils=(*known.pupils, *family.pupils), reach=reach)
    families = list(merged.values())
    questions += _shared_adults(families)
    return families, sorted(questions, key=lambda question: question.row)


def _family(row: Row, questions: list[Question]) -> ListedFamily:
    note, seen = read_note(row.note)
    questions += [Question(row.row, sentence, about) for sentence, about in seen]
    language, problem, about = language_of(row.language)
    if problem:
        questions.append(Question(row.row, problem, about))
    if not row.adults:
        questions.append(Question(row.row, "no adult is named; nobody can be let in for this pupil"))
    guardians = [
        ListedGuardian(spoken_name(adult.name), phone_digits(adult.phone), adult.relation, language, _is_limited(adult, note))
        for adult in row.adults
    ]
    if note.court_limit and not note.limited and row.adults:
        questions.append(
            Question(row.row, "a court limit is noted, but not on whom; until that is clear every adult of the row is kept out")
        )
    pupil = ListedPupil(row.row, row.number, row.name, row.born)
    return ListedFamily((pupil,), tuple(_households(row, guardians, questions)), note.reach)


def _is_limited(adult: Adult, note: Note) -> bool:
    return note.court_limit and (not note.limited or adult.relation in note.limited)


def _households(
    row: Row, guardians: Sequence[ListedGuardian], questions: list[Question]
) -> Iterator[tuple[ListedGuardian, ...]]:
    lives = folded(row.lives)
    if len(guardians) < 2 or _TOGETHER.fullmatch(lives):
        if guardians:
            yield tuple(guardians)
        return
    if not lives:
        questions.append(Question(row.row, "with whom the pupil lives is not said; taken as one household"))
        yield tuple(guardians)
        return
    alone = next((relation for relation, pattern in _WITH_ONE.items() if pattern.fullmatch(lives)), None)
    if alone is not None:
        questions.append(Question(row.row, f"the pupil lives “{row.lives}”; the other adult was taken as a second household"))
    elif not _APART.search(lives):
        questions.append(Question(row.row, f"“{row.lives}” is not clear; each adult was taken as a household of their own"))
    for guardian in guardians:
        yield (guardian,)


def _adults_key(family: ListedFamily) -> object:
    """What two rows of one family have in common; empty where too little is known for saying so."""
    homes = [[(folded(one.name), one.phone, one.limited) for one in home] for home in family.households]
    certain = all(phone for home in homes for _, phone, _ in home)
    return tuple(tuple(home) for home in homes) if homes and certain else ()


def _shared_adults(families: Sequence[ListedFamily]) -> Iterator[Question]:
    """Families that stay apart although an adult of the same name stands in both."""
    first: dict[str, ListedPupil] = {}
    for family in families:
        pupil = family.pupils[0]
        for guardian in (one for home in family.households for one in home):
            other = first.setdefault(folded(guardian.name), pupil)
            if other is not pupil:
                yield Question(
                    pupil.row,
                    f"an adult has the same name as in row {other.row}, but adults or phone numbers differ;"
                    " the pupils were taken as two families",
                )
                break
