"""The feed's topics and words."""

import pytest

from inventui.room import Topic
from inventui.rules.history import KINDS, TOPICS, achieved_words, feed_words, kinds_of, time_words


@pytest.mark.parametrize("topic", Topic)
def test_every_topic_has_kinds_of_its_own_choice(topic: Topic) -> None:
    kinds = kinds_of(topic)
    assert kinds
    assert all(topic in TOPICS[kind] for kind in kinds)
    assert set(kinds) < set(kinds_of(None))


def test_what_brings_either_money_or_things_has_the_topics_for_it() -> None:
    either = {kind for kind, told in KINDS.items() if told.either}
    assert "gift" in either
    assert all(Topic.MONEY in TOPICS[kind] for kind in either)


@pytest.mark.parametrize("kind", TOPICS)
def test_every_kind_is_told_in_words_of_its_own(kind: str) -> None:
    said = feed_words(kind, "bob", mine=True, success=True)
    assert said.startswith(("You ", "Time ", "The world's owner "))
    assert "{" not in said
    assert "_" not in said


def test_a_name_is_never_read_as_a_pattern() -> None:
    name = "{0} {other} %s [/nope]"
    assert feed_words("gift", name, mine=False, success=True) == f"{name} gave you"
    assert feed_words("rob", name, mine=True, success=False) == f"{name} caught you"


@pytest.mark.parametrize(
    ("mine", "success", "said"),
    [
        (True, True, "You robbed bob"),
        (True, False, "bob caught you"),
        (False, True, "bob robbed you"),
        (False, False, "bob tried to rob you and failed"),
    ],
)
def test_a_robbery_is_told_from_each_side(mine: bool, success: bool, said: str) -> None:
    assert feed_words("rob", "bob", mine=mine, success=success) == said


@pytest.mark.parametrize(
    ("achieved", "quests", "said"),
    [
        (["A", "B"], [], "You achieved A, B"),
        ([], ["A"], "You did the quest A"),
        ([], ["A", "{0}"], "You did the quests A, {0}"),
        (["A"], ["B"], "You achieved A and did the quest B"),
    ],
)
def test_quests_are_told_apart_from_achievements(
    achieved: list[str], quests: list[str], said: str
) -> None:
    assert achieved_words(achieved, quests) == said


def test_an_unknown_kind_is_told_by_its_name() -> None:
    assert feed_words("brand_new", "", mine=True, success=True) == "Brand new"


@pytest.mark.parametrize(
    ("robbed", "foiled", "called", "said"),
    [
        ([], [], [], "Time went by"),
        (["Zest"], [], [], "Time went by: Zest robbed you"),
        (["Zest", "Pip", "Zest"], [], [], "Time went by: Zest and 2 more robbed you"),
        ([], ["Pip"], ["Zest"], "Time went by: Pip failed to rob you, Zest called"),
    ],
)
def test_who_came_by_is_named(
    robbed: list[str], foiled: list[str], called: list[str], said: str
) -> None:
    assert time_words(robbed, foiled, called) == said
