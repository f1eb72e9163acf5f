"""A class in memory whose teacher asks for slips, for tests of the task "reissue"."""

from __future__ import annotations

from collections.abc import Coroutine
from pathlib import Path
from typing import Any

from classroom_matrix.config import load
from classroom_matrix.domain.ids import ClassId, HouseholdId, PersonId, RoomId, UserId
from classroom_matrix.domain.people import Reach, Role
from classroom_matrix.i18n import Catalogue
from classroom_matrix.roster.invitations import check_words
from classroom_matrix.roster.reissue import Reissues
from classroom_matrix.runtime.core.slip import REISSUE
from classroom_matrix.storage import invitations, register, tasks
from classroom_matrix.storage.invitations import WITHDRAW
from classroom_matrix.storage.tables import RoomRow
from classroom_matrix.testing.conversation import BOT, CLASS, SERVER, Conversation
from classroom_matrix.testing.fake_accounts import FakeAccounts
from classroom_matrix.testing.invented_class import FamilySpec

OTHER = ClassId("4a")
CONFIG = f"""
homeserver: {{url: http://127.0.0.1:8008, server_name: {SERVER}}}
bot: {{user: classroom, name: Bot}}
connection: {{kind: appservice, listen: 127.0.0.1:9009, registration: r.yaml}}
language: ru
timezone: Europe/Moscow
accounts: {{}}
join: {{url: https://school.example}}
classes:
  - {{id: {CLASS}, name: 3Б}}
  - {{id: {OTHER}, name: 4А}}
"""
FAMILIES = (FamilySpec(("Семён Беляев",), households=(2,)), FamilySpec(("Лев Ким",), households=(1,)))


class School:
    """A conversation whose tasks are done when `work` is called."""

    def __init__(self, talk: Conversation, folder: Path) -> None:
        (folder / "config.yaml").write_text(CONFIG, "utf-8")
        self.talk = talk
        self.accounts = FakeAccounts()
        self.chats = 0
        self.config = load(folder / "config.yaml")
        self.reissues = self.with_config(self.config)
        for n, name in enumerate(("Анна Беляева", "Павел Беляев", "Ольга Ким")):
            talk.database.execute("UPDATE person SET name = ? WHERE id = ?", (name, f"guardian{n}"))

    def with_config(self, config) -> Reissues:
        gateway = self.talk.homeserver.gateway(BOT)
        texts = Catalogue.core(strict=True)
        return Reissues(config, self.talk.database, gateway, self.accounts, texts, now=self.talk.clock.seconds)

    def nobody_has_an_account(self) -> None:
        self.talk.database.execute("UPDATE person SET user_id = NULL WHERE id LIKE 'guardian%'")

    def work(self, *, killed: bool = False) -> None:
        """Do what is due; `killed`: before it is noted as done."""
        database = self.talk.database
        for task in tasks.due(database, self.talk.clock.seconds(), 10):
            function = {REISSUE: self.reissues.carry_out, WITHDRAW: self.reissues.withdraw}[task.name]
            self.talk._runner.run(function(task))
            if not killed:
                tasks.done(database, task)
        self.talk.settle()

    def slips(self, room: str = "staff") -> list[str]:
        """Messages with words in a room."""
        return [text for text in self.talk.texts(room) if "school.example/j/" in text]

    def ask(self, text: str, *, room: str = "staff") -> None:
        """The teacher, or whoever stands in for them."""
        self.talk.teacher.says(f"!пропуск {text}", room=room)
        self.work()

    def come_in(self, person_id: str) -> None:
        now = self.talk.clock.seconds()
        invitations.arrived(self.talk.database, PersonId(person_id), now)
        invitations.admitted(self.talk.database, PersonId(person_id), now)
        self.work()

    def teacher_is(self, role: Role) -> None:
        self.talk.database.execute("UPDATE member SET role = ? WHERE role = 'teacher' AND class_id = ?", (role, CLASS))

    def colleague(self, role: Role, *, joins: tuple[str, ...] = ("staff",)) -> UserId:
        """Somebody else of the staff."""
        user_id = UserId(f"@colleague-{role}:{SERVER}")
        person_id = register.add_person(self.talk.database, "Инна Ивановна", user_id=user_id)
        register.set_member(self.talk.database, CLASS, person_id, role)
        for room in joins:
            self.put_in(user_id, self.talk.room_id(room))
        return user_id

    def put_in(self, user_id: UserId, room_id: RoomId) -> None:
        self.run(self.talk.homeserver.gateway(BOT).invite(room_id, user_id))
        self.run(self.talk.homeserver.gateway(user_id).join(room_id))

    def private_chat(self, *others: UserId) -> RoomId:
        """The teacher opens a chat with the bot, and invites others, too."""
        gateway = self.talk.homeserver.gateway(self.talk.teacher.user_id)
        self.chats += 1
        room_id = self.run(gateway.create_room({"room_version": "12"}, f"chat {self.chats}"))
        for user_id in (BOT, *others):
            self.talk.do(gateway.invite(room_id, user_id))
        return room_id

    def other_class(self) -> RoomId:
        """4А with a staff room; returns that."""
        room_id = self.run(self.talk.homeserver.gateway(BOT).create_room({"room_version": "12"}, "other"))
        RoomRow.create(room_id=room_id, class_id=OTHER, role="staff")
        return room_id

    def also_in_the_other_class(self, person_id: str, role: Role) -> HouseholdId | None:
        """Returns the household there."""
        database = self.talk.database
        family = register.add_family(database, Reach.APP)
        home = register.add_household(database, family) if role is Role.GUARDIAN else None
        register.set_member(
            database,
            OTHER,
            PersonId(person_id),
            role,
            family_id=None if role.is_staff else family,
            household_id=home,
        )
        return home

    def home_of(self, person_id: str) -> str:
        return next(str(person.household_id) for person in self.talk.roster.people() if person.id == person_id)

    def run(self, what: Coroutine[Any, Any, Any]) -> Any:
        return self.talk._runner.run(what)

    def outbox(self, part: str) -> list[bytes]:
        return [
            bytes(row[0]) for row in self.talk.database.execute("SELECT content FROM outbox WHERE key LIKE ?", (f"%{part}",))
        ]

    def open(self, message: str, name: str) -> str:
        """Type the words that stand below a name."""
        lines = message.split("\n")
        place = next(n for n, line in enumerate(lines) if line.startswith(name))
        handle = lines[place + 1].rpartition("/")[2]
        return check_words(self.talk.database, handle, lines[place + 2], self.talk.clock.seconds()).kind
