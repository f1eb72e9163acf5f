"""Private keys of the identity, encrypted. All functions run in the database's thread."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..database import Database, json_list


@dataclass(frozen=True, slots=True)
class Secret:
    """`sealed`: the private key under the secrets' key. `public`: unpadded base64. `at`: when it was made."""

    name: str
    sealed: bytes
    public: str
    at: float


def get(database: Database, names: Iterable[str]) -> dict[str, Secret]:
    """Those of `names` that there are."""
    rows = database.execute(
        "SELECT name, sealed, public, at FROM e2e_secret WHERE name IN (SELECT value FROM json_each(?))", (json_list(names),)
    )
    return {row[0]: Secret(row[0], bytes(row[1]), row[2], row[3]) for row in rows}


def are_there(database: Database) -> bool:
    return database.execute("SELECT 1 FROM e2e_secret").fetchone() is not None


def put(database: Database, secrets: Iterable[Secret]) -> None:
    """Keep them, in place of what has their names."""
    for secret in secrets:
        database.execute(
            "INSERT INTO e2e_secret (name, sealed, public, at) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (name) DO UPDATE SET sealed = excluded.sealed, public = excluded.public, at = excluded.at",
            (secret.name, secret.sealed, secret.public, secret.at),
        )


def delete(database: Database, names: Iterable[str]) -> None:
    database.execute("DELETE FROM e2e_secret WHERE name IN (SELECT value FROM json_each(?))", (json_list(names),))
