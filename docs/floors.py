"""Draw the picture of the floors from the code: `uv run python docs/floors.py`.

Floors, layers and allowed arrows are read from the import contracts in `pyproject.toml`, modules
and arrows between floors from the imports themselves. `--check` tells whether the picture that is
kept is the one the code gives.
"""

import ast
import sys
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import grimp

ROOT = Path(__file__).parent.parent
PICTURE = Path(__file__).parent / "floors.svg"
PACKAGE = "inventui"

WIDTH = 1190
LEFT, RIGHT = 204, 972
"""Where the modules of a floor stand."""
LANE = 22
"""Between the arrows of two floors."""
PAD = 12
CHIP, GAP, ROW, STEP = 22, 7, 29, 30
"""Height of a chip, space between two, from one line of chips to the next, and between two of
which the left one stands above the right one."""
SPACE, GRAPH_SPACE = 18, 30
"""Between two layers."""
GLYPH = 7.23
"""Width of a letter at 12 px in a monospaced font."""

COLOURS = (
    "ground,band,group,line,chip,ink,soft,mark",
    "#fffdf8,#f7f0e4,#ece0ca,#d5c8b1,#ffffff,#2b2118,#6f6353,#b65800",
    "#17130f,#221c16,#2e261d,#54483a,#3a3026,#f3eadc,#b0a292,#ff9f43",
)
"""Names, and what they are in light and in dark surroundings."""


def styles(colours: str) -> str:
    """What is coloured how; without variables, which not every viewer of SVG knows."""
    of = dict(zip(COLOURS[0].split(","), colours.split(","), strict=True))
    return (
        ".ground{{fill:{ground}}}.band{{fill:{band};stroke:{line}}}.group{{fill:{group}}}"
        ".folder{{fill:{chip};stroke:{soft}}}.module{{fill:none;stroke:{line}}}"
        "text{{fill:{ink}}}.about,.note{{fill:{soft}}}"
        ".arrow,.step{{stroke:{mark}}}.lane{{stroke:{soft}}}.dot{{fill:{soft}}}.tip{{fill:{mark}}}"
    ).format(**of)


CSS = (
    "text{font:12px ui-monospace,Menlo,Consolas,'DejaVu Sans Mono',monospace}"
    ".title,.name,.about,.note{font-family:system-ui,'Segoe UI','DejaVu Sans',sans-serif}"
    ".title{font-size:19px;font-weight:600}.name{font-size:15px;font-weight:600}"
    ".about,.note{font-size:11px}.arrow,.step,.lane{fill:none;stroke-width:1.3}"
    f"{styles(COLOURS[1])}@media (prefers-color-scheme:dark){{{styles(COLOURS[2])}}}"
)
MARKER = (
    '<defs><marker id="tip" viewBox="0 0 8 8" refX="4" refY="4" markerWidth="7" markerHeight="7"'
    ' orient="auto"><path d="M0 0L8 4L0 8z" class="tip"/></marker></defs>'
)


BESIDE = ("config", "system")
"""Modules beside the floors, which any of them may import."""

Arrow = tuple[str, str]
"""Which module leads into which."""
Point = tuple[float, float]


LEGEND = (
    "A square box is a folder, a round one a module. Orange arrows are what the contracts allow "
    "inside a floor: from layer to layer, and on",
    "screens from a room into another. Modules on a shaded ground may know each other, but no "
    "circle of imports is left anywhere, not even for types.",
)


@dataclass(frozen=True)
class Floor:
    """A floor, or the part of one that stands beside another.

    Attributes:
        name: the package's name.
        about: what it is, in its own words.
        layers: names of its modules, from the top down; what stands in a line of one layer.
        open: which layers may know each other's modules.
        arrows: by arrow inside it, the points that it passes.
    """

    name: str
    about: str
    layers: Sequence[Sequence[str]]
    open: Sequence[bool]
    arrows: Mapping[Arrow, Sequence[str]] = field(default_factory=dict)


def names(layer: str | Mapping[str, Any]) -> list[str]:
    """The modules of a layer, as import-linter writes them."""
    return str(layer).replace(":", "|").replace("\n", " ").replace("|", " ").split()


