"""Which column of a class list holds what, from its heading in Russian or English. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum

from .names import folded


class Column(StrEnum):
    NUMBER = "number"
    SURNAME = "surname"
    GIVEN = "given"
    PATRONYMIC = "patronymic"
    PUPIL = "pupil"  # the whole name in one cell
    BORN = "born"
    MOTHER = "mother"
    MOTHER_PHONE = "mother phone"
    MOTHER_MAIL = "mother mail"
    FATHER = "father"
    FATHER_PHONE = "father phone"
    FATHER_MAIL = "father mail"
    GUARDIAN = "guardian"
    GUARDIAN_PHONE = "guardian phone"
    GUARDIAN_MAIL = "guardian mail"
    LIVES = "lives"
    LANGUAGE = "language"
    NOTE = "note"


_PHONE = r"(тел(ефон|\.)?|моб(ильный|\.)?|phone|mobile|cell)"
_MAIL = r"(e-?mail|эл(ектронная|\.)? ?(почта|адрес)|почта|mail)"
_MOTHER = r"(мат(ь|ери)|мам[аы]|mother('s)?|mom('s)?)"
_FATHER = r"(от(ец|ца)|пап[аы]|father('s)?|dad('s)?)"
_GUARDIAN = r"(опекун[а]?|законн(ый|ого) представител[ья]|guardian('s)?)"
_CHILD = (
    r"(уч(еника?|ащегося|ащийся|-ся)|обучающ(ийся|егося)|реб[её]н(ок|ка)|воспитанника?"
    r"|pupil('s)?|child('s)?|student('s)?)"
)
_FIO = r"(фио|ф\. ?и\. ?о\.?|имя|name|full name)"

_PATTERNS: Sequence[tuple[Column, str]] = (
    (Column.NUMBER, r"(№|n|no\.?|номер|#)( ?п/п)?|п/п"),
    (Column.SURNAME, rf"фамилия( {_CHILD})?|({_CHILD} )?(surname|last name|family name)"),
    (Column.GIVEN, rf"имя( {_CHILD})?|({_CHILD} )?(given name|first name)"),
    (Column.PATRONYMIC, rf"отчество( {_CHILD})?( \(при наличии\))?|patronymic|middle name"),
    (Column.PUPIL, rf"(фио|ф\. ?и\. ?о\.?|фамилия,? имя,? отчество)( {_CHILD})?|{_CHILD}( name| \(фио\))?|full name|name"),
    (Column.BORN, r"дата рожд(ения|\.)|д\. ?р\.?|год рождения|(birth ?date|date of birth|born|birthday)"),
)
_ADULTS = (
    (_MOTHER, Column.MOTHER, Column.MOTHER_PHONE, Column.MOTHER_MAIL),
    (_FATHER, Column.FATHER, Column.FATHER_PHONE, Column.FATHER_MAIL),
    (_GUARDIAN, Column.GUARDIAN, Column.GUARDIAN_PHONE, Column.GUARDIAN_MAIL),
)
_LAST: Sequence[tuple[Column, str]] = (
    (Column.LIVES, r"прожива(ет|ние)( с( кем)?)?|с кем живет|lives( with)?|residence"),
    (Column.LANGUAGE, r"(язык( семьи| общения)?|родной язык|(family |home )?language)"),
    (Column.NOTE, r"примечани[ея]|заметки|комментари[ий]|прим\.|notes?|remarks?|comments?"),
)


def _compiled() -> list[tuple[Column, re.Pattern[str]]]:
    patterns = list(_PATTERNS)
    for who, name, phone, mail in _ADULTS:
        patterns += [
            (name, rf"{who}( \({_FIO}\)|,? {_FIO})?|{_FIO} {who}"),
            (phone, rf"{_PHONE},? {who}|{who},? {_PHONE}"),
            (mail, rf"{_MAIL},? {who}|{who},? {_MAIL}"),
        ]
    return [(column, re.compile(pattern)) for column, pattern in (*patterns, *_LAST)]


_COMPILED = _compiled()


def column_of(heading: str) -> Column | None:
    """What stands under `heading`, if it is known."""
    text = folded(heading).strip(" :.")
    return next((column for column, pattern in _COMPILED if pattern.fullmatch(text)), None)


def recognise(cells: Sequence[str]) -> Mapping[Column, int] | None:
    """Column → its place, if `cells` are a heading row: one that says where the pupils' names stand.

    A heading that comes twice counts where it comes first.
    """
    places: dict[Column, int] = {}
    for place, heading in enumerate(cells):
        column = column_of(heading)
        if column is not None:
            places.setdefault(column, place)
    named = Column.PUPIL in places or {Column.SURNAME, Column.GIVEN} <= places.keys()
    return places if named and len(places) >= 3 else None
