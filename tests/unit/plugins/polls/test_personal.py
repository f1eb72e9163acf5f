"""What a family gets of its votes, and what stays when it is forgotten."""

from __future__ import annotations

from typing import Any

from classroom_matrix.domain.people import Family
from classroom_matrix.runtime.batch import Batch
from classroom_matrix.runtime.view import ClassView
from classroom_matrix.testing.conversation import CLASS, Conversation
from classroom_plugins.polls import store
from classroom_plugins.polls.plugin import plugin

OPEN = "!опрос Куда едем? Музей; Зоопарк"


def view_of(talk: Conversation) -> ClassView:
    loaded = talk.registry.plugins["polls"]
    return ClassView(Batch(talk.database, talk.registry, talk.clock.seconds()), loaded, CLASS)


def family_with_account(talk: Conversation, number: int) -> Family:
    voice = talk.guardian(number)
    return next(family for family in talk.roster.families if voice.person in family.guardians)


def votes_of(talk: Conversation, family: Family) -> list[dict[str, Any]]:
    assert plugin.export is not None
    found = plugin.export(view_of(talk), family)
    return list(found.get("Голоса семьи", ()))


def erase(talk: Conversation, family: Family) -> None:
    assert plugin.erase is not None
    plugin.erase(view_of(talk), family)


def test_export_holds_every_vote_and_says_which_one_counts(talk: Conversation) -> None:
    talk.teacher.says(OPEN)
    talk.guardian(0).votes("Куда едем?", "Музей")
    talk.guardian(0).votes("Куда едем?", "Зоопарк")
    rows = votes_of(talk, family_with_account(talk, 0))
    assert [(row["Ответ"], row["Учёт"], row["Опрос"]) for row in rows] == [
        ("Музей", "заменён или отозван", "№1 Куда едем?"),
        ("Зоопарк", "учтён", "№1 Куда едем?"),
    ]


def test_export_names_who_entered_a_vote_for_the_family(talk: Conversation) -> None:
    talk.teacher.says(OPEN)
    family = talk.roster.families[0]
    talk.teacher.says(f"!опрос голос {family.pupils[0].number} 1")
    (row,) = votes_of(talk, family)
    assert (row["Как"], row["Кто"]) == ("внёс учитель", talk.teacher.person.name if talk.teacher.person else "")


def test_export_holds_nothing_of_others(talk: Conversation) -> None:
    talk.teacher.says(OPEN)
    talk.guardian(0).votes("Куда едем?", "Музей")
    others = [family for family in talk.roster.families if family.id != family_with_account(talk, 0).id]
    assert [votes_of(talk, family) for family in others] == [[] for _ in others]


def test_result_of_a_closed_poll_stays_when_a_family_is_forgotten(talk: Conversation) -> None:
    talk.teacher.says(OPEN)
    talk.guardian(0).votes("Куда едем?", "Музей")
    talk.guardian(0).votes("Куда едем?", "Зоопарк")
    family = family_with_account(talk, 0)
    talk.teacher.says("!опрос закрыть")
    before = talk.card("Куда едем?").body
    erase(talk, family)
    erase(talk, family)
    talk.teacher.says("!опрос итоги 1")
    assert talk.card("Куда едем?").body.splitlines()[-2:] == before.splitlines()[-2:]
    poll = store.get(CLASS, 1)
    assert poll is not None
    assert family.id not in (poll.electorate or ())
    assert (votes_of(talk, family), len(store.ballots(poll))) == ([], 2)
    people = {person.id for person in family.guardians}
    assert [vote for vote in store.ballots(poll) if vote.voter in people or vote.source.startswith("$")] == []


def test_vote_in_an_open_poll_goes_with_the_family(talk: Conversation) -> None:
    talk.teacher.says(OPEN)
    talk.guardian(0).votes("Куда едем?", "Музей")
    erase(talk, family_with_account(talk, 0))
    poll = store.get(CLASS, 1)
    assert poll is not None
    assert store.ballots(poll) == []
