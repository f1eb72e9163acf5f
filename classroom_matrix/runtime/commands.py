"""Which command a message is, by its names in all languages: everybody may use any language's.

A command starts with "!" and a letter right behind it; a space between them is forgiven to commands that exist. Where a
sub-command's arguments do not fit but the shorter command's do, the shorter one is meant if it has answers ("!опрос закрыть
школу на карантин? Да; Нет" opens a poll) or plainly is a text ("!объявление Все на субботник"), see `slips`.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from ..api import Command, Plugin
from ..domain.folding import fold
from ..domain.people import Right, Role
from ..errors import InvalidArgument, NotAllowed, NotFound, PluginError, UserError
from ..i18n import LANGUAGES, Catalogue
from . import slips
from .arguments import Signature, WrongTail, parse
from .values import ParseScope

__all__ = ["Call", "CommandTable", "Entry", "FoundCommand", "ParseScope"]

_WORD = re.compile(r"\S+")
_PLAUSIBLE = re.compile(r"[^\W\d_][\w-]+")
_MARKS = ":,.;!?"  # may stand behind a command's name
_GLUED = re.compile(r"^(\w[\w/-]*(?:[:,;.!?]|(?=[№#§])))(?=\S)")  # "дз:математика", "дз№5"
_BLANK = " \t\N{NO-BREAK SPACE}"  # may stand before a command's name
_LIKENESS = 0.7  # of difflib: one wrong, missing or swapped letter in a word of five
_UNEXPECTED = ("core-argument-number", "core-argument-extra")  # what is said of words that just do not fit
_SHOWN = 60  # characters of a text in a sentence
_WORD_SHORT = 3  # letters that may be glued to a command's name by a slip
_WORD_LONG = 4  # letters of what is plainly a word of its own, and no ending
_LOOKED_AT = 400  # characters; names of commands are shorter than that together

Words = tuple[str, ...]
Rights = frozenset[Right]
NO_RIGHTS: Rights = frozenset()


@dataclass(frozen=True, slots=True)
class Entry:
    """A command of a plugin. `names`: in each language, the shown one first; `spoken`: all of them, folded into words."""

    plugin: str
    command: Command
    catalogue: Catalogue
    signature: Signature
    names: Mapping[str, tuple[str, ...]]
    spoken: tuple[Words, ...]

    def attribute(self, name: str, language: str) -> str:
        """A text of the command's: ``help``, ``example``, or what an argument is called; empty if there is none."""
        return self.catalogue.attributes(self.command.text_key, language).get(name, "")

    def may_use(self, role: Role | None, rights: Rights = NO_RIGHTS) -> bool:
        """Whether somebody may who is this to the class and was given these rights; only guardians can have any."""
        if self.command.needs is None or (role is not None and role.may(self.command.needs)):
            return True
        return role is Role.GUARDIAN and self.command.right is not None and self.command.right in rights

    @property
    def takes_words_of_staff(self) -> bool:
        """Whether any text fits it and all families read that."""
        if self.command.needs is None or self.signature.rest is not None or not self.command.published:
            return False
        return self.signature.takes_text

    def labelled(self, argument: str, language: str) -> str:
        """What an argument is called: its label, or the first word that introduces it."""
        return self.attribute(argument, language).split(",")[0].strip() or argument


