"""How to get in: ``access.json`` for programs, a few lines for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table

from ..domain.ids import RoomId, UserId
from ..domain.people import Role


@dataclass(frozen=True, slots=True)
class Entry:
    """An account that somebody can log in with."""

    user_id: UserId
    password: str
    role: Role
    name: str


def access_file(
    homeserver: str, server_name: str, entries: Sequence[Entry], rooms: Mapping[str, Mapping[str, RoomId]]
) -> dict[str, object]:
    """The content of ``access.json``. `rooms`: class name → role → room ID."""
    return {
        "homeserver": homeserver,
        "server_name": server_name,
        "accounts": [
            {"user_id": entry.user_id, "password": entry.password, "role": str(entry.role), "name": entry.name}
            for entry in entries
        ],
        "rooms": {name: dict(of_class) for name, of_class in rooms.items()},
    }


def show(console: Console, homeserver: str, entries: Sequence[Entry], access: str) -> None:
    """Print what to open and whom to be."""
    table = Table(box=None, pad_edge=False)
    for heading in ("who", "user name", "password"):
        table.add_column(heading, style="bold" if heading == "user name" else "")
    for entry in entries:
        table.add_row(f"{entry.name} ({entry.role})", entry.user_id[1:].split(":", 1)[0], entry.password)
    console.print()
    console.print(f"The class runs on [bold]{homeserver}[/] on this machine.")
    console.print(
        "Open Element (the desktop app, or https://app.element.io in Firefox or Chrome), choose “Sign in”, then “Edit” beside"
        f" the homeserver and enter {homeserver}. Then be one of these:"
    )
    console.print()
    console.print(table)
    console.print()
    console.print(f"The same stands in {access}.")
