"""Pictures of what a running app shows, compared with the ones that were accepted."""

from __future__ import annotations

import difflib
import html
import inspect
import io
import pickle
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pytest_textual_snapshot import (
    PseudoApp,
    PseudoConsole,
    SVGImageExtension,
    node_to_report_path,
)
from rich.cells import cell_len
from rich.console import Console
from rich.segment import Segment, Segments
from textual._compositor import LayoutUpdate

if TYPE_CHECKING:
    import pytest
    from syrupy import SnapshotAssertion
    from textual.app import App

FOLDER = Path(__file__).parent / "__snapshots__"

seen: set[str] = set()
"""The accepted pictures, as paths below FOLDER, that were compared in this process."""

SHELL = "StatusBar, RoomBar, KeyBar"
"""What stands around every room: pictured in `test_shell.py` alone."""

FORMAT = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {terminal_width} {terminal_height}">
<style>
.{unique_id}-matrix {{ font: {char_height}px Fira Code, monospace; }}
{styles}
</style>
<rect width="100%" height="100%" fill="ground"/>
<g shape-rendering="crispEdges">{backgrounds}</g>
<g class="{unique_id}-matrix">
{matrix}
</g>
</svg>
"""


def shell_rows(app: App[Any]) -> set[int]:
    """The lines on which the shell stands, in whichever of the screens that are seen."""
    bars = [bar for screen in (*app._background_screens, app.screen) for bar in screen.query(SHELL)]
    return {
        y
        for bar in bars
        if bar.region.width == app.size.width
        for y in range(bar.region.y, bar.region.bottom)
    }


def draw(app: App[Any], *, shell: bool = False) -> str:
    """What an app shows, as SVG; without the lines of the shell unless asked for.

    Textual's own export holds the frame of a window, fonts and clip paths: half of a file.
    """
    update = app.screen._compositor.render_update(
        full=True, screen_stack=app._background_screens, simplify=True
    )
    assert isinstance(update, LayoutUpdate)
    left_out = set() if shell else shell_rows(app)
    lines = [line for y, line in enumerate(update.strips) if y not in left_out]
    console = Console(
        width=app.size.width,
        height=len(lines),
        file=io.StringIO(),
        force_terminal=True,
        color_system="truecolor",
        record=True,
        legacy_windows=False,
        safe_box=False,
    )
    for line in lines:
        joined = Segment.simplify(segment for strip in line for segment in strip)
        console.print(Segments([*joined, Segment.line()]), end="")
    svg = console.export_svg(code_format=FORMAT, unique_id="terminal")
    svg = re.sub(
        r'( clip-path="[^"]*"|(?<=/>)(?=<)| shape-rendering="crispEdges"(?=[^>]*/>))', _short, svg
    )
    ground = Counter(re.findall(r'<rect fill="(#\w+)"', svg)).most_common(1)[0][0]
    return re.sub(rf'<rect fill="{ground}"[^>]*/>\n?', "", svg).replace('"ground"', f'"{ground}"')


def _short(found: re.Match[str]) -> str:
    return "" if found[0] else "\n"


CELL = 12.2
"""Width of a cell in an exported picture."""


def words(svg: str) -> list[str]:
    """The lines of a picture without their colours."""
    lines: dict[float, str] = {}
    for x, y, text in re.findall(r'<text[^>]* x="([^"]*)" y="([^"]*)"[^>]*>([^<]*)</text>', svg):
        line = lines.get(float(y), "")
        gap = round(float(x) / CELL) - cell_len(line)
        lines[float(y)] = line + " " * gap + html.unescape(text).replace("\xa0", " ")
    return [lines[y] for y in sorted(lines)]


def compare(
    snapshot: SnapshotAssertion, request: pytest.FixtureRequest, svg: str, name: str | None = None
) -> None:
    """Fail where a picture differs from the accepted one of this test and name.

    Says which words differ, and adds both to the report that pytest-textual-snapshot writes.
    """
    accepted = snapshot.use_extension(SVGImageExtension)
    same = accepted(name=name) == svg
    (result,) = accepted.executions.values()
    seen.add(str(Path(result.snapshot_location).relative_to(FOLDER)))
    if same:
        return
    node, before = request.node, result.final_data
    path, line, title = node.reportinfo()
    title = f"{title} {name or ''}".strip()
    app = PseudoApp(PseudoConsole(False, Console().size))  # type: ignore[arg-type]
    told = (False, before or "", svg, app, path, line, title, inspect.getdoc(node.function) or "",
            "", before is not None)  # fmt: skip
    report = node_to_report_path(node)
    report.with_name(f"{report.name}-{name}").write_bytes(pickle.dumps(told))
    if before is None:
        raise AssertionError(f"{title}: no picture was accepted yet (--snapshot-update)")
    difference = difflib.unified_diff(
        words(str(before)), words(svg), "accepted", "now", lineterm="", n=1
    )
    said = "\n".join(difference) or "only colours differ"
    raise AssertionError(f"{title}:\n{said}")
