from __future__ import annotations

import re
from pathlib import Path

import pytest

import classroom_matrix
from classroom_matrix.i18n import LANGUAGES, Catalogue
from classroom_matrix.i18n.check import differences
from classroom_matrix.lifecycle.whom import Role

ROOT = Path(classroom_matrix.__file__).parent
COMMANDS = ("opening", "leaving", "exporting", "year", "erasing")
STEPS = ("doors", "messages", "desks", "accounts", "traces", "rows", "check")


def test_page_says_the_same_in_both_languages() -> None:
    assert differences("classroom_matrix.lifecycle") == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_that_the_commands_name_exists(language: str) -> None:
    sources = [ROOT / "terminal" / f"{name}.py" for name in COMMANDS] + [ROOT / "lifecycle" / "rollover.py"]
    source = "".join(path.read_text("utf-8") for path in sources)
    used = set(re.findall(r'"((?:whom|ask|leave|export|rollover|erase)-[a-z-]+)"', source))
    used |= {f"erase-step-{step}" for step in STEPS} | {f"whom-role-{role}" for role in Role}
    texts = Catalogue.of_package("classroom_matrix.terminal", strict=True)
    assert [key for key in sorted(used) if not texts.has(key, language)] == []
    assert len(used) > 70


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_that_the_page_names_exists(language: str) -> None:
    source = "".join(
        path.read_text("utf-8") for path in (ROOT / "lifecycle" / "export").rglob("*.*") if path.suffix in (".py", ".j2")
    )
    used = set(re.findall(r'"(export-[a-z-]+[a-z])"', source)) | {f"export-role-{role}" for role in Role}
    texts = Catalogue.of_package("classroom_matrix.lifecycle", strict=True)
    assert [key for key in sorted(used) if not texts.has(key, language)] == []
