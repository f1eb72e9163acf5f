"""The solver against an oracle that tries everything, and what it promises."""

from __future__ import annotations

import itertools
import random
from collections import Counter
from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from classroom_matrix.domain.ids import FamilyId
from classroom_plugins.duties.assignment import Candidate, Choice, Fit, Vacancy, assign
from classroom_plugins.duties.lots import Wished, decide


def family(number: int) -> FamilyId:
    return FamilyId(f"family{number}")


def key(
    vacancies: Sequence[Vacancy], candidates: Sequence[Candidate], pairs: Sequence[tuple[int, FamilyId]]
) -> tuple[object, ...]:
    """What is minimised, the lots left out: empty places, unmet needs, loads from the greatest down, tastes."""
    weight = {each.duty: each.weight for each in vacancies}
    fits = {each.family: each.fits for each in candidates}
    loads = {each.family: each.load for each in candidates}
    for duty, of in pairs:
        loads[of] += weight[duty]
    able = [each.family for each in candidates if each.fits]
    return (
        sum(each.places for each in vacancies) - len(pairs),
        sum(fits[of][duty].lacks for duty, of in pairs),
        sorted((loads[of] for of in able), reverse=True),
        sum(fits[of][duty].taste for duty, of in pairs),
    )


def oracle(vacancies: Sequence[Vacancy], candidates: Sequence[Candidate]) -> tuple[object, ...]:
    """The best of all assignments, each of them tried."""
    pairs = [(each.duty, candidate.family) for each in vacancies for candidate in candidates if each.duty in candidate.fits]
    slot = {each.duty: each.slot for each in vacancies}
    places = {each.duty: each.places for each in vacancies}
    best = None
    for size in range(len(pairs) + 1):
        for chosen in itertools.combinations(pairs, size):
            filled = Counter(duty for duty, _ in chosen)
            at_once = Counter((of, slot[duty]) for duty, of in chosen)
            if any(count > places[duty] for duty, count in filled.items()) or max(at_once.values(), default=0) > 1:
                continue
            found = key(vacancies, candidates, chosen)
            best = found if best is None or found < best else best
    assert best is not None
    return best


@st.composite
def problems(draw: st.DrawFn, *, one_weight: bool) -> tuple[list[Vacancy], list[Candidate], int]:
    """Small enough for the oracle: at most nine (family, duty) pairs."""
    duties = draw(st.integers(1, 3))
    weights = [1] * duties if one_weight else draw(st.lists(st.integers(1, 3), min_size=duties, max_size=duties))
    slots = draw(st.lists(st.integers(0, 2), min_size=duties, max_size=duties)) if one_weight else [0] * duties
    vacancies = [Vacancy(n, draw(st.integers(1, 3)), weights[n], slots[n]) for n in range(duties)]
    fit = st.builds(Fit, lacks=st.booleans(), taste=st.integers(0, 2))
    candidates = [
        Candidate(family(n), draw(st.integers(0, 5)), draw(st.dictionaries(st.integers(0, duties - 1), fit, max_size=duties)))
        for n in range(draw(st.integers(1, 4 if duties < 3 else 3)))
    ]
    return vacancies, candidates, draw(st.integers(0, 10**6))


def pairs_of(choices: Sequence[Choice]) -> list[tuple[int, FamilyId]]:
    return [(choice.duty, choice.family) for choice in choices]


@settings(max_examples=150, deadline=None)
@given(problems(one_weight=True))
def test_assignment_is_as_good_as_the_best_of_all(problem: tuple[list[Vacancy], list[Candidate], int]):
    vacancies, candidates, seed = problem
    assert key(vacancies, candidates, pairs_of(assign(vacancies, candidates, seed))) == oracle(vacancies, candidates)


@settings(max_examples=150, deadline=None)
@given(problems(one_weight=False))
def test_assignment_of_duties_that_weigh_differently_is_as_good_as_the_best_of_all(
    problem: tuple[list[Vacancy], list[Candidate], int],
):
    vacancies, candidates, seed = problem
    assert key(vacancies, candidates, pairs_of(assign(vacancies, candidates, seed))) == oracle(vacancies, candidates)


