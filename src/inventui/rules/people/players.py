"""Players' names: what one may be, and when two are the same."""

import unicodedata

from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.core.text import NAME_LENGTH, faults_of_text, is_hidden


def normal_name(text: str) -> str:
    """A name as it is stored: composed, trimmed, single spaces."""
    words = unicodedata.normalize("NFC", text).split(" ")
    return " ".join(word for word in words if word).strip()


def name_key(name: str) -> str:
    """The key by which two names are the same: case, compatibility forms and joiners are folded."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return "".join(character for character in folded if not is_hidden(character))


JOIN = "join"
"""The user name by which one becomes a player over SSH: nobody on a server can be called so."""

UNREADABLE = "\ufffd"
"""Stands for what came from elsewhere and is no text."""


def check_name(name: str) -> Refusal | None:
    """None if `name` can be a player's name: 1–32 visible characters."""
    faults = faults_of_text(name, NAME_LENGTH)
    if not name:
        faults = ["it is empty"]
    if not faults:
        return None
    return Refusal(
        Reason.INVALID_NAME,
        f"That name can't be used: {faults[0]}. Take 1 to {NAME_LENGTH} letters, digits or signs.",
        {"longest": NAME_LENGTH},
    )


def check_name_on_server(name: str) -> Refusal | None:
    """None if `name` can be that of a player who signs in from elsewhere."""
    if name_key(name) == JOIN or UNREADABLE in name:
        return Refusal(
            Reason.INVALID_NAME, "Nobody can be called that here. Choose another name.",
            {"name": name},
        )  # fmt: skip
    return check_name(name)
