"""Pictures made into sprites: a PNG scaled down to pixels, with a palette of few colours."""

import re
import struct
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from string import ascii_lowercase, ascii_uppercase, digits
from typing import TYPE_CHECKING, Any

from inventui.content.faults import Faults
from inventui.content.models.fields import is_slug
from inventui.content.reading.toml_files import parse
from inventui.content.source import read_pack
from inventui.content.sprites import COLOUR
from inventui.rules.core.sprite import EMPTY, HIGHEST, WIDEST

if TYPE_CHECKING:
    from PIL import Image

LARGEST_FILE = 8 * 1024 * 1024
"""Most bytes of a picture's file."""

LARGEST_SIDE = 4_096
"""Most pixels of a picture, across and down."""

WIDTH = 12
"""How wide a large picture is made unless told; the base pack's are as wide."""

MOST_COLOURS = 12
"""Most colours of a sprite; more can't be told apart at its size."""

LETTERS = ascii_lowercase + ascii_uppercase + digits
"""What colours of a palette are called."""

SOLID = 128
"""From which opacity on, of 255, a pixel is painted."""

Rgb = tuple[int, int, int]

_SIGNATURE = b"\x89PNG\r\n\x1a\n"


class ArtError(Exception):
    """Why a picture can't be made into a sprite, as a sentence."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A sprite as a pack's file holds it.

    Attributes:
        name: its name, as items name it.
        palette: colours by their letter.
        rows: a letter a pixel, `.` for none.
    """

    name: str
    palette: dict[str, str]
    rows: tuple[str, ...]

    def toml(self) -> str:
        """The `[palette]` and `[sprites]` tables."""
        colours = "\n".join(f'{letter} = "{colour}"' for letter, colour in self.palette.items())
        drawn = "\n".join(self.rows)
        return f'[palette]\n{colours}\n\n[sprites]\n{self.name} = """\n{drawn}\n"""\n'


def name_of(file: Path) -> str:
    """A sprite's name for a picture: its file's, as far as a name may be so."""
    return re.sub(r"[^a-z0-9]+", "-", file.stem.lower()).strip("-")


def draw_sprite(
    file: Path, name: str, width: int | None = None, palette: Mapping[str, str] | None = None
) -> Drawing:
    """A picture as a sprite: scaled to a width, with the nearest of few colours.

    Args:
        file: a PNG.
        name: the sprite's, as items name it.
        width: in pixels; the height follows, made even. What would be too high is made narrower.
            None leaves a picture as it is that is as small as a sprite.
        palette: what the pack has already, whose letters stay as they are.

    Raises:
        ArtError: the name or width is none, the file is no plain PNG, or Pillow is missing.
    """
    if not is_slug(name):
        raise ArtError(
            f"“{name}” can't be a sprite's name: small letters, digits, single hyphens. "
            "Give it one with --name."
        )
    if width is not None and not 1 <= width <= WIDEST:
        raise ArtError(f"A sprite is 1 to {WIDEST} pixels wide, not {width}.")
    pixels = _pixels(_scaled(_opened(file), width))
    count = Counter(pixel for row in pixels for pixel in row if pixel is not None)
    if not count:
        raise ArtError("Too little of the picture is painted to be seen at this size.")
    known = {colour: letter for letter, colour in (palette or {}).items()}
    letters = _letters(count, known)
    rows = tuple(
        "".join(EMPTY if pixel is None else letters[pixel][0] for pixel in row) for row in pixels
    )
    return Drawing(name, dict(sorted(letters.values())), rows)


def palette_in(folder: Path) -> dict[str, str]:
    """Colours by letter of the packs' files in a folder, as far as they can be read."""
    found: dict[str, str] = {}
    for file in read_pack(folder) if folder.is_dir() else ():
        raw = parse(file, Faults()) or {}
        table = raw.get("palette")
        if isinstance(table, Mapping):
            found |= {
                letter: colour.lower()
                for letter, colour in table.items()
                if isinstance(colour, str) and COLOUR.fullmatch(colour)
            }
    return found


