"""A small class in a database, for tests of slips."""

from __future__ import annotations

from classroom_matrix.domain.ids import ClassId, PersonId, UserId
from classroom_matrix.domain.people import Reach, Role
from classroom_matrix.storage import people, register
from classroom_matrix.storage.database import Database

CLASS = ClassId("3b")
SERVER = "school.localhost"


class SmallClass:
    """Attributes hold IDs: two guardians of Семён and Таисия; of Лев one, another under a court limit, a grandmother; one of
    Нина, without the app; a teacher whose account IT made; a specialist.
    """

    def __init__(self, database: Database) -> None:
        self.database = database
        with database.transaction():
            self.lev = self._family(2, "Лев Ким")
            self.semyon = self._family(1, "Семён Беляев", "Таисия Беляева")
            self.nina = self._family(3, "Нина Попова", reach=Reach.PHONE)
            self.anna = self._guardian(self.semyon, "Анна Беляева")
            self.pavel = self._guardian(self.semyon, "Павел Беляев", language="en")
            self.olga = self._guardian(self.lev, "Ольга Ким")
            self.limited = self._guardian(self.lev, "Игорь Ким", limited=True)
            self.phoned = self._guardian(self.nina, "Вера Попова")
            self.granny = register.add_person(database, "Зоя Ким")
            register.set_member(database, CLASS, self.granny, Role.RELATIVE, family_id=self.lev)
            self.teacher = register.add_person(database, "Ольга Петровна", user_id=UserId(f"@teacher:{SERVER}"))
            register.set_member(database, CLASS, self.teacher, Role.TEACHER)
            self.specialist = register.add_person(database, "Инна Психолог")
            register.set_member(database, CLASS, self.specialist, Role.SPECIALIST)

    def _family(self, number: int, *names: str, reach: Reach = Reach.APP):
        family = register.add_family(self.database, reach)
        for more, name in enumerate(names):
            register.add_pupil(self.database, CLASS, family, name=name, surname=name.split()[-1], number=number + 10 * more)
        return family

    def _guardian(self, family, name: str, *, limited: bool = False, language: str | None = None) -> PersonId:
        person = register.add_person(self.database, name, language=language)
        home = register.add_household(self.database, family)
        register.set_member(self.database, CLASS, person, Role.GUARDIAN, family_id=family, household_id=home, limited=limited)
        return person

    def roster(self):
        return people.load_roster(self.database, CLASS)

    def person(self, person_id: PersonId):
        return next(person for person in self.roster().people() if person.id == person_id)
