"""Counts what people do, fails where it is told to, and remembers when its job ran."""

from __future__ import annotations

from datetime import timedelta

from peewee import CharField, IntegerField

from classroom_matrix.api import Context, Plugin, Subject, Table, View, When, card, command, job, on
from classroom_matrix.domain.content import Content
from classroom_matrix.domain.facts import MessageSent, ReactionAdded
from classroom_matrix.domain.people import Role
from classroom_matrix.errors import UserError

HAS_BUG = True  # a test sets it to False: the next release


class CounterRow(Table):
    name = CharField(primary_key=True)
    value = IntegerField(default=0)

    class Meta:
        table_name = "toy_counter"


def count(name: str, by: int = 1) -> int:
    row, _ = CounterRow.get_or_create(name=name)
    row.value += by
    row.save()
    return row.value


@card
def counter_card(view: View, subject: str) -> Content:
    row, _ = CounterRow.get_or_create(name=subject)
    return Content.line(view.text("toy-counter", name=subject, value=row.value))


@command("count")
def start_counting(ctx: Context, name: str) -> None:
    """The card is asked for before its state is there: it is rendered at the end."""
    key = ctx.card(counter_card, name, room="announcements")
    ctx.react(key, "➕", room="announcements")
    count(name, 5)


@command("fail")
def fail_after_writing(ctx: Context, how: str) -> None:
    count("written")
    ctx.reply("toy-never")
    if how == "kindly":
        raise UserError("toy-kind")
    raise ZeroDivisionError(how)


@command("later")
def do_later(ctx: Context, minutes: int) -> None:
    ctx.at(ctx.now + timedelta(minutes=minutes), ring, "bell")
    ctx.reply("toy-done")


@command("remind")
def remind(ctx: Context, when: When) -> None:
    ctx.at(when, ring, "bell")


@command("secret", needs=Role.TEACHER)
def say_secret(ctx: Context) -> None:
    ctx.reply_privately("toy-secret")


@command("announce", needs=Role.TEACHER)
def announce(ctx: Context) -> None:
    ctx.tell([household for family in ctx.roster.families for household in family.households], "toy-announced")


@command("letter", needs=Role.TEACHER)
def write_letters(ctx: Context) -> None:
    """Held through each household's quiet hours."""
    for family in ctx.roster.families:
        for household in family.households:
            ctx.write(household, Content.line(ctx.text("toy-announced"), loud=True))


@job
def ring(ctx: Context, name: str) -> None:
    ctx.tell_staff("toy-rang", count=count(name))


@on(ReactionAdded)
def count_reaction(ctx: Context, fact: ReactionAdded) -> None:
    subject = ctx.subject(fact.target)
    if subject is not None:
        count(subject.id)
        ctx.refresh(counter_card, subject.id)


@on(MessageSent)
def count_message(ctx: Context, fact: MessageSent) -> None:
    assert ctx.person is not None
    count("messages")
    if HAS_BUG and "poison" in fact.body:
        raise RuntimeError("a listener's bug")


@on(MessageSent)
def count_again(ctx: Context, _fact: MessageSent) -> None:
    count("heard by the second listener")
    ctx.post(Content.line("heard"), room="talk", about=Subject("message", "1"))


plugin = Plugin(
    name="toy",
    tables=[CounterRow],
    commands=[start_counting, fail_after_writing, do_later, remind, say_secret, announce, write_letters],
    listeners=[count_reaction, count_message, count_again],
    jobs=[ring],
    cards=[counter_card],
)
