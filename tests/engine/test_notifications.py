"""Notifications: paged newest first, unread ones alone if that is asked."""

import pytest

from inventui.engine.core.notify import notify
from inventui.engine.core.operation import Intent, perform
from inventui.engine.core.outcomes import Visited
from inventui.engine.notifications.models import NotificationPage
from inventui.engine.world import PlayerHandle, World
from inventui.rules.core.enums import Tone


@pytest.fixture
def told(world: World, ana: PlayerHandle, bob: PlayerHandle) -> PlayerHandle:
    """Ana was told seven things, and bob something in between."""

    def decide(draft: object) -> Visited:
        operation = draft.begin()  # type: ignore[attr-defined]
        for number in range(1, 8):
            notify(operation, ana.id, "test", Tone.INFO, f"Thing {number}.")
            notify(operation, bob.id, "test", Tone.INFO, "Not for you.")
        return Visited(operation.id, bob.id)

    perform(world, Intent("test", {}, ana.id, "test"), decide, Visited)
    return ana


def said(page: NotificationPage) -> list[str]:
    return [line.message.removeprefix("Thing ").removesuffix(".") for line in page.notifications]


def test_pages_come_newest_first_and_follow_each_other(told: PlayerHandle) -> None:
    first = told.notifications.page(limit=3)
    second = told.notifications.page(first.next, 3)
    third = told.notifications.page(second.next, 3)
    assert [*said(first), *said(second), *said(third)] == list("7654321")
    assert third.next is None
    assert told.notifications.page(0) == NotificationPage((), None)


def test_unread_ones_may_be_had_alone(told: PlayerHandle) -> None:
    page = told.notifications.page()
    told.notifications.seen(line.id for line in page.notifications[::2])
    assert said(told.notifications.page(unread=True)) == list("642")
    assert said(told.notifications.page(limit=2, unread=True)) == list("64")
    assert [line.seen for line in told.notifications.page().notifications] == [
        True, False, True, False, True, False, True,
    ]  # fmt: skip


def test_the_last_page_leads_nowhere_even_if_it_is_full(told: PlayerHandle) -> None:
    assert told.notifications.page(limit=7).next is None
    first = told.notifications.page(limit=6)
    assert told.notifications.page(first.next, 1).next is None
