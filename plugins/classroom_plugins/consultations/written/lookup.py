"""The consultations of a household and of the class, as they are now or were."""

from __future__ import annotations

from datetime import datetime

from classroom_matrix.api import View
from classroom_matrix.domain.ids import HouseholdId
from classroom_matrix.domain.people import Household

from . import store
from .domain import Consultation, Word, consultations, current

_DAY = 24 * 3600 * 1000


def of_household(view: View, household: HouseholdId) -> list[Consultation]:
    """Oldest first."""
    return _of_words(view, store.words_of(view.klass.id, household))


def current_of(view: View, household: HouseholdId) -> Consultation | None:
    """The one that is not closed."""
    return current(of_household(view, household))


def of_class(view: View) -> list[tuple[Household, list[Consultation]]]:
    """Of every household that is in the class now and has had any."""
    words = store.words_by_household(view.klass.id)
    homes = [home for family in view.roster.families for home in family.households]
    return [(home, _of_words(view, words[home.id])) for home in homes if home.id in words]


def staff_spoke(view: View, household: HouseholdId, since: int, until: int) -> bool:
    """Whether staff have written something into a desk since; times in milliseconds."""
    return store.staff_spoke(view.klass.id, household, since, until)


def local(view: View, at: int) -> datetime:
    return datetime.fromtimestamp(at / 1000, view.klass.zone)


def _of_words(view: View, words: list[Word]) -> list[Consultation]:
    now = round(view.now.timestamp() * 1000)
    newest = max((word.at for word in words), default=now)  # the homeserver's clock may be a little ahead
    return consultations(words, max(now, newest), view.options.settles_after_days * _DAY)
