"""Which column of a class list holds what, from its heading in Russian or English. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum

from ..errors import ConfigError
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
    GRANDMOTHER = "grandmother"
    GRANDMOTHER_PHONE = "grandmother phone"
    GRANDFATHER = "grandfather"
    GRANDFATHER_PHONE = "grandfather phone"
    RELATIVES = "relatives"  # several people in one cell
    RELATIVES_PHONE = "relatives phone"
    PHOTO = "photo"  # one consent for pictures, not said for what
    PHOTO_ALBUM = "photo album"
    PHOTO_DOWNLOAD = "photo download"
    PHOTO_PUBLICATION = "photo publication"
    PHOTO_PUBLIC = "photo public"
    CLASS = "class"  # where the list is of more than one
    LIVES = "lives"
    LANGUAGE = "language"
    NOTE = "note"
    IGNORED = "ignore"  # for `roster_columns`: known, and not wanted


_PHONE = r"(тел(ефон|\.)?|моб(ильный|\.)?|phone|mobile|cell)"
_MAIL = r"(e-?mail|эл(ектронная|\.)? ?(почта|адрес)|почта|mail)"
_MOTHER = r"(мат(ь|ери)|мам[аы]|mother('s)?|mom('s)?)"
_FATHER = r"(от(ец|ца)|пап[аы]|father('s)?|dad('s)?)"
_GUARDIAN = (
    r"(опекун[а]?|законн(ый|ого) представител[ья]|родител[ья]( \(законн(ый|ого) представител[ья]\))?"
    r"|guardian('s)?|parent('s)?)"
)
_GRANDMOTHER = r"(бабушк[аи]|grandmother('s)?|grandma('s)?)"
_GRANDFATHER = r"(дедушк[аи]|деда?|grandfather('s)?|grandpa('s)?)"
_RELATIVES = r"((другие |иные |остальные )?родственник(и|а|ов)?|(other )?relatives?('s?)?)"
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
_NO_MAIL = None
_ADULTS: Sequence[tuple[str, Column, Column, Column | None]] = (
    (_MOTHER, Column.MOTHER, Column.MOTHER_PHONE, Column.MOTHER_MAIL),
    (_FATHER, Column.FATHER, Column.FATHER_PHONE, Column.FATHER_MAIL),
    (_GUARDIAN, Column.GUARDIAN, Column.GUARDIAN_PHONE, Column.GUARDIAN_MAIL),
    (_GRANDMOTHER, Column.GRANDMOTHER, Column.GRANDMOTHER_PHONE, _NO_MAIL),
    (_GRANDFATHER, Column.GRANDFATHER, Column.GRANDFATHER_PHONE, _NO_MAIL),
    (_RELATIVES, Column.RELATIVES, Column.RELATIVES_PHONE, _NO_MAIL),
)
_PICTURES = r"(?=.*(фото|съемк|снимк|photo|picture))"
_LAST: Sequence[tuple[Column, str]] = (
    (Column.CLASS, r"класс( обучения)?|класс/группа|class|grade|form"),
    (Column.PHOTO_PUBLIC, rf"{_PICTURES}.*(сайт|интернет|соц|открыт|web|internet|online|social|public$|public[ ,:(]).*"),
    (Column.PHOTO_ALBUM, rf"{_PICTURES}.*(альбом|album).*"),
    (Column.PHOTO_DOWNLOAD, rf"{_PICTURES}.*(скачив|download).*"),
    (Column.PHOTO_PUBLICATION, rf"{_PICTURES}.*(публикац|газет|publication|publish|newspaper).*"),
    (
        Column.PHOTO,
        (
            r"(согласие( родителей)? на |согласие:? )?"
            r"(фото|фотосъемк[ау]|фото-? ?(и|/|,)? ?видео-?(съемк[ау])?|фотографирование)( ребенка)?( \(да/нет\))?"
            r"|(consent (to|for) )?(photos?|pictures|photographs)( consent| permission)?( \(yes/no\))?"
        ),
    ),
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
        ]
        if mail is not None:
            patterns.append((mail, rf"{_MAIL},? {who}|{who},? {_MAIL}"))
    return [(column, re.compile(pattern)) for column, pattern in (*patterns, *_LAST)]


_COMPILED = _compiled()
_LONGEST = 100  # characters of a heading


def column_of(heading: str) -> Column | None:
    """What stands under `heading`, if it is known."""
    text = heading_key(heading)
    if len(text) > _LONGEST:
        return None
    return next((column for column, pattern in _COMPILED if pattern.fullmatch(text)), None)


def own_columns(columns: Mapping[str, str]) -> Mapping[str, Column]:
    """`roster_columns` of config.yaml, by the heading as it is compared.

    Raises:
        ConfigError: a value names no column.
    """
    known = {column.value: column for column in Column}
    own: dict[str, Column] = {}
    for heading, value in columns.items():
        column = known.get(" ".join(value.replace("_", " ").split()).casefold())
        if column is None:
            problem = f'"{value}" is no column; expected one of: {", ".join(known)}'
            raise ConfigError(f"roster_columns.{heading}", problem)
        own[heading_key(heading)] = column
    return own


def heading_key(heading: str) -> str:
    """What two writings of a heading have in common."""
    return folded(heading).strip(" :.*")


def recognise(cells: Sequence[str], own: Mapping[str, Column]) -> Mapping[Column, int] | None:
    """Column → its place, if `cells` are a heading row: one that says where the pupils' names stand.

    A heading that comes twice counts where it comes first; one of `own`, see `own_columns`, comes before what is recognised.
    """
    places: dict[Column, int] = {}
    for place, heading in enumerate(cells):
        column = own.get(heading_key(heading))
        if column is not None:
            places.setdefault(column, place)
    taken = set(places.values())
    for place, heading in enumerate(cells):
        column = column_of(heading) if place not in taken and heading_key(heading) not in own else None
        if column is not None:
            places.setdefault(column, place)
    places.pop(Column.IGNORED, None)
    named = Column.PUPIL in places or {Column.SURNAME, Column.GIVEN} <= places.keys()
    return places if named and len(places) >= 3 else None


def lacking(cells: Sequence[str]) -> str | None:
    """What a row of headings lacks for being one that says where the pupils' names stand; None where it is no such row."""
    found = {column for cell in cells if (column := column_of(cell)) is not None}
    if len(found) < 2 or Column.PUPIL in found or {Column.SURNAME, Column.GIVEN} <= found:
        return None
    missing = [name for column, name in ((Column.SURNAME, "“Фамилия”"), (Column.GIVEN, "“Имя”")) if column not in found]
    return " and ".join(missing) + ("" if len(missing) == 1 else ", or one for the whole name (“ФИО”)")
