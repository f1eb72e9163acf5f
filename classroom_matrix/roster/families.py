"""Rows of a class list → families, households, pupils, guardians. Pure; whatever is not clear becomes a question."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ..domain.people import PhotoUse, Reach
from .adults import Adult, Relation, shared_contacts
from .languages import language_of
from .names import FullName, alike, folded, phone_digits, spoken_name
from .notes import Note, read_note
from .office_export import Row
from .photo_consents import without
from .question import Question


@dataclass(frozen=True, slots=True)
class ListedAdult:
    """A guardian or relative. `name`: given name first; `phone`: digits, for recognising the person, kept nowhere."""

    name: str
    phone: str
    relation: Relation
    language: str | None
    limited: bool


@dataclass(frozen=True, slots=True)
class ListedPupil:
    """A child. `row`: in the spreadsheet; `number`: in the list; `born`: for recognising the child, kept nowhere.

    `photos`: what the list says about pictures; uses that it says nothing about are missing.
    """

    row: int
    number: int
    name: FullName
    born: str
    photos: Mapping[PhotoUse, bool | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ListedFamily:
    """A family. `households`: who lives together, each with at least one guardian, except where the list names none.

    `limits_said`: the list says whom a court limits, or that it limits nobody any more; otherwise what is on record holds.
    """

    pupils: tuple[ListedPupil, ...]
    households: tuple[tuple[ListedAdult, ...], ...]
    reach: Reach
    relatives: tuple[ListedAdult, ...] = ()
    limits_said: bool = False

    @property
    def guardians(self) -> tuple[ListedAdult, ...]:
        return tuple(guardian for home in self.households for guardian in home)


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
    row until somebody has decided; one who is limited in one row is limited in all.
    """
    questions: list[Question] = []
    singles = list(_limited_everywhere([_family(row, questions) for row in rows], questions))
    merged: dict[object, ListedFamily] = {}
    for family in singles:
        key = _adults_key(family) or family.pupils[0].row
        known = merged.get(key)
        if known is None:
            merged[key] = family
            continue
        merged[key] = replace(
            known,
            pupils=(*known.pupils, *family.pupils),
            reach=known.reach if known.reach is not Reach.APP else family.reach,
            relatives=_once([*known.relatives, *family.relatives]),
            limits_said=known.limits_said or family.limits_said,
        )
    families = list(merged.values())
    questions += _shared_adults(families)
    questions += shared_contacts(
        [(row.row, alike(spoken_name(adult.name)), adult) for row in rows for adult in (*row.adults, *row.relatives)]
    )
    return families, sorted(questions, key=lambda question: question.row)


def _family(row: Row, questions: list[Question]) -> ListedFamily:
    note, seen = read_note(row.row, row.note)
    questions += seen
    language, unclear = language_of(row.row, row.language)
    questions += unclear
    if not row.adults:
        questions.append(Question(row.row, "roster-no-adult"))
    guardians = [_listed(adult, language, note) for adult in _named_once(row, questions)]
    relatives = _once([_listed(adult, language, note) for adult in row.relatives])
    relatives = tuple(one for one in relatives if alike(one.name) not in {alike(other.name) for other in guardians})
    if note.court_limit and not note.limited and row.adults:
        questions.append(Question(row.row, "roster-limit-unclear"))
    photos, contradictions = without(row.photos, note.refused, row.row)
    questions += contradictions
    pupil = ListedPupil(row.row, row.number, row.name, row.born, photos)
    homes = tuple(_households(row, guardians, questions))
    return ListedFamily((pupil,), homes, note.reach, relatives, limits_said=note.court_limit or note.lifted)


def _listed(adult: Adult, language: str | None, note: Note) -> ListedAdult:
    limited = note.court_limit and (not note.limited or adult.relation in note.limited)
    return ListedAdult(spoken_name(adult.name), phone_digits(adult.phone), adult.relation, language, limited)


def _named_once(row: Row, questions: list[Question]) -> Iterator[Adult]:
    """Somebody who stands twice in one row is taken once, as they stand first, and asked about."""
    seen: set[str] = set()
    for adult in row.adults:
        name = alike(spoken_name(adult.name))
        if name in seen:
            questions.append(Question(row.row, "roster-adult-twice"))
        else:
            seen.add(name)
            yield adult


def _once(adults: Sequence[ListedAdult]) -> tuple[ListedAdult, ...]:
    by_name: dict[str, ListedAdult] = {}
    for adult in adults:
        by_name.setdefault(alike(adult.name), adult)
    return tuple(by_name.values())


def _limited_everywhere(families: Sequence[ListedFamily], questions: list[Question]) -> Iterator[ListedFamily]:
    """Nobody who is limited in one row gets in through another, unless another phone says that it is somebody else."""
    limited: dict[str, list[str]] = {}
    for family in families:
        for adult in (*family.guardians, *family.relatives):
            if adult.limited:
                limited.setdefault(alike(adult.name), []).append(adult.phone)

    for family in families:
        asked = False

        def held(adult: ListedAdult, row: int = family.pupils[0].row) -> ListedAdult:
            nonlocal asked
            phones = limited.get(alike(adult.name))
            if phones is None or adult.limited or (adult.phone and all(phone not in ("", adult.phone) for phone in phones)):
                return adult
            if not asked:
                questions.append(Question(row, "roster-limit-elsewhere"))
                asked = True
            return replace(adult, limited=True)

        homes = tuple(tuple(held(guardian) for guardian in home) for home in family.households)
        yield replace(family, households=homes, relatives=tuple(held(one) for one in family.relatives))


def _households(row: Row, guardians: Sequence[ListedAdult], questions: list[Question]) -> Iterator[tuple[ListedAdult, ...]]:
    lives = folded(row.lives)
    if len(guardians) < 2 or _TOGETHER.fullmatch(lives):
        if guardians:
            yield tuple(guardians)
        return
    if not lives:
        questions.append(Question(row.row, "roster-lives-unsaid"))
        yield tuple(guardians)
        return
    alone = next((relation for relation, pattern in _WITH_ONE.items() if pattern.fullmatch(lives)), None)
    if alone is not None:
        questions.append(Question(row.row, "roster-lives-one", {"lives": row.lives[:40]}))
    elif not _APART.search(lives):
        questions.append(Question(row.row, "roster-lives-unclear", {"lives": row.lives[:40]}))
    for guardian in guardians:
        yield (guardian,)


def _adults_key(family: ListedFamily) -> object:
    """What two rows of one family have in common; empty where too little is known for saying so."""
    homes = [[(alike(one.name), one.phone, one.limited) for one in home] for home in family.households]
    certain = all(phone for home in homes for _, phone, _ in home)
    return tuple(tuple(home) for home in homes) if homes and certain else ()


def _shared_adults(families: Sequence[ListedFamily]) -> Iterator[Question]:
    """Families that stay apart although an adult of the same name stands in both."""
    first: dict[str, ListedPupil] = {}
    for family in families:
        pupil = family.pupils[0]
        for guardian in family.guardians:
            other = first.setdefault(alike(guardian.name), pupil)
            if other is not pupil:
                yield Question(pupil.row, "roster-same-adult", {"other": str(other.row)})
                break
