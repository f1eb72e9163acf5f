"""Capacity and queue: the rules, and what families see of them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classroom_matrix.domain.ids import FamilyId
from classroom_matrix.testing.conversation import Conversation
from classroom_plugins.events.places import NOTHING, Claim, allot, anew, claim, free_places, seated_first

from .stage import card, letters, lines, writes

FAMILIES = [FamilyId(name) for name in "abcde"]
ACTS = st.lists(st.tuples(st.sampled_from(FAMILIES), st.integers(0, 6)), max_size=25)


@given(ACTS, st.integers(0, 12))
@settings(max_examples=150, deadline=None)
def test_never_over_capacity_in_order_and_nobody_loses_a_place_to_others(acts: list[tuple[FamilyId, int]], capacity: int):
    queue: list[Claim] = []
    wanted: dict[FamilyId, int] = {}
    for family, size in acts:
        before = allot(queue, capacity)
        queue = claim(queue, family, size, capacity)
        wanted[family] = size
        after = allot(queue, capacity)
        assert sum(each.has for each in after.values()) <= capacity
        for each in FAMILIES:
            place = after.get(each, NOTHING)
            assert place.has + place.waits == wanted.get(each, 0)
            if each != family or size >= before.get(each, NOTHING).has:
                assert place.has >= before.get(each, NOTHING).has
        left = {each: place.has for each, place in after.items()}
        asked = dict.fromkeys(FAMILIES, 0)
        for entry in sorted(queue, key=lambda entry: entry.turn):
            asked[entry.family] += entry.size
            if entry.size <= left[entry.family]:
                left[entry.family] -= entry.size
            elif asked[entry.family] <= capacity:  # the first that waits, and not in vain, does not fit
                assert entry.size > (free_places(after, capacity) or 0)
                break
        for family_id, place in after.items():
            assert place.too_many == (wanted[family_id] > capacity)
        assert {each: place.has for each, place in allot(seated_first(queue, capacity), capacity).items()} == {
            each: place.has for each, place in after.items()
        }


@given(ACTS, st.integers(0, 12), st.integers(0, 12))
@settings(max_examples=100, deadline=None)
def test_more_places_take_none_away(acts: list[tuple[FamilyId, int]], capacity: int, more: int):
    queue: list[Claim] = []
    for family, size in acts:
        queue = claim(queue, family, size, capacity)
    before = allot(queue, capacity)
    after = allot(seated_first(queue, capacity), capacity + more)
    assert all(after[family].has >= place.has for family, place in before.items())


@given(ACTS)
@settings(max_examples=50, deadline=None)
def test_without_a_limit_nobody_waits(acts: list[tuple[FamilyId, int]]):
    queue: list[Claim] = []
    for family, size in acts:
        queue = claim(queue, family, size, None)
    assert all(not each.waits for each in allot(queue, None).values())


@given(ACTS, st.dictionaries(st.sampled_from(FAMILIES), st.integers(0, 4)))
@settings(max_examples=50, deadline=None)
def test_counting_anew_keeps_the_order(acts: list[tuple[FamilyId, int]], sizes: dict[FamilyId, int]):
    queue: list[Claim] = []
    for family, size in acts:
        queue = claim(queue, family, size, None)
    first = {entry.family: entry.turn for entry in sorted(queue, key=lambda entry: -entry.turn)}
    again = anew(queue, sizes)
    known = [entry.family for entry in again if entry.family in first]
    assert known == sorted(known, key=lambda family: first[family])
    assert {entry.family: entry.size for entry in again} == {family: size for family, size in sizes.items() if size}


def test_who_does_not_fit_waits_and_moves_up_in_order(rink: Conversation):
    rink.teacher.says("!событие изменить мест: 5", room="events")
    rink.guardian(2).reacts("Каток", "✅", room="events")  # 3 places
    assert writes(rink, 0, "придём").startswith("Записали")  # 2 places
    answer = writes(rink, 4, "придём, 2 взрослых")
    assert answer == (
        "«Каток» (сб, 21 ноября, 12:00): придёте: 2 взрослых, Марк. "
        "Свободных мест сейчас нет, вы в очереди первые. Освободится место — сразу напишем."
    )
    assert rink.teacher.says("!придут Исаев", room="staff").endswith("Мест нет, семья в очереди (перед ней: 1).")
    assert lines(rink, "Мест:") == ["Мест: 5, свободно 0. Ждут места 2 семьи."]
    rink.guardian(2).reacts("Каток", "❌", room="events")  # three places become free: they are the next family's
    moved = (
        "«Каток» (сб, 21 ноября, 12:00): место освободилось, теперь оно ваше. Ждём! "
        "Если планы изменились, напишите «не придём»."
    )
    assert letters(rink, 4)[-1] == moved
    assert letters(rink, 5)[-1] == moved
    assert lines(rink, "Мест:") == ["Мест: 5, свободно 0. Ждёт места 1 семья."]
    writes(rink, 0, "не придём")
    assert rink.texts("staff")[-1] == ("Максим Исаев — №1 «Каток»: место освободилось. Семья без приложения, сообщите сами.")


def test_tap_without_a_place_is_told_in_the_desk_only(rink: Conversation):
    rink.teacher.says("!событие изменить мест: 3", room="events")
    rink.guardian(2).reacts("Каток", "✅", room="events")
    messages = len(rink.texts("events"))
    rink.guardian(0).reacts("Каток", "✅", room="events")
    assert letters(rink, 0) == [
        "«Каток» (сб, 21 ноября, 12:00): свободных мест сейчас нет, вы в очереди первые. Освободится место — сразу напишем."
    ]
    assert letters(rink, 4) == []
    assert len(rink.texts("events")) == messages


def test_small_family_does_not_slip_past_a_large_one(rink: Conversation):
    rink.teacher.says("!событие изменить мест: 4", room="events")
    writes(rink, 2, "придём")  # 3
    writes(rink, 0, "придём")  # 2 wait, 1 is free
    assert "в очереди; перед вами 1 семья" in writes(rink, 4, "придёт только папа без детей")
    assert lines(rink, "Мест:") == ["Мест: 4, свободно 1. Ждут места 2 семьи."]


def test_who_wants_more_keeps_what_they_have(rink: Conversation):
    rink.teacher.says("!событие изменить мест: 5", room="events")
    writes(rink, 2, "придём")
    writes(rink, 0, "придём")
    assert "Мест за вами: 3, ещё 1 — в очереди." in writes(rink, 2, "придём, 2 взрослых")
    assert "есть мест: 3, в очереди: 1" in rink.teacher.says("!событие кто", room="staff")
    assert writes(rink, 2, "придём, 1 взрослый").startswith("Записали")


def test_places_for_pupils_count_pupils(rink: Conversation):
    rink.teacher.says("!событие изменить мест: 2 детей", room="events")
    assert writes(rink, 2, "придём, 3 взрослых").startswith("Записали")
    assert "в очереди" in writes(rink, 0, "придём")
    assert lines(rink, "Мест:") == ["Мест: 2 (учеников), свободно 0. Ждёт места 1 семья."]


def test_place_of_a_family_that_leaves_is_the_next_one_s(rink: Conversation):
    rink.teacher.says("!событие изменить мест: 2", room="events")
    rink.guardian(0).reacts("Каток", "✅", room="events")
    rink.guardian(4).reacts("Каток", "✅", room="events")
    rink.database.execute("UPDATE pupil SET class_id = 'left 3b' WHERE family_id = 'family0'")
    rink.advance(days=1, hours=1)
    assert "место освободилось" in letters(rink, 4)[-1]
    assert lines(rink, "Мест:") == ["Мест: 2, свободно 0."]


def test_fewer_places_send_the_last_to_the_queue_and_more_take_them_back(rink: Conversation):
    rink.guardian(2).reacts("Каток", "✅", room="events")
    rink.guardian(0).reacts("Каток", "✅", room="events")
    rink.teacher.says("!событие изменить мест: 4", room="events")
    assert letters(rink, 0)[-1].startswith("«Каток» (сб, 21 ноября, 12:00): мест стало меньше")
    assert letters(rink, 2) == []
    rink.teacher.says("!событие изменить мест: 10", room="events")
    assert "место освободилось" in letters(rink, 0)[-1]


def test_at_once_exactly_as_many_as_there_are_places(rink: Conversation):
    rink.teacher.says("!событие изменить мест: 2 детей", room="events")
    with rink.at_once():
        for number in (0, 1, 2, 3, 4, 5):
            rink.guardian(number).reacts("Каток", "✅", room="events")
    assert "свободно 1. Ждут места 2 семьи" in card(rink) or "свободно 0. Ждёт места 1 семья" in card(rink)


def test_family_that_is_larger_than_the_event_holds_nobody_up(rink: Conversation):
    rink.teacher.says("!событие изменить мест: 3", room="events")
    answer = writes(rink, 2, "придём, 3 взрослых")
    assert answer == (
        "«Каток» (сб, 21 ноября, 12:00): придёте: 3 взрослых, Таисия, Семён. Но мест всего 3, на всех вас столько не найдётся. "
        "Напишите, сколько вас придёт, например: «придём, 1 взрослый»."
    )
    assert writes(rink, 0, "придём").startswith("Записали")
    assert lines(rink, "Придёт") == ["Придёт 1 семья — 1 взрослый и 1 ученик"]
    assert "За вами остаётся мест: 2." in writes(rink, 0, "придём, 4 взрослых")
    assert writes(rink, 0, "придём, 1 взрослый").startswith("Записали")
    assert "Но мест всего 3" in rink.teacher.says("!придут Исаев 4", room="staff")
    rink.guardian(3).reacts("Каток", "✅", room="events")  # still three adults, as was said
    assert "мест всего 3, на всех вас столько не найдётся" in letters(rink, 2)[-1]
    rink.teacher.says("!событие изменить мест: 5", room="events")
    assert lines(rink, "Придёт") == ["Придёт 1 семья — 1 взрослый и 1 ученик"]  # who has places keeps them


def test_fewer_places_unseat_only_those_that_do_not_fit(rink: Conversation):
    for number in (2, 0, 4):
        rink.guardian(number).reacts("Каток", "✅", room="events")
    rink.teacher.says("!событие изменить мест: 10", room="events")
    rink.teacher.says("!событие изменить мест: 2", room="events")
    assert lines(rink, "Мест:") == ["Мест: 2, свободно 0. Ждут места 2 семьи."]
    assert "мест всего 2" in letters(rink, 2)[-1]
    assert letters(rink, 0) == []
    assert letters(rink, 4)[-1].endswith("Вы в очереди первые. Освободится место — сразу напишем.")


def test_each_is_told_its_own_place_in_the_line_when_places_become_fewer(rink: Conversation):
    for number in (0, 2, 4):
        rink.guardian(number).reacts("Каток", "✅", room="events")
    rink.teacher.says("!событие изменить мест: 3", room="events")
    assert letters(rink, 2)[-1].endswith("Вы в очереди первые. Освободится место — сразу напишем.")
    assert letters(rink, 4)[-1].endswith("Вы в очереди; перед вами 1 семья. Освободится место — сразу напишем.")


def test_waiting_families_are_not_counted_as_coming(rink: Conversation):
    rink.teacher.says("!событие изменить мест: 3", room="events")
    writes(rink, 2, "придём")
    writes(rink, 0, "придём")
    assert lines(rink, "Придёт", "Придут", "Ответили") == [
        "Придёт 1 семья — 1 взрослый и 2 ученика",
        "Может быть: 0. Ответили 2 из 4.",
    ]
    writes(rink, 2, "придём, 2 взрослых")  # the second one waits
    assert lines(rink, "Придёт") == ["Придёт 1 семья — 1 взрослый и 2 ученика"]


@pytest.mark.parametrize(
    "said", ["мест: -5", "мест -5", "мест: 10000", "мест: 0", "мест: 5-7", "мест: 5 семей", "places: 5 families"]
)
def test_impossible_numbers_of_places_are_refused(rink: Conversation, said: str):
    answer = rink.teacher.says(f"!событие изменить {said}", room="staff")
    assert answer.startswith("Не понимаю, сколько мест:")
    assert "Нужно число от 1 до 1\u00a0000. Например: мест: 40" in answer
    assert lines(rink, "Мест") == []


@pytest.mark.parametrize(
    ("said", "shown"), [("мест: не больше 40 человек", "40"), ("мест - 40", "40"), ("не больше 20 детей", "20 (учеников)")]
)
def test_numbers_of_places_as_people_write_them(rink: Conversation, said: str, shown: str):
    rink.teacher.says(f"!событие изменить {said}", room="staff")
    assert lines(rink, "Мест:") == [f"Мест: {shown}, свободно {shown.split(maxsplit=1)[0]}."]


@pytest.mark.parametrize("said", ["чай -2", "чай 10000", "чай −2", "чай 200", "чай 0"])
def test_impossible_numbers_in_duties_are_refused(whole: Conversation, said: str):
    answer = whole.teacher.says(f"!событие Каток в субботу 12:00; дела: фото 1, {said}", room="staff")
    assert answer.startswith(f"Не понимаю дело «{said}».")
    assert whole.texts("events") == []
