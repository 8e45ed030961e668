"""What the tests of achievements stand on: the packs of other tests, with goals of their own."""

from collections.abc import Mapping
from pathlib import Path

from inventui.engine.achievements.models import AchievementLine, Awards
from inventui.engine.world import PlayerHandle, World
from inventui.rules.achievements import Condition
from inventui.rules.core.clock import Clock
from tests.builders import STREETS_PACK, a_world, done

Goals = Mapping[str, tuple[Condition, int, Mapping[str, object]]]
"""Slugs of goals: what is counted, how far it goes, and the rewards."""


def a_goal_world(
    path: Path, goals: Goals, *, clock: Clock | None = None, pack: Path = STREETS_PACK
) -> World:
    """A world of a pack with these goals beside what it has."""
    lines = [pack.read_text()]
    for slug, (condition, threshold, rewards) in goals.items():
        lines += ["[[achievements]]", f'id = "{slug}"', f'name = "Goal {slug}"', 'emoji = "🏅"']
        lines += [f'condition = "{condition}"', f"threshold = {threshold}"]
        lines += [f"{name} = {_toml(value)}" for name, value in rewards.items()]
    written = path.parent / "goals.toml"
    written.parent.mkdir(parents=True, exist_ok=True)
    written.write_text("\n".join(lines))
    return a_world(path, pack=written, clock=clock)


def _toml(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value)


def awarded(player: PlayerHandle) -> Awards:
    """Awards that must be due."""
    return done(player.achievements.award(), Awards)


def line(player: PlayerHandle, slug: str) -> AchievementLine:
    """A goal as the player sees it."""
    return next(line for line in player.achievements.list() if line.slug == slug)
