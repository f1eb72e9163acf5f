"""The measurements work and find every answer; what they measure in so short a run says nothing."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]


async def test_quick_bench_answers_every_command_once():
    table = await _bench("stub")
    assert table.count("0 lost, 0 doubled, 0 strange") == 2
    assert "WRONG" not in table


async def test_quick_bench_of_encryption_gives_every_device_the_key():
    table = await _bench("encryption")
    assert "4 could use it" in table
    assert "100 of 100" in table
    assert "WRONG" not in table


async def _bench(part: str) -> str:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bench",
        "--quick",
        "--only",
        part,
        cwd=REPOSITORY,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await process.communicate()
    table = said.decode()
    assert process.returncode == 0, table
    return table
