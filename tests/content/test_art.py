"""Pictures made into sprites: what they look like, and what is refused before it is decoded."""

import struct
import sys
import tomllib
import tracemalloc
import zlib
from pathlib import Path

import pytest
from PIL import Image

from inventui.content import art
from inventui.content.art import ArtError, draw_sprite, palette_in
from inventui.content.loader import load_pack, pack_faults
from inventui.rules.core.sprite import HIGHEST, WIDEST, parse
from tests.content.pack_files import CASE, HEAD, ITEMS, write

RED, BLUE, CLEAR = (255, 0, 0, 255), (0, 0, 255, 255), (9, 9, 9, 0)


def picture(file: Path, rows: list[list[tuple[int, int, int, int]]], scale: int = 1) -> Path:
    """A PNG of these pixels, each of them `scale` × `scale` large."""
    image = Image.new("RGBA", (len(rows[0]), len(rows)))
    for y, row in enumerate(rows):
        for x, pixel in enumerate(row):
            image.putpixel((x, y), pixel)
    size = (image.width * scale, image.height * scale)
    image.resize(size, Image.Resampling.NEAREST).save(file)
    return file


def chunk(kind: bytes, data: bytes) -> bytes:
    checked = kind + data
    return struct.pack(">I", len(data)) + checked + struct.pack(">I", zlib.crc32(checked))


def png(file: Path, across: int, down: int, *chunks: bytes) -> Path:
    """A PNG of this size and what its chunks hold."""
    header = struct.pack(">IIBBBBB", across, down, 8, 6, 0, 0, 0)
    inside = b"".join([chunk(b"IHDR", header), *chunks, chunk(b"IEND", b"")])
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + inside)
    return file


def refused(file: Path, name: str = "it", width: int | None = None) -> str:
    with pytest.raises(ArtError) as caught:
        draw_sprite(file, name, width)
    message = str(caught.value)
    assert "\n" not in message
    assert message.endswith((".", "'inventui[art]'."))
    return message


@pytest.mark.parametrize("scale", [1, 10])
def test_a_picture_keeps_its_pixels_colours_and_transparency(tmp_path: Path, scale: int) -> None:
    file = picture(tmp_path / "a.png", [[RED, CLEAR, BLUE], [RED, RED, BLUE]], scale)
    drawing = draw_sprite(file, "flag", None if scale == 1 else 3)
    assert drawing.rows == ("a.b", "aab")
    assert drawing.palette == {"a": "#ff0000", "b": "#0000ff"}


def test_what_is_printed_is_a_sprite_that_a_pack_takes(tmp_path: Path) -> None:
    file = picture(tmp_path / "a.png", [[RED, CLEAR], [BLUE, RED]])
    text = draw_sprite(file, "dot").toml()
    pack = write(tmp_path / "pack", pack=HEAD, items=ITEMS, cases=CASE, sprites=text)
    assert tomllib.loads(text)["palette"] == {"a": "#ff0000", "b": "#0000ff"}
    assert parse(load_pack(pack).cases[0].sprite).rows == (
        ("#ff0000", None),
        ("#0000ff", "#ff0000"),
    )


@pytest.mark.parametrize(
    ("size", "width", "expected"),
    [
        ((640, 480), None, (12, 10)),
        ((640, 480), 16, (16, 12)),
        ((100, 4_000), None, (1, 16)),
        ((4_000, 100), None, (12, 2)),
        ((16, 16), None, (16, 16)),
        ((3, 3), None, (3, 4)),
    ],
)
def test_a_sprite_is_as_wide_as_asked_even_in_height_and_never_too_large(
    tmp_path: Path, size: tuple[int, int], width: int | None, expected: tuple[int, int]
) -> None:
    file = tmp_path / "a.png"
    Image.new("RGBA", size, RED).save(file)
    rows = draw_sprite(file, "it", width).rows
    assert (len(rows[0]), len(rows)) == expected
    assert len(rows[0]) <= WIDEST
    assert len(rows) <= HIGHEST


def test_many_colours_become_few_that_lie_near(tmp_path: Path) -> None:
    rows = [[(x * 16, y * 16, 128, 255) for x in range(16)] for y in range(16)]
    drawing = draw_sprite(picture(tmp_path / "a.png", rows), "it")
    assert 2 < len(drawing.palette) <= art.MOST_COLOURS
    pixels = parse("\n".join([_header(drawing), *drawing.rows])).rows
    for y, row in enumerate(pixels):
        for x, pixel in enumerate(row):
            assert pixel is not None
            red, green, _ = bytes.fromhex(pixel[1:])
            assert abs(red - x * 16) <= 80
            assert abs(green - y * 16) <= 80


