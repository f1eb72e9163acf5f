"""What the commands share: options, and how a coroutine is run to its end."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

import click

CONFIG = Path("config.yaml")

FILE = click.Path(path_type=Path)
config_option = click.option("--config", "-c", type=FILE, help="The school's configuration.  [default: config.yaml]")
admin_token_file_option = click.option(
    "--admin-token-file",
    type=FILE,
    help="A file with an admin's access token, in place of CLASSROOM_ADMIN_TOKEN. It is never stored.",
)


def exit_with(problems: int) -> None:
    if problems:
        sys.exit(1)


def config_path(common: Path | None, config: Path | None) -> Path:
    """`--config` may stand before the command (`common`) or after it."""
    return config or common or CONFIG


def admin_token(file: Path | None) -> str | None:
    if file is not None:
        return file.read_text("utf-8").strip()
    return os.environ.get("CLASSROOM_ADMIN_TOKEN") or None


def run_to_end(work: Coroutine[Any, Any, Any]) -> Any:
    """Run to the end, or until SIGTERM or Ctrl-C, which both end it in order."""

    async def stoppable() -> Any:
        task = asyncio.current_task()
        assert task is not None
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
        return await work

    try:
        return asyncio.run(stoppable())
    except asyncio.CancelledError:
        return 0


def log_to_stderr() -> None:
    import logging

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s", stream=sys.stderr)
    logging.getLogger("aiohttp").setLevel(logging.WARNING)
