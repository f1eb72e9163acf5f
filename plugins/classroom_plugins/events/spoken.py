"""Plain words about coming, read with the catalogue's words and settled with what the family said before."""

from __future__ import annotations

from dataclasses import dataclass

from classroom_matrix.api import View
from classroom_matrix.domain.people import Family

from .answers import Kind, Party, party_of
from .domain import Event, fold
from .words import CATEGORIES, Lexicon, Numbers, Said, lexicon_of, read_answer

LANGUAGES = ("ru", "en")


@dataclass(frozen=True, slots=True)
class Answered:
    """What a family says: `plain` and `sure` as in `words.Said`."""

    kind: Kind
    party: Party
    plain: bool
    sure: bool


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The catalogue's words, in all languages, put together for looking up."""

    lexicon: Lexicon
    numbers: Numbers

    @classmethod
    def of(cls, view: View) -> Vocabulary:
        lexicon = lexicon_of({category: listed(view, f"events-words-{category}") for category in CATEGORIES})
        return cls(lexicon, Numbers(*(_numbered(view, f"events-words-{name}") for name in ("counts", "together"))))


def interpret(
    vocabulary: Vocabulary, text: str, family: Family, event: Event, last: Party | None, *, proxy: bool = False
) -> Answered | None:
    """What the words mean for this event; None if they are about something else.

    Args:
        vocabulary: of the catalogue.
        text: as it was written.
        family: whose.
        event: perhaps meant.
        last: who of the family was to come before.
        proxy: the teacher writes it: no words mean that they come, a number alone is that of adults.
    """
    everybody = tuple(pupil.id for pupil in family.pupils)
    bare = text.strip(" .!,")
    if proxy and not bare:
        return Answered(Kind.YES, party_of(everybody, last), plain=True, sure=True)
    if proxy and bare.isascii() and bare.isdigit() and len(bare) == 1:
        return Answered(Kind.YES, party_of(everybody, last, adults=int(bare)), plain=True, sure=True)
    said = read_answer(text, family.pupils, vocabulary.lexicon, vocabulary.numbers, event.plan.title)
    return None if said is None else _settled(said, family, last)


def _settled(said: Said, family: Family, last: Party | None) -> Answered:
    everybody = tuple(pupil.id for pupil in family.pupils)
    if said.kind is Kind.NO and said.without:  # "Семён не придёт" of twins
        before = last or party_of(everybody, None)
        left = tuple(pupil for pupil in before.pupils if pupil not in said.without)
        if left:
            return Answered(Kind.YES, Party(before.adults, left), said.plain, said.sure and last is not None)
    if said.kind is Kind.NO:
        return Answered(Kind.NO, party_of(everybody, last), said.plain, said.sure)
    who = party_of(everybody, last, adults=said.adults, pupils=said.pupils, total=said.total)
    # "Вдвоём" of a family with twins may be the twins, or one of them and an adult.
    sure = said.sure and not (said.total is not None and said.adults is None and said.total <= len(who.pupils))
    if not who.adults and not who.pupils:
        return Answered(Kind.NO, who, said.plain, sure=False)
    return Answered(said.kind, who, said.plain, sure)


def _numbered(view: View, key: str) -> dict[str, int]:
    """A list in the catalogue that begins with one: "один/одна, два/две/двое, …"."""
    found: dict[str, int] = {}
    for language in LANGUAGES:
        for number, words in enumerate(view.text(key, language=language).split(","), start=1):
            found.update((fold(word.strip()), number) for word in words.split("/") if word.strip(" -"))
    return found


def listed(view: View, key: str) -> list[str]:
    """A list of the catalogue, in all languages."""
    said = [view.text(key, language=language) for language in LANGUAGES]
    return [word.strip() for each in said for word in each.split(",") if word.strip()]
