"""Whether a court limits a listed adult. Runs in the database's thread, within the import's transaction.

A limit that is on record ends only when a list says so: notes get lost, surnames change, and a family may come back as a new
one. So everybody who may be somebody under a limit is kept out, and asked about.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from ..domain.ids import ClassId, FamilyId, PersonId
from ..storage import drift, leavers, limits, register
from ..storage.database import Database
from ..storage.limits import Limited
from .families import ListedAdult, ListedFamily, ListedPupil
from .names import alike, folded
from .question import Question

PhoneOf = Callable[[ListedAdult], PersonId | None]


@dataclass(frozen=True, slots=True)
class Verdict:
    """`elsewhere`: other classes of which the same is true from now on; `questions`: what somebody has to look at."""

    limited: bool
    elsewhere: Sequence[ClassId] = ()
    questions: Sequence[Question] = ()


class Limits:
    """What was on record before the import.

    Args:
        listed: pupils of whom the list says that they are others, by rows of their own.
        by_phone: who a listed adult is by name and phone.
    """

    def __init__(
        self, database: Database, class_id: ClassId, listed: Collection[PersonId], by_phone: PhoneOf, now: float
    ) -> None:
        self._database = database
        self._class_id = class_id
        self._record = limits.on_record(database)
        self._listed = listed
        self._by_phone = by_phone
        self._now = now

    def verdict(
        self, family: ListedFamily, family_id: FamilyId, adult: ListedAdult, person_id: PersonId, *, held_before: bool
    ) -> Verdict:
        """Decide, and write down what follows for other classes.

        Args:
            held_before: the person is limited in this class already.
        """
        own = next((one for one in self._record if one.person_id == person_id), None)
        if adult.limited:
            if own is None or not adult.unclear:
                limits.set_unclear(self._database, person_id, unclear=adult.unclear)
            return Verdict(limited=True, elsewhere=() if held_before else self._hold(adult, person_id))
        if adult.lifted:
            limits.set_unclear(self._database, person_id, unclear=False)
            over = limits.end_in_years_that_are_over(self._database, person_id, self._class_id)
            return Verdict(limited=False, elsewhere=self._marked(over))
        row = family.pupils[0].row
        is_cleared = own is not None and family.limit_said and limits.is_unclear(self._database, person_id)
        if own is not None and not is_cleared:
            here = leavers.plain(own.class_id) == self._class_id
            key = "roster-limit-kept" if here else "roster-limit-other-class"
            return Verdict(True, questions=[Question(row, key, {"class": leavers.plain(own.class_id)})])
        if self._is_namesake(family, adult, person_id) or (
            not family.limit_named and self._is_perhaps_another_spelling(family, family_id, adult, person_id)
        ):
            limits.set_unclear(self._database, person_id, unclear=True)
            return Verdict(True, questions=[Question(row, "roster-limit-perhaps")])
        if is_cleared:
            limits.set_unclear(self._database, person_id, unclear=False)
            return Verdict(limited=False, elsewhere=self._elsewhere(person_id, limited=False))
        return Verdict(limited=False)

    def _hold(self, adult: ListedAdult, person_id: PersonId) -> Sequence[ClassId]:
        """In every class, also as the other person that somebody is who stands in two families."""
        other = self._by_phone(adult)
        if other is not None and other != person_id:
            self._marked(limits.set_elsewhere(self._database, other, None, limited=True))
        return self._elsewhere(person_id, limited=True)

    def _elsewhere(self, person_id: PersonId, *, limited: bool) -> Sequence[ClassId]:
        return self._marked(limits.set_elsewhere(self._database, person_id, self._class_id, limited=limited))

    def _marked(self, changed: Iterable[ClassId]) -> Sequence[ClassId]:
        classes = [one for one in changed if not leavers.is_former(one)]
        for one in classes:
            drift.mark(self._database, one, None, self._now)
        return classes

    # ── Who may be somebody under a limit ───────────────────────────────────────────────────────────────────────────

    def _is_namesake(self, family: ListedFamily, adult: ListedAdult, person_id: PersonId) -> bool:
        """One of the same name; another phone says that it is a stranger, unless the families have somebody in common."""
        name = alike(adult.name)
        for one in self._record:
            if alike(one.name) != name or one.person_id == person_id:
                continue
            is_other_phone = (
                bool(adult.phone)
                and self._by_phone(adult) != one.person_id
                and register.has_phone(self._database, one.person_id)
            )
            if not is_other_phone or self._have_in_common(family, one):
                return True
        return False

    def _have_in_common(self, family: ListedFamily, other: Limited) -> bool:
        if other.family_id is None:
            return False
        known = register.pupils_of_family(self._database, other.family_id)
        given = {alike(pupil.name.given) for pupil in family.pupils}
        if any(alike(pupil.given) in given for pupil in known):
            return True
        if any(self._is_born(pupil, one.id) for pupil in family.pupils for one in known):
            return True
        members = {
            alike(member.name)
            for member in register.members_of_family(self._database, other.family_id)
            if member.person_id != other.person_id
        }
        return bool(members & ({alike(one.name) for one in family.adults} - {alike(other.name)}))

    def _is_perhaps_another_spelling(
        self, family: ListedFamily, family_id: FamilyId, adult: ListedAdult, person_id: PersonId
    ) -> bool:
        """Somebody new to a family in which one is limited whom the list does not name."""
        names = {alike(one.name) for one in family.adults}
        for one in self._record:
            if one.family_id is None or alike(one.name) in names:
                continue
            if one.family_id != family_id and not self._is_same_child(family, one.family_id):
                continue
            members = register.members_of_family(self._database, one.family_id)
            if all(member.person_id != person_id and alike(member.name) != alike(adult.name) for member in members):
                return True
        return False

    def _is_same_child(self, family: ListedFamily, family_id: FamilyId) -> bool:
        """Whether a family looks like the listed one by its child: the name, or of the name's parts one and the birth date."""
        for pupil in family.pupils:
            for known in register.pupils_of_family(self._database, family_id):
                if known.id in self._listed or alike(known.given) != alike(pupil.name.given):
                    continue
                is_born = self._is_born(pupil, known.id)
                same_name = alike(known.surname) == alike(pupil.name.surname)
                in_doubt = leavers.plain(known.class_id) == self._class_id or not (
                    pupil.born and register.has_birth_key(self._database, known.id)
                )
                if is_born or (same_name and in_doubt):
                    return True
        return False

    def _is_born(self, pupil: ListedPupil, pupil_id: PersonId) -> bool:
        return bool(pupil.born) and register.is_born(self._database, pupil_id, folded(pupil.born))
