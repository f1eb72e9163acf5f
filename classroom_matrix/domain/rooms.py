"""The rooms every class has, before anything is configured."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

SPACE = "space"
STAFF_ROOM = "staff"
ANNOUNCEMENTS = "announcements"
DESK = "desk"
PRIVATE = "private"
"""The role of somebody's private chat with the service."""
RESERVED = frozenset({DESK, PRIVATE})
"""Roles that rooms of config.yaml cannot take: they are made for a household or a person."""


MEGOLM = "m.megolm.v1.aes-sha2"
ENCRYPTION = {"algorithm": MEGOLM}
"""Content of ``m.room.encryption``. Source: https://spec.matrix.org/latest/client-server-api/#mroomencryption"""


class Write(StrEnum):
    """Who may start a message in a room. Reacting, voting and taking back what is one's own is open to everybody."""

    STAFF = "staff"
    EVERYONE = "everyone"
    BOT = "bot"
    THREADS = "threads"  # like everyone: Matrix cannot tell a thread's messages from others by power


@dataclass(frozen=True, slots=True)
class RoomConfig:
    """A room as it is configured.

    `avatar`: an ``mxc://`` address or the absolute path of an image file; `encrypted`: whether it is to be, for good.
    """

    role: str
    name: str
    topic: str
    write: Write
    avatar: str | None = None
    encrypted: bool = False


@dataclass(frozen=True, slots=True)
class BuiltIn:
    """A room's defaults. `name` and `topic` by language; the space is named after the class."""

    role: str
    write: Write
    name: dict[str, str]
    topic: dict[str, str]

    def configured(self, language: str) -> RoomConfig:
        return RoomConfig(self.role, self.name[language], self.topic[language], self.write)


BUILT_IN: tuple[BuiltIn, ...] = (
    BuiltIn(
        SPACE,
        Write.BOT,
        {"ru": "", "en": ""},
        {"ru": "Закрытая группа класса", "en": "The class's closed group"},
    ),
    BuiltIn(
        "announcements",
        Write.STAFF,
        {"ru": "Объявления", "en": "Announcements"},
        {"ru": "Пишет учитель. Что нужно подтвердить, отмечайте реакцией", "en": "The teacher writes; confirm with a reaction"},
    ),
    BuiltIn(
        "homework",
        Write.THREADS,
        {"ru": "Домашние задания", "en": "Homework"},
        {"ru": "Задания по дням. Вопросы — в ветке под заданием", "en": "Tasks by day. Questions go into the task's thread"},
    ),
    BuiltIn(
        "events",
        Write.THREADS,
        {"ru": "События", "en": "Events"},
        {
            "ru": "Планы и дела класса. Обсуждение — в ветке под событием",
            "en": "Plans and duties. Talk goes into the event's thread",
        },
    ),
    BuiltIn(
        "albums",
        Write.BOT,
        {"ru": "Альбомы", "en": "Albums"},
        {"ru": "Фото, видео и работы учеников", "en": "Photos, videos and pupils' works"},
    ),
    BuiltIn(
        "meetings",
        Write.THREADS,
        {"ru": "Собрания", "en": "Meetings"},
        {
            "ru": "Родительские собрания. Ответы — в ветке под вопросом",
            "en": "Parent meetings. Answers go into the question's thread",
        },
    ),
    BuiltIn(
        "library",
        Write.STAFF,
        {"ru": "Библиотека", "en": "Library"},
        {"ru": "Учебные материалы, полезные ссылки, планы", "en": "Learning materials, useful links, plans"},
    ),
    BuiltIn(
        "publications",
        Write.THREADS,
        {"ru": "Публикации", "en": "Publications"},
        {
            "ru": "Классная газета и статьи. Отзывы — в ветке",
            "en": "The class newspaper and articles. Comments go into threads",
        },
    ),
    BuiltIn(
        "talk",
        Write.EVERYONE,
        {"ru": "Общение", "en": "Talk"},
        {"ru": "Для всего остального", "en": "For everything else"},
    ),
    BuiltIn(
        STAFF_ROOM,
        Write.EVERYONE,
        {"ru": "Учительская", "en": "Staff"},
        {"ru": "Только для сотрудников: отчёты и согласования", "en": "Staff only: reports and approvals"},
    ),
)

ROLES: dict[str, BuiltIn] = {room.role: room for room in BUILT_IN}
"""In the order in which clients list them."""

PUPIL_ROOMS = frozenset({"homework", "albums", "publications"})
"""The only rooms that a pupil's own account gets into. All guardians of the class belong there, so that no pupil is in a room
with one adult alone; the space, where a client would offer the others, is not among them."""

_DESK = {"ru": "личная", "en": "private"}
_ARCHIVE = {"ru": "архив", "en": "archive"}
_DESK_TOPIC = {
    "ru": "Только ваша семья и учитель. Видят только участники этой комнаты",
    "en": "Only your household and the teacher. Nobody else can read here",
}


def desk_config(language: str, pupils: str, home: str = "", *, encrypted: bool = False) -> RoomConfig:
    """The private room of a household. Its pupils come first: clients show little more than the beginning of a name.

    Args:
        pupils: their names.
        home: tells the households of a family apart; empty where there is one.
        encrypted: see `RoomConfig`.
    """
    name = " · ".join(part for part in (pupils, _DESK[language], home) if part)
    return RoomConfig(DESK, name, _DESK_TOPIC[language], Write.EVERYONE, encrypted=encrypted)


def archived_name(language: str, name: str) -> str:
    """What the room of a class whose year is over is called."""
    return f"{name} · {_ARCHIVE[language]}"
