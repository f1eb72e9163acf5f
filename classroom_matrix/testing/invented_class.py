"""People for a `Conversation`: a teacher and some families, as rows of the tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..domain.ids import ClassId
from ..domain.people import Role
from ..storage.tables import FamilyRow, HouseholdRow, MemberRow, PersonRow, PupilRow


@dataclass(frozen=True, slots=True)
class FamilySpec:
    """A family to invent: its pupils, and per household the number of guardians. `reach` as in `domain.people.Reach`."""

    pupils: tuple[str, ...]
    households: tuple[int, ...] = (2,)
    reach: str = "app"
    language: str | None = None


FAMILIES = (
    FamilySpec(("Ксения Калинина",)),
    FamilySpec(("Таисия Беляева", "Семён Беляев")),
    FamilySpec(("Марк Чернов",), households=(1, 1)),
    FamilySpec(("Максим Исаев",), households=(1,), reach="paper"),
)


def invent_people(class_id: ClassId, server: str, families: Sequence[FamilySpec]) -> None:
    """Fill the tables with a teacher and families. In the database's thread."""
    _invent(class_id, server, "teacher", Role.TEACHER, name="Анна Сергеевна")
    numbers = iter(range(1_000))
    pupils = iter(range(1, 1_000))
    for f, spec in enumerate(families):
        family_id = f"family{f}"
        FamilyRow.create(id=family_id, reach=spec.reach)
        for name in spec.pupils:
            number = next(pupils)
            surname = name.split()[-1]
            PupilRow.create(
                id=f"pupil{number}", class_id=class_id, family_id=family_id, name=name, surname=surname, number=number
            )
        for h, guardians in enumerate(spec.households):
            household_id = f"{family_id}-{h}"
            HouseholdRow.create(id=household_id, family_id=family_id)
            for _ in range(guardians):
                _invent(
                    class_id,
                    server,
                    f"guardian{next(numbers)}",
                    Role.GUARDIAN,
                    family_id=family_id,
                    household_id=household_id,
                    account=spec.reach == "app",
                    language=spec.language,
                )


def _invent(
    class_id: ClassId,
    server: str,
    person_id: str,
    role: Role,
    *,
    name: str = "",
    family_id: str | None = None,
    household_id: str | None = None,
    account: bool = True,
    language: str | None = None,
) -> None:
    user_id = f"@{person_id}:{server}" if account else None
    PersonRow.create(id=person_id, name=name or person_id, user_id=user_id, language=language)
    MemberRow.create(class_id=class_id, person_id=person_id, role=role, family_id=family_id, household_id=household_id)
