"""`registration`: the file that makes the bot an application service of the homeserver."""

from __future__ import annotations

from ..config import Config
from ..errors import ClassroomError, ConfigError
from ..matrix.registration import ensure_registration
from .output import console


def write_registration(config: Config, url: str | None) -> None:
    """Write the file, or bring it up to date with its tokens kept, and say what to do with it.

    Args:
        url: where the homeserver reaches the service, if that is not the address that the service listens on.

    Raises:
        ConfigError: config.yaml says ``sync``, or the file is something else.
        ClassroomError: the folder cannot be written.
    """
    connection = config.connection
    if connection.kind != "appservice" or connection.registration is None:
        raise ConfigError("connection.kind", "an account that syncs has no registration; expected appservice")
    host = "127.0.0.1" if connection.host in ("0.0.0.0", "::") else connection.host  # noqa: S104 - compared, not bound
    try:
        ensure_registration(
            connection.registration,
            user_id=config.bot.user,
            url=url or f"http://{f'[{host}]' if ':' in host else host}:{connection.port}",
            receipts=connection.receipts,
        )
    except OSError as error:
        raise ClassroomError(f"{connection.registration} cannot be written: {error.strerror}") from error
    out = console()
    out.print(f"{connection.registration} is written. Whoever has it is the bot; only its owner can read it.")
    out.print("Let the homeserver read it, add this to homeserver.yaml, and restart the homeserver:")
    out.print(f"  app_service_config_files:\n    - {connection.registration}")
