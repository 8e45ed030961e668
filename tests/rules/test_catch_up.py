"""Away: amounts depend on intervals alone, however a span is cut."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from inventui.rules.core.clock import DAY, HOUR, MINUTE
from inventui.rules.people.friends import FriendshipState
from inventui.rules.property import FULL_TILL, UpkeepState, takings
from inventui.rules.streets.robbery import POOR
from inventui.rules.time.catch_up import PERIOD, boundaries, elapse
from inventui.rules.time.neighbour_calls import VISIT_PERIOD
from inventui.rules.time.situation import (
    Armour,
    Business,
    Elapsed,
    Home,
    NearbyNeighbour,
    Situation,
    VisitKind,
)

SEED = "5eed" * 16
START = 20_000 * DAY
BUSINESS = Business(player_item=1, revenue=4_000, cost=400, since=0)
HOME = Home(player_item=2, upkeep=300, insurance=15, since=0)
ARMOUR = Armour(player_item=3, defence=5, durability=20)
NEIGHBOURS = (NearbyNeighbour(7, "Mo", 100, 5, 0), NearbyNeighbour(8, "Kit", 60, 0, 0))
FRIENDS = (
    NearbyNeighbour(
        7, "Mo", 100, 5, 0, friendliness=80, generosity=90, bond=FriendshipState.FRIENDS
    ),
    NearbyNeighbour(8, "Kit", 60, 0, 0, friendliness=50, generosity=20, bond=FriendshipState.ASKED),
    NearbyNeighbour(9, "Ida", 0, 0, 0, friendliness=90, generosity=60),
)
SPARE = (11, 12, 13)

RICH = Situation(SEED, 1, 50_000)


@st.composite
def some_affairs(draw: st.DrawFn) -> Situation:
    return Situation(
        seed=SEED,
        player=draw(st.integers(1, 5)),
        oranges=draw(st.integers(0, 3_000)),
        safe_until=draw(st.sampled_from([0, START + DAY])),
        business=draw(st.sampled_from([None, BUSINESS, replace(BUSINESS, since=START + DAY)])),
        home=draw(st.sampled_from([None, HOME, replace(HOME, upkeep=2_000)])),
        armour=draw(st.sampled_from([None, ARMOUR])),
        spare=draw(st.sampled_from([(), SPARE])),
        neighbours=draw(st.sampled_from([(), NEIGHBOURS, FRIENDS])),
        presents=draw(st.sampled_from([(), ("donut", "poop")])),
    )


def lines(*spans: Elapsed) -> tuple[object, ...]:
    """What spans brought in all: each income, each day's last state, each raid."""
    days = {}
    for span in spans:
        for line in span.upkeep:
            days[line.day] = (line.player_item, line.due, line.state)
    return (
        [line for span in spans for line in span.incomes],
        days,
        [raid for span in spans for raid in span.robberies],
        [call for span in spans for call in span.visits],
        [span.evicted for span in spans if span.evicted],
        spans[-1].situation,
    )


@settings(max_examples=150, deadline=None)
@given(
    situation=some_affairs(),
    since=st.integers(START, START + DAY),
    steps=st.lists(st.integers(0, 3 * DAY), min_size=1, max_size=6),
)
def test_a_span_brings_the_same_however_it_is_cut(
    situation: Situation, since: int, steps: list[int]
) -> None:
    whole = elapse(situation, since, since + sum(steps))
    parts = []
    now, state = since, situation
    for step in steps:
        parts.append(elapse(state, now, now + step))
        state, now = parts[-1].situation, now + step
    assert lines(*parts) == lines(whole)


@settings(max_examples=80, deadline=None)
@given(situation=some_affairs(), days=st.integers(0, 30))
def test_nothing_is_paid_that_is_not_there(situation: Situation, days: int) -> None:
    span = elapse(situation, START, START + days * DAY)
    left = situation.oranges + span.revenue + span.oranges_given
    left -= span.cost + span.upkeep_paid + span.oranges_lost
    assert span.situation.oranges == left >= 0


def test_a_boundary_belongs_to_the_span_that_ends_on_it() -> None:
    assert list(boundaries(START, START + PERIOD)) == [START + PERIOD]
    assert list(boundaries(START - 1, START)) == [START]
    assert list(boundaries(START, START + PERIOD - 1)) == []
    assert list(boundaries(START, START - 5 * DAY)) == []


def test_a_business_pays_for_each_period_once_what_its_draw_says() -> None:
    span = elapse(replace(RICH, business=BUSINESS), START, START + DAY)
    first = START // PERIOD
    assert [line.period for line in span.incomes] == list(range(first, first + 8))
    assert [line.revenue for line in span.incomes] == [
        takings(SEED, 1, first + i, 4_000, 400).revenue for i in range(8)
    ]
    assert span.cost == 400


