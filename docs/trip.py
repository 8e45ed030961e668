"""Draw the README's moving picture from the real game: `uv run python docs/trip.py`.

A case of the demo is looked at and opened, the reel rolls, and the drawer shows who won. Each
look at the screen is a frame; a line of text that several frames share is drawn once.
"""

import asyncio
import os
import re
from itertools import accumulate
from tempfile import mkdtemp

from pictures import FOLDER, settled

SIZE = (80, 24)
OPENED_BEFORE = 62
"""Cases that are opened unseen: the next one of the demo's seeds holds something worth a look."""

REEL_FRAMES, REEL_PAUSE = 36, 0.1
"""How often the reel is looked at, and the seconds between two looks."""

STYLE = re.compile(r"\.terminal-\d+-(r\d+) \{([^}]*)\}")
PIECE = re.compile(r'<rect fill="[^>]*/>|<text class="terminal-\d+-(r\d+)"[^>]*>[^<\n]+</text>')
INSIDE = '<g transform="translate(9, 41)"'
"""Where the lines begin, inside the window."""

PLACE = re.compile(r' y="([\d.]+)"')
LINE_HEIGHT = 24.4

Frame = tuple[float, str]
"""Seconds that a picture stands, and the picture: an SVG of the whole screen."""


async def play() -> list[Frame]:
    """The frames of the trip."""
    from inventui.app.app import InventuiApp
    from inventui.config import Settings
    from inventui.engine.demo import STARTS_AT
    from inventui.rules.core.clock import FrozenClock

    app = InventuiApp(demo=True, clock=FrozenClock(STARTS_AT), settings=Settings(), watch_seconds=0)
    frames: list[Frame] = []

    def look(seconds: float) -> None:
        frames.append((seconds, app.export_screenshot(title="inventui")))

    async with app.run_test(size=SIZE) as pilot:
        await settled(app, pilot)
        app.session.player.cases.open("citrus-crate", OPENED_BEFORE)
        app.action_room("cases")
        await settled(app, pilot)
        look(2.5)
        await pilot.press("enter")
        for _ in range(REEL_FRAMES):
            await asyncio.sleep(REEL_PAUSE)
            look(REEL_PAUSE)
        await settled(app, pilot)
        look(2.5)
        await pilot.press("escape")
        await settled(app, pilot)
        app.action_room("drawer")
        await settled(app, pilot)
        look(3)
        app.exit()
    return frames


def moving(frames: list[Frame]) -> str:
    """One SVG that shows the frames one after the other, for ever."""
    total = sum(seconds for seconds, _ in frames)
    starts = [0.0, *accumulate(seconds for seconds, _ in frames)]
    classes: dict[str, str] = {}
    shown: dict[tuple[int, str], list[int]] = {}
    for number, (_, picture) in enumerate(frames):
        for line in lines(picture, classes).items():
            shown.setdefault(line, []).append(number)
    body, rules = [], []
    for count, ((_, drawn), when) in enumerate(sorted(shown.items())):
        if len(when) == len(frames):
            body.append(f"<g>{drawn}</g>")
            continue
        steps = {0.0: "hidden"}
        for number in when:
            steps[starts[number]] = "visible"
            steps.setdefault(starts[number + 1], "hidden")
        keys = "".join(
            f"{100 * at / total:.3f}%{{visibility:{seen}}}" for at, seen in sorted(steps.items())
        )
        rules.append(f"@keyframes k{count}{{{keys}}}#l{count}{{animation-name:k{count}}}")
        first = " class='first'" if 0 in when else ""
        body.append(f"<g id='l{count}'{first}>{drawn}</g>")
    style = "rect{shape-rendering:crispEdges}" + "".join(
        f".{name}{{{css}}}" for css, name in classes.items()
    )
    head, matrix = _window(frames[0][1])
    return (
        f"{head}{matrix}<style>rect{{shape-rendering:crispEdges}}{style}"
        f"g[id]{{visibility:hidden;animation:{total:.2f}s step-end infinite}}"
        "@media (prefers-reduced-motion:reduce){g[id]{animation:none}.first{visibility:visible}}"
        f"{''.join(rules)}</style>{''.join(body)}</g></g></svg>"
    )


def lines(picture: str, classes: dict[str, str]) -> dict[int, str]:
    """What stands on each line of a picture; `classes` learns the styles, by their CSS."""
    styles = dict(STYLE.findall(picture))
    drawn: dict[int, str] = {}
    for piece in PIECE.finditer(picture, picture.index(INSIDE)):
        text, place = piece.group(), PLACE.search(piece.group())
        assert place is not None
        is_text = piece.group(1) is not None
        line = int((float(place.group(1)) - (20 if is_text else 1.5)) / LINE_HEIGHT + 0.5)
        if is_text:
            css = styles[piece.group(1)].strip()
            name = classes.setdefault(css, f"c{len(classes)}")
            text = re.sub(r'class="[^"]*"', f'class="{name}"', text, count=1)
        text = re.sub(r' (clip-path|shape-rendering)="[^"]*"', "", text)
        drawn[line] = drawn.get(line, "") + text
    return drawn


def _window(picture: str) -> tuple[str, str]:
    """What comes before the lines: the window with its title, and the group of their letters."""
    matrix = re.search(r'<g class="terminal-\d+-matrix">', picture)
    assert matrix is not None
    head = picture[: picture.index(">", picture.index(INSIDE)) + 1]
    head = re.sub(r'<clipPath id="terminal-\d+-line-\d+">.*?</clipPath>\s*', "", head, flags=re.S)
    return STYLE.sub("", head), matrix.group()


if __name__ == "__main__":
    os.environ["INVENTUI_HOME"] = mkdtemp(prefix="inventui-pictures-")
    os.environ["COLORTERM"] = "truecolor"
    (FOLDER / "trip.svg").write_text(moving(asyncio.run(play())))