def first_sentence(module: Path) -> str:
    """What a module or package says of itself."""
    module = module / "__init__.py" if module.is_dir() else module.with_suffix(".py")
    said = ast.get_docstring(ast.parse(module.read_text(encoding="utf-8"))) or ""
    return said.split("\n\n", 1)[0].replace("\n", " ").replace("`", "").split(". ")[0].rstrip(".")


def modules_of(floor: str) -> list[str]:
    """What stands directly in a floor."""
    folder = ROOT / "src" / PACKAGE / floor
    found = {path.stem for path in folder.glob("*.py")} - {"__init__"}
    found |= {path.parent.name for path in folder.glob("*/__init__.py")}
    return sorted(found)


def ranks(arrows: Sequence[Arrow]) -> tuple[list[list[str]], dict[Arrow, list[str]]]:
    """Put modules in lines so that every arrow points down and crosses few others.

    Returns:
        The lines, and by arrow the points it passes, one a line; those between its ends have
        a place in the lines too, so that no arrow runs through a module.
    """
    height: dict[str, int] = {}

    def high(node: str) -> int:
        if node not in height:
            height[node] = 1 + max((high(to) for of, to in arrows if of == node), default=-1)
        return height[node]

    for node in sorted({node for arrow in arrows for node in arrow}):
        high(node)
    ways = {}
    for of, to in arrows:
        between = [f"{of} {to} {level}" for level in range(height[of] - 1, height[to], -1)]
        height |= {point: height[of] - 1 - index for index, point in enumerate(between)}
        ways[of, to] = [of, *between, to]
    near: dict[str, list[str]] = {node: [] for node in height}
    for way in ways.values():
        for above, below in pairwise(way):
            near[above].append(below)
            near[below].append(above)
    lines = [
        sorted(node for node in height if height[node] == level)
        for level in range(max(height.values()), -1, -1)
    ]
    place = {node: (index + 0.5) / len(line) for line in lines for index, node in enumerate(line)}
    # To the middle of their neighbours, down and up a few times, until the lines lie still.
    for _ in range(8):
        for line in (*lines, *reversed(lines)):
            line.sort(
                key=lambda node: (sum(place[each] for each in near[node]) / len(near[node]), node)
            )
            place |= {node: (index + 0.5) / len(line) for index, node in enumerate(line)}
    return lines, ways


