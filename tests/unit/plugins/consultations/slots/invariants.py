"""What has to be true of a round, whatever was done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import pairwise

from classroom_matrix.domain.ids import HouseholdId
from classroom_matrix.runtime.view import ClassView
from classroom_matrix.testing.conversation import Conversation
from classroom_plugins.consultations import store
from classroom_plugins.consultations.domain import Board, Claimant
from classroom_plugins.consultations.people import claimants


def check(board: Board, at: int, known: Mapping[HouseholdId, Claimant]) -> None:
    """No slot twice, nobody over the limit, offers in the order of the list and only of what is nobody's."""
    given = Counter(slot for booking in board.bookings for slot in booking.slots)
    assert all(count == 1 for count in given.values()), given
    for booking in board.bookings:
        slots = [slot for slot in board.slots if slot.id in booking.slots]
        assert not any(slot.withdrawn for slot in slots)
        assert (booking.starts, booking.ends) == (slots[0].starts, slots[-1].ends)
        assert all(one.ends == other.starts for one, other in pairwise(slots))
    for claimant in known.values():
        held = sum(len(booking.slots) for booking in board.of(claimant))
        assert held <= board.round.per_pupil * len(claimant.pupils)
    standing = sorted((slot.starts, slot.ends) for slot in board.slots if not slot.withdrawn)
    assert all(one[1] <= other[0] for one, other in pairwise(standing))
    offered = {offer.waiting for offer in board.offers.values()}
    for slot_id, offer in board.offers.items():
        assert slot_id not in given
        assert board.waiting(offer.waiting) is not None
        passed_over = [waiting for waiting in board.queue if waiting.id < offer.waiting and waiting.id not in offered]
        assert all(
            waiting.wanted not in (None, slot_id)
            or waiting.household not in known
            or (waiting.wanted is None and board.is_full(known[waiting.household]))
            for waiting in passed_over
        )
    for slot in board.slots:  # what is free is nobody's turn
        assert board.next_for(slot, at, known) is None


def check_all(talk: Conversation) -> None:
    """The same of all rounds of a conversation's class."""

    def look() -> None:
        view = talk.dispatcher._batch()
        at = int(talk.clock.seconds() * 1000)
        known = claimants(ClassView(view, next(iter(talk.registry.plugins.values())), talk.klass.id))
        for board in store.standing(talk.klass.id, at):
            check(board, at, known)

    talk._runner.run(talk.database.call(look))
