"""What is no longer to be answered or changed, and yet is: a "yes" that comes late, an edit, a deletion. One line each."""

from __future__ import annotations

from collections.abc import Sequence

from classroom_matrix.api import Context, Meaning, Subject, View, on
from classroom_matrix.domain.facts import EventRedacted, MessageSent
from classroom_matrix.domain.people import Person, Role

from . import proposals, store, swapping
from .asking import store as asking_store
from .domain import DAY, OFFER, Offer, OfferState, SwapState
from .lookup import duties_named
from .naming import called
from .opening import may_open
from .orders import undo_order
from .saying import Said, understood
from .slips import words_of
from .taking import PRIVATE, free_places, redacted
from .wording import fold

ANSWERED_LATE = DAY
"""So long after the end of a question a bare "yes" may still be meant for it."""
_MARKS = ("!", "！")
_ENDED = (OfferState.SILENT, OfferState.LAPSED, OfferState.WITHDRAWN)


def late_answers(view: View, person: Person, at: int) -> Sequence[Meaning]:
    """What a bare "yes" could be meant for that is over. A place that is free yet is taken only when they say so again."""
    family = person.family_id
    assert family is not None
    found = []
    for offer in asking_store.offers_to(family):
        duty = store.duty(view.klass.id, offer.duty) if _has_ended(offer, at) else None
        if duty is not None and store.hold_of(duty, family) is None:
            label = view.text("duties-label-offer-yes", duty=called(view, duty))
            free = duty.is_open and not duty.is_past(at) and free_places(view, duty) > 0
            found.append(Meaning(Subject(OFFER, str(offer.id)), "yes", label, sure=not free))
    for swap in asking_store.swaps_of(view.klass.id, family):
        is_over = swap.state in (SwapState.EXPIRED, SwapState.VOID) or (swap.state is SwapState.ASKED and at >= swap.expires_at)
        gives = store.duty(view.klass.id, swap.gets if swap.asker == family else swap.gives)
        if (
            swap.other != family
            or not is_over
            or gives is None
            or not 0 <= at - swap.asked_at <= _longest(swap.expires_at, swap.asked_at)
        ):
            continue
        if swapping.may_answer(view, swap, person.household_id):
            label = view.text("duties-label-swap-yes", duty=called(view, gives))
            found.append(Meaning(Subject(swapping.SWAP, str(swap.id)), "yes", label))
    return found[-1:]


def _has_ended(offer: Offer, at: int) -> bool:
    if offer.asked_at is None or offer.expires_at is None:
        return False
    is_over = offer.state in _ENDED or (offer.state is OfferState.SENT and at >= offer.expires_at)
    return is_over and 0 <= at - offer.asked_at <= _longest(offer.expires_at, offer.asked_at)


def _longest(expires_at: int, asked_at: int) -> int:
    return expires_at - asked_at + ANSWERED_LATE


@on(EventRedacted)
def take_back(ctx: Context, redaction: EventRedacted) -> None:
    """A reaction, or a message in the desk, with which a place was taken. What is deleted in the desk gets one line."""
    for struck in redacted(ctx, redaction.target, redaction.at):
        if struck.freed:
            proposals.look_for_next(ctx, struck.duty, struck.family)
        if ctx.room.role in PRIVATE:
            ctx.reply(struck.said, duty=called(ctx, struck.duty, ctx.language))
    undo_order(ctx, redaction.target)


@on(MessageSent)
def answer_edit(ctx: Context, message: MessageSent) -> None:
    """A message with which a place was taken says something else now, or a command does: it counts as it was, and they are told
    how to go on.
    """
    person = ctx.person
    if message.replaces is None or message.kind != "text" or person is None:
        return
    is_private = ctx.room.role in PRIVATE
    if asking_store.order_of(ctx.klass.id, message.replaces) is not None:
        if not _is_same(ctx, message):
            ctx.reply_privately("duties-order-edited")
    elif (may_open(ctx) or is_private) and _is_command(ctx, _body(message)):
        ctx.reply_privately("duties-command-edited")
    elif person.role is Role.GUARDIAN and is_private:
        _answer_guardian(ctx, person, message)


def _body(message: MessageSent) -> str:
    return message.body.removeprefix("* ").strip()


def _is_same(ctx: Context, edit: MessageSent) -> bool:
    """Whether nothing was changed but case and marks."""
    before = ctx.message_of(edit.replaces) if edit.replaces is not None else None
    return before is not None and fold(before.body) == fold(_body(edit))


def _is_command(ctx: Context, body: str) -> bool:
    """Whether it begins with the name of a command of this plugin, in whatever language."""
    words = body[1:].split()
    return body[:1] in _MARKS and bool(words) and fold(words[0]) in words_of(ctx, "duties-words-own-commands")


def _answer_guardian(ctx: Context, person: Person, message: MessageSent) -> None:
    assert message.replaces is not None
    said, what = understood(_body(message))
    for duty_id, family in store.claims_in(message.replaces):
        duty = store.duty(ctx.klass.id, duty_id) if family == person.family_id else None
        if duty is None:
            continue
        same = said in (Said.TAKE, Said.NAMED) and duties_named(ctx, what, [duty])
        if not same and said not in (Said.YES, Said.ANY):
            ctx.reply("duties-edited", duty=called(ctx, duty, ctx.language))
