from __future__ import annotations

import re
from pathlib import Path

import classroom_plugins.consultations
from classroom_matrix.i18n import LANGUAGES, Catalogue
from classroom_matrix.i18n.check import differences
from classroom_plugins.consultations.domain import Outcome, Via

PACKAGE = Path(classroom_plugins.consultations.__file__).parent
COMPOSED = {
    *(f"wait-{outcome}" for outcome in ("done", "already", "free", "full", "past")),
    "wait-done-one",
    *(f"for-wait-{outcome}" for outcome in ("done", "already", "free", "full", "past", "gone")),
    *(f"for-{outcome}" for outcome in Outcome if outcome not in (Outcome.DONE, Outcome.FREE)),
    "taken",
    "past",
    "gone",
    *(f"sheet-{name}" for name in ("time", "number", "pupil", "home", "note")),
    *(f"reach-{reach}" for reach in ("phone", "paper")),
    *(f"label-{what}" for what in ("cancel", "keep", "accept", "decline", "move")),
    "day-moved-held",
    "day-cancelled-held",
    *(f"words-{key}" for key in ("list", "cancel", "move", "wait", "first", "fillers")),
    *(f"words-{key}" for key in ("weak", "unsure", "things", "around", "unfit", "free", "waits", "names", "accept", "come")),
    *(f"words-{key}" for key in ("about", "modest", "either", "because", "whose", "joining", "command", "for", "commands")),
    *(f"list-{what}" for what in ("free", "full", "ended", "how", "wait", "over")),
    "edit-late-cancelled",
    "delete-kept-cancelled",
    *(f"export-{name}" for name in ("when", "host", "pupil", "by", "via", "at", "note", "status", "bookings", "waiting")),
    *(f"export-via-{via}" for via in Via),
    *(f"export-status-{status}" for status in ("booked", "unanswered", "cancelled")),
}


def test_both_languages_say_the_same_things():
    assert [each for each in differences("classroom_plugins.consultations") if "consultations-slots" in each] == []


def test_every_text_that_the_code_names_exists_and_no_other():
    source = "".join(file.read_text("utf-8") for file in PACKAGE.glob("*.py"))
    used = set(re.findall(r"[\"'](consultations-slots-[a-z-]+[a-z])[\"']", source)) | {
        f"consultations-slots-{name}" for name in COMPOSED
    }
    texts = Catalogue.of_package("classroom_plugins.consultations", strict=True)
    assert [key for key in sorted(used) for language in LANGUAGES if not texts.has(key, language)] == []
    defined = set(
        re.findall(r"^(consultations-slots-[a-z-]+) =", (PACKAGE / "locales" / "ru.ftl").read_text("utf-8"), re.MULTILINE)
    )
    assert defined - used == set()
