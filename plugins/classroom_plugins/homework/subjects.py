"""School subjects: their names, their order, and how people shorten and decline them. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from classroom_matrix.domain.declension import is_declined
from classroom_matrix.domain.folding import fold

LONGEST = 3  # words of a name

_NAME = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*\.?")
_SHORTEST = 3  # letters of a name cut short without a dot ("мат")
_MARKS = '.,:;!?()«»"“”–—-'


@dataclass(frozen=True, slots=True)
class SchoolSubject:
    """A subject. `key`: what tasks keep; `names`: by language; `forms`: everything it is called, folded into words."""

    key: str
    names: tuple[tuple[str, str], ...]
    forms: tuple[tuple[str, ...], ...]

    def name(self, language: str) -> str:
        """With a capital letter."""
        found = dict(self.names).get(language) or self.names[0][1]
        return found[:1].upper() + found[1:]


@dataclass(frozen=True, slots=True)
class Subjects:
    """All subjects of a class, in the order of its cards."""

    known: tuple[SchoolSubject, ...]

    def get(self, key: str) -> SchoolSubject | None:
        return next((subject for subject in self.known if subject.key == key), None)

    def place(self, key: str) -> int:
        """Where a subject stands on the card; unknown ones come last."""
        return next((place for place, subject in enumerate(self.known) if subject.key == key), len(self.known))

    def in_text(self, text: str, *, strict: bool = False) -> tuple[SchoolSubject, int] | None:
        """The same for a text as people type it ("рус.яз. упр. 5"), and where the name ends in it."""
        ends: list[int] = []
        words: list[str] = []
        for found in _NAME.finditer(text):
            if text[ends[-1] if ends else 0 : found.start()].strip() or len(words) == LONGEST:
                break
            words.append(found.group())
            ends.append(found.end())
        named = self.at_start(words, strict=strict)
        return (named[0], ends[named[1] - 1]) if named is not None else None

    def at_start(self, words: Sequence[str], *, strict: bool = False) -> tuple[SchoolSubject, int] | None:
        """The subject with whose name a text begins, and how many words the name has.

        Args:
            words: of the text.
            strict: only names as they are listed, or cut short with a dot; else also declined and cut short without one.
        """
        best: tuple[int, int, SchoolSubject] | None = None
        for subject in self.known:
            for form in subject.forms:
                if len(form) > len(words):
                    continue
                likeness = min(_likeness(said, own) for said, own in zip(words, form, strict=False))
                if likeness <= (1 if strict else 0):
                    continue
                if best is None or (len(form), likeness) > best[:2]:
                    best = len(form), likeness, subject
        return (best[2], best[0]) if best else None


_LISTED, _DOTTED, _LOOSE = 3, 2, 1


def _likeness(said: str, own: str) -> int:
    """How surely a word is a name's: 0 if it is not."""
    word = fold(said)
    dotted = word.rstrip(":,;").endswith(".")
    word = word.strip(_MARKS)
    if word == own:
        return _LISTED
    if not word:
        return 0
    if own.startswith(word) and (len(word) >= _SHORTEST or dotted):
        return _DOTTED if dotted else _LOOSE
    head, hyphen, tail = word.partition("-")
    if hyphen and len(head) >= _SHORTEST and tail and own.startswith(head) and own.endswith(tail):
        return _DOTTED  # "мат-ка"
    return _LOOSE if is_declined(word, own) else 0


def read_subjects(listed: Iterable[tuple[str, str]], wanted: Sequence[str]) -> Subjects:
    """Subjects from texts.

    Args:
        listed: (language, text) of the catalogues; a text has a line for each subject: "maths: математика, матем".
        wanted: names in the order of the class, perhaps with short names: "математика: матем, мат".
    """
    known: dict[str, SchoolSubject] = {}
    for language, text in listed:
        for line in text.splitlines():
            key, _, names = line.partition(":")
            called = [name.strip() for name in names.split(",") if name.strip()]
            if not called:
                continue
            before = known.get(key.strip(), SchoolSubject(key.strip(), (), ()))
            forms = dict.fromkeys((*before.forms, *map(_words, called)))
            known[key.strip()] = replace(before, names=(*before.names, (language, called[0])), forms=tuple(forms))
    ordered = [_wanted(entry, known) for entry in wanted]
    keys = {subject.key for subject in ordered}
    return Subjects((*ordered, *(subject for key, subject in known.items() if key not in keys)))


def _wanted(entry: str, known: dict[str, SchoolSubject]) -> SchoolSubject:
    name, _, short = entry.partition(":")
    name = name.strip()
    forms = [_words(name), *(_words(each) for each in short.split(",") if each.strip())]
    same = next((subject for subject in known.values() if _words(name) in subject.forms), None)
    if same is None:
        return SchoolSubject(fold(name), (("", name),), tuple(dict.fromkeys(forms)))
    return replace(same, forms=tuple(dict.fromkeys((*same.forms, *forms))))


def _words(name: str) -> tuple[str, ...]:
    return tuple(fold(name).split()[:LONGEST])
