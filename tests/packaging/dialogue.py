"""Run in the clean environment: the greeter is found by its entry point, configured, and talks in both languages."""

from __future__ import annotations

import json
import sys
from importlib.metadata import entry_points
from pathlib import Path

import classroom_matrix
from classroom_matrix.config import load
from classroom_matrix.i18n import Catalogue
from classroom_matrix.runtime.registry import GROUP, find_plugins
from classroom_matrix.school import load_plugins
from classroom_matrix.testing.conversation import Conversation

found = find_plugins(["greeter", "polls"], Catalogue.core())
greeter = found["greeter"].plugin
registry = load_plugins(load(Path(sys.argv[1])))
with Conversation({greeter: greeter.config(excited=True)}) as talk:
    said = [talk.teacher.says("!greet Аня"), talk.guardian(0).says("!привет Аня"), talk.guardian(0).says("!greet")]
print(
    json.dumps(
        {
            "where": classroom_matrix.__file__,
            "installed": sorted(point.name for point in entry_points(group=GROUP)),
            "options": repr(registry.options(next(iter(registry.setups)).klass.id, "greeter")),
            "said": said,
        }
    )
)
