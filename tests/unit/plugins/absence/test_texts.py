from __future__ import annotations

import re
from pathlib import Path

import classroom_plugins.absence
from classroom_matrix.i18n import LANGUAGES, Catalogue
from classroom_matrix.i18n.check import differences
from classroom_plugins.absence.domain import Reason

PACKAGE = Path(classroom_plugins.absence.__file__).parent
ROW = ("pupil", "what", "first", "last", "by", "at", "status", "away", "back")
STEMS = {
    "absence-export-": {f"absence-export-{name}" for name in ROW},
    "absence-reason-": {f"absence-reason-{reason}" for reason in Reason},
    **{
        f"absence-{stem}": {f"absence-{stem}", f"absence-{stem}-one", f"absence-{stem}-days"}
        for stem in ("recorded", "known", "told", "entered")
    },
}
TEXTS = Catalogue.of_package("classroom_plugins.absence", strict=True)


def test_both_languages_say_the_same_things():
    assert differences("classroom_plugins.absence") == []


def test_every_text_that_the_code_names_exists_and_no_other():
    source = "".join(file.read_text("utf-8") for file in PACKAGE.glob("*.py"))
    used = set(re.findall(r"""["'](absence-[a-z-]+)["']""", source)) | {key for keys in STEMS.values() for key in keys}
    used |= {"absence-title", "absence-export"}
    assert [key for key in sorted(used - set(STEMS)) for language in LANGUAGES if not TEXTS.has(key, language)] == []
    defined = set(re.findall(r"^(absence-[a-z-]+) =", (PACKAGE / "locales" / "ru.ftl").read_text("utf-8"), re.MULTILINE))
    assert defined - used == set()
