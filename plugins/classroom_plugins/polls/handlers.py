"""What the commands do."""

from __future__ import annotations

from classroom_matrix.api import Context, Share, When, command
from classroom_matrix.domain.content import Block, Bullets, Content, Line
from classroom_matrix.domain.people import Family, Reach, Role
from classroom_matrix.errors import InvalidArgument, NotFound

from . import opening, store
from .cards import count_votes, offered, quoted, result, short, turnout
from .closing import conclude
from .domain import Ballot, End, Poll, State, Via, local, milliseconds, option_named, position_of, same, standing_vote
from .lookup import called, poll_meant
from .voting import record

LISTED = 10


@command("poll", needs=Role.TEACHER, published=True)
def open_poll(
    ctx: Context,
    question: str,
    *options: str,
    until: When | None = None,
    quorum: Share | None = None,
) -> None:
    """In the room where it is typed if families read there, else in the room that is configured."""
    checked = opening.check(question, options, example=ctx.text("polls-example", language=ctx.language))
    here = ctx.room.shared
    poll = store.create(
        ctx.klass.id,
        question,
        checked,
        room=ctx.room.id if here else ctx.options.room,
        opened_at=ctx.occurred,
        until=None if until is None else milliseconds(until),
        quorum=quorum,
    )
    opening.post_native(ctx, poll)
    opening.post_card(ctx, poll)
    opening.plan(ctx, poll)
    if not here:
        ctx.reply("polls-opened", number=str(poll.number), question=short(question))


@command("poll close", needs=Role.TEACHER)
def close_poll(ctx: Context, number: int | None = None) -> None:
    poll = poll_meant(ctx, number, again=("polls-again-close", {}))
    _end(ctx, poll, State.CLOSED)
    later = ctx.klass.quiet.next_allowed(ctx.now)
    if later > ctx.now:
        ctx.reply("polls-closed-quiet", number=str(poll.number), when=later)
    elif poll.room not in (ctx.room.id, ctx.room.role):
        ctx.reply("polls-closed", number=str(poll.number), question=short(poll.question))


@command("poll cancel", needs=Role.TEACHER)
def cancel_poll(ctx: Context, number: int | None = None) -> None:
    poll = poll_meant(ctx, number, again=("polls-again-cancel", {}))
    _end(ctx, poll, State.CANCELLED)
    ctx.reply("polls-cancelled", number=str(poll.number), question=short(poll.question))


@command("poll vote", needs=Role.TEACHER, names_people=True)
def vote_for_family(ctx: Context, family: Family, option: str, *, poll: int | None = None) -> None:
    """What a family said by phone or on paper; kept with who entered it and when."""
    meant, option = _poll_and_option(ctx, family, option, poll)
    if meant.is_over(ctx.occurred):
        raise _ended(meant)
    chosen = option_named(meant.options, option)
    if chosen is None and not _withdraws(ctx, option):
        raise InvalidArgument("polls-unknown-option", text=short(option), options=offered(meant))
    assert ctx.person is not None
    assert ctx.event_id is not None
    ballot = Ballot(ctx.event_id, family.id, ctx.person.id, Via.PROXY, chosen.id if chosen else None, ctx.occurred)
    record(ctx, meant, ballot)
    values = {"family": family.label, "number": str(meant.number), "question": short(meant.question)}
    if chosen is None:
        ctx.reply_privately("polls-proxy-withdrawn", **values)
    else:
        ctx.reply_privately("polls-proxy-recorded", option=short(chosen.text), **values)


@command("poll results")
def poll_results(ctx: Context, number: int | None = None) -> None:
    poll = poll_meant(ctx, number, again=("polls-again-results", {}), ended_too=True)
    ctx.reply_content(Content(result(ctx, poll, language=ctx.language)))


@command("poll list")
def list_polls(ctx: Context) -> None:
    polls = store.latest(ctx.klass.id, LISTED)
    if not polls:
        raise NotFound("polls-none")
    lines = tuple(_in_list(ctx, poll) for poll in polls)
    ctx.reply_content(Content((Line(ctx.text("polls-list", language=ctx.language)), Bullets(lines))))


