"""Roles in a table, taken with `!беру 1`."""

from __future__ import annotations

from collections.abc import Sequence

from peewee import AutoField, CharField, IntegerField

from classroom_matrix.api import Context, Plugin, Table, View, command, on, serves
from classroom_matrix.api.contracts import (
    DutiesChanged,
    DutiesOf,
    DutyHolders,
    DutyRole,
    OccasionCancelled,
    OccasionMoved,
    OpenDuties,
)
from classroom_matrix.domain.ids import FamilyId


class RoleRow(Table):
    id = AutoField()
    occasion = CharField()
    title = CharField()
    places = IntegerField()
    starts = CharField(default="")
    family_id = CharField(default="")
    person = CharField(default="")

    class Meta:
        table_name = "toy_duties_role"


def _roles(occasion: str) -> list[DutyRole]:
    rows = RoleRow.select().where(RoleRow.occasion == occasion).order_by(RoleRow.id)
    return [
        DutyRole(row.id, row.title, row.places, 1 if row.family_id else 0, (row.person,) if row.person else ()) for row in rows
    ]


@serves(DutiesOf)
def duties_of(view: View, request: DutiesOf) -> Sequence[DutyRole]:
    return _roles(request.occasion)


@serves(OpenDuties)
def open_duties(ctx: Context, request: OpenDuties) -> Sequence[DutyRole]:
    for role in request.roles:
        starts = role.starts.strftime("%H:%M") if role.starts else ""
        RoleRow.create(occasion=request.occasion.name, title=role.title, places=role.places, starts=starts)
    return _roles(request.occasion.name)


@serves(DutyHolders)
def holders(view: View, request: DutyHolders) -> Sequence[FamilyId]:
    return [FamilyId(row.family_id) for row in RoleRow.select().where(RoleRow.occasion == request.occasion) if row.family_id]


@on(OccasionCancelled)
def free_all(ctx: Context, news: OccasionCancelled) -> None:
    RoleRow.update(family_id="", person="").where(RoleRow.occasion == news.occasion.name).execute()
    ctx.tell_staff("toy_duties-freed")


@on(OccasionMoved)
def hear_of_move(ctx: Context, news: OccasionMoved) -> None:
    RoleRow.update(starts=str(news.occasion.starts)).where(RoleRow.occasion == news.occasion.name).execute()


@command("take")
def take_role(ctx: Context, number: int) -> None:
    assert ctx.person is not None
    row = RoleRow.get_by_id(number)
    RoleRow.update(family_id=ctx.person.family_id, person=ctx.person.name).where(RoleRow.id == number).execute()
    ctx.announce(DutiesChanged(row.occasion))
    ctx.reply("toy_duties-taken")


plugin = Plugin(
    name="toy_duties",
    tables=[RoleRow],
    commands=[take_role],
    listeners=[free_all, hear_of_move],
    serves=[duties_of, open_duties, holders],
)