@dataclass(frozen=True, slots=True)
class Call:
    """A handler and its arguments, behind the context."""

    command: Command
    args: tuple[object, ...]
    kwargs: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class FoundCommand:
    """What a message asks for. `candidates`: the longest name first, each with the text behind the name."""

    candidates: tuple[tuple[Entry, str], ...]
    table: CommandTable

    @property
    def plugin(self) -> str:
        return self.candidates[0][0].plugin

    @property
    def name(self) -> str:
        return self.candidates[0][0].command.name

    @property
    def text(self) -> str:
        """What stands behind the shortest name."""
        return self.candidates[-1][1]

    @property
    def is_published(self) -> bool:
        """Whether what it says is for all families."""
        return self.candidates[0][0].command.published

    @property
    def is_confidential(self) -> bool:
        """Whether others of the staff must not read it."""
        first, behind = self.candidates[0]
        return first.command.confidential or (bool(behind) and any(each.command.confidential for each, _ in self.candidates))

    @property
    def takes_text(self) -> bool:
        return any(entry.signature.takes_text for entry, _ in self.candidates)

    def names_people(self, role: Role | None) -> bool:  # noqa: ARG002 - what is no command asks for it
        """Whether the message is likely to name people; `role`: the sender's."""
        return any(entry.command.names_people for entry, _ in self.candidates)

    def bind(self, role: Role | None, scope: ParseScope, rights: Rights = NO_RIGHTS) -> Call:
        """Read the arguments. `role`, `rights`: the sender's.

        Raises:
            UserError: the person may not, or the arguments fit no candidate.
        """
        problem: UserError | None = None
        for entry, text in self.candidates:
            if not entry.may_use(role, rights):
                raise problem or NotAllowed("core-not-allowed")
            try:
                found = parse(entry.signature, text, scope)
            except UserError as error:
                if problem is None or isinstance(error, WrongTail):
                    problem = _explained(error, entry, scope.language)
                continue
            if problem and entry.signature.rest and not found.rest:
                continue  # "!poll close the door" is neither a poll nor its closing; the latter's sentence is more use
            self._refuse_slip(entry, text, problem, role, scope, rights)
            return Call(entry.command, found.args, found.kwargs)
        assert problem is not None
        raise problem

    def _refuse_slip(
        self, entry: Entry, text: str, problem: UserError | None, role: Role | None, scope: ParseScope, rights: Rights
    ) -> None:
        """Raise what is wrong with a text that looks like a command gone wrong; see `slips`."""
        words = slips.words_of(text)
        if not words or not entry.takes_words_of_staff or not text[:1].isalnum():
            return
        roster = scope.roster()
        if slips.is_prose(text, roster):
            return
        if problem is not None:
            if problem.key not in _UNEXPECTED:
                raise problem  # it says more
            raise InvalidArgument("core-looks-like-command", text=text[:_SHOWN], example=problem.values["example"])
        likely = self.table.slip(entry, [_word(word) for word in words], role, rights)
        if likely is None:
            return
        other, length = likely
        if not length or slips.is_alone(words, roster) or _fits(other, text, length, scope):
            example = other.attribute("example", scope.language)
            raise InvalidArgument("core-looks-like-command", text=text[:_SHOWN], example=example)


@dataclass(frozen=True, slots=True)
class UnknownCommand(FoundCommand):
    """A message that looks like a command but is none. Guardians who meant none are left in peace."""

    word: str

    said: str

    @property
    def text(self) -> str:
        return self.said

    @property
    def is_published(self) -> bool:
        return False

    @property
    def plugin(self) -> str:
        return "core"

    @property
    def name(self) -> str:
        return "unknown"

    @property
    def is_confidential(self) -> bool:
        likely = self.table.meant(self.word, Role.TEACHER, LANGUAGES[0])
        return likely is not None and likely[1].command.confidential

    def names_people(self, role: Role | None) -> bool:
        """A slip of the pen in the command's name makes the people behind it no less known."""
        likely = self.table.meant(self.word, role, LANGUAGES[0])
        return likely is not None and likely[1].command.names_people and len(self.said.split()) > 1

    def bind(self, role: Role | None, scope: ParseScope, rights: Rights = NO_RIGHTS) -> Call:
        likely = self.table.meant(self.word, role, scope.language, rights)
        if likely:
            raise NotFound("core-unknown-command-suggestion", word=self.word, suggestion=likely[0])
        if role is not None and role.is_staff:
            raise NotFound("core-unknown-command", word=self.word)
        return Call(_NOTHING, (), {})


_NOTHING = Command("unknown", lambda _ctx: None, None)


