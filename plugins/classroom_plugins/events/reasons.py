"""Why an event is cancelled, or the title of another one: "!событие отменить нет льда", "!событие отменить Музей"."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from enum import Enum

from classroom_matrix.api import Context
from classroom_matrix.domain.folding import fold
from classroom_matrix.errors import InvalidArgument, UserError

from . import store
from .domain import Event, short
from .reading import read_draft, without_title
from .speech import speech_of
from .spoken import words_of
from .words import has_stem, names_title, stems_of

_QUOTES = ("«", '"', "“", "„")
_LEADS = ":—–-"  # what stands before a reason
_MARKS = '«»"“”„.,:;!?()'
_STOPS = (",", ".", "!", "?", ":", ";", ")", "—", "–")  # what stands between a title and a reason
_OBJECTS = ("у", "ю")  # ends of what is called off: "ёлку"
_NO_NOUNS = (
    *(
        "й",
        "ая",
        "яя",
        "ое",
        "ее",
        "ые",
        "ие",
        "ня",
        "ра",
        "ять",
        "нь",
        "о",
    ),  # "сильный", "сегодня", "снова"
    *("ет", "ит", "ут", "ют", "ят", "ат", "ел", "ал", "ил", "ул", "ла", "ли", "ен", "ан", "на", "ны", "ся", "сь"),  # "объявили"
)
_PAIR = 2  # words
_LONG = 3  # letters of what may be a title
_FEW = 3  # words of a title; a longer text tells why
_LATEST = 30  # events whose titles are remembered


def refuse_other_title(ctx: Context, said: str, event: Event) -> None:
    """Let a reason pass. `event`: the only one that is open, which nothing but that says is meant.

    Raises:
        InvalidArgument: the text may be the title of something else, so that the wrong event would be called off.
    """
    is_announced = _announced(ctx, said) is not None
    if is_announced or (said and said[0] not in _LEADS and _may_be_title(ctx, said, event)):
        values = {"title": event.plan.title, "number": str(event.number), "text": short(said, 40)}
        raise InvalidArgument("events-cancel-which", **values)


def refuse_announcement(ctx: Context, said: str) -> None:
    """Let words behind "отмена" pass, unless they are the rest of a new event's title: "крепостного права в среду 12:00".

    Raises:
        InvalidArgument: they are; it is said how to open that, and how to cancel what is open.
    """
    if _announced(ctx, said) is not Announced.WITH_TIME:
        return
    event = next(iter(store.open_events(ctx.klass.id)), None)
    if event is None:
        raise InvalidArgument("events-new-in-quotes")
    raise InvalidArgument("events-cancel-or-open", title=event.plan.title, number=str(event.number))


def refuse_new_title(ctx: Context, said: str) -> None:
    """Let words of thanks pass, for an event that nothing but being alone says is meant.

    Raises:
        InvalidArgument: it is a new event's title with its date: "Спасибо, мама! Концерт 27 ноября 17:00".
    """
    if _announced(ctx, said):
        raise InvalidArgument("events-thanks-or-open", text=short(said, 40))


class Announced(Enum):
    """What looks like a title with a date behind it."""

    WITH_DAY = "day"
    WITH_TIME = "time"


def _announced(ctx: Context, said: str) -> Announced | None:
    """Whether it is a title with a date behind it, and nothing in that title is a reason."""
    try:
        draft = read_draft(said.lstrip(" :—–-,"), speech_of(ctx), titled=True)
    except UserError:
        return None  # a date that is past, or no announcement at all
    if "starts" not in draft.said or not draft.title:
        return None
    if _tells_why(_head(ctx, draft.title) or _words(draft.title), words_of(ctx, "events-words-reasons")):
        return None
    return Announced.WITH_TIME if draft.said["timed"] else Announced.WITH_DAY


def _may_be_title(ctx: Context, said: str, event: Event) -> bool:
    """Whether nothing in a text says that it is a reason. One message more is cheap, a wrong cancellation is not."""
    others = [each.plan.title for each in store.latest(ctx.klass.id, _LATEST) if each.id != event.id]
    if said.startswith(_QUOTES) or any(_begins_with(said, title) for title in others):
        return not names_title(said, event.plan.title)
    words = _words(said)
    reasons, fillers = words_of(ctx, "events-words-reasons"), set(words_of(ctx, "events-words-fillers"))
    head = _head(ctx, said)
    if head and len(head) <= _FEW and not _is_reason(head, reasons, fillers):
        return not names_title(" ".join(head), event.plan.title)  # "Бал, нет зала", "ёлка из-за карантина"
    folded = [fold(word) for word in words]
    if names_title(said, event.plan.title) or set(folded) <= fillers:
        return False
    if _is_called_off(folded, reasons, words_of(ctx, "events-words-causes")):
        return True
    if _tells_why(words, reasons):
        return False
    # "Поход в горы", "экскурсия в музей космонавтики"
    return len(folded) <= _FEW or folded[1] in words_of(ctx, "events-words-onto")


def _words(text: str) -> list[str]:
    return [word for each in text.split() if (word := each.strip(_MARKS))]


def _head(ctx: Context, text: str) -> list[str]:
    """What stands before a reason that is set apart: by a mark, or by a word like "из-за"; nothing where none is."""
    breaks = words_of(ctx, "events-words-because")
    head: list[str] = []
    said = text.split()
    for position, each in enumerate(said):
        word = each.strip(_MARKS)
        if (not word or fold(word) in breaks) and head and position + 1 < len(said):
            return head
        if word:
            head.append(word)
        if head and each.endswith(_STOPS) and position + 1 < len(said):
            return head
    return []


def _is_reason(words: Sequence[str], reasons: Sequence[str], fillers: Collection[str]) -> bool:
    return _tells_why(words, reasons) or {fold(word) for word in words} <= set(fillers)


def _is_called_off(words: Sequence[str], reasons: Sequence[str], causes: Sequence[str]) -> bool:
    """Two words that are a title and its reason: "ёлку карантин", "бал мороз"; "сильный мороз" and "зал закрыт" are not."""
    if len(words) < _PAIR or _is_one_of(words[0], reasons) or len(words[0]) < _LONG:
        return False
    if words[0].endswith(_OBJECTS) and _is_one_of(words[1], reasons):
        return True
    is_other = words[0].endswith(_NO_NOUNS) and len(words[0]) > _LONG
    return len(words) == _PAIR and _is_one_of(words[1], causes) and not is_other


def _is_one_of(word: str, listed: Sequence[str]) -> bool:
    return any(word.startswith(each[:-1]) if each.endswith("-") else word == each for each in listed)


def _tells_why(words: Sequence[str], reasons: Sequence[str]) -> bool:
    """`reasons`: whole words, and with a hyphen behind them beginnings of words. "Дед Мороз" is no reason, "мороз" is."""
    stems = tuple(each.removesuffix("-") for each in reasons if each.endswith("-"))
    return any(
        (position == 0 or not word[:1].isupper()) and (fold(word) in reasons or fold(word).startswith(stems))
        for position, word in enumerate(words)
    )


def _begins_with(text: str, title: str) -> bool:
    """Whether a text begins with a longer word of a title, in whatever case."""
    behind = without_title(text, title).split()
    front = text.split()[: len(text.split()) - len(behind)] if behind != text.split() else []
    return any(has_stem(fold(word.strip(_MARKS)), stems_of(title)) for word in front)
