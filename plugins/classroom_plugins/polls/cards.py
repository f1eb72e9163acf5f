"""What a poll looks like: its card, its result, and how it is called in sentences."""

from __future__ import annotations

import textwrap

from classroom_matrix.api import View, card
from classroom_matrix.domain.content import Block, Bold, Content, Heading, Line, Muted

from . import store
from .domain import Poll, State, Tally, local, mark, native_counts, tally

BUTTONS = 10  # there are no keycaps beyond
_SHORT = 60  # characters

_TITLES = {State.OPEN: "polls-result-open", State.CLOSED: "polls-result-closed", State.CANCELLED: "polls-result-cancelled"}
_CARD_TITLES = {**_TITLES, State.OPEN: "polls-card-title"}


@card
def poll_card(view: View, subject: str) -> Content:
    """The state of a poll: question, options with families counted so far, turnout, deadline; at last the result."""
    poll = store.get(view.klass.id, int(subject))
    if poll is None:
        return Content.line(view.text("polls-unknown", number=subject))
    count = count_votes(view, poll)
    title = Line(Bold(view.text(_CARD_TITLES[poll.state], number=str(poll.number), question=poll.question)))
    if poll.state is State.CANCELLED:
        return Content((title,))
    lines = option_lines(view, poll, count)
    if poll.state is State.CLOSED:
        return Content((title, *lines, *outcome_lines(view, poll, count)))
    how = Line(Muted(view.text("polls-card-how" if has_buttons(view, poll) else "polls-card-how-plain")))
    return Content((title, *lines, Line(state_line(view, poll, count)), how))


def result(view: View, poll: Poll, *, language: str | None = None) -> tuple[Block, ...]:
    """A poll in a message of its own: how it stands, or how it ended."""
    heading = Heading(view.text(_TITLES[poll.state], language=language, number=str(poll.number), question=poll.question))
    if poll.state is State.CANCELLED:
        return (heading,)
    count = count_votes(view, poll)
    lines = option_lines(view, poll, count, language=language)
    if poll.state is State.CLOSED:
        return (heading, *lines, *outcome_lines(view, poll, count, language=language))
    return (heading, *lines, Line(state_line(view, poll, count, language=language)))


def has_buttons(view: View, poll: Poll) -> bool:
    """Whether the card has a reaction per option to tap on."""
    return bool(view.options.seed_reactions) and len(poll.options) <= BUTTONS


def count_votes(view: View, poll: Poll) -> Tally:
    return tally(poll, store.ballots(poll), [family.id for family in view.roster.families])


def option_lines(view: View, poll: Poll, count: Tally, *, language: str | None = None) -> list[Block]:
    lines: list[Block] = []
    for position, option in enumerate(poll.options, start=1):
        said = view.text(
            "polls-card-option",
            language=language,
            mark=mark(position),
            option=option.text,
            count=count.counts[option.id],
        )
        won = poll.state is State.CLOSED and option.id == count.winner
        lines.append(Line(Bold(said)) if won else Line(said))
    return lines


def outcome_lines(view: View, poll: Poll, count: Tally, *, language: str | None = None) -> list[Block]:
    """Turnout, quorum, and what was decided, in plain words."""
    leaders = [option.text for option in poll.options if option.id in count.leaders]
    lines: list[Block] = [Line(turnout(view, count, language))] if count.voted else []  # that nobody did is said below
    if count.needed is not None:
        key = "polls-quorum-reached" if count.has_quorum else "polls-quorum-missed"
        lines.append(Line(view.text(key, language=language, quorum=count.quorum, needed=count.needed)))
    if native_counts(poll, store.ballots(poll)) != count.counts:
        lines.append(Line(Muted(view.text("polls-native-differs", language=language))))
    if not leaders:
        said = view.text("polls-outcome-nobody", language=language)
    elif not count.has_quorum:
        said = view.text("polls-outcome-no-quorum", language=language)
    elif len(leaders) > 1:
        said = view.text("polls-outcome-tie", language=language, options=[quoted(view, option, language) for option in leaders])
    else:
        key = "polls-outcome-most" if poll.quorum is None else "polls-outcome"
        said = view.text(key, language=language, option=leaders[0])
    return [*lines, Line(Bold(said))]


def state_line(view: View, poll: Poll, count: Tally, *, language: str | None = None) -> str:
    parts = [turnout(view, count, language)]
    if poll.until is not None:
        parts.append(view.text("polls-card-until", language=language, until=local(poll.until, view.klass.zone)))
    if count.needed is not None:
        parts.append(view.text("polls-card-quorum", language=language, quorum=count.quorum, needed=count.needed))
    return " ".join(parts)


def turnout(view: View, count: Tally, language: str | None = None) -> str:
    return view.text(
        "polls-turnout",
        language=language,
        voted=len(count.voted),
        families=len(count.electorate),
        share=count.turnout,
    )


def short(text: str) -> str:
    """As much of a text as fits into a sentence."""
    return textwrap.shorten(text, _SHORT, placeholder="…") or text[:_SHORT]


def offered(poll: Poll) -> str:
    """The options in a sentence: "1. Пятница; 2. Суббота"."""
    return "; ".join(f"{position}. {short(option.text)}" for position, option in enumerate(poll.options, start=1))


def quoted(view: View, text: str, language: str | None = None) -> str:
    return view.text("polls-quoted", language=language, text=short(text))
