"""Rows of a class list → families, households, pupils, guardians. Pure; whatever is not clear becomes a question."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
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
    """A guardian or relative. `name`: given name first; `phone`: digits, for recognising the person, kept nowhere.

    `unclear`: limited only because the note does not say who is; `lifted`: the note says that no court limits them any more.
    """

    name: str
    phone: str
    relation: Relation
    language: str | None
    limited: bool
    unclear: bool = False
    lifted: bool = False


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

    `homes_said`: the list says who lives with whom; otherwise what is on record holds. `limit_said`: whom a court limits,
    listed or not.
    """

    pupils: tuple[ListedPupil, ...]
    households: tuple[tuple[ListedAdult, ...], ...]
    reach: Reach
    relatives: tuple[ListedAdult, ...] = ()
    homes_said: bool = True
    limit_said: bool = False

    @property
    def adults(self) -> tuple[ListedAdult, ...]:
        return (*self.guardians, *self.relatives)

    @property
    def limit_named(self) -> bool:
        """Whether the list says whom a court limits, and names them."""
        return any(one.limited and not one.unclear for one in self.adults)

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
    unreliable = _shared_phones(rows)
    singles = list(_limited_everywhere([_family(row, unreliable, questions) for row in rows], questions))
    merged: dict[object, ListedFamily] = {}
    for family in singles:
        key = _adults_key(family) or family.pupils[0].row
        known = merged.get(key)
        if known is None:
            merged[key] = family
            continue
        lifted = {alike(one.name) for one in (*known.adults, *family.adults) if one.lifted}
        relatives = _once([*known.relatives, *family.relatives])
        merged[key] = replace(
            known,
            pupils=(*known.pupils, *family.pupils),
            households=tuple(tuple(_lifted(one, lifted) for one in home) for home in known.households),
            reach=known.reach if known.reach is not Reach.APP else family.reach,
            relatives=tuple(_lifted(one, lifted) for one in relatives),
            homes_said=known.homes_said or family.homes_said,
            limit_said=known.limit_said or family.limit_said,
        )
    families = list(merged.values())
    questions += _shared_adults(families)
    questions += shared_contacts(
        [(row.row, alike(spoken_name(adult.name)), adult) for row in rows for adult in (*row.adults, *row.relatives)]
    )
    return families, sorted(questions, key=lambda question: question.row)


def _family(row: Row, unreliable: AbstractSet[str], questions: list[Question]) -> ListedFamily:
    note, seen = read_note(row.row, row.note)
    questions += seen
    language, unclear = language_of(row.row, row.language)
    questions += unclear
    if not row.adults:
        questions.append(Question(row.row, "roster-no-adult"))
    limits = _whom(row, note, questions)

    def listed(adult: Adult) -> ListedAdult:
        phone = phone_digits(adult.phone)
        limited = note.court_limit and adult.relation in limits
        return ListedAdult(
            spoken_name(adult.name),
            "" if phone in unreliable else phone,
            adult.relation,
            language,
            limited,
            unclear=limited and (not note.limited or adult.relation not in note.limited),
            lifted=not limited and adult.relation in note.lifted,
        )

    guardians = [listed(adult) for adult in _named_once(row, questions)]
    relatives = _once([listed(adult) for adult in row.relatives])
    relatives = tuple(one for one in relatives if alike(one.name) not in {alike(other.name) for other in guardians})
    photos, contradictions = without(row.photos, note.refused, row.row)
    questions += contradictions
    pupil = ListedPupil(row.row, row.number, row.name, row.born, photos)
    homes = tuple(_households(row, guardians, questions))
    homes_said = len(guardians) < 2 or bool(folded(row.lives))
    return ListedFamily((pupil,), homes, note.reach, relatives, homes_said=homes_said, limit_said=bool(note.limited))


_PARENTS = {Relation.MOTHER: Relation.FATHER, Relation.FATHER: Relation.MOTHER}


def _whom(row: Row, note: Note, questions: list[Question]) -> frozenset[Relation]:
    """Whom the note's court limit is on. Who is not in their own column may be in another, but not in the other parent's."""
    if not note.limited:
        return frozenset(Relation)
    listed = {adult.relation for adult in (*row.adults, *row.relatives)}
    perhaps: set[Relation] = set()
    for missing in note.limited - listed:
        perhaps |= listed - {_PARENTS.get(missing)}
    if perhaps:
        questions.append(Question(row.row, "roster-limit-who"))
    return note.limited | perhaps


def _lifted(adult: ListedAdult, names: AbstractSet[str]) -> ListedAdult:
    return replace(adult, lifted=True) if not adult.limited and alike(adult.name) in names else adult


def _shared_phones(rows: Sequence[Row]) -> frozenset[str]:
    """Numbers beside people who have nothing to do with each other: they tell nobody apart.

    One number for all adults of a row is a home's; it stays one as long as somebody stands beside it in every row.
    """
    beside: dict[str, list[set[str]]] = {}
    for row in rows:
        here: dict[str, set[str]] = {}
        for adult in (*row.adults, *row.relatives):
            here.setdefault(phone_digits(adult.phone), set()).add(alike(spoken_name(adult.name)))
        for phone, names in here.items():
            beside.setdefault(phone, []).append(names)
    return frozenset(phone for phone, names in beside.items() if phone and not set.intersection(*names))


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
    """Nobody who is limited in one row gets in through another.

    Another phone says that it is somebody else, unless the rows have a pupil's name or birth date or an adult in common.
    """
    limited: dict[str, list[tuple[ListedFamily, ListedAdult]]] = {}
    for family in families:
        for adult in family.adults:
            if adult.limited:
                limited.setdefault(alike(adult.name), []).append((family, adult))

    for family in families:
        asked = False

        def held(adult: ListedAdult, here: ListedFamily = family) -> ListedAdult:
            nonlocal asked
            those = [
                other
                for there, other in limited.get(alike(adult.name), ())
                if adult.phone in ("", other.phone) or not other.phone or _have_in_common(here, there, alike(adult.name))
            ]
            if not those or adult.limited:
                return adult
            if not asked:
                questions.append(Question(here.pupils[0].row, "roster-limit-elsewhere"))
                asked = True
            return replace(adult, limited=True, lifted=False, unclear=all(other.unclear for other in those))

        homes = tuple(tuple(held(guardian) for guardian in home) for home in family.households)
        yield replace(family, households=homes, relatives=tuple(held(one) for one in family.relatives))


def _have_in_common(family: ListedFamily, other: ListedFamily, but: str) -> bool:
    """Whether two rows look like brothers and sisters, or the same child: somebody besides this adult is the same."""
    children = {alike(pupil.name.given) for pupil in family.pupils} & {alike(pupil.name.given) for pupil in other.pupils}
    born = {pupil.born for pupil in family.pupils if pupil.born} & {pupil.born for pupil in other.pupils}
    adults = {alike(one.name) for one in family.adults} & {alike(one.name) for one in other.adults}
    return bool(children or born or adults - {but})


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
