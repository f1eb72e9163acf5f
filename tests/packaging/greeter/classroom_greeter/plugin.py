"""Greets, and counts how often."""

from __future__ import annotations

from dataclasses import dataclass

from peewee import CharField, IntegerField

from classroom_matrix.api import Context, Plugin, Table, command


@dataclass(frozen=True)
class GreeterConfig:
    """Options. `excited`: whether to add an exclamation mark."""

    excited: bool = False


class GreetingRow(Table):
    person = CharField(primary_key=True)
    count = IntegerField(default=0)

    class Meta:
        table_name = "greeter_greeting"


@command("greet")
def greet(ctx: Context, name: str) -> None:
    row, _ = GreetingRow.get_or_create(person=name)
    row.count += 1
    row.save()
    ctx.reply("greeter-hello", name=name, count=row.count, mark="!" if ctx.options.excited else ".")


plugin = Plugin(name="greeter", config=GreeterConfig, tables=[GreetingRow], commands=[greet])
