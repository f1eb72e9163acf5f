"""Reactions: a hand on the card, a number on a list, yes or no to an offer or a new time."""

from __future__ import annotations

from classroom_matrix.api import Context, Subject, on
from classroom_matrix.domain.facts import ReactionAdded

from . import asked_store, store
from .acts import NO, YES, Act, act_of_guardian
from .booking import LIST, cancel, confirm, send_list
from .cards import HAND, slots_card
from .desk import accept
from .domain import Via
from .meanings import MOVED
from .waiting import OFFER, decline
from .words import number_of

_HANDS = frozenset({HAND, "🙋", "🖐️", "🤚", "✍️", "📝"})
_YES = frozenset({YES, "👍", "👌", "✔️", "☑️"})
_NO = frozenset({NO, "👎", "✖️", "🚫"})
_LIST_EVERY = 60_000
"""Milliseconds in which a household gets the list once, however often its adults tap."""


@on(ReactionAdded)
def count_tap(ctx: Context, reaction: ReactionAdded) -> None:
    subject = ctx.subject(reaction.target)
    if subject is None or subject.kind not in (slots_card.name, LIST, OFFER, MOVED, "booking"):
        return
    act = act_of_guardian(ctx, Via.REACTION)
    if act is None or asked_store.is_struck(reaction.event_id):
        return
    key = _plain(reaction.key)
    number = number_of(reaction.key)
    if number is not None and subject.kind in (slots_card.name, LIST):
        _tap_number(ctx, act, subject, number)
    elif key in _HANDS and subject.kind in (slots_card.name, LIST):
        listed = asked_store.listed_at(ctx.klass.id, act.household.id)
        if listed is None or act.at - listed > _LIST_EVERY:
            send_list(ctx, act)
    elif key in _YES | _NO:
        _tap_answer(ctx, act, subject, yes=key in _YES)


def _plain(key: str) -> str:
    """A button without its skin tone; the sign behind it that asks for colour may be missing."""
    bare = "".join(letter for letter in key.strip() if not "\U0001f3fb" <= letter <= "\U0001f3ff")
    return next((each for each in _HANDS | _YES | _NO if each.strip("\ufe0f") == bare.strip("\ufe0f")), bare)


def _tap_number(ctx: Context, act: Act, subject: Subject, number: int) -> None:
    if subject.kind == LIST:
        epoch = int(subject.id) if subject.id.isdecimal() else 0
    else:
        board = store.board(ctx.klass.id, int(subject.id))
        epoch = board.round.epoch if board else 0
    found = store.slot_by_number(ctx.klass.id, epoch, number)
    if found is None or found[0].ends() <= act.at:
        send_list(ctx, act)
    else:
        accept(ctx, act, found[1].id, offered=False)


def _tap_answer(ctx: Context, act: Act, subject: Subject, *, yes: bool) -> None:
    if subject.kind == OFFER:
        waiting_id = int(subject.id)
        slot = _offered(ctx, waiting_id)
        if yes and slot is not None:
            accept(ctx, act, slot, offered=True)
        else:
            decline(ctx, act, waiting_id)
    elif subject.kind == MOVED and yes:
        confirm(ctx, act, int(subject.id))
    elif subject.kind in (MOVED, "booking") and not yes:
        cancel(ctx, act, int(subject.id))


def _offered(ctx: Context, waiting_id: int) -> int | None:
    boards = store.standing(ctx.klass.id, ctx.occurred)
    return next((offer.slot for board in boards for offer in board.offers.values() if offer.waiting == waiting_id), None)
