"""Every text that `keys`, `backup` and `restore` name exists in both languages, and none is left over."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import classroom_matrix
from classroom_matrix.encryption.chain import links
from classroom_matrix.encryption.cross_signing import Identity, Published
from classroom_matrix.i18n import LANGUAGES, Catalogue
from classroom_matrix.lifecycle.restore import Outcome

TERMINAL = Path(classroom_matrix.__file__).parent / "terminal"
MODULES = ("keys", "key_files", "rotating", "backups", "doctor")
PREFIXES = r"(?:keys|backup|restore)"


def named() -> set[str]:
    source = "".join((TERMINAL / f"{name}.py").read_text("utf-8") for name in MODULES)
    whole = set(re.findall(rf'"({PREFIXES}-[a-z-]+)"', source))
    nothing = Published(None, None, None, {})
    device = {"user_id": "@a", "device_id": "A", "keys": {"ed25519:A": ""}}
    return (
        whole
        | {f"keys-link-{link.name}" for link in links(Identity.fresh(), nothing, device)}
        | {f"keys-wrong-{problem}" for problem in re.findall(r'return "([a-z-]+)"', source)}
        | {f"keys-rotate-{end}" for end in ("go-on", "nobody", "declined")}
        | {f"keys-fallback-{state}" for state in ("unknown", "used", "unused")}
        | {f"backup-step-{step}" for step in ("copy", "pack")}
        | {f"restore-{outcome.value}" for outcome in Outcome}
    ) - {"keys-rotate"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_that_are_named_are_those_that_there_are(language: str) -> None:
    texts = Catalogue.of_package("classroom_matrix.terminal", strict=True)
    assert [key for key in sorted(named()) if not texts.has(key, language)] == []
    written = (TERMINAL / "locales" / f"{language}.ftl").read_text("utf-8")
    assert set(re.findall(rf"(?m)^({PREFIXES}-[a-z-]+) =", written)) - named() == set()
