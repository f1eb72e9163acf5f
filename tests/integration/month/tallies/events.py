"""The event: who comes, and who does what."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ..history import Event, History
from . import Given, Roll, commands, last_of_each, words

TITLE = "Осенний поход"
ROLES = {"чай": 2, "костёр": 2, "фото": 1, "игры": 2, "аптечка": 1, "сбор": 1}
_WORDS = {
    f"{TITLE}: придём, 2 взрослых": "yes",
    f"{TITLE}: придём": "yes",
    f"{TITLE}: не придём": "no",
    "да": "yes",
    "нет": "no",
}
_KEYS = {"✅": "yes", "❔": "maybe", "❌": "no"}
_KEYCAP = re.compile("(\\d)\N{VARIATION SELECTOR-16}?\N{COMBINING ENCLOSING KEYCAP}")


def coming(history: History, roll: Roll) -> Mapping[str, frozenset[str]]:
    """Answer → families, by the last thing that each of them said."""
    said = last_of_each(list(_answers(history, roll)))
    found = {answer: frozenset(family for family, each in said.items() if each == answer) for answer in ("yes", "maybe", "no")}
    return {**found, "silent": frozenset(set(roll.families) - set(said))}


def _answers(history: History, roll: Roll) -> Iterator[Given]:
    card = next(event for event in history.messages_of_bot("events") if event.body.startswith(f"{TITLE} · событие"))
    letters = {event.id for event in history.of_bot() if event.desk and TITLE in event.body}
    for order, event in enumerate(history.rooms["events"]):
        taps = event.type == "m.reaction" and event.target == card.id and event.sender in roll.family_of
        if taps and history.stands(event):
            yield Given(event.at, order, roll.family_of[event.sender], _KEYS[str(event.relation["key"])])
    for event in words(history, roll):
        if event.body in _WORDS and (event.body.startswith(TITLE) or event.reply_to in letters):
            yield Given(event.at, 0, roll.family_of[event.sender], _WORDS[event.body])
    for event, said in commands(history, roll, "staff", re.compile(r"!придут (?P<family>\w+) 1 взрослый")):
        yield Given(event.at, 0, said["family"], "yes")


def coming_shown(history: History, roll: Roll) -> Mapping[str, frozenset[str]]:
    """The same as the teacher is told."""
    asked, _ = next(commands(history, roll, "staff", re.compile(r"!событие кто 1")))
    answer = next(each for each in history.messages_of_bot("staff") if each.reply_to == asked.id)
    titles = {"Придут": "yes", "Может быть": "maybe", "Не придут": "no", "Не ответили": "silent"}
    found: dict[str, set[str]] = {answer: set() for answer in titles.values()}
    current = ""
    for line in answer.body.split("\n"):
        title = re.match(r"(Придут|Может быть|Не придут|Не ответили): \d+", line)
        if title:
            current = titles[title[1]]
        elif current and (family := roll.family_in(line)):
            found[current].add(family)
    return {answer: frozenset(families) for answer, families in found.items()}


# ── Duties ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def duties(history: History, roll: Roll) -> Mapping[str, frozenset[str]]:
    """Role → families, in the order in which they took a place or agreed to one; who gave it back is not there."""
    held: dict[str, list[str]] = {role: [] for role in ROLES}
    for _, family, role in sorted(_claims(history, roll), key=lambda each: each[0].at):
        if family not in held[role] and len(held[role]) < ROLES[role]:
            held[role].append(family)
    return {role: frozenset(families) for role, families in held.items()}


def _claims(history: History, roll: Roll) -> Iterator[tuple[Event, str, str]]:
    """What was done, by which family, about which role; of what stands in the end."""
    roles = list(ROLES)
    card = next(event for event in history.messages_of_bot("events") if event.body.startswith(f"Дела: «{TITLE}»"))
    for event in history.rooms["events"]:
        family = roll.family_of.get(event.sender)
        if family is None:
            continue
        if event.type == "m.reaction" and event.target == card.id:  # what was taken back has lost its target
            key = _KEYCAP.fullmatch(str(event.relation["key"]))
            assert key
            yield event, family, roles[int(key[1]) - 1]
    for event in words(history, roll):
        said = re.fullmatch(r"возьмём (\w+)", event.body)
        if said:
            yield event, roll.family_of[event.sender], said[1]
    for room, events in history.rooms.items():
        offers = {
            str(event.id): found[1]
            for event in events
            if event.sender == history.bot and (found := re.match(r"Сможете помочь\? «(\w+)»", event.body))
        }
        agreed = [e for e in events if e.type == "m.reaction" and e.target in offers and e.relation.get("key") == "✅"]
        for event in agreed:
            if room.startswith("desk ") and event.sender in roll.family_of:
                yield event, roll.family_of[event.sender], offers[event.target or ""]


def duties_shown(history: History, roll: Roll) -> Mapping[str, frozenset[str]]:
    """The same by the card: "1️⃣ чай — 2 из 2: Ирина Юдина, Татьяна Чернова."."""
    text = history.shown_by_bot("events", f"Дела: «{TITLE}»")
    lines = re.findall(r"(?m)^\S+ (\w+) — \d из \d(?:: (.+?))?\.", text)
    return {role: frozenset(roll.family_of_adult(name) for name in names.split(", ") if name) for role, names in lines}