class CommandTable:
    """The commands of the plugins that a class uses.

    Args:
        plugins: with their catalogues; the house's own first.

    Raises:
        PluginError: a command has no name, a name is taken twice, or an argument cannot be read.
    """

    def __init__(self, plugins: Sequence[tuple[Plugin, Catalogue]]) -> None:
        self.entries: list[Entry] = []
        self._by_name: dict[Words, Entry] = {}
        for plugin, catalogue in plugins:
            for command in plugin.commands:
                self._add(_entry(plugin.name, command, catalogue))
        self._longest = max((len(name) for name in self._by_name), default=0)

    def find(self, body: str) -> FoundCommand | None:
        """The command that a message is; None for ordinary talk. Cheap: nothing is parsed yet."""
        body = body.lstrip()
        if body[:1] not in ("!", "！"):
            return None
        text = body[1:].lstrip(_BLANK)
        if not text[:1].isalnum():
            return None
        candidates = self._candidates(text) or self._candidates(_GLUED.sub(r"\1 ", text, count=1))
        if candidates:
            return FoundCommand(candidates, self)
        if body[1] in _BLANK:
            return None  # "! Завтра каток" is talk
        first = text.split(maxsplit=1)[0].rstrip(_MARKS)
        return UnknownCommand((), self, first, text) if _PLAUSIBLE.fullmatch(first) else None

    def _candidates(self, text: str) -> tuple[tuple[Entry, str], ...]:
        """The commands with whose names a text begins, the longest first, and what stands behind each."""
        spans = [match.span() for _, match in zip(range(self._longest), _WORD.finditer(text[:_LOOKED_AT]), strict=False)]
        said = [_word(text[start:end]) for start, end in spans]
        return tuple(
            (entry, text[spans[count - 1][1] :].strip())
            for count in range(len(said), 0, -1)
            if (entry := self._by_name.get(tuple(said[:count])))
        )

    def usable(self, role: Role | None, rights: Rights = NO_RIGHTS) -> Iterator[Entry]:
        """Commands that somebody with this role and these rights may use, in the order of the plugins."""
        return (entry for entry in self.entries if entry.may_use(role, rights))

    def meant(self, word: str, role: Role | None, language: str, rights: Rights = NO_RIGHTS) -> tuple[str, Entry] | None:
        """The command that was perhaps to be said where there is none of that name, and how to write it: "дз математика"."""
        glued = self._glued(word, role, language, rights)
        if glued is not None and (len(glued[2]) >= _WORD_LONG or glued[2].isdecimal()):
            return f"{glued[0]} {glued[2]}", glued[1]
        likely = self.like(word, role, language, rights)
        if likely is None and glued is not None:
            likely = f"{glued[0]} {glued[2]}", glued[1]
        return likely

    def _glued(self, word: str, role: Role | None, language: str, rights: Rights) -> tuple[str, Entry, str] | None:
        """The usable command whose name the word begins with, that name as it is written, and what is glued to it: of
        "дзматематика" "математика". The longest name counts; at least a number or a short word follows it.
        """
        said = _word(word)
        found: tuple[str, Entry, str] | None = None
        for name, entry in self._single_names(role, language, rights).values():
            rest = word[len(name) :].lstrip("-_")
            follows = len(rest) >= _WORD_SHORT or (rest.isdecimal() and bool(rest))
            if said.startswith(_word(name)) and follows and (found is None or len(name) > len(found[0])):
                found = name, entry, rest
        return found

    def like(self, word: str, role: Role | None, language: str, rights: Rights = NO_RIGHTS) -> tuple[str, Entry] | None:
        """A usable command that `word` is likely a slip of, and its name in the language of the name that it resembles."""
        names = self._single_names(role, language, rights)
        close = difflib.get_close_matches(_word(word), names, n=1, cutoff=_LIKENESS)
        return names[close[0]] if close else None

    def _single_names(self, role: Role | None, language: str, rights: Rights) -> dict[str, tuple[str, Entry]]:
        """Usable commands by their names of one word; those of the language win."""
        return {
            _word(name): (name, entry)
            for each in (*[other for other in LANGUAGES if other != language], language)
            for entry in self.usable(role, rights)
            for name in entry.names[each]
            if " " not in name
        }

    def slip(
        self, entry: Entry, words: Sequence[str], role: Role | None, rights: Rights = NO_RIGHTS
    ) -> tuple[Entry, int] | None:
        """The command that a text behind `entry` begins like, and with how many words; 0 for a slip of its own sub-command."""
        tails = self._tails_of(entry, role, rights)
        close = slips.resembling(words[0], tails)
        if close is not None:
            return tails[close], 0
        others = [each for each in self.usable(role, rights) if each is not entry and each.command.needs is not None]
        others.sort(key=lambda each: each.plugin != entry.plugin)  # the same plugin's first
        for other in others:
            names = [name[1:] if len(name) > 1 and " " in other.command.name else name for name in other.spoken]
            said = [len(name) for name in names if name and tuple(words[: len(name)]) == name]
            if said:
                return other, max(said)
        return None

    def _tails_of(self, entry: Entry, role: Role | None, rights: Rights) -> dict[str, Entry]:
        """First words of its sub-commands."""
        return {
            name[len(head)]: other
            for other in self.usable(role, rights)
            if other.command.name.startswith(f"{entry.command.name} ")
            for name in other.spoken
            for head in entry.spoken
            if len(name) > len(head) and name[: len(head)] == head
        }

    def _add(self, entry: Entry) -> None:
        for name in entry.spoken:
            other = self._by_name.setdefault(name, entry)
            if other is not entry:
                raise PluginError(entry.plugin, f"the command {' '.join(name)!r} also belongs to the plugin {other.plugin}")
        self.entries.append(entry)