def floors() -> list[list[Floor]]:
    """The floors from the top down; those that stand beside each other in one list."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = project["tool"]["importlinter"]["contracts"]
    top, *others = (contract for contract in contracts if contract["type"] == "layers")
    inside = {contract["containers"][0].rpartition(".")[2]: contract for contract in others}
    made = []
    for layer in top["layers"]:
        beside = []
        for module in names(layer):
            name = module.rpartition(".")[2]
            path = ROOT / "src" / PACKAGE / name
            about = first_sentence(
                path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
            )
            if name in inside:
                layers = inside[name]["layers"]
                known = {each for layer in layers for each in names(layer)}
                rest = [each for each in modules_of(name) if each not in known]
                lines = [names(layer) for layer in layers]
                lines[-1] += rest
                beside.append(Floor(name, about, lines, [":" in layer for layer in layers]))
            elif name == "screens":
                beside.append(screens(contracts, about))
            else:
                lines = [found] if (found := modules_of(name)) else []
                beside.append(Floor(name, about, lines, [True] * len(lines)))
        made.append(beside)
    return made


def screens(contracts: Sequence[Mapping[str, Any]], about: str) -> Floor:
    """The rooms, with which of them lead into which."""
    (contract,) = (each for each in contracts if each["type"] == "independence")
    rooms = [module.rpartition(".")[2] for module in contract["modules"]]
    arrows: dict[Arrow, None] = {}
    for ignored in contract["ignore_imports"]:
        of, to = (side.split(".")[2] for side in ignored.split(" -> "))
        arrows[of, to] = None
    lines, ways = ranks(list(arrows))
    alone = [room for room in rooms if not any(room in arrow for arrow in arrows)]
    rest = [module for module in modules_of("screens") if module not in rooms]
    return Floor("screens", about, [alone, *lines, rest], [False] * (len(lines) + 2), ways)


def known_floors(every: Iterable[str]) -> dict[str, set[str]]:
    """Which floor imports which, types included."""
    graph = grimp.build_graph(PACKAGE, cache_dir=None)
    wanted = set(every)
    found: dict[str, set[str]] = {floor: set() for floor in wanted}
    for module in graph.modules:
        of = [*module.split("."), ""][1]
        if of in wanted:
            imported = graph.find_modules_directly_imported_by(module)
            found[of] |= {[*each.split("."), ""][1] for each in imported} & wanted
    return {of: to - {of} for of, to in found.items()}


@dataclass(frozen=True)
class Group:
    """What is drawn as one layer.

    Attributes:
        rows: its modules, in as many lines as they take.
        open: whether they may know each other.
        steps: whether each is a layer of its own, above the next.
        spread: whether they are spread over the width.
    """

    rows: Sequence[Sequence[str]]
    open: bool = False
    steps: bool = False
    spread: bool = False

    @property
    def height(self) -> int:
        """How high it is."""
        return len(self.rows) * ROW - (ROW - CHIP)


def grouped(floor: Floor) -> list[Group]:
    """The layers of a floor; those of one module that follow each other share a line."""
    last = len(floor.layers) - 1
    if floor.arrows:
        return [
            Group([layer], spread=True) if 0 < index < last else Group(wrapped(layer))
            for index, layer in enumerate(floor.layers)
        ]
    groups: list[Group] = []
    for layer, open_ in zip(floor.layers, floor.open, strict=True):
        if len(layer) == 1 and groups and groups[-1].steps and layer is not floor.layers[-1]:
            groups[-1] = Group([[*groups[-1].rows[0], *layer]], steps=True)
        else:
            groups.append(Group(wrapped(layer), open_ and last > 0, steps=len(layer) == 1))
    return groups


class Drawing:
    """The picture, from the top down."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.y = 0.0
        self.middle: dict[str, float] = {}

    def text(self, x: float, y: float, said: str, kind: str = "", anchor: str = "start") -> None:
        """Write a line."""
        self.parts.append(
            f'<text x="{x:g}" y="{y:g}" class="{kind}" text-anchor="{anchor}">{escape(said)}</text>'
        )

    def path(self, line: str, kind: str) -> None:
        """Draw an arrow."""
        self.parts.append(f'<path d="{line}" class="{kind}" marker-end="url(#tip)"/>')

    def box(self, x: float, y: float, width: float, height: float, kind: str, round_: int) -> None:
        """Draw a frame."""
        self.parts.append(
            f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="{round_}"'
            f' class="{kind}"/>'
        )

    def floor(self, floor: Floor) -> None:
        """Draw a floor with its layers."""
        groups = grouped(floor)
        space = GRAPH_SPACE if floor.arrows else SPACE
        tall = sum(group.height for group in groups) + space * max(len(groups) - 1, 0)
        about = folded(floor.about, 24)
        height = 2 * PAD + max(tall, 22 + 13 * len(about))
        self.box(12, self.y, WIDTH - 24, height, "band", 8)
        self.text(26, self.y + PAD + 14, floor.name, "name")
        for index, said in enumerate(about):
            self.text(26, self.y + PAD + 31 + 13 * index, said, "about")
        self.middle[floor.name] = self.y + height / 2
        y = self.y + (height - tall) / 2
        at: dict[str, Point] = {}
        for index, group in enumerate(groups):
            if index and not floor.arrows:
                self.path(f"M{LEFT - 16:g} {y - space - 6:g}V{y + 7:g}", "step")
            if group.open:
                self.box(LEFT - 8, y - 5, RIGHT - LEFT + 16, group.height + 10, "group", 7)
            for row in group.rows:
                self.row(floor.name, group, row, y, at)
                y += ROW
            y += space - (ROW - CHIP)
        for way in floor.arrows.values():
            x, y = at[way[0]]
            line = f"M{x:g} {y + CHIP:g}"
            y += CHIP
            for point in way[1:]:
                to_x, to_y = at[point]
                end = to_y - 4 if point == way[-1] else to_y
                bend = (end - y) / 2
                line += f"C{x:g} {y + bend:g} {to_x:g} {end - bend:g} {to_x:g} {end:g}"
                if point != way[-1]:
                    line += f"v{CHIP}"
                x, y = to_x, to_y + CHIP
            self.path(line, "arrow")
        self.y += height

    def row(
        self,
        floor: Floor,
        group: Group,
        row: Sequence[str],
        y: float,
        at: dict[str, tuple[float, float]],
    ) -> None:
        """Draw the modules of a line, and keep where each stands."""
        gap = STEP if group.steps else GAP
        x = float(LEFT)
        if group.spread:
            gap = (RIGHT - LEFT - sum(map(chip_width, row))) / len(row)
            x += gap / 2
        for index, name in enumerate(row):
            width = chip_width(name)
            at[name] = x + width / 2, y
            if group.steps and index:
                self.path(f"M{x - gap + 3:g} {y + CHIP / 2:g}H{x - 5:g}", "step")
            if " " not in name:
                folder = (ROOT / "src" / PACKAGE / floor / name).is_dir()
                self.box(x, y, width, CHIP, "folder" if folder else "module", 5 if folder else 11)
                self.text(x + width / 2, y + 15, name, "chip", "middle")
            x += width + gap

    def lanes(self, order: Sequence[str], known: Mapping[str, set[str]]) -> None:
        """Draw at the right which floor imports which."""
        upper = [name for name in order if known[name]]
        for index, name in enumerate(upper):
            x = RIGHT + 32 + LANE * index
            y = self.middle[name]
            below = sorted(self.middle[each] for each in known[name])
            self.parts.append(f'<path d="M{x:g} {y:g}V{below[-1]:g}" class="lane"/>')
            self.parts.append(f'<circle cx="{x:g}" cy="{y:g}" r="5" class="dot"/>')
            for to in below:
                self.parts.append(f'<path d="M{x - 6:g} {to - 5:g}h12l-6 9z" class="tip"/>')

    def svg(self, title: str) -> str:
        """The whole of it."""
        height = self.y + 12
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:g}"'
            f' width="{WIDTH}" height="{height:g}" role="img" aria-label="{escape(title)}">'
        )
        ground = f'<rect width="{WIDTH}" height="{height:g}" class="ground"/>'
        return "\n".join([head, f"<style>{CSS}</style>", MARKER, ground, *self.parts, "</svg>", ""])


