"""Everybody of a class that ``config.yaml`` describes: its staff, the class list it names, and lists that are given later.

All functions run in the database's thread.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from contextlib import suppress

from ..config import ClassConfig
from ..domain.ids import ClassId
from ..errors import ConfigError
from ..storage import archive, consents, drift, installation, people, register
from ..storage.database import Database
from .difference import Difference, State, compare
from .family_import import Outcome
from .importer import import_families, import_file
from .office_export import Expected
from .pupils import follow_pupils
from .question import Question
from .reading import ClassList, read_file, read_roster
from .staff import import_staff


def import_class(database: Database, klass: ClassConfig, columns: Mapping[str, str] | None = None) -> Outcome:
    """Bring the tables up to date with the class's list and staff, whatever they say. Safe to repeat.

    Raises:
        ConfigError: the list cannot be read or is no class list, or the staff cannot be what they are said to be.
    """
    with database.transaction():
        outcome = Outcome()
        if klass.roster is not None:
            outcome = import_file(database, klass.id, klass.roster, expected_of(klass, columns))
            _note_seen(database, klass)
        outcome.changes += follow_pupils(database, klass.id, accounts=klass.pupil_accounts)
        outcome.changes += import_staff(database, klass)
    return outcome


def follow_class(
    database: Database, klass: ClassConfig, columns: Mapping[str, str] | None = None, *, again: bool = False
) -> Sequence[Question]:
    """Follow the staff; take the list over if the class has nobody yet. A later change of the list is only told.

    Args:
        columns: `roster_columns` of config.yaml.
        again: read the list for what is unclear in it, changed or not.

    Raises:
        ConfigError: the staff cannot be what they are said to be, or the list cannot be read; the staff is followed then.
    """
    with database.transaction():
        import_staff(database, klass)
        follow_pupils(database, klass.id, accounts=klass.pupil_accounts)
    if klass.roster is None or archive.is_archived(database, klass.id):
        return ()
    seen = installation.get(database, _name(klass.id))
    if seen is None and not register.has_pupils(database, klass.id):
        old = klass.continues
        if old and register.has_pupils(database, old) and not archive.is_archived(database, old):
            return [Question(0, "roster-list-waits", {"old": old, "new": klass.id})]
        return import_class(database, klass, columns).questions
    changed = seen != _fingerprint(klass)
    questions = list(read_roster(klass.roster, expected_of(klass, columns)).questions) if again else []
    return [*questions, Question(0, "roster-list-changed", {"file": str(klass.roster)})] if changed else questions


def expected_of(klass: ClassConfig, columns: Mapping[str, str] | None) -> Expected:
    return Expected(klass.name, columns or {})


class _Undone(Exception):
    """Ends a rehearsal."""


def rehearse_import(database: Database, klass: ClassConfig, class_list: ClassList, now: float) -> Difference:
    """What `carry_out_import` would do: it is done, and undone. `now`: UTC seconds."""
    found: list[Difference] = []
    with suppress(_Undone), database.transaction():
        found.append(carry_out_import(database, klass, class_list, now))
        raise _Undone
    return found[0]


def carry_out_import(
    database: Database, klass: ClassConfig, class_list: ClassList, now: float, agreed: Difference | None = None
) -> Difference:
    """Import a list, all of it or nothing; a running service follows.

    Args:
        now: UTC seconds.
        agreed: what somebody has agreed to; nothing is written if it would be something else by now.

    Raises:
        ConfigError: the class's year is over, or the class has changed since `agreed`.
    """
    if archive.is_archived(database, klass.id):
        raise ConfigError(f"classes[{klass.id}]", "its year is over; import the list into the class that goes on")
    with database.transaction():
        before = _state(database, klass.id)
        outcome = import_families(database, klass.id, class_list.families, now=now)
        outcome.changes += follow_pupils(database, klass.id, accounts=klass.pupil_accounts)
        _note_seen(database, klass)
        if outcome.changed:
            drift.mark(database, klass.id, None, now)
        found = compare(before, _state(database, klass.id), outcome, class_list.questions)
        _refuse_another(klass, found, agreed)
        return found


def _refuse_another(klass: ClassConfig, found: Difference, agreed: Difference | None) -> None:
    if agreed is not None and found.entries != agreed.entries:
        raise ConfigError(f"classes[{klass.id}]", "has changed in the meantime; nothing was imported, look again")


def _state(database: Database, class_id: ClassId) -> State:
    return State(people.load_roster(database, class_id), consents.of_class(database, class_id))


def _note_seen(database: Database, klass: ClassConfig) -> None:
    """From here on only a change of the list that config.yaml names is worth a word."""
    seen = _fingerprint(klass)
    if seen and installation.get(database, _name(klass.id)) != seen:
        installation.put(database, _name(klass.id), seen)


def _name(class_id: ClassId) -> str:
    return f"roster {class_id}"


def _fingerprint(klass: ClassConfig) -> str:
    """Of the list's content; empty where there is none."""
    if klass.roster is None:
        return ""
    try:
        return hashlib.blake2b(read_file(klass.roster), digest_size=16).hexdigest()
    except ConfigError:
        return ""
