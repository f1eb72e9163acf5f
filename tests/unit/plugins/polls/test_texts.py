from __future__ import annotations

import re
from pathlib import Path

import classroom_plugins.polls
from classroom_matrix.i18n import LANGUAGES, Catalogue
from classroom_matrix.i18n.check import differences
from classroom_plugins.polls.domain import Via

PACKAGE = Path(classroom_plugins.polls.__file__).parent
STEMS = {
    "polls-reach-": {"polls-reach-phone", "polls-reach-paper"},
    "polls-export-": {f"polls-export-{name}" for name in ("poll", "answer", "via", "by", "at", "status")},
    "polls-export-via-": {f"polls-export-via-{via}" for via in Via},
    "polls-export": {"polls-export"},
    "polls-words-": {
        f"polls-words-{name}" for name in ("voting", "around", "changing", "loose", "numbered", "asking", "not", "but")
    },
}


def test_both_languages_say_the_same_things():
    assert differences("classroom_plugins.polls") == []


def test_every_text_that_the_code_names_exists_and_no_other():
    source = "".join(file.read_text("utf-8") for file in PACKAGE.glob("*.py"))
    used = set(re.findall(r'"(polls-[a-z-]+)"', source)) | {key for keys in STEMS.values() for key in keys} | {"polls-title"}
    texts = Catalogue.of_package("classroom_plugins.polls", strict=True)
    assert [key for key in sorted(used) for language in LANGUAGES if not texts.has(key, language)] == []
    defined = set(re.findall(r"^(polls-[a-z-]+) =", (PACKAGE / "locales" / "ru.ftl").read_text("utf-8"), re.MULTILINE))
    assert defined - used == set()
