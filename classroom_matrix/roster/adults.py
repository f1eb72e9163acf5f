"""Adults of a pupil's line: parents and guardians each in their columns, relatives perhaps several in one cell. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from .headings import Column
from .names import phone_digits
from .question import Question

MOST_LETTERS = 120
"""Of a name; longer is none."""


class Relation(StrEnum):
    MOTHER = "mother"
    FATHER = "father"
    GUARDIAN = "guardian"
    RELATIVE = "relative"


@dataclass(frozen=True, slots=True)
class Adult:
    """As written in the list; `name` is not empty, the others may be."""

    relation: Relation
    name: str
    phone: str
    mail: str


_ADULT_COLUMNS = (
    (Relation.MOTHER, Column.MOTHER, Column.MOTHER_PHONE, Column.MOTHER_MAIL),
    (Relation.FATHER, Column.FATHER, Column.FATHER_PHONE, Column.FATHER_MAIL),
    (Relation.GUARDIAN, Column.GUARDIAN, Column.GUARDIAN_PHONE, Column.GUARDIAN_MAIL),
)
_RELATIVE_COLUMNS = (
    (Column.GRANDMOTHER, Column.GRANDMOTHER_PHONE),
    (Column.GRANDFATHER, Column.GRANDFATHER_PHONE),
    (Column.RELATIVES, Column.RELATIVES_PHONE),
)
_SHORTENED = re.compile(r"\d([.,]\d+)?E\+?\d+", re.IGNORECASE)
_PHONE = re.compile(r"\+?\d[\d\s()\-]{5,}\d")
_KINSHIP = re.compile(
    r"\b(бабушк\w*|дедушк\w*|дед|т[её]т[яи]|дяд[яи]|прабабушк\w*|брат|сестра|няня|grandmother|grandfather|grandma|grandpa|aunt|uncle)\b",
    re.IGNORECASE,
)


def adults_of(row: int, found: Mapping[Column, str], questions: list[Question]) -> Iterator[Adult]:
    """Mother, father, guardian, as far as the row names them."""
    for relation, name, phone, mail in _ADULT_COLUMNS:
        number = _phone(row, found.get(phone, ""), questions)
        adult = Adult(relation, found.get(name, ""), number, found.get(mail, ""))
        if len(adult.name) > MOST_LETTERS:
            questions.append(Question(row, "roster-name-long"))
        elif any(char.isalpha() for char in adult.name):
            yield adult
        elif adult.phone or adult.mail:
            questions.append(Question(row, f"roster-no-name-{relation}"))


def relatives_of(row: int, found: Mapping[Column, str], questions: list[Question]) -> Iterator[Adult]:
    """Grandparents and others: "Иванова Анна Петровна (бабушка) +7 999 …; …"."""
    for column, phone_column in _RELATIVE_COLUMNS:
        beside = _phone(row, found.get(phone_column, ""), questions)
        parts = [part for part in re.split(r"[;,/]", found.get(column, "")) if part.strip(" -–—.")]
        if not parts and beside:
            questions.append(Question(row, "roster-no-name-relative"))
        for part in parts:
            phone = _PHONE.search(part)
            name = " ".join(_KINSHIP.sub(" ", re.sub(r"\([^)]*\)", " ", _PHONE.sub(" ", part))).strip(" -–—:.()").split())
            if any(char.isalpha() for char in name) and len(name) <= MOST_LETTERS:
                yield Adult(Relation.RELATIVE, name, phone[0] if phone else beside if len(parts) == 1 else "", "")
            else:
                questions.append(Question(row, "roster-relative-unclear"))


def shared_contacts(adults: Sequence[tuple[int, str, Adult]]) -> Iterator[Question]:
    """Two people with one phone or one e-mail: perhaps one person written in two ways, so somebody has to look.

    Args:
        adults: (row, name as it is compared, the adult).
    """
    first: dict[tuple[str, str], tuple[int, str]] = {}
    asked: set[tuple[int, int, str]] = set()
    for row, name, adult in adults:
        for kind, contact in (("phone", phone_digits(adult.phone)), ("mail", adult.mail.casefold().strip())):
            if not contact or (kind == "mail" and "@" not in contact):
                continue
            other_row, other_name = first.setdefault((kind, contact), (row, name))
            if other_name != name and (row, other_row, kind) not in asked:
                asked.add((row, other_row, kind))
                yield Question(row, f"roster-one-{kind}", {"other": str(other_row)})


def _phone(row: int, cell: str, questions: list[Question]) -> str:
    if _SHORTENED.fullmatch(cell):
        questions.append(Question(row, "roster-phone-shortened"))
        return ""
    return cell
