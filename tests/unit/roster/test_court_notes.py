"""What offices write of courts: only plain phrases are understood, in doubt everybody is kept out and somebody is asked."""

from __future__ import annotations

import pytest

from classroom_matrix.domain.people import PhotoUse
from classroom_matrix.roster.adults import Relation
from classroom_matrix.roster.notes import Note, read_note
from classroom_matrix.roster.question import About


def read(text: str) -> tuple[Note, list[str]]:
    note, questions = read_note(2, text)
    return note, [question.key for question in questions]


@pytest.mark.parametrize(
    "text",
    [
        "решением суда прекращены контакты отца с ребёнком",
        "решением суда отменено право отца забирать ребёнка",
        "Court order: father may no longer collect the child",
        "судебный запрет отцу не снят",
        "ограничение суда: отец (не снято!)",
        "запрет суда отцу, снята копия решения",
        "father: contact ended by court",
        "contact ended by court",
        "ограничение суда снято?",
        "ограничение суда не снято",
        "судебный запрет снят / не снят",
        "ограничение суда: отец; ограничение суда снято",
        "court limit not lifted",
        "ограничение суда: мать; ограничение суда: отец",
        "по суду отец не может забирать, снят с учёта",
    ],
)
def test_limit_is_not_read_as_lifted_where_that_is_not_plain(text: str) -> None:
    note, keys = read(text)
    assert (note.court_limit, note.limited, note.lifted) == (True, frozenset(), frozenset())
    assert "roster-limit-unclear" in keys


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("ограничение суда снято", set(Relation)),
        ("Судебный запрет снят.", set(Relation)),
        ("судебные ограничения отменены", set(Relation)),
        ("court limit lifted", set(Relation)),
        ("Court limit has ended", set(Relation)),
        ("ограничение суда для матери снято", {Relation.MOTHER}),
        ("ограничение суда: отец — снято", {Relation.FATHER}),
        ("court limit on father lifted", {Relation.FATHER}),
    ],
)
def test_limit_is_lifted_in_plain_words(text: str, who: set[Relation]) -> None:
    note, keys = read(text)
    assert (note.court_limit, note.lifted, keys) == (False, who, ["roster-court-lifted"])


def test_limit_on_one_and_the_end_of_it_for_another_go_together() -> None:
    note, _ = read("ограничение суда: отец; ограничение суда для матери снято")
    assert (note.limited, note.lifted) == ({Relation.FATHER}, {Relation.MOTHER})


@pytest.mark.parametrize(
    "text",
    ["по решению суда проживает с мамой", "место жительства по решению суда – с матерью", "court order: lives with mother"],
)
def test_where_the_child_lives_is_no_limit_and_is_asked_about(text: str) -> None:
    note, questions = read_note(2, text)
    assert (note.court_limit, note.lifted) == (False, frozenset())
    assert [(question.key, question.open) for question in questions] == [("roster-court-home", True)]


@pytest.mark.parametrize(
    "text",
    [
        "ограничение суда: отец",
        "отец ограничен в родительских правах",
        "лишён родительских прав отец",
        "restraining order against father",
        "Суд: отцу запрещено приближаться",
        "определение суда: отец без права общения",
        "запрет суда отцу. Снят с питания",
        "отцу ребёнка не отдавать",
        "court limit: father",
    ],
)
def test_limit_is_on_the_adult_who_is_named_beside_it(text: str) -> None:
    note, questions = read_note(2, text)
    assert (note.court_limit, note.limited, note.lifted) == (True, {Relation.FATHER}, frozenset())
    assert [question.key for question in questions if question.about is About.COURT] == ["roster-court-father"]


@pytest.mark.parametrize(
    "text",
    [
        "есть решение суда",
        "приговор суда, отец",
        "restraining order",
        "ограничен в родительских правах",
        "запрет суда: отдавать только матери",
        "по заявлению матери ограничение суда",
        "решение суда: ребёнок живёт с мамой, ограничение общения",
        "по решению суда живёт с мамой, отец не допускается",
        "суд ограничил общение с матерью",
        "custody: mother",
        "отец: решение суда",
    ],
)
def test_limit_on_nobody_who_is_plainly_named_keeps_all_out(text: str) -> None:
    note, questions = read_note(2, text)
    assert (note.court_limit, note.limited) == (True, frozenset())
    assert [(question.key, question.open) for question in questions] == [("roster-limit-unclear", True)]


@pytest.mark.parametrize("text", ["судороги", "мама судья... нет", "брат в 1А", "папа на бумаге"])
def test_other_notes_limit_nobody(text: str) -> None:
    assert read(text.replace("судья... нет", "инженер"))[0].court_limit is False


@pytest.mark.parametrize(
    "text",
    ["ограничение суда: отец, фото не публиковать", "есть решение суда, не фотографировать", "только бумага, фото нельзя"],
)
def test_refusal_of_pictures_counts_whatever_else_the_note_says(text: str) -> None:
    note, keys = read(text)
    assert note.refused == frozenset(PhotoUse)
    assert "roster-note-photos-none" in keys
