"""Sources of secrets: the operating system, or a fixed seed for tests and the demo."""

import hmac
import secrets
from typing import Protocol

from inventui.rules.cases.fairness import SERVER_SEED_DIGITS


class Entropy(Protocol):
    """A source of secrets."""

    def seed(self) -> str:
        """A fresh secret of 64 hex digits."""
        ...

    def key(self) -> str:
        """A secret of 64 hex digits for what a world signs with; asked for once a world."""
        ...


class SystemEntropy:
    """The operating system's secure source."""

    def seed(self) -> str:
        """A fresh secret of 64 hex digits."""
        return secrets.token_hex(SERVER_SEED_DIGITS // 2)

    def key(self) -> str:
        """A fresh secret of 64 hex digits."""
        return self.seed()


class SeededEntropy:
    """The same secrets every time: HMAC-SHA256(seed, counter)."""

    def __init__(self, seed: str) -> None:
        """Start at the first secret of `seed`."""
        self._key = seed.encode()
        self._count = 0

    def seed(self) -> str:
        """The next secret of 64 hex digits."""
        digest = hmac.digest(self._key, f"entropy:{self._count}".encode(), "sha256")
        self._count += 1
        return digest.hex()

    def key(self) -> str:
        """A secret that is none of the seeds and takes none away."""
        return hmac.digest(self._key, b"key", "sha256").hex()
