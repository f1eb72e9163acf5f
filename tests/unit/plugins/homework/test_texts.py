from __future__ import annotations

import re
from pathlib import Path

import classroom_plugins.homework
from classroom_matrix.i18n import LANGUAGES, Catalogue
from classroom_matrix.i18n.check import differences

PACKAGE = Path(classroom_plugins.homework.__file__).parent
STEMS = {"homework-export-": {f"homework-export-{name}" for name in ("at", "subject", "text", "answer")}}
TEXTS = Catalogue.of_package("classroom_plugins.homework", strict=True)


def test_both_languages_say_the_same_things():
    assert differences("classroom_plugins.homework") == []


def test_every_text_that_the_code_names_exists_and_no_other():
    source = "".join(file.read_text("utf-8") for file in PACKAGE.glob("*.py"))
    used = set(re.findall(r"""["'](homework-[a-z-]+)["']""", source)) | {key for keys in STEMS.values() for key in keys}
    used |= {"homework-title", "homework-export"}
    assert [key for key in sorted(used - set(STEMS)) for language in LANGUAGES if not TEXTS.has(key, language)] == []
    defined = set(re.findall(r"^(homework-[a-z-]+) =", (PACKAGE / "locales" / "ru.ftl").read_text("utf-8"), re.MULTILINE))
    assert defined - used == set()


def test_captions_and_edits_know_every_name_of_the_commands():
    for key, listed in (("command-homework", "homework-words"), ("command-homework-correct", "homework-correct-words")):
        names = set()
        for language in LANGUAGES:
            aliases = TEXTS.attributes(key, language).get("aliases", "")
            names |= {TEXTS.text(key, language), *(alias.strip() for alias in aliases.split(",") if alias.strip())}
        for language in LANGUAGES:
            assert {word.strip() for word in TEXTS.text(listed, language).split(",")} == names


def test_subjects_are_the_same_in_both_languages():
    keys = [[line.split(":")[0] for line in TEXTS.text("homework-subjects", each).splitlines()] for each in LANGUAGES]
    assert keys[0] == keys[1]
