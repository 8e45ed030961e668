"""The world's own draws: rotations, shops, crates, revenue.

Each comes from HMAC-SHA256(world seed, "purpose:index"), so it is the same whoever looks
first, and however often. The bytes of cursor 0, 1, … are read as big-endian 32-bit
numbers, as the players' rolls are.
"""

import hmac
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")

_WORD = 2**32


class Draws:
    """A stream of draws for one purpose and index."""

    def __init__(self, seed: str, purpose: str, index: int | str) -> None:
        """Begin at the first number of `purpose:index`."""
        self._key = seed.encode()
        self._message = f"{purpose}:{index}"
        self._cursor = 0
        self._words: list[int] = []

    def _word(self) -> int:
        if not self._words:
            message = f"{self._message}:{self._cursor}".encode()
            block = hmac.digest(self._key, message, "sha256")
            self._words = [int.from_bytes(block[i : i + 4], "big") for i in range(28, -4, -4)]
            self._cursor += 1
        return self._words.pop()

    def below(self, limit: int) -> int:
        """A whole number from 0 to `limit` − 1, each equally likely.

        Numbers of the last, incomplete range are drawn again, so that none is favoured.
        """
        if not 1 <= limit <= _WORD:
            raise ValueError(f"a draw is below 1 to {_WORD}, not {limit}")
        fair = _WORD - _WORD % limit
        while (word := self._word()) >= fair:
            pass
        return word % limit

    def between(self, least: int, most: int) -> int:
        """A whole number from `least` to `most`, both included."""
        return least + self.below(most - least + 1)

    def chance(self, percent: int) -> bool:
        """True in `percent` of 100 cases."""
        return self.below(100) < percent

    def pick(self, choices: Sequence[T]) -> T:
        """One of several, each equally likely."""
        return choices[self.below(len(choices))]

    def sample(self, choices: Sequence[T], count: int) -> list[T]:
        """`count` different ones in drawn order; all of them if there are fewer."""
        rest = list(choices)
        return [rest.pop(self.below(len(rest))) for _ in range(min(count, len(rest)))]
