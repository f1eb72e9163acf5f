"""``secrets.key`` may be gone or another one: the service goes on, writes nothing over, and says what to do.

People's apps warn of a bot with a new identity, so only a person decides that there is to be one. Until then a key stands in
for the file (`KeyRing.stand_in`), and a start with the right file finds everything as it was.
"""

from __future__ import annotations

import logging
from pathlib import Path

from ..errors import WrongKey
from ..storage.database import Database
from ..storage.encryption import outbound, secrets
from .cross_signing import Identity
from .keyring import SECRETS, KeyRing

log = logging.getLogger(__name__)


def open_keyring(database: Database, folder: Path) -> KeyRing:
    """The keys beside the database. In its thread.

    Raises:
        ConfigError: see `KeyRing.open`.
    """
    keyring = KeyRing.open(folder, draw_secrets=not secrets.are_there(database))
    try:
        Identity.load(database, keyring)
    except WrongKey:
        keyring.stand_in()
        log.error(  # noqa: TRY400 - a trace tells nothing more
            "%s is missing or is not this database's: put it back from a backup and start the service again, and all"
            " is as it was; if there is none: classroom-matrix keys rotate",
            folder / SECRETS,
        )
    return keyring


def end_locked_sessions(database: Database, keyring: KeyRing) -> None:
    """End our sessions whose beginning cannot be decrypted: they could be given to nobody. In the database's thread."""
    with database.transaction():
        for session in outbound.going_on(database):
            try:
                keyring.unseal(bytes.fromhex(session.session_key))
            except WrongKey:
                outbound.end(database, session.session_id)
