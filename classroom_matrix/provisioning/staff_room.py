"""Telling the staff room what was done about its class."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

from ..config import Config
from ..domain.content import Content
from ..domain.ids import ClassId
from ..domain.rooms import STAFF_ROOM
from ..i18n import Catalogue
from ..matrix.render import render
from ..storage import outbox
from ..storage.database import Database
from ..storage.whereabouts import room_with_role

Tell = Callable[[ClassId, str, str, Mapping[str, object]], None]
"""(class, key of the effect, text key, values): say a text in the class's staff room. Called in the database's thread within a
transaction; the same effect is said once."""


def staff_room_teller(config: Config, database: Database, texts: Catalogue) -> Tell:
    """A `Tell` that writes to the outbox; whoever sends has to be woken."""
    languages = {klass.id: klass.language for klass in config.classes}

    def tell(class_id: ClassId, key: str, text_key: str, values: Mapping[str, object]) -> None:
        room_id = room_with_role(database, class_id, STAFF_ROOM)
        if room_id is None:
            return
        text = texts.text(text_key, languages.get(class_id, "ru"), **values)
        kind, content = render(Content.line(text))
        outbox.add(database, [outbox.Effect(key, "send", room_id, kind, content, class_id=class_id)], time.time())

    return tell
