"""`audit`: who is in the rooms and who should be, in the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from ..config import Config
from ..domain.audit import Findings
from ..provisioning.audit import Audits
from ..school import open_school, sign_in
from .output import console, table
from .words import Words, words


async def show_audit(config: Config, *, class_id: str | None) -> int:
    """Print a table for each class. Tells and changes nothing.

    Args:
        config: the school.
        class_id: one class; None for all.

    Returns:
        How many things are not as they should be.

    Raises:
        ConfigError: there is no such class.
        ClassroomError: the homeserver or the database cannot be used.
    """
    classes = [config.klass(class_id)] if class_id is not None else config.classes
    say, out = words(), console()
    problems = 0
    async with open_school(config) as school:
        await sign_in(school)
        audits = Audits(config, school.database, school.provisioner, school.roster_of, school.texts)
        for klass in classes:
            findings = (await audits.look(klass, in_flight=4)).findings
            problems += findings.problems
            rows = list(_rows(findings, say))
            if rows:
                out.print(table(klass.name, (say("audit-what"), say("audit-who"), say("audit-where")), rows))
            counts = {name: len(getattr(findings, name)) for name in ("strangers", "missing", "waiting")}
            out.print(f"{klass.name}: {say('audit-summary', expected=findings.expected, **counts)}")
    return problems


def _rows(findings: Findings, say: Words) -> Iterator[tuple[str, str, str]]:
    for one in findings.strangers:
        yield say("audit-kind-stranger"), f"{one.name} {one.user_id}".strip(), ", ".join(one.rooms)
    for imitation in findings.imitations:
        key = "audit-imitation" if imitation.taken_for else "audit-imitation-title"
        who = imitation.name or imitation.user_id
        yield say("audit-kind-name"), say(key, person=who, shown=imitation.shown, staff=imitation.taken_for), ""
    for kind, names in (
        ("audit-kind-missing", findings.missing),
        ("audit-kind-waiting", findings.waiting),
        ("audit-kind-without-account", findings.without_account),
    ):
        for name in names:
            yield say(kind), name, ""
    for room in findings.unseen:
        yield say("audit-kind-unseen"), "", room
