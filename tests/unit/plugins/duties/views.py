"""The view that agendas, calendars and exports are given."""

from __future__ import annotations

from classroom_matrix.runtime.batch import Batch
from classroom_matrix.runtime.view import ClassView
from classroom_matrix.testing.conversation import CLASS, Conversation


def view_of(talk: Conversation, language: str | None = None) -> ClassView:
    loaded = talk.registry.plugins["duties"]
    return ClassView(Batch(talk.database, talk.registry, talk.clock.seconds()), loaded, CLASS, language)
