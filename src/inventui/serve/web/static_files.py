"""What pages load: our own files and the terminal of textual-serve, kept in memory."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files

JS, CSS, FONT = "text/javascript", "text/css", "font/ttf"

OURS = {"page.css": CSS, "play.js": JS}
THEIRS = {
    "textual.js": ("js/textual.js", JS),
    "xterm.css": ("css/xterm.css", CSS),
    "RobotoMono.ttf": ("fonts/RobotoMono-VariableFont_wght.ttf", FONT),
    "RobotoMono-Italic.ttf": ("fonts/RobotoMono-Italic-VariableFont_wght.ttf", FONT),
}
"""Name → where textual-serve has it, and what it is."""


@dataclass(frozen=True, slots=True)
class StaticFile:
    """A file as it is sent, packed and plain."""

    kind: str
    plain: bytes
    packed: bytes
    tag: str


def static_files() -> dict[str, StaticFile]:
    """Every file that a page may ask for, by its name."""
    ours, theirs = files("inventui.serve.web") / "static", files("textual_serve") / "static"
    found = {name: _file(kind, (ours / name).read_bytes()) for name, kind in OURS.items()}
    for name, (path, kind) in THEIRS.items():
        found[name] = _file(kind, theirs.joinpath(path).read_bytes())
    return found


def _file(kind: str, plain: bytes) -> StaticFile:
    packed = gzip.compress(plain, mtime=0)
    return StaticFile(kind, plain, packed, f'"{sha256(plain).hexdigest()[:20]}"')
