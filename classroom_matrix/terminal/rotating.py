"""`keys rotate`: a new identity for the bot."""

from __future__ import annotations

import time
from pathlib import Path

from ..config import Config
from ..encryption.cross_signing import Identity, fingerprint
from ..encryption.identity import PASSWORD, IdentityState, published_by, rotate_identity
from ..errors import AuthenticationWanted, ClassroomError, ConfigError
from .agreeing import agreed
from .key_files import open_keys
from .output import console
from .words import Words, words


async def rotate(config: Config, *, password_file: Path | None, yes: bool) -> int:
    """Make a new identity after it was agreed to. Returns 1 where it was not done.

    Args:
        config: the school's.
        password_file: holds the account's password, for an account that syncs.
        yes: do not ask.

    Raises:
        ClassroomError: there are no keys yet, or the homeserver refuses or does not answer.
    """
    out, say = console(), words()
    password = _password(password_file)
    async with open_keys(config, say) as keys:
        if keys.device_keys is None:
            raise ClassroomError(say("keys-wrong-device-key"))
        old = (await published_by(keys.server)).public_master
        out.print(say("keys-rotate-means"))
        if not agreed(out, say, yes=yes, about="keys-rotate"):
            return 1
        keys.keyring.take_file()
        try:
            state = await rotate_identity(
                keys.school.database, keys.keyring, keys.server, keys.device_keys, password, time.time()
            )
        except AuthenticationWanted as wanted:
            out.print(_asks(wanted, given=password is not None, say=say))
            return 1
        new = await keys.school.database.call(Identity.load, keys.school.database, keys.keyring)
        assert new is not None
        out.print(say("keys-rotated"))
        out.print(say("keys-rotated-old", fingerprint=fingerprint(old) if old else say("keys-none")))
        out.print(say("keys-rotated-new", fingerprint=fingerprint(new.public_master)))
        if state is not IdentityState.OURS:
            out.print(say("keys-wrong-unsigned"))
            return 1
        return 0


def _password(file: Path | None) -> str | None:
    """
    Raises:
        ConfigError: the file cannot be read.
    """
    if file is None:
        return None
    try:
        return file.read_text("utf-8").removesuffix("\n").removesuffix("\r")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError("--password-file", f"{file} cannot be read") from error


def _asks(wanted: AuthenticationWanted, *, given: bool, say: Words) -> str:
    if [PASSWORD] not in [list(flow) for flow in wanted.flows]:
        return say("keys-rotate-elsewhere", flows="; ".join(" + ".join(flow) for flow in wanted.flows))
    return say("keys-rotate-wrong-password" if given else "keys-rotate-password")