def _header(drawing: art.Drawing) -> str:
    return " ".join(f"{letter}={colour}" for letter, colour in drawing.palette.items())


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "I;16"])
def test_a_png_of_every_kind_is_taken(tmp_path: Path, mode: str) -> None:
    file = tmp_path / "a.png"
    Image.new(mode, (20, 20), (1, 255) if mode == "LA" else 1).save(file)
    rows = draw_sprite(file, "it").rows
    assert set("".join(rows)) <= {"a", "."}


def test_a_grey_of_16_bits_stays_that_grey(tmp_path: Path) -> None:
    file = tmp_path / "a.png"
    Image.new("I;16", (20, 20), 0x7F00).save(file)
    assert draw_sprite(file, "it").palette == {"a": "#7f7f7f"}


def test_letters_of_the_packs_palette_are_taken_again_and_no_other_is_repainted(
    tmp_path: Path,
) -> None:
    folder = write(tmp_path / "pack", sprites='[palette]\na = "#00ff00"\nq = "#FF0000"\n')
    known = palette_in(folder)
    assert known == {"a": "#00ff00", "q": "#ff0000"}
    drawing = draw_sprite(picture(tmp_path / "a.png", [[RED, BLUE]] * 2), "it", palette=known)
    assert drawing.palette == {"b": "#0000ff", "q": "#ff0000"}
    items = ITEMS.replace('"dot"', '"it"')
    write(folder, pack=HEAD, items=items, more=drawing.toml())
    assert pack_faults(folder) == ()


def test_a_full_palette_lends_its_nearest_colours(tmp_path: Path) -> None:
    full = {letter: f"#{n:02x}0000" for n, letter in enumerate(art.LETTERS, 100)}
    drawing = draw_sprite(picture(tmp_path / "a.png", [[RED, BLUE]] * 2), "it", palette=full)
    assert drawing.rows == ("9a", "9a")
    assert drawing.palette == {"a": full["a"], "9": full["9"]}


def test_a_palette_that_can_not_be_read_is_no_fault_here(tmp_path: Path) -> None:
    folder = write(tmp_path / "pack", a="palette = 1", b="[palette]\na = 3", c="[[[")
    assert palette_in(folder) == {}
    assert palette_in(tmp_path / "nowhere") == {}


def test_a_picture_that_would_be_huge_is_refused_by_its_header(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "PIL", None)
    bomb = chunk(b"IDAT", zlib.compress(bytes(10_000_000)))
    assert "60,000 × 60,000 pixels" in refused(png(tmp_path / "a.png", 60_000, 60_000, bomb))
    assert "0 × 5 pixels" in refused(png(tmp_path / "b.png", 0, 5))


def test_pixels_that_unpack_to_more_than_the_header_says_are_not_unpacked(tmp_path: Path) -> None:
    bomb = chunk(b"IDAT", zlib.compress(b"\xff" * 100_000_000))
    file = png(tmp_path / "a.png", 2, 2, bomb)
    assert file.stat().st_size < 200_000
    tracemalloc.start()
    try:
        refused(file)
        assert tracemalloc.get_traced_memory()[1] < 10_000_000
    finally:
        tracemalloc.stop()


def test_what_is_no_plain_png_is_refused_in_a_sentence(tmp_path: Path) -> None:
    whole = picture(tmp_path / "a.png", [[RED] * 40] * 40).read_bytes()
    for name, data, said in (
        ("empty", b"", "is no PNG"),
        ("text", b"a picture, I promise", "is no PNG"),
        ("header", whole[:20], "is no PNG"),
        ("cut", whole[:-40], "is broken"),
        ("turned", whole[:50] + whole[50:][::-1], "is broken"),
        ("large", whole + bytes(art.LARGEST_FILE), "is larger than"),
    ):
        file = tmp_path / name
        file.write_bytes(data)
        assert said in refused(file)
    assert "is no file" in refused(tmp_path)
    assert "is no file" in refused(tmp_path / "nowhere.png")
    Image.new("RGB", (4, 4)).save(tmp_path / "a.gif")
    assert "is no PNG" in refused(tmp_path / "a.gif")


def test_an_animated_picture_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.png"
    frames = [Image.new("RGBA", (8, 8), colour) for colour in (RED, BLUE)]
    frames[0].save(file, save_all=True, append_images=frames[1:])
    assert "animated" in refused(file)


def test_a_picture_without_anything_in_it_is_refused(tmp_path: Path) -> None:
    assert "Too little" in refused(picture(tmp_path / "a.png", [[CLEAR] * 4] * 4))


@pytest.mark.parametrize(("name", "width"), [("It Is", 4), ("", 4), ("it", 0), ("it", 17)])
def test_a_name_or_a_width_that_a_sprite_can_not_have_is_refused(
    tmp_path: Path, name: str, width: int
) -> None:
    refused(picture(tmp_path / "a.png", [[RED]]), name, width)


def test_without_pillow_it_is_said_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = picture(tmp_path / "a.png", [[RED]])
    monkeypatch.setitem(sys.modules, "PIL", None)
    assert "pip install 'inventui[art]'" in refused(file)