@settings(max_examples=60, deadline=None)
@given(problems(one_weight=True), st.randoms(use_true_random=False))
def test_assignment_depends_on_the_seed_and_not_on_the_order(
    problem: tuple[list[Vacancy], list[Candidate], int], dice: random.Random
):
    vacancies, candidates, seed = problem
    before = assign(vacancies, candidates, seed)
    dice.shuffle(vacancies)
    dice.shuffle(candidates)
    assert assign(vacancies, candidates, seed) == before


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_nobody_gets_a_place_while_somebody_who_can_has_less(data: st.DataObject):
    """27 families, an event with nine places at three times, some who cannot: no exchange would make the loads more even."""
    dice = random.Random(data.draw(st.integers(0, 10**6)))
    vacancies = [Vacancy(n, dice.randint(1, 3), 1, n % 3) for n in range(5)]
    candidates = [
        Candidate(family(n), dice.randrange(4), {d: Fit() for d in range(5) if dice.random() < 0.8}) for n in range(27)
    ]
    choices = assign(vacancies, candidates, dice.randrange(10**6))
    assert len(choices) == sum(each.places for each in vacancies)
    loads = {each.family: each.load for each in candidates}
    loads.update({choice.family: max(loads[choice.family], choice.after) for choice in choices})
    taken = {(choice.family, choice.duty % 3) for choice in choices}
    for choice in choices:
        for other in candidates:
            if choice.duty in other.fits and (other.family, choice.duty % 3) not in taken:
                assert loads[choice.family] <= loads[other.family] + 1


def test_equal_loads_are_decided_by_lots():
    candidates = [Candidate(family(n), 0, {1: Fit()}) for n in range(10)]
    chosen = Counter(assign([Vacancy(1, 1)], candidates, seed)[0].family for seed in range(400))
    assert len(chosen) == 10
    assert min(chosen.values()) > 15


def test_what_is_needed_goes_before_even_loads():
    candidates = [Candidate(family(0), 7, {1: Fit()}), Candidate(family(1), 0, {1: Fit(lacks=True)})]
    assert pairs_of(assign([Vacancy(1, 1)], candidates, 1)) == [(1, family(0))]
    assert pairs_of(assign([Vacancy(1, 2)], candidates, 1)) in (
        [(1, family(0)), (1, family(1))],
        [(1, family(1)), (1, family(0))],
    )


def test_tastes_never_make_loads_less_even():
    candidates = [Candidate(family(0), 1, {1: Fit(taste=0)}), Candidate(family(1), 0, {1: Fit(taste=2)})]
    assert pairs_of(assign([Vacancy(1, 1)], candidates, 1)) == [(1, family(1))]


def test_tastes_decide_between_equal_loads():
    candidates = [Candidate(family(0), 0, {1: Fit(), 2: Fit(taste=0)}), Candidate(family(1), 0, {1: Fit(), 2: Fit(taste=2)})]
    assert pairs_of(assign([Vacancy(1, 1), Vacancy(2, 1)], candidates, 1)) == [(1, family(1)), (2, family(0))]


def test_nobody_to_ask_is_no_assignment():
    assert assign([Vacancy(1, 2)], [], 1) == []
    assert assign([Vacancy(1, 2)], [Candidate(family(0), 0, {})], 1) == []
    assert assign([], [Candidate(family(0), 0, {1: Fit()})], 1) == []


def test_choices_count_up_the_load_of_one_family():
    candidates = [Candidate(family(0), 2, {1: Fit(), 2: Fit()})]
    found = assign([Vacancy(1, 1, 1, 1), Vacancy(2, 1, 1, 2)], candidates, 1)
    assert [(choice.before, choice.after) for choice in found] == [(2, 3), (3, 4)]


def test_weights_at_several_times_are_each_solved_exactly():
    candidates = [Candidate(family(n), 0, {1: Fit(), 2: Fit()}) for n in range(2)]
    found = assign([Vacancy(1, 1, 1, 1), Vacancy(2, 1, 3, 2)], candidates, 5)
    assert len({choice.family for choice in found}) == 2  # not both to one


# ── Wishes ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


@given(st.lists(st.integers(0, 5), min_size=1, max_size=8), st.integers(1, 4), st.integers(0, 10**6))
def test_wishes_go_to_the_lowest_loads(loads: list[int], places: int, seed: int):
    families = [family(n) for n in range(len(loads))]
    (decision,) = decide([Wished(1, places, 1, 0, families)], dict(zip(families, loads, strict=True)), seed)
    assert len(decision.chosen) == min(places, len(loads))
    assert sorted(decision.chosen + decision.others) == families
    if decision.others:
        assert max(decision.loads[f] for f in decision.chosen) <= min(decision.loads[f] for f in decision.others)
        tie = decision.loads[decision.chosen[-1]] == decision.loads[decision.others[0]]
        assert decision.by_lot is tie


def test_who_got_one_wish_comes_later_for_the_next():
    families = [family(0), family(1)]
    first, second = decide([Wished(1, 1, 1, 0, families), Wished(2, 1, 1, 1, families)], dict.fromkeys(families, 0), 3)
    assert {first.chosen, second.chosen} == {(family(0),), (family(1),)}


def test_nobody_wins_two_places_at_one_time_while_others_wish():
    families = [family(0), family(1)]
    first, second = decide([Wished(1, 1, 1, 0, [family(0)]), Wished(2, 1, 1, 0, families)], {family(0): 0, family(1): 9}, 3)
    assert (first.chosen, second.chosen) == ((family(0),), (family(1),))
