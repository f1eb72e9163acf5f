"""How plugins work together without knowing each other: requests, which another plugin serves, and news, which others hear.

    ctx.ask(OpenPoll("Куда едем?", ("Музей", "Каток"), room="events", origin="events/12"))   # None: no plugin does that here

    @serves(OpenPoll)
    def open_for_others(ctx: Context, request: OpenPoll) -> int: ...

    @on(PupilAway)
    def send_tasks(ctx: Context, news: PupilAway) -> None: ...

Both happen at once, in the transaction of whoever asks or tells. Contracts that built-in plugins have with each other are in
`contracts`; distributions of others may bring their own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R", bound="Request[Any]")


class Request(Generic[T]):
    """Base of what a plugin may ask others for; a frozen dataclass. `T` is the answer.

    `changes`: serving it writes or says something, so that only handlers may ask, not cards and agendas.
    """

    changes: ClassVar[bool] = False


class News:
    """Base of what a plugin tells others; a frozen dataclass, named in the past tense."""


@dataclass(frozen=True, slots=True)
class Served:
    """`handler(view_or_context, request) -> answer`. The first plugin of a class that serves a request is asked."""

    request: type[Request[Any]]
    handler: Callable[..., Any]


def serves(request: type[R]) -> Callable[[Callable[[Any, R], Any]], Served]:
    """Declare what serves a request."""
    return lambda handler: Served(request, handler)
