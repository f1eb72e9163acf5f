from __future__ import annotations

import re
from pathlib import Path

import classroom_plugins.events
from classroom_matrix.i18n import LANGUAGES, Catalogue
from classroom_matrix.i18n.check import differences
from classroom_plugins.events.answers import Kind, Via
from classroom_plugins.events.asked_about import TOPICS
from classroom_plugins.events.domain import Stage, State
from classroom_plugins.events.personal import PARTS
from classroom_plugins.events.reading import FIELDS
from classroom_plugins.events.store.proposals import IdeaState
from classroom_plugins.events.words import CATEGORIES, Numbers

PACKAGE = Path(classroom_plugins.events.__file__).parent
STEMS = {
    "events-card-": ("when", "place", "bring", "cost"),
    "events-already-": State,
    "events-proxy-": (Kind.MAYBE, Kind.NO),
    "events-late-": (*Kind, "none"),
    "events-said-": Kind,
    "events-echo-": Kind,
    "events-field-": ("title", "when", "place", "bring", "cost", "capacity", "answer-by"),
    "events-label-": [name.replace("_", "-") for name in FIELDS],
    "events-words-": (*CATEGORIES, *Numbers._fields),
    "events-words-ask-": TOPICS,
    "events-stage-": Stage,
    "events-idea-": IdeaState,
    "events-who-": (*Kind, "silent"),
    "events-reach-": ("phone", "paper"),
    "events-export-": ("event", "answer", "via", "by", "at", "status", "idea", "text", *PARTS),
    "events-export-via-": Via,
}


def test_both_languages_say_the_same_things():
    assert differences("classroom_plugins.events") == []


def test_every_text_that_the_code_names_exists_and_no_other():
    source = "".join(file.read_text("utf-8") for file in PACKAGE.rglob("*.py"))
    stems = set(re.findall(r'f"(events-[a-z-]+-)\{', source))
    assert stems == set(STEMS)
    used = set(re.findall(r'"(events-[a-z-]+)"', source)) | {f"{stem}{end}" for stem, ends in STEMS.items() for end in ends}
    used |= {"events-title", "events-export"}  # the house asks for them
    texts = Catalogue.of_package("classroom_plugins.events", strict=True)
    assert [key for key in sorted(used) for language in LANGUAGES if not texts.has(key, language)] == []
    defined = set(re.findall(r"^(events-[a-z-]+) =", (PACKAGE / "locales" / "ru.ftl").read_text("utf-8"), re.MULTILINE))
    assert defined - used == set()