@command("poll who", needs=Role.TEACHER)
def who_is_missing(ctx: Context, number: int | None = None) -> None:
    """Who has not voted, and what the teacher entered; never where families read along."""
    poll = poll_meant(ctx, number, again=("polls-again-who", {}), ended_too=True)
    count = count_votes(ctx, poll)
    missing = [family for family in ctx.roster.families if family.id in count.electorate - count.voted]
    values = {"number": str(poll.number), "question": short(poll.question)}
    blocks: list[Block]
    if missing:
        title = ctx.text("polls-who", language=ctx.language, count=len(missing), **values)
        blocks = [Line(title), Bullets(tuple(_reached(ctx, family) for family in missing))]
    else:
        blocks = [Line(ctx.text("polls-who-nobody", language=ctx.language, **values))]
    entered = _entered(ctx, poll)
    if entered:
        blocks += [Line(ctx.text("polls-who-proxies", language=ctx.language)), Bullets(entered)]
    ctx.reply_content(Content(tuple(blocks)), privately=True)


def _poll_and_option(ctx: Context, family: Family, option: str, number: int | None) -> tuple[Poll, str]:
    """What is voted for. Behind the option the poll's number may stand without any mark: "Калинина 2 3"."""
    head, _, tail = option.rpartition(" ")
    if number is None and head and (last := position_of(tail)) is not None and not _is_offered(ctx, option):
        named = store.by_number(ctx.klass.id, last)
        if position_of(head) is not None or (named and (option_named(named.options, head) or _withdraws(ctx, head))):
            number, option = last, head
    shown = _shortest_name(ctx, family)
    return poll_meant(ctx, number, again=("polls-again-vote", {"family": shown, "option": short(option)})), option


def _is_offered(ctx: Context, said: str) -> bool:
    """Whether an open poll has such an option, number and all."""
    return any(option_named(poll.options, said) for poll in store.open_polls(ctx.klass.id))


def _withdraws(ctx: Context, said: str) -> bool:
    return same(said) in {same(word) for word in ctx.text("polls-withdraw-words").split(",")}


def _shortest_name(ctx: Context, family: Family) -> str:
    """The surname of a family, or its pupil's number where others have it too."""
    pupil = family.pupils[0]
    others = [each for other in ctx.roster.families if other.id != family.id for each in other.pupils]
    return str(pupil.number) if any(other.surname == pupil.surname for other in others) else pupil.surname


def _end(ctx: Context, poll: Poll, state: State) -> None:
    """End the poll by this command.

    Raises:
        InvalidArgument: it had ended before.
    """
    assert ctx.event_id is not None
    if poll.is_over(ctx.occurred) or not conclude(ctx, poll, End(state, ctx.occurred, ctx.event_id)):
        raise _ended(poll)


def _ended(poll: Poll) -> InvalidArgument:
    key = "polls-already-cancelled" if poll.state is State.CANCELLED else "polls-already-closed"
    return InvalidArgument(key, number=str(poll.number), question=short(poll.question))


def _in_list(ctx: Context, poll: Poll) -> str:
    if poll.state is State.CANCELLED:
        return ctx.text("polls-list-cancelled", language=ctx.language, poll=called(ctx, poll))
    count = count_votes(ctx, poll)
    if poll.state is State.OPEN:
        until = ctx.text(
            "polls-list-until" if poll.until else "polls-list-open",
            language=ctx.language,
            **({"until": local(poll.until, ctx.klass.zone)} if poll.until else {}),
        )
        return f"{called(ctx, poll)} — {until} {turnout(ctx, count, ctx.language)}"
    option = poll.option(count.winner or "")
    if option is None:
        return ctx.text("polls-list-undecided", language=ctx.language, poll=called(ctx, poll))
    said = quoted(ctx, option.text, ctx.language)
    return ctx.text("polls-list-closed", language=ctx.language, poll=called(ctx, poll), option=said)


def _reached(ctx: Context, family: Family) -> str:
    if family.reach is Reach.APP:
        return family.label
    return ctx.text(f"polls-reach-{family.reach}", language=ctx.language, family=family.label)


def _entered(ctx: Context, poll: Poll) -> tuple[str, ...]:
    """Families whose vote is one that the teacher entered, with who did and when."""
    names = {person.id: person.name for person in ctx.roster.staff}
    history = store.ballots(poll)
    lines = []
    for family in ctx.roster.families:
        vote = standing_vote([each for each in history if each.family == family.id], poll.ends_at)
        if vote is not None and vote.via is Via.PROXY:
            lines.append(
                ctx.text(
                    "polls-who-proxy",
                    language=ctx.language,
                    family=family.label,
                    person=names.get(vote.voter, "—"),
                    when=local(vote.at, ctx.klass.zone),
                )
            )
    return tuple(lines)
