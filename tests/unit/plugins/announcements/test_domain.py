"""Who has confirmed is computed from what happened, in whatever order it arrives."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classroom_matrix.domain.ids import EventId, FamilyId, PersonId
from classroom_plugins.announcements.changes import is_slip, what_changed
from classroom_plugins.announcements.domain import Announcement, Confirmation, State, Version, Via, standing
from classroom_plugins.announcements.spreadsheet import spreadsheet

MUST_READ = Announcement(
    1, "3b", 1, PersonId("teacher"), "text", (), State.SENT, "announcements", 0, EventId("$0"), sent_at=0, must=True, until=50
)

confirmations = st.lists(
    st.builds(
        Confirmation,
        source=st.integers(0, 30).map(lambda n: EventId(f"${n}")),
        family=st.sampled_from("abc").map(FamilyId),
        person=st.just(PersonId("p")),
        via=st.sampled_from(Via),
        at=st.integers(0, 100),
        struck_at=st.none() | st.integers(0, 100),
    ),
    max_size=12,
    unique_by=lambda each: each.source,
)


@settings(max_examples=200)
@given(acts=confirmations, asks_from=st.integers(1, 3), dice=st.randoms(use_true_random=False))
def test_order_of_arrival_does_not_matter_and_every_family_is_judged_by_itself(acts, asks_from, dice):
    versions = [Version(1, "a", 0), Version(2, "b", 30), Version(3, "c", 60)]
    announcement = Announcement(
        **{name: getattr(MUST_READ, name) for name in MUST_READ.__slots__ if name not in ("version", "asks_from")},
        version=3,
        asks_from=asks_from,
    )
    found = standing(announcement, versions, acts)
    shuffled = list(acts)
    dice.shuffle(shuffled)
    assert standing(announcement, versions, shuffled) == found
    since = {1: 0, 2: 30, 3: 60}[asks_from]
    assert set(found) == {each.family for each in acts if each.struck_at is None and each.at >= since}
    for family, one in found.items():
        own = [each for each in acts if each.family == family and each.struck_at is None and each.at >= since]
        assert one.late == (min(each.at for each in own) > 50)
        assert one.old == (max(each.at for each in own) < 60)


@settings(max_examples=200)
@given(
    st.lists(st.sampled_from(["один", "два", "три"]), max_size=8),
    st.lists(st.sampled_from(["один", "два", "пять"]), max_size=8),
)
def test_what_changed_stands_in_the_texts(before, after):
    old, new = " ".join(before), " ".join(after)
    changed = what_changed(old, new)
    if changed is not None:
        assert changed[0] in old
        assert changed[1] in new
        assert old != new


def test_what_changed_is_said_in_few_words():
    assert what_changed("Сбор в 8:00, у школы", "Сбор в 8:30, у школы") == ("8:00", "8:30")
    assert what_changed("Сбор у школы", "Сбор в 8:00 у школы") == ("Сбор у", "Сбор в 8:00 у")
    assert what_changed("Сбор у школы", "Каток отменён") is None
    assert what_changed("то же", "то же") is None


@pytest.mark.parametrize(
    ("before", "after", "slip"),
    [
        ("Завтра коток", "Завтра каток", True),
        ("Дорогие родитли, каток", "Дорогие родители, каток", True),
        ("каток зватра", "каток завтра", True),
        ("Каток завтра", "Каток завтра!", True),
        ("каток Четверг", "каток четверг", True),
        ("сбор в 8:00", "сбор в 9:00", False),
        ("каб. 12", "каб. 21", False),
        ("В июне каток", "В июле каток", False),
        ("девять человек", "десять человек", False),
        ("Meet on Tuesday", "Meet on Thursday", False),
        ("Оплата не нужна", "Оплата нужна", False),
        ("Саша дежурит", "Маша дежурит", False),
    ],
)
def test_slip_changes_a_letter_and_no_time_or_number(before, after, slip):
    assert is_slip(before, after) is slip


@settings(max_examples=100)
@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=12), min_size=1, max_size=4))
def test_no_cell_is_a_formula(cells):
    (row,) = csv.reader(io.StringIO(spreadsheet([cells], separator=";").decode("utf-8-sig"), newline=""), delimiter=";")
    assert [cell.removeprefix("'") for cell in row] == [cell.removeprefix("'") for cell in cells]
    assert not [cell for cell in row if cell.lstrip(" \n").startswith(("=", "+", "-", "@", "\t", "\r"))]
