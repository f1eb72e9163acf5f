"""Plain words about coming, read with the catalogue's words and settled with what the family said before."""

from __future__ import annotations

from dataclasses import dataclass

from classroom_matrix.api import View
from classroom_matrix.domain.people import Family

from .answers import Kind, Party, party_of
from .domain import Event, fold, local
from .words import CATEGORIES, About, Lexicon, Numbers, Said, lexicon_of, read_answer

LANGUAGES = ("ru", "en")


@dataclass(frozen=True, slots=True)
class Answered:
    """What a family says: `plain`, `gives_up`, `named`, `vague` and `sure` as in `words.Said`."""

    kind: Kind
    party: Party
    plain: bool = False
    gives_up: bool = False
    named: bool = False
    vague: bool = False
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The catalogue's words, in all languages, put together for looking up."""

    lexicon: Lexicon
    numbers: Numbers

    @classmethod
    def of(cls, view: View) -> Vocabulary:
        lexicon = lexicon_of({category: listed(view, f"events-words-{category}") for category in CATEGORIES})
        return cls(lexicon, Numbers(*(_numbered(view, f"events-words-{name}") for name in Numbers._fields)))


def interpret(
    vocabulary: Vocabulary, text: str, family: Family, about: About, last: Party | None, *, proxy: bool = False
) -> Answered | None:
    """What the words mean for this event; None if they are about something else.

    Args:
        vocabulary: of the catalogue.
        text: as it was written.
        family: whose.
        about: the event that is perhaps meant.
        last: who was to come before.
        proxy: the teacher writes it: no words mean that they come, a number alone is that of adults.
    """
    everybody = tuple(pupil.id for pupil in family.pupils)
    bare = text.strip(" .!,")
    if proxy and not bare:
        return Answered(Kind.YES, party_of(everybody, last), plain=True)
    if proxy and bare.isascii() and bare.isdigit() and len(bare) == 1:
        return Answered(Kind.YES, party_of(everybody, last, adults=int(bare)), plain=True)
    said = read_answer(text, family.pupils, vocabulary.lexicon, vocabulary.numbers, about)
    return None if said is None else _settled(said, family, last)


def about_event(view: View, event: Event, at: int) -> About:
    """What words of `at` (milliseconds) may name of an event."""
    zone, starts = view.klass.zone, event.plan.starts
    return About(event.plan.title, None if starts is None else local(starts, zone).date(), local(at, zone).date())


def _settled(said: Said, family: Family, last: Party | None) -> Answered:
    everybody = tuple(pupil.id for pupil in family.pupils)

    def answered(kind: Kind, who: Party, *, sure: bool = True) -> Answered:
        return Answered(kind, who, said.plain, said.gives_up, said.named, said.vague, said.sure and sure)

    if said.kind is Kind.NO and said.without:  # "Семён не придёт" of twins
        before = last or party_of(everybody, None)
        left = tuple(pupil for pupil in before.pupils if pupil not in said.without)
        if left:
            return answered(Kind.YES, Party(before.adults, left), sure=last is not None)
    if said.kind is Kind.NO and said.adults:  # "папа не придёт": one less, if anybody is left
        rest = Party(last.adults - said.adults, last.pupils) if last is not None and last.adults > said.adults else None
        return answered(Kind.YES, rest) if rest is not None else answered(Kind.NO, party_of(everybody, last), sure=False)
    if said.kind is Kind.NO:
        return answered(Kind.NO, party_of(everybody, last))
    if said.more or (said.also and last is not None):
        # "Ещё папа придёт": beside whom was not said where nobody was to come before.
        who = party_of(everybody, last, pupils=said.pupils, more=said.adults or 0)
        return answered(said.kind, who, sure=last is not None)
    who = party_of(everybody, last, adults=said.adults, pupils=said.pupils, total=said.total)
    if not who.adults and not who.pupils:
        return answered(Kind.NO, who, sure=False)
    # "Вдвоём" of a family with twins may be the twins, or one of them and an adult.
    return answered(said.kind, who, sure=not (said.total is not None and said.adults is None and said.total <= len(who.pupils)))


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


def words_of(view: View, key: str) -> list[str]:
    """A list of the catalogue, in all languages, folded."""
    said = [view.text(key, language=language) for language in ("ru", "en")]
    return [fold(word.strip()) for each in said for word in each.split(",") if word.strip()]
