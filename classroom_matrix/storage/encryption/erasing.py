"""Removing what the tables of encryption hold about some accounts and rooms, and looking for what is left of it.

All functions run in the database's thread and may be repeated: what a service that runs meanwhile stores is found then.
"""

from __future__ import annotations

from collections.abc import Collection

import msgspec

from ..database import Database, json_list

_IN = "IN (SELECT value FROM json_each(?))"
_BY_ACCOUNT = ("e2e_user", "e2e_device", "e2e_olm_session", "e2e_share")
_BY_ROOM = ("e2e_outbound", "e2e_room")
_BY_EITHER = ("e2e_room_key", "e2e_kept", "e2e_told", "e2e_withheld", "e2e_member")
"""Tables with a column "user_id", "room_id", or both."""


def remove(database: Database, accounts: Collection[str], rooms: Collection[str]) -> dict[str, int]:
    """Delete all that is about these. Returns how many rows went, by table. The surrounding transaction decides.

    Args:
        accounts: people who are no more; what they wrote cannot be read any more either.
        rooms: which are no more.
    """
    users, places = json_list(accounts), json_list(rooms)
    # A session ends when somebody who was given it leaves. With the row nobody would know that they were.
    database.execute(
        "UPDATE e2e_outbound SET over = 1, pickle = '' WHERE NOT over"
        f" AND session_id IN (SELECT session_id FROM e2e_share WHERE user_id {_IN})",
        (users,),
    )
    counts = {
        "e2e_read": database.execute(
            f"DELETE FROM e2e_read WHERE user_id {_IN}"
            f" OR (session_id, user_id) IN (SELECT session_id, user_id FROM e2e_room_key WHERE room_id {_IN})",
            (users, places),
        ).rowcount,
        "e2e_to_device": _remove_letters(database, accounts, places),
        "e2e_share": database.execute(
            f"DELETE FROM e2e_share WHERE session_id IN (SELECT session_id FROM e2e_outbound WHERE room_id {_IN})", (places,)
        ).rowcount,
    }
    for tables, condition, values in (
        (_BY_ACCOUNT, f"user_id {_IN}", (users,)),
        (_BY_ROOM, f"room_id {_IN}", (places,)),
        (_BY_EITHER, f"user_id {_IN} OR room_id {_IN}", (users, places)),
    ):
        for table in tables:
            count = database.execute(f"DELETE FROM {table} WHERE {condition}", values).rowcount
            counts[table] = counts.get(table, 0) + count
    return {table: count for table, count in counts.items() if count}


def search(database: Database, accounts: Collection[str], rooms: Collection[str]) -> dict[str, int]:
    """How many values name one of these, by ``table.column``; empty where nothing is left."""
    found = {}
    for column, wanted, tables in (
        ("user_id", accounts, _BY_ACCOUNT + _BY_EITHER),
        ("room_id", rooms, _BY_ROOM + _BY_EITHER),
    ):
        for table in tables:
            row = database.execute(f"SELECT COUNT(*) FROM {table} WHERE {column} {_IN}", (json_list(wanted),)).fetchone()
            found[f"{table}.{column}"] = row[0]
    found["e2e_to_device.messages"] = sum(any(account in letters for account in accounts) for _, letters in _letters(database))
    return {place: count for place, count in found.items() if count}


def _remove_letters(database: Database, accounts: Collection[str], places: str) -> int:
    """To-device messages on their way: those to others of the same request are still sent."""
    count = database.execute(
        f"DELETE FROM e2e_to_device WHERE session_id IN (SELECT session_id FROM e2e_outbound WHERE room_id {_IN})", (places,)
    ).rowcount
    for id_, letters in _letters(database):
        rest = {user: each for user, each in letters.items() if user not in accounts}
        if len(rest) < len(letters):
            count += 1
            if rest:
                database.execute("UPDATE e2e_to_device SET messages = ? WHERE id = ?", (msgspec.json.encode(rest), id_))
            else:
                database.execute("DELETE FROM e2e_to_device WHERE id = ?", (id_,))
    return count


def _letters(database: Database) -> list[tuple[int, dict[str, msgspec.Raw]]]:
    rows = database.execute("SELECT id, messages FROM e2e_to_device").fetchall()
    return [(id_, msgspec.json.decode(messages, type=dict[str, msgspec.Raw])) for id_, messages in rows]