def _checked(file: Path) -> bytes:
    """The bytes of a PNG whose header says that it is small enough to be decoded."""
    try:
        if not file.is_file():
            raise ArtError(f"{file} is no file.")
        with file.open("rb") as stream:
            data = stream.read(LARGEST_FILE + 1)
    except OSError as error:
        raise ArtError(f"{file} can't be read: {error.strerror or error}.") from error
    if len(data) > LARGEST_FILE:
        raise ArtError(f"{file} is larger than {LARGEST_FILE:,} bytes.")
    if not data.startswith(_SIGNATURE) or data[12:16] != b"IHDR" or len(data) < 33:
        raise ArtError(f"{file} is no PNG.")
    across, down = struct.unpack(">II", data[16:24])
    if not (1 <= across <= LARGEST_SIDE and 1 <= down <= LARGEST_SIDE):
        raise ArtError(
            f"{file} is {across:,} × {down:,} pixels; at most {LARGEST_SIDE:,} each way fit."
        )
    if any(kind == b"acTL" for kind in _chunks(data)):
        raise ArtError(f"{file} is animated; take one picture of it.")
    return data


def _chunks(data: bytes) -> Iterator[bytes]:
    """The kinds of the chunks before the pixels."""
    at = len(_SIGNATURE)
    while at + 8 <= len(data) and data[at + 4 : at + 8] != b"IDAT":
        yield data[at + 4 : at + 8]
        at += 12 + int.from_bytes(data[at : at + 4], "big")


def _opened(file: Path) -> "Image.Image":
    data = _checked(file)
    try:
        from io import BytesIO

        from PIL import Image
    except ImportError as error:
        raise ArtError("That needs Pillow: pip install 'inventui[art]'.") from error
    try:
        with Image.open(BytesIO(data), formats=["PNG"]) as picture:
            if picture.mode.startswith("I"):
                # Greys of 16 bits, of which Pillow would make white what is above 255.
                return picture.point(lambda grey: grey / 256).convert("L").convert("RGBA")
            return picture.convert("RGBA")
    except Exception as error:  # Pillow raises whatever its decoders do.
        raise ArtError(f"{file} is broken: its pixels can't be read.") from error


def _scaled(picture: "Image.Image", width: int | None) -> "Image.Image":
    from PIL import Image

    if width is None:
        small = picture.width <= WIDEST and picture.height <= HIGHEST
        width = picture.width if small else WIDTH
    height = max(1, round(width * picture.height / picture.width))
    if height > HIGHEST:
        width, height = max(1, round(width * HIGHEST / height)), HIGHEST
    # Colours are weighed by their opacity: what is transparent has some colour too.
    scaled = picture.convert("RGBa").resize((width, height), Image.Resampling.BOX).convert("RGBA")
    even = Image.new("RGBA", (width, height + height % 2))
    even.paste(scaled, (0, height % 2))
    return even


def _pixels(picture: "Image.Image") -> list[list[Rgb | None]]:
    return [
        [_solid(picture.getpixel((x, y))) for x in range(picture.width)]
        for y in range(picture.height)
    ]


def _solid(pixel: Any) -> Rgb | None:
    red, green, blue, opacity = pixel
    return (red, green, blue) if opacity >= SOLID else None


def _letters(count: Counter[Rgb], known: Mapping[str, str]) -> dict[Rgb, tuple[str, str]]:
    """The letter of each colour, and what is painted for it.

    Args:
        count: how often each colour comes.
        known: letters by colour of a palette that there is.
    """
    few = _few(count)
    free = [letter for letter in LETTERS if letter not in known.values()]
    new = [colour for colour in few if _hex(colour) not in known][: len(free)]
    letters = {**known, **dict(zip(map(_hex, new), free, strict=False))}
    at_hand = [colour for colour in few if _hex(colour) in letters]
    if len(at_hand) < len(few):
        # There are letters for some alone: what lies nearest stands for the others.
        at_hand = [_rgb(colour) for colour in letters]
    found = {}
    for colour in count:
        nearest = _hex(min(at_hand, key=lambda one: _distance(one, colour)))
        found[colour] = letters[nearest], nearest
    return found


def _few(count: Counter[Rgb]) -> list[Rgb]:
    """The colours of a picture if they are few, else few that stand for them, the most first."""
    if len(count) <= MOST_COLOURS:
        return [colour for colour, _ in count.most_common()]
    from PIL import Image

    painted = Image.new("RGB", (sum(count.values()), 1))
    for x, colour in enumerate(count.elements()):
        painted.putpixel((x, 0), colour)
    few = painted.quantize(MOST_COLOURS, Image.Quantize.MEDIANCUT).convert("RGBA")
    return [c for c, _ in Counter(filter(None, _pixels(few)[0])).most_common()]


def _hex(colour: Rgb) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)


def _rgb(colour: str) -> Rgb:
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return red, green, blue


def _distance(one: Rgb, other: Rgb) -> int:
    """How far two colours lie apart, weighed as eyes see them."""
    return sum(weight * (a - b) ** 2 for weight, a, b in zip((3, 6, 1), one, other, strict=True))