def _entry(plugin: str, command: Command, catalogue: Catalogue) -> Entry:
    names = {language: _names(plugin, command.name, catalogue, language) for language in LANGUAGES}
    spoken = _spoken(plugin, command.name.split(), catalogue)
    introductions: dict[str, list[str]] = {}
    for language in LANGUAGES:
        for name, said in catalogue.attributes(command.text_key, language).items():
            introductions.setdefault(name, []).extend(word.strip() for word in said.split(",") if word.strip())
    try:
        signature = Signature.of(command.handler, introductions)
    except (TypeError, NameError) as error:
        raise PluginError(plugin, f"the command {command.name!r}: {error}") from error
    return Entry(plugin, command, catalogue, signature, names, tuple(dict.fromkeys(spoken)))


def _names(plugin: str, command: str, catalogue: Catalogue, language: str) -> tuple[str, ...]:
    """The names of a command in a language; those of a sub-command are joined to its parent's."""
    parent, _, _ = command.rpartition(" ")
    own = _own_names(plugin, command, catalogue, language)
    if not parent:
        return own
    return tuple(f"{head} {tail}" for head, tail in product(_names(plugin, parent, catalogue, language), own))


def _own_names(plugin: str, command: str, catalogue: Catalogue, language: str) -> tuple[str, ...]:
    """Without the parent's."""
    key = "command-" + command.replace(" ", "-")
    if not catalogue.has(key, language):
        raise PluginError(plugin, f"the command {command!r} has no name ({key}) in {language}")
    aliases = catalogue.attributes(key, language).get("aliases", "")
    return (catalogue.text(key, language), *(alias.strip() for alias in aliases.split(",") if alias.strip()))


def _spoken(plugin: str, words: Sequence[str], catalogue: Catalogue) -> list[Words]:
    """Everything that people may say for a command, mixtures of languages ("poll закрыть") included."""
    if not words:
        return [()]
    names = [name for language in LANGUAGES for name in _own_names(plugin, " ".join(words), catalogue, language)]
    tails = [tuple(_word(word) for word in name.split()) for name in names]
    return [(*head, *tail) for head, tail in product(_spoken(plugin, words[:-1], catalogue), tails)]


def _word(said: str) -> str:
    """A word without what does not count in it: case, ё, full width, marks behind it."""
    return fold(unicodedata.normalize("NFKC", said)).rstrip(_MARKS)


def _fits(entry: Entry, text: str, length: int, scope: ParseScope) -> bool:
    """Whether what comes behind the first words of a text, a command's name, are that command's arguments."""
    rest = "".join(text.split(maxsplit=length)[length:])
    if entry.takes_words_of_staff:
        return rest[:1].isdigit()  # any text would fit
    try:
        parse(entry.signature, rest, scope)
    except UserError:
        return False
    return True


def _explained(error: UserError, entry: Entry, language: str) -> UserError:
    """Complete an argument's problem with what only the command knows."""
    if "name" in error.values:
        error.values["name"] = entry.labelled(str(error.values["name"]), language)
    error.values.setdefault("example", entry.attribute("example", language))
    return error
