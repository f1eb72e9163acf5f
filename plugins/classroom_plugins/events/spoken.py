"""Plain words about coming, read with the catalogue's words and settled with what the family said before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from classroom_matrix.api import View
from classroom_matrix.domain.folding import fold
from classroom_matrix.domain.ids import PersonId
from classroom_matrix.domain.people import Family, Person

from .answers import MAX_ADULTS, Kind, Party, party_of
from .domain import Event, local
from .words import CATEGORIES, About, Lexicon, Numbers, Said, lexicon_of, read_answer

LANGUAGES = ("ru", "en")


@dataclass(frozen=True, slots=True)
class Answered:
    """What a family says: `plain`, `gives_up`, `named`, `vague`, `light` and `sure` as in `words.Said`."""

    kind: Kind
    party: Party
    plain: bool = False
    gives_up: bool = False
    named: bool = False
    vague: bool = False
    light: bool = False
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The catalogue's words, in all languages, put together for looking up."""

    lexicon: Lexicon
    numbers: Numbers

    @classmethod
    def of(cls, view: View) -> Vocabulary:
        lexicon = lexicon_of({category: view.listed(f"events-words-{category}") for category in CATEGORIES})
        return cls(lexicon, Numbers(*(_numbered(view, f"events-words-{name}") for name in Numbers._fields)))


def interpret(
    vocabulary: Vocabulary,
    text: str,
    family: Family,
    about: About,
    last: Party | None,
    *,
    at_home: int,
    by_other: bool = False,
    proxy: bool = False,
) -> Answered | None:
    """What the words mean for this event; None if they are about something else.

    Args:
        vocabulary: of the catalogue.
        text: as it was written.
        family: whose.
        about: the event that is perhaps meant.
        last: who was to come before.
        at_home: adults who live there: "всей семьёй".
        by_other: somebody else of the household has said that.
        proxy: the teacher writes it: no words mean that they come, a number alone is that of adults.
    """
    everybody = tuple(pupil.id for pupil in family.pupils)
    bare = text.strip(" .!,")
    if proxy and not bare:
        return Answered(Kind.YES, party_of(everybody, last), plain=True)
    if proxy and bare.isascii() and bare.isdigit() and len(bare) == 1:
        return Answered(Kind.YES, party_of(everybody, last, adults=int(bare)), plain=True)
    said = read_answer(text, family.pupils, vocabulary.lexicon, vocabulary.numbers, about)
    return None if said is None else _settled(said, family, last, at_home, by_other=by_other)


def adults_of(guardians: Iterable[Person]) -> int:
    """How many adults live together; never none."""
    return max(1, sum(not person.limited for person in guardians))


def about_event(view: View, event: Event, at: int) -> About:
    """What words of `at` (milliseconds) may name of an event."""
    zone, starts = view.klass.zone, event.plan.starts
    return About(event.plan.title, None if starts is None else local(starts, zone).date(), local(at, zone).date())


def _settled(said: Said, family: Family, last: Party | None, at_home: int, *, by_other: bool) -> Answered:
    everybody = tuple(pupil.id for pupil in family.pupils)
    if said.kind is Kind.NO:
        kind, who, sure = _not_coming(said, everybody, last)
    else:
        kind, who, sure = _coming(said, everybody, last, at_home, by_other=by_other)
    return Answered(kind, who, said.plain, said.gives_up, said.named, said.vague, said.light, said.sure and sure)


def _not_coming(said: Said, everybody: tuple[PersonId, ...], last: Party | None) -> tuple[Kind, Party, bool]:
    """Whether, who, and whether that is sure, where somebody does not come."""
    if said.without:  # "Семён не придёт" of twins
        before = last or party_of(everybody, None)
        left = tuple(pupil for pupil in before.pupils if pupil not in said.without)
        if left:
            return Kind.YES, Party(before.adults, left), last is not None
    if said.adults:  # "папа не придёт": one less, if anybody is left
        if last is not None and last.adults > said.adults:
            return Kind.YES, Party(last.adults - said.adults, last.pupils), True
        return Kind.NO, party_of(everybody, last), False
    return Kind.NO, party_of(everybody, last), True


def _coming(
    said: Said, everybody: tuple[PersonId, ...], last: Party | None, at_home: int, *, by_other: bool
) -> tuple[Kind, Party, bool]:
    """The same, where somebody comes, or may come."""
    if said.joins and by_other and last is not None and last.adults < at_home:  # "я тоже приду", beside who comes already
        return said.kind, Party(last.adults + 1, last.pupils or everybody), True
    if said.more or (said.also and last is not None):
        # "Ещё папа придёт": beside whom was not said where nobody was to come before.
        return said.kind, party_of(everybody, last, pupils=said.pupils, more=said.adults or 0), last is not None
    adults = min(at_home, MAX_ADULTS) if said.whole and said.adults is None and said.total is None else said.adults
    who = party_of(everybody, last, adults=adults, pupils=said.pupils, total=said.total)
    if not who.adults and not who.pupils:
        return Kind.NO, who, False
    if said.guests:  # "с братом": a twin, or somebody for whom there has to be a place
        more = said.guests if len(everybody) == 1 and said.total is None else 0
        return said.kind, Party(min(who.adults + more, MAX_ADULTS), who.pupils), False
    # "Вдвоём" of a family with twins may be the twins, or one of them and an adult.
    return said.kind, who, not (said.total is not None and said.adults is None and said.total <= len(who.pupils))


def _numbered(view: View, key: str) -> dict[str, int]:
    """A list in the catalogue that begins with one: "один/одна, два/две/двое, …"."""
    found: dict[str, int] = {}
    for language in LANGUAGES:
        for number, words in enumerate(view.text(key, language=language).split(","), start=1):
            found.update((fold(word.strip()), number) for word in words.split("/") if word.strip(" -"))
    return found


def is_day_of_month(view: View, text: str) -> bool:
    """Whether a text begins with a date, so that its number is no event's: "1 сентября: линейка"."""
    number, _, rest = text.strip().partition(" ")
    word = fold(rest.split(maxsplit=1)[0]).strip(".,:;") if rest.split() else ""
    return number.isdecimal() and word in _numbered(view, "events-words-months")


def words_of(view: View, key: str) -> list[str]:
    """A list of the catalogue, in all languages, folded."""
    return [fold(word) for word in view.listed(key)]
