"""Random lives among friends: three players who give, rob and withdraw, and two programs."""

from itertools import combinations
from random import Random

from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from inventui.rules.core.clock import HOUR
from inventui.rules.people.friends import FriendEvent
from tests.engine.living import live
from tests.engine.people_lives import NAMES
from tests.engine.random_actions import Deeds


class People(Deeds):
    """Each rule is a deed or some of them; who and what, an example's seed draws."""

    @initialize(
        seed=st.integers(0, 2**32),
        strangers=st.sets(st.sampled_from(list(combinations(NAMES, 2))), max_size=1),
        hours=st.sampled_from([25, 0]),
    )
    def begin(self, seed: int, strangers: set[tuple[str, str]], hours: int) -> None:
        self.prepare()
        self.chance = Random(seed)
        for one, other in combinations(NAMES, 2):
            if (one, other) not in strangers:
                self.change(one, other, FriendEvent.REQUEST)
                self.change(other, one, FriendEvent.ACCEPT)
        for name in NAMES:
            self.open_cases(name, 3)
        for _ in range(self.chance.choice([0, 13])):
            self.grant("bob", "fork")
        self.let_time_pass(hours * HOUR)

    @rule()
    def deal_with_others(self) -> None:
        gifts = 4 * [self.give_a_player_item] + 2 * [self.give_money]
        self.several(self.ask_answer_or_leave, *3 * [self.rob], *gifts)

    @rule()
    def keep_house(self) -> None:
        once = (self.open, self.find, self.find, self.sell, self.lock)
        self.several(*once, self.dress, self.dress, self.claim, self.claim)

    @rule()
    def take_back(self) -> None:
        self.several(*3 * [self.think_better], self.find)

    @rule()
    def leave_the_world(self) -> None:
        self.several(self.withdraw, self.withdraw, self.deliver, self.start_again, self.rotate)

    @rule()
    def wait(self) -> None:
        self.let_time_pass(self.chance.choice([1, 1, 7, 25, 50]) * HOUR)

    @rule()
    def see(self) -> None:
        self.look(self.somebody())


def test_random_lives_among_friends_go_as_the_oracle_says(trust: bool) -> None:
    live(People, examples=8 if trust else 2, steps=25, shrinks=False)
