"""How a plugin declares itself: a table of contents, without logic.

Names, aliases and help of commands are texts, so they stand in the plugin's catalogues (``locales/{ru,en}.ftl``):

    command-poll = опрос
        .aliases = голосование
        .help = Опрос семей класса
        .example = !опрос Когда едем? Пятница; Суббота до пятницы 18:00
        .help-family = …          # and .example-family, where it is another thing for families
        .question = вопрос        # what an argument is called when it is missing
        .until = до, к            # words that introduce the keyword-only argument `until`
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, NewType, TypeVar

from ..domain.content import AnyContent, Line
from ..domain.facts import Fact
from ..domain.people import Family, Household, Right, Role
from .between import News, Served
from .calendar import Calendar
from .meaning import Take, Understand
from .tables import Table

if TYPE_CHECKING:
    from .context import Context, View

F = TypeVar("F", bound=Fact | News)
Handler = Callable[..., None]
RoomRole = NewType("RoomRole", str)
"""The type of an option that names a room by its role: config.yaml may only name rooms that the class has."""


@dataclass(frozen=True, slots=True)
class Command:
    """`handler(ctx, *arguments)`, called when somebody with the rights of `needs` writes it.

    `name`: its name in the catalogues, a second word makes a sub-command ("poll close" → ``command-poll-close``), whose text
    there is only what stands behind the name of the first ("закрыть").
    `names_people`: what staff write behind it is not for families: where families read, the message itself is taken away.
    `published`: what is written behind it is for all families; where it names somebody, everybody was to read that.
    `confidential`: what is written behind it is for the class's own teachers and whoever writes it. Where others of the staff
    read, one that did not work is taken away, and what was wrong with it is told in a private chat only; its handler sees to
    one that works.
    `right`: guardians to whom the teacher gave this right may use it, too.
    """

    name: str
    handler: Handler
    needs: Role | None
    names_people: bool = False
    right: Right | None = None
    published: bool = False
    confidential: bool = False

    @property
    def text_key(self) -> str:
        return "command-" + self.name.replace(" ", "-")


@dataclass(frozen=True, slots=True)
class Listener:
    """`handler(ctx, fact)`, called for every fact of the type in the rooms of a class that uses the plugin, or for news."""

    fact: type[Fact | News]
    handler: Callable[..., None]

    @property
    def name(self) -> str:
        return self.handler.__name__


@dataclass(frozen=True, slots=True)
class Job:
    """`handler(ctx, *arguments)`, called once when it is due, also after a restart. Arguments are JSON."""

    name: str
    handler: Handler


@dataclass(frozen=True, slots=True)
class CardKind:
    """`render(view, subject) -> Content`: the card's state as one message; pure, called in the database's thread."""

    name: str
    render: Callable[[View, str], AnyContent]


Agenda = Callable[["View", Household], Sequence[Line]]
"""What is open for a household right now: one line each, said in the desk's language (`View.text` speaks it)."""

Coming = Callable[["View", Household, date], Sequence[Line]]
"""What awaits a household on that day: one line each, in the desk's language; for the evening digest and "what is new"."""

Export = Callable[["View", Family], Mapping[str, Any]]
"""Everything that the plugin keeps about a family, as JSON values; keys are for people to read."""

Erase = Callable[["View", Family], None]
"""Forget a family. What is counted in results that were announced stays counted, without the family."""


@dataclass(frozen=True, slots=True, eq=False)
class Plugin:
    """A plugin's table of contents.

    Args:
        name: unique; the entry point's name and the prefix of tables and texts.
        config: frozen dataclass of its options with defaults, or None.
        migrations: forward-only changes to tables of earlier releases, each called once with peewee's database.
        agenda: see `Agenda`; asked when somebody comes new into a desk, and by "what is new".
        coming: see `Coming`.
        understand: see `meaning.Understand`; with `take`.
        serves: requests of other plugins, see `between`.
        calendar: see `calendar.Calendar`.
        export: see `Export`. A plugin with tables that say something about families has this and `erase`.
        erase: see `Erase`; may be called again.
    """

    name: str
    config: type[Any] | None = None
    tables: Sequence[type[Table]] = ()
    commands: Sequence[Command] = ()
    listeners: Sequence[Listener] = ()
    jobs: Sequence[Job] = ()
    cards: Sequence[CardKind] = ()
    migrations: Sequence[Callable[[Any], None]] = field(default=())
    agenda: Agenda | None = None
    coming: Coming | None = None
    understand: Understand | None = None
    take: Take | None = None
    serves: Sequence[Served] = ()
    calendar: Calendar | None = None
    export: Export | None = None
    erase: Erase | None = None


def command(
    name: str,
    *,
    needs: Role | None = None,
    names_people: bool = False,
    right: Right | None = None,
    published: bool = False,
    confidential: bool = False,
) -> Callable[[Handler], Command]:
    """Declare a command; `needs=None` lets everybody of the class use it. The others: see `Command`."""
    return lambda handler: Command(name, handler, needs, names_people, right, published, confidential)


def on(fact: type[F]) -> Callable[[Callable[[Context, F], None]], Listener]:
    """Declare a listener to facts or news of a type."""
    heard: Any = fact
    return lambda handler: Listener(heard, handler)


def job(handler: Handler) -> Job:
    """Declare a job; its name is the function's."""
    return Job(handler.__name__, handler)


def card(render: Callable[[View, str], AnyContent]) -> CardKind:
    """Declare a kind of card; its name is the function's."""
    return CardKind(render.__name__, render)
