"""Provable fairness against published vectors and a second, slow and exact, telling of it."""

import hashlib
import hmac
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventui.rules.cases.fairness import (
    CLIENT_SEED_LENGTH,
    TICKETS,
    check_client_seed,
    commitment,
    floats,
    is_server_seed,
    ticket,
    tickets,
    words,
)
from inventui.rules.core.refusal import Reason, Refusal

# (server seed, client seed, nonce, {index of the float: its published value})
VECTORS = [
    (
        "18e93f4a7b5b58d2569765766d1b6c3296bbd8430d6f20249044d72f14720159",
        "bb62964774",
        1,
        {0: 0.771740999306, 1: 0.889090552926, 2: 0.308135983068, 8: 0.597233845852},
    ),
    (
        "a9a09f7f84c9dc6d4f46f9b702d8e7e211e1fc219ac10e1145c4ca032eb000c6",
        "3c83fc7e07",
        3,
        {0: 0.195963986218, 1: 0.457799912663},
    ),
    (
        "a5022ccf5dd5a76d2014278e3d91d1dfc47c3f12e683ea0c8151fdc2f944beb1",
        "8b3ca8298c",
        54,
        {0: 0.56369940727, 1: 0.818708451698},
    ),
]

SEEDS = st.binary(min_size=32, max_size=32).map(bytes.hex)
CLIENTS = st.one_of(
    st.text(alphabet="%sd:{}()0 ", min_size=1, max_size=64),
    st.text(alphabet=st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=64),
)
NONCES = st.integers(0, 2**53)


def first_word(server: str, client: str, nonce: int) -> int:
    """The first 32-bit number, by the plainest code there is."""
    message = (client + ":" + str(nonce) + ":" + "0").encode("utf-8")
    block = hmac.new(server.encode("utf-8"), message, hashlib.sha256).hexdigest()
    return int(block[:8], 16)


@pytest.mark.parametrize(("server", "client", "nonce", "published"), VECTORS)
def test_floats_are_those_that_were_published(
    server: str, client: str, nonce: int, published: dict[int, float]
) -> None:
    drawn = floats(server, client, nonce, 9)
    for index, value in published.items():
        assert drawn[index] == pytest.approx(value, abs=1e-12)


@pytest.mark.parametrize(
    ("vector", "expected"), [(VECTORS[0], 771_740), (VECTORS[1], 195_963), (VECTORS[2], 563_699)]
)
def test_a_published_float_times_a_million_rounded_down_is_the_ticket(
    vector: tuple[str, str, int, dict[int, float]], expected: int
) -> None:
    assert ticket(vector[0], vector[1], vector[2]) == expected


@given(SEEDS, CLIENTS, NONCES)
def test_a_ticket_is_the_exact_fraction_rounded_down(server: str, client: str, nonce: int) -> None:
    exact = Fraction(first_word(server, client, nonce), 2**32) * TICKETS
    found = ticket(server, client, nonce)
    assert found == exact.numerator // exact.denominator
    assert 0 <= found < TICKETS == 1_000_000


@pytest.mark.parametrize(
    ("word", "expected"),
    [(0, 0), (4294, 0), (4295, 1), (2**31, 500_000), (2**31 - 1, 499_999), (2**32 - 1, 999_999)],
)
def test_rounding_is_in_whole_numbers_at_its_edges(
    word: int, expected: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    block = word.to_bytes(4, "big") + b"\xff" * 28
    monkeypatch.setattr("inventui.rules.cases.fairness.hmac.digest", lambda *_: block)
    assert ticket("00", "x", 0) == expected
    assert words("00", "x", 0, 1) == [word]


@given(SEEDS, CLIENTS, NONCES, st.integers(0, 20))
def test_a_batch_draws_what_single_rolls_draw(
    server: str, client: str, first: int, count: int
) -> None:
    alone = [ticket(server, client, first + index) for index in range(count)]
    assert tickets(server, client, first, count) == alone


@given(SEEDS, CLIENTS, NONCES)
def test_a_ticket_comes_from_the_first_float(server: str, client: str, nonce: int) -> None:
    (word,) = words(server, client, nonce, 1)
    assert word == first_word(server, client, nonce)
    assert ticket(server, client, nonce) == word * TICKETS // 2**32


@pytest.mark.parametrize("client", ["%", "%d", "%%", "100 %", "%s%s%n", "%(x)d", "{nonce}", ":0:0"])
def test_signs_that_mean_something_to_a_formatter_are_only_signs(client: str) -> None:
    server = VECTORS[0][0]
    for nonce in (0, 1, 99):
        assert ticket(server, client, nonce) == first_word(server, client, nonce) * 10**6 >> 32


def test_floats_go_on_into_the_next_block_and_begin_the_same_for_any_count() -> None:
    server, client, nonce, _ = VECTORS[0]
    many = floats(server, client, nonce, 25)
    assert len(many) == 25
    assert all(0 <= value < 1 for value in many)
    assert len(set(many)) == 25
    for count in range(25):
        assert floats(server, client, nonce, count) == many[:count]


def test_every_part_of_the_message_counts() -> None:
    server, client, nonce, _ = VECTORS[0]
    drawn = {
        tuple(words(*seeds, 2))
        for seeds in (
            (server, client, nonce),
            (server, client, nonce + 1),
            (server, client + "4", nonce),
            (server, client.upper(), nonce),
            (server[:-1] + "8", client, nonce),
        )
    }
    assert len(drawn) == 5


def test_a_commitment_is_the_sha_256_of_the_seeds_text() -> None:
    assert commitment("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    server = VECTORS[0][0]
    assert commitment(server) == hashlib.sha256(server.encode("ascii")).hexdigest()
    assert commitment(server) != hashlib.sha256(bytes.fromhex(server)).hexdigest()


@given(SEEDS)
def test_64_lower_case_hex_digits_are_a_server_seed(server: str) -> None:
    assert is_server_seed(server)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a" * 63,
        "a" * 65,
        "A" * 64,
        "g" * 64,
        "a" * 63 + " ",
        "a" * 63 + "\n",
        "０" * 64,
        "٣" * 64,
    ],
)
def test_anything_else_is_no_server_seed(text: str) -> None:
    assert not is_server_seed(text)


@pytest.mark.parametrize(
    "text",
    ["a", "x" * 64, "lucky 7", "界" * 64, "%d:{}", "[@click=app.quit]x[/]", "🍊", "'; DROP TABLE"],
)
def test_visible_characters_make_a_client_seed(text: str) -> None:
    assert check_client_seed(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\u3000\u00a0",
        "x" * 65,
        "a\x00",
        "a\nb",
        "a\tb",
        "\x1b[31m",
        "a\x7f",
        "a\x9b31m",
        "\u202eevil",
        "a\u2066b",
        "a\u200fb",
        "a\u200bb",
        "a\u200db",
        "a\ufeff",
        "a\ufe0f",
        "a\u2028b",
        "\ud800",
        "\ue000",
        "\U000e0001",
        "\U000e0101",
        "\u3164",
        "\u115f",
        "a\u034fb",
    ],
)
def test_a_client_seed_that_is_empty_too_long_or_hides_something_is_refused(text: str) -> None:
    refusal = check_client_seed(text)
    assert isinstance(refusal, Refusal)
    assert refusal.reason is Reason.INVALID_CLIENT_SEED
    assert refusal.message.isprintable()
    assert refusal.figures == {"longest": CLIENT_SEED_LENGTH}
    assert CLIENT_SEED_LENGTH == 64
