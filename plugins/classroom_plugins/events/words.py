"""What a guardian's plain words say about coming: "придём вдвоём", "нет, не сможем", "2 взрослых, Семён", "yes, 2 adults".

Every word has to be one that belongs to such an answer; one or two others make it vague, more make it something else, and so
does what speaks of the past, of another day, or of an "if". Questions are for the teacher: what is said beside them is heard,
and not taken for sure. Words come from the catalogue: nothing here knows a language.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from classroom_matrix.domain.folding import fold
from classroom_matrix.domain.ids import PersonId
from classroom_matrix.domain.people import Pupil
from classroom_matrix.domain.transliteration import is_other_gender, is_same_word

from .answers import MAX_ADULTS, Kind

LONGEST = 200  # characters
MAX_WORDS = 16
_STRANGERS = 2  # words that do not belong
_STEM = 3  # letters that a name keeps
_WEEK = 7  # days ahead in which a weekday alone is that one
_TOKEN = re.compile(r"\d+|[^\W\d][^\W\d'’]*(?:['’][^\W\d]+)*|\+")  # "21st" is two
_BETWEEN_SENTENCES = re.compile(r"(?<=[.!?])\s+|\n")
_ADULTS = frozenset(["adults", "one-adult", "two-adults", "only-me"])
_TWOFOLD = {
    "plus": {"plain-yes", "plus"},
    "in-favour": {"plain-yes", "in-favour"},
    "i-come": {"yes", "i"},
    "only-me": {"yes", "only-me"},
}
_ENDINGS = "аеиоуыэюяьй"
_FLEETING = re.compile(r"[бвгджзклмнпрстфхцчшщ][ое][кцнлр]$")
CATEGORIES = (
    "yes",
    "no",
    "maybe",
    "plain-yes",
    "plain-no",
    "plain-maybe",
    "adults",
    "one-adult",
    "two-adults",
    "only-me",
    "guest",
    "people",
    "children",
    "everybody",
    "whole",
    "no-adults",
    "no-children",
    "give-up",
    "other-mind",
    "in-favour",
    "i-come",
    "i",
    "fillers",
    "more",
    "also",
    "plus",
    "be",
    "never",
)
"""Names of the lists of words: ``events-words-<name>`` in the catalogue; `plain-…` mean something only to who was asked."""

Lexicon = Mapping[tuple[str, ...], str]
"""Phrases, folded into words, and the category of each."""


class Numbers(NamedTuple):
    """Words for numbers, for that many people altogether ("вдвоём"), and for days and months, each counted from 1.

    `near`: today, tomorrow, the day after; `weekdays`: from Monday; `dates`: what makes a number the day of a month.
    """

    counts: Mapping[str, int]
    together: Mapping[str, int]
    near: Mapping[str, int]
    weekdays: Mapping[str, int]
    months: Mapping[str, int]
    dates: Mapping[str, int]


class About(NamedTuple):
    """The event that words may be about: its title, its day if it has one, and the day on which the words were written."""

    title: str = ""
    day: date | None = None
    today: date | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """What was said about coming.

    Args:
        kind: whether.
        adults, pupils: who, where that was said.
        total: how many people altogether, where only that was said.
        without: pupils who do not come; with a "no", `adults` are those who do not.
        whole: the whole family comes, with as many adults as it has.
        more: the adults are beside those who come anyway; `also`: they are, if anybody comes anyway.
        plain: it could be said about anything ("да"), so it means something only to who was asked.
        gives_up: it takes something back ("отмена"), so it means something only to who has promised it.
        joins: somebody says of themselves that they come, too.
        guests: how many come with them who are neither adults nor pupils of the class.
        named: the event's title or day was said.
        vague: there are words or numbers that do not belong to it, so it is about this event only if that is known otherwise.
        light: it could be said about other things as well ("+"), so it is sure only of who was asked.
        sure: there is no doubt about what it says.
    """

    kind: Kind
    adults: int | None = None
    pupils: tuple[PersonId, ...] | None = None
    total: int | None = None
    without: tuple[PersonId, ...] = ()
    whole: bool = False
    more: bool = False
    also: bool = False
    joins: bool = False
    guests: int = 0
    plain: bool = False
    gives_up: bool = False
    named: bool = False
    vague: bool = False
    light: bool = False
    sure: bool = True


def lexicon_of(lists: Mapping[str, Sequence[str]]) -> Lexicon:
    """`lists`: phrases by category."""
    found = {tuple(tokens(phrase)): category for category, phrases in lists.items() for phrase in phrases if tokens(phrase)}
    for phrase, category in list(found.items()):
        found.setdefault(tuple(word.replace("'", "") for word in phrase), category)  # "cant"; but "were" is not "we're"
    return found


def tokens(text: str) -> list[str]:
    return [word.replace("’", "'") for word in _TOKEN.findall(fold(text))]


def names_title(text: str, title: str) -> bool:
    """Whether a word of a title stands in the text, in whatever case: "на катке" names "Каток"."""
    stems = stems_of(title)
    return any(has_stem(word, stems) for word in tokens(text))


def stems_of(title: str) -> set[str]:
    """What the longer words of a title begin with in all their cases."""
    found: set[str] = set()
    for word in tokens(title):
        if len(word) <= _STEM:
            continue
        bare = word[:-1] if len(word) > _STEM + 1 and word[-1] in _ENDINGS else word
        found.add(bare)
        if _FLEETING.search(bare):  # "каток", "катка"
            found.add(bare[:-2] + bare[-1])
    return found


def has_stem(word: str, stems: Collection[str]) -> bool:
    return any(word.startswith(stem) and len(word) <= len(stem) + _STEM for stem in stems)


def read_answer(text: str, pupils: Sequence[Pupil], lexicon: Lexicon, numbers: Numbers, about: About) -> Said | None:
    """What the text says about coming to an event; None if it is about something else."""
    sentences = _BETWEEN_SENTENCES.split(text)
    told = [sentence for sentence in sentences if "?" not in sentence]
    said = tokens(" ".join(told))
    if not 0 < len(said) <= MAX_WORDS or len(text) > LONGEST:
        return None
    heard = _Heard(pupils, lexicon, numbers, about)
    position = 0
    while position < len(said):
        position += heard.take(said, position)
    return heard.meaning(asks=len(told) < len(sentences))


class _Heard:
    """What was heard so far, word by word."""

    def __init__(self, pupils: Sequence[Pupil], lexicon: Lexicon, numbers: Numbers, about: About) -> None:
        self.pupils = pupils
        self.lexicon = lexicon
        self.numbers = numbers
        self.about = about
        self.longest = max((len(phrase) for phrase in lexicon), default=1)
        self.stems, self.title = stems_of(about.title), set(tokens(about.title))
        self.heard: set[str] = set()
        self.adults = 0
        self.children: int | None = None
        self.known: dict[PersonId, None] = {}
        self.total: int | None = None
        self.number: int | None = None  # said, and it is not known yet of what
        self.strange = 0
        self.guests = 0
        self.named = False
        self.dated = False
        self.other_day = False

    def take(self, said: Sequence[str], position: int) -> int:
        """Hear the word at `position`, or the phrase that begins there. Returns how many words that were."""
        for length in range(min(self.longest, len(said) - position), 0, -1):
            category = self.lexicon.get(tuple(said[position : position + length]))
            if category is not None:
                self._hear(category)
                return length
        if (length := self._hear_day(said[position : position + 2])) > 0:
            return length
        self._hear_word(said[position])
        return 1

    def _hear(self, category: str) -> None:
        if category == "adults":
            self.adults += 1 if self.number is None else self.number
            self.number = None
        elif category in ("one-adult", "two-adults", "only-me"):
            self.adults += 2 if category == "two-adults" else 1
        elif category == "guest":
            self.guests += self.number or 1
            self.number = None
        elif category == "people" and self.number is not None:
            self.total, self.number = self.number, None
        elif category == "children":
            self.children = self.number
            self.number = None
        if category in _TWOFOLD:
            self.heard |= _TWOFOLD[category]
        elif category == "whole":
            self.heard |= {"whole", "everybody"}
        elif category != "fillers":
            self.heard.add(category)

    def _hear_day(self, said: Sequence[str]) -> int:
        """A day, if these words begin with one. Returns how many words that were."""
        day, today, numbers = self.about.day, self.about.today, self.numbers
        word = said[0]
        ahead = (day - today).days if day is not None and today is not None else None
        if word in numbers.near:
            self._on_day(ahead == numbers.near[word] - 1)
            return 1
        if word in numbers.weekdays:
            soon = ahead is not None and 0 <= ahead <= _WEEK
            self._on_day(day is not None and soon and day.isoweekday() == numbers.weekdays[word])
            return 1
        if len(said) > 1 and word.isascii() and word.isdigit():
            month = numbers.months.get(said[1])
            if month is not None or said[1] in numbers.dates or (day is not None and said[1] == f"{day.month:02}"):
                self._on_day(day is not None and int(word) == day.day and month in (None, day.month))
                return 2
        return 0

    def _on_day(self, same: bool) -> None:
        self.dated |= same
        self.other_day |= not same

    def _hear_word(self, word: str) -> None:
        if word in self.numbers.together:
            self.total = self.numbers.together[word]
        elif word.isascii() and word.isdigit() and len(word) <= 2:
            self.number = int(word)
        elif word in self.numbers.counts:
            self.number = self.numbers.counts[word]
        elif (pupil := self._pupil(word)) is not None:
            self.known[pupil] = None
        elif has_stem(word, self.stems):
            self.named = True
        elif word not in self.title and not self._is_surname(word):
            self.strange += 1

    def _pupil(self, word: str) -> PersonId | None:
        names = {pupil: fold(pupil.name).split()[0] for pupil in self.pupils}
        found = [pupil for pupil, name in names.items() if is_form_of(word, name) or is_same_word(word, name)]
        return found[0].id if len(found) == 1 else None

    def _is_surname(self, word: str) -> bool:
        surnames = [fold(pupil.surname) for pupil in self.pupils]
        return any(is_form_of(word, surname) or is_other_gender(word, surname) for surname in surnames)

    def meaning(self, *, asks: bool) -> Said | None:
        """`asks`: something was asked, too."""
        if "people" in self.heard and self.total is None and self.number is not None:
            self.total, self.number = self.number, None  # "нас будет трое"
        yes, no, maybe = (bool({name, f"plain-{name}"} & self.heard) for name in ("yes", "no", "maybe"))
        gives_up = bool({"give-up", "other-mind"} & self.heard) and "no" not in self.heard
        no = no or gives_up
        counted = bool({*_ADULTS, "no-adults"} & self.heard) or self.total is not None
        counted = counted or ("whole" in self.heard and not self.strange)
        if self.other_day or "never" in self.heard or self.strange > _STRANGERS or not (yes or no or maybe or counted):
            return None
        # "Папа" alone may be an answer to anything.
        how_many = bool({"adults", "no-adults", "more", "also", "be"} & self.heard) or self.total is not None
        how_many = how_many or ("plus" in self.heard and counted)
        light = not how_many and "yes" not in self.heard and bool({"plus", "in-favour"} & self.heard)
        own = bool({"yes", "no", "maybe", "give-up", "other-mind"} & self.heard) or how_many or light
        if maybe:
            kind = Kind.MAYBE
        elif no and not {"no", "give-up", "other-mind"} & self.heard and (yes or counted):
            kind = Kind.YES  # "нет, будем вдвоём"
        else:
            kind = Kind.NO if no else Kind.YES
        if not self.named and self._is_of_a_vote(kind, light=light):
            return None
        # A day alone names what happens on it only beside words of coming: "да, в субботу" may be said about anything.
        light = light or (self.dated and not self.named and not own)
        is_named = self.named or (self.dated and own)
        own = own or light
        named = tuple(self.known)
        vague = self.strange > 0 or self.number is not None
        votes = "in-favour" in self.heard and self.named  # "мы за каток" may be a vote
        sure = not (vague or asks or votes or (no and "yes" in self.heard) or self._is_unclear())
        if kind is Kind.NO:
            some = named if named and len(named) < len(self.pupils) else ()
            return Said(
                Kind.NO,
                adults=self.adults if "one-adult" in self.heard and not named else None,
                without=some,
                plain=not own,
                gives_up=gives_up,
                named=is_named,
                vague=vague,
                sure=sure,
            )
        return Said(
            kind,
            adults=self._adults(),
            pupils=self._coming(named),
            total=self.total,
            whole="whole" in self.heard,
            more=self.adults > 0 and ("more" in self.heard or {"also", "one-adult"} <= self.heard),
            also=self.adults > 0 and "plus" in self.heard,
            joins={"also", "i"} <= self.heard and not counted,
            guests=self.guests,
            plain=not own,
            named=is_named,
            vague=vague,
            light=light,
            sure=sure,
        )

    def _is_of_a_vote(self, kind: Kind, *, light: bool) -> bool:
        """Whether a day beside "нет", "передумали" or "мы за" is rather an option of a poll, or any word beside "мы за"."""
        if light:
            return self.dated or self.strange > 0
        return self.dated and kind is Kind.NO and not {"no", "give-up"} & self.heard

    def _adults(self) -> int | None:
        if "no-adults" in self.heard:
            return 0
        if _ADULTS & self.heard:
            return min(self.adults, MAX_ADULTS)
        return None

    def _coming(self, named: tuple[PersonId, ...]) -> tuple[PersonId, ...] | None:
        if "no-children" in self.heard:
            return ()
        if named and "everybody" not in self.heard:
            return named
        everybody = "everybody" in self.heard or self.children == len(self.pupils)
        return tuple(pupil.id for pupil in self.pupils) if everybody else None

    def _is_unclear(self) -> bool:
        """Which of the children?"""
        some = self.children is not None and self.children != len(self.pupils)
        return not self.known and (some or "only-me" in self.heard)


def is_form_of(word: str, name: str) -> bool:
    """Whether a word is the name in some case: "Семёном" of Семён, "Ксюша" not of Ксения."""
    common = next(
        (n for n, (one, other) in enumerate(zip(word, name, strict=False)) if one != other), min(len(word), len(name))
    )
    return common >= max(_STEM, len(name) - 2) and len(word) <= len(name) + 3