def test_a_business_does_not_pay_at_the_moment_it_begins_or_before() -> None:
    late = replace(BUSINESS, since=START + PERIOD)
    span = elapse(replace(RICH, business=late), START, START + 2 * PERIOD)
    assert [line.period for line in span.incomes] == [START // PERIOD + 1]


def test_upkeep_is_due_at_each_midnight() -> None:
    span = elapse(replace(RICH, home=HOME), START + HOUR, START + 2 * DAY + HOUR)
    assert [(line.day, line.state) for line in span.upkeep] == [
        (20_001, UpkeepState.PAID),
        (20_002, UpkeepState.PAID),
    ]
    assert span.situation.oranges == 50_000 - 600


def test_a_home_that_is_moved_into_at_midnight_costs_nothing_before_the_next() -> None:
    home = replace(HOME, since=START + DAY)
    span = elapse(replace(RICH, home=home), START, START + 2 * DAY)
    assert [line.day for line in span.upkeep] == [20_002]


def test_the_last_orange_pays_upkeep_and_one_less_does_not() -> None:
    for oranges, state in ((300, UpkeepState.PAID), (299, UpkeepState.DUE)):
        span = elapse(replace(RICH, oranges=oranges, home=HOME), START, START + DAY)
        assert [line.state for line in span.upkeep] == [state]


def test_a_home_that_is_not_paid_is_lost_on_the_seventh_day() -> None:
    poor = replace(RICH, oranges=0, home=HOME)
    for days, unpaid, evicted in ((1, 1, None), (7, 7, None), (8, 0, 2), (30, 0, 2)):
        span = elapse(poor, START, START + days * DAY)
        assert len(span.situation.unpaid) == unpaid, days
        assert span.evicted == evicted
    assert {line.state for line in span.upkeep} == {UpkeepState.EVICTED}
    assert len(span.upkeep) == 8


def test_arrears_are_paid_oldest_first_as_soon_as_there_is_money() -> None:
    poor = replace(RICH, oranges=0, home=HOME)
    owing = elapse(poor, START, START + 3 * DAY).situation
    span = elapse(replace(owing, oranges=700), START + 3 * DAY, START + 4 * DAY)
    assert [(line.day, line.known) for line in span.upkeep] == [
        (20_001, True),
        (20_002, True),
        (20_004, False),
    ]
    assert span.situation.unpaid == ((20_003, 300), (20_004, 300))
    assert span.situation.oranges == 100


def test_after_three_days_of_arrears_the_business_brings_a_fifth_less() -> None:
    # Upkeep is dearer than what the business brings, so it stays unpaid.
    situation = replace(
        RICH, oranges=0, business=replace(BUSINESS, cost=0), home=replace(HOME, upkeep=10**6)
    )
    span = elapse(situation, START, START + 5 * DAY)
    reduced = [line.period * PERIOD // DAY - 20_000 for line in span.incomes if line.reduced]
    assert sorted(set(reduced)) == [4]
    whole = elapse(replace(situation, home=None), START, START + 5 * DAY)
    for line, full in zip(span.incomes, whole.incomes, strict=True):
        assert line.revenue == (full.revenue * 4 // 5 if line.reduced else full.revenue)


def robbed(situation: Situation, days: int = 60) -> Elapsed:
    return elapse(replace(situation, neighbours=NEIGHBOURS), START, START + days * DAY)


def test_neighbours_come_by_now_and_then_once_a_period_at_most() -> None:
    span = robbed(RICH)
    periods = [raid.period for raid in span.robberies]
    assert len(periods) == len(set(periods))
    assert 10 < len(periods) < 50
    assert {raid.neighbour.name for raid in span.robberies} == {"Mo", "Kit"}
    assert {raid.success for raid in span.robberies} == {True, False}
    assert all(raid.at == (raid.period + 1) * VISIT_PERIOD for raid in span.robberies)


def test_neighbours_leave_the_poor_and_the_new_alone() -> None:
    assert robbed(replace(RICH, oranges=POOR - 1)).robberies == []
    late = robbed(replace(RICH, safe_until=START + 30 * DAY))
    assert late.robberies
    assert min(raid.at for raid in late.robberies) >= START + 30 * DAY


def test_neighbours_come_by_only_after_they_have_moved_in() -> None:
    new = tuple(replace(neighbour, since=START + 10 * DAY + MINUTE) for neighbour in NEIGHBOURS)
    span = elapse(replace(RICH, neighbours=new), START, START + 60 * DAY)
    assert min(raid.period * VISIT_PERIOD for raid in span.robberies) >= START + 10 * DAY + MINUTE


def test_insurance_lowers_what_is_taken() -> None:
    insured = replace(HOME, upkeep=1, insurance=40)
    with_home = robbed(replace(RICH, home=insured), 3)
    without = robbed(RICH, 3)
    (first, *_), (bare, *_) = with_home.robberies, without.robberies
    assert first.success
    assert bare.oranges > first.oranges > 0


def test_after_three_days_of_arrears_insurance_and_armour_keep_off_a_fifth_less() -> None:
    def first(insurance: int, defence: int, *, owing: bool = False) -> tuple[bool, int, int]:
        home = replace(HOME, upkeep=10**6 if owing else 0, insurance=insurance)
        unpaid = tuple((day, 10**6) for day in range(19_997, 20_001)) if owing else ()
        armour = replace(ARMOUR, defence=defence)
        raid = robbed(replace(RICH, home=home, armour=armour, unpaid=unpaid), 3).robberies[0]
        return raid.success, raid.oranges, raid.chance

    late = first(40, 10, owing=True)
    assert late == first(32, 8)
    success, oranges, chance = first(40, 10)
    assert success
    assert late[0]
    assert late[1] > oranges
    assert late[2] > chance


def test_armour_wears_with_each_raid_and_is_gone_at_nothing() -> None:
    span = robbed(replace(RICH, armour=ARMOUR))
    worn = [raid for raid in span.robberies if raid.armour]
    assert all(2 <= raid.wear <= 3 for raid in worn)
    assert sum(raid.wear for raid in worn) >= 20
    assert span.situation.armour is None
    defended = [raid.chance for raid in worn if raid.neighbour.name == "Kit"]
    bare = [r.chance for r in span.robberies if not r.armour and r.neighbour.name == "Kit"]
    assert set(defended) == {45}
    assert set(bare) == {50}


def test_a_tenth_of_successes_takes_spare_gear_each_piece_once() -> None:
    span = robbed(replace(RICH, oranges=10**9, spare=tuple(range(100, 110))), 2_000)
    taken = [raid.stolen for raid in span.robberies if raid.stolen]
    assert len(set(taken)) == len(taken) > 5
    assert not set(taken) & set(span.situation.spare)


def called(neighbours: tuple[NearbyNeighbour, ...], days: int = 200) -> Elapsed:
    return elapse(
        replace(RICH, neighbours=neighbours, presents=("donut",)), START, START + days * DAY
    )


def test_a_request_is_answered_at_the_end_of_its_period_by_nature() -> None:
    asked = tuple(
        NearbyNeighbour(n, "N", 0, 0, 0, friendliness=friendliness, bond=FriendshipState.ASKED)
        for n, friendliness in enumerate([100] * 20 + [0] * 60)
    )
    span = elapse(replace(RICH, neighbours=asked), START, START + VISIT_PERIOD)
    answers = {call.neighbour.player: call.kind for call in span.visits if call.kind != "request"}
    assert len(answers) == 80
    assert {answers[n] for n in range(20)} == {VisitKind.ACCEPT}
    kinds = [answers[n] for n in range(20, 80)]
    assert 0 < kinds.count(VisitKind.ACCEPT) < 20


def test_a_stranger_asks_once_and_waits() -> None:
    span = called((NearbyNeighbour(7, "Mo", 0, 0, 0, friendliness=100, generosity=100),))
    (call,) = span.visits
    assert call.kind is VisitKind.REQUEST
    assert span.situation.neighbours[0].bond is FriendshipState.WAITING


def test_a_friend_brings_presents_and_robs_nobody() -> None:
    friend = NearbyNeighbour(
        7, "Mo", 100, 15, 0, friendliness=50, generosity=100, bond=FriendshipState.FRIENDS
    )
    span = called((friend,))
    kinds = [call.kind for call in span.visits]
    assert span.robberies == []
    assert set(kinds) == {VisitKind.ORANGES, VisitKind.ITEM}
    assert 100 < len(kinds) < 220
    assert all(50 <= c.oranges <= 400 for c in span.visits if c.kind is VisitKind.ORANGES)
    assert {c.item for c in span.visits if c.kind is VisitKind.ITEM} == {"donut"}


def test_the_mean_bring_nothing() -> None:
    assert called((NearbyNeighbour(7, "Mo", 0, 0, 0, bond=FriendshipState.FRIENDS),)).visits == []


def test_a_till_is_full_after_seven_days_away() -> None:
    there = replace(RICH, business=Business(7, 8_000, 800, 0), neighbours=())
    away = replace(there, away_since=START)
    present = elapse(there, START, START + 9 * DAY).incomes
    paid = elapse(away, START, START + 9 * DAY).incomes
    assert paid == [line for line in present if (line.period + 1) * PERIOD <= START + FULL_TILL]
    assert len(paid) < len(present)
    # In two pieces it is the same.
    first = elapse(away, START, START + 4 * DAY)
    rest = elapse(first.situation, START + 4 * DAY, START + 9 * DAY)
    assert [*first.incomes, *rest.incomes] == paid


def test_who_is_away_is_robbed_once_a_day_and_three_times_at_most() -> None:
    often = [raid.period for raid in robbed(RICH, 400).robberies]
    away = [raid.period for raid in robbed(replace(RICH, away_since=START), 400).robberies]
    assert len(often) > len(away) == 3
    assert len({period // 4 for period in away}) == 3