def chip_width(name: str) -> float:
    """How wide a name's chip is; of a point that an arrow passes, nothing is drawn."""
    return 2.0 if " " in name else round(len(name) * GLYPH + 18, 1)


def wrapped(layer: Sequence[str]) -> list[list[str]]:
    """A layer in as many lines as it takes."""
    rows: list[list[str]] = [[]]
    used = 0.0
    for name in layer:
        width = chip_width(name) + GAP
        if rows[-1] and used + width - GAP > RIGHT - LEFT:
            rows.append([])
            used = 0.0
        rows[-1].append(name)
        used += width
    return rows


def folded(said: str, length: int) -> list[str]:
    """A sentence in lines of so many letters."""
    lines = [""]
    for word in said.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > length:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def draw() -> str:
    """The picture of the house as it stands."""
    storeys = floors()
    order = [floor.name for beside in storeys for floor in beside]
    known = known_floors([*order, *BESIDE])
    drawing = Drawing()
    drawing.text(26, 34, "inventui: imports point down", "title")
    for index, said in enumerate(LEGEND):
        drawing.text(26, 56 + 15 * index, said, "note")
    drawing.text(RIGHT + 32 + 3.5 * LANE, 88, "which floor imports which", "note", "middle")
    drawing.y = 98
    for beside in storeys:
        for floor in beside:
            drawing.floor(floor)
            drawing.y += 4
        drawing.y += 8
    for name in BESIDE:
        drawing.floor(Floor(name, first_sentence(ROOT / "src" / PACKAGE / name), [], []))
        drawing.y += 4
    drawing.lanes(order, known)
    return drawing.svg("The floors of inventui and which of them import which")


def main() -> int:
    """Draw it, or with `--check` tell whether it is drawn."""
    now = draw()
    if sys.argv[1:] == ["--check"]:
        kept = PICTURE.read_text(encoding="utf-8") if PICTURE.exists() else ""
        if kept != now:
            sys.stderr.write(f"{PICTURE.name} is not what the code gives: run {__file__}\n")
        return int(kept != now)
    PICTURE.write_text(now, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
