"""`homeserver`: the settings that the homeserver needs, as a file for its conf.d."""

from __future__ import annotations

import sys
from pathlib import Path

from rich.console import Console

from ..config import Config
from ..errors import ClassroomError
from ..matrix.homeserver_settings import Setting, as_yaml, gate, homeserver_settings
from .words import words

_HEADING = """Settings of the homeserver for a school, by `classroom-matrix homeserver`: write them again rather than edit them.
Synapse reads this after homeserver.yaml, and each key here replaces the whole key there. What it does not name is yours."""


def write_settings(config: Config, output: Path | None, modules: Path | None) -> None:
    """Write the file, and say what to do with it on standard error.

    Args:
        config: whose bot may make rooms; `admins` of its classes may, too.
        output: the file; None for standard output.
        modules: folder on the homeserver's machine with classroom_gate.py; None leaves the module out.

    Raises:
        ClassroomError: the file cannot be written.
    """
    text = as_yaml(_settings(config, modules), _HEADING)
    if output is None:
        sys.stdout.write(text)
    else:
        try:
            output.write_text(text, "utf-8")
        except OSError as error:
            raise ClassroomError(f"{output} cannot be written: {error.strerror}") from error
    say = words()
    out = Console(stderr=True, highlight=False, markup=False, soft_wrap=True)
    if output is not None:
        out.print(say("homeserver-written", file=str(output)))
    out.print(say("homeserver-next"))
    out.print(say("homeserver-module", folder=str(modules)) if modules else say("homeserver-no-module"))


def _settings(config: Config, modules: Path | None) -> tuple[Setting, ...]:
    settings = homeserver_settings(auto_accept=config.accounts is None)
    if modules is None:
        return settings
    admins = sorted({admin for klass in config.classes for admin in klass.admins} - {config.bot.user})
    return (*settings, gate(config.bot.user, admins))
