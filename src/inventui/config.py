"""Where files lie on this machine, and the settings that outlive a session.

`INVENTUI_HOME` puts data, settings and documents into one folder (portable use, tests);
`INVENTUI_DATABASE` names the world itself. Nothing here creates a folder before
something is written into it.
"""

import json
import os
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path

from inventui.system import entries, make_private, private_folder, read_regular

APP = "inventui"
DEFAULT_THEME = "night-market"
SETTINGS_FILE = "settings.json"
KEYS_FILE = "keys.toml"
THEMES_DIR = "themes"
LOG_FILE = "inventui.log"
MOST_FAULTS = 3
LARGEST_SETTINGS = 16 * 1024 * 1024
"""Bytes of which the settings are read; one that is cut there is damaged."""


def _home() -> Path | None:
    home = os.environ.get("INVENTUI_HOME")
    return Path(home).expanduser() if home else None


def data_dir() -> Path:
    """The folder of the world, its backups and the log."""
    home = _home()
    if home is not None:
        return home / "data"
    from platformdirs import user_data_path

    return user_data_path(APP, appauthor=False)


def config_dir() -> Path:
    """The folder of the settings."""
    home = _home()
    if home is not None:
        return home / "config"
    from platformdirs import user_config_path

    return user_config_path(APP, appauthor=False)


def documents_dir() -> Path:
    """The folder for what a player exports: proof files and certificates."""
    home = _home()
    if home is not None:
        return home / "documents"
    from platformdirs import user_documents_path

    return user_documents_path() / APP


def certificates_dir() -> Path:
    """The folder for the certificates of what is withdrawn."""
    return documents_dir() / "certificates"


def default_database() -> str:
    """Path or URL of the world to open when none is named."""
    return os.environ.get("INVENTUI_DATABASE") or str(data_dir() / "world.db")


def log_file() -> Path:
    """Where the traceback of an unexpected fault is written."""
    return data_dir() / LOG_FILE


def keep_private() -> list[Path]:
    """Let nobody but their owner into the game's own folders, settings, log and certificates.

    Returns:
        What others could read until now.
    """
    log, certificates = log_file(), certificates_dir()
    ours = [data_dir(), config_dir(), documents_dir(), settings_file(), log, former_log(log)]
    found = list(filter(make_private, ours))
    if certificates.is_dir() and make_private(certificates):
        found += [certificates, *filter(make_private, entries(certificates))]
    return found


def exposed_words(found: Sequence[Path]) -> str:
    """What is said once of files that others could read until now."""
    more = f" and {len(found) - 1:,} more" if len(found) > 1 else ""
    return f"Others on this machine could read {found[0]}{more}; from now on only you can."


def faults_words(faults: Sequence[str]) -> str:
    """What is said at the start of settings and files of the player that are not heeded."""
    more = [f"and {len(faults) - MOST_FAULTS:,} more"] if len(faults) > MOST_FAULTS else []
    return "\n".join([*faults[:MOST_FAULTS], *more])


def former_log(log: Path) -> Path:
    """Where a log that grew too long is kept."""
    return log.with_suffix(".log.1")


CHOICES: Mapping[str, Sequence[object]] = {
    "rows": ("fitting", "dense", "roomy"),
    "toast_seconds": (2, 3, 4, 6, 8, 10, 15, 20, 0),
    "questions": ("always", "rule", "rare"),
}
"""What some of the settings can be, in the order in which a key goes through them."""


@dataclass(slots=True)
class Settings:
    """What is remembered between sessions.

    Attributes:
        theme: name of a registered theme.
        reduced_motion: show results at once.
        sell_commons: sell the commons of an opening as soon as they were seen.
        rows: how close the rows of lists stand, one of `CHOICES`.
        toast_seconds: how long a toast is seen; 0 for until a key is pressed.
        questions: which questions are asked before something is paid or sold.
        player: the last player's name, empty for none.
        seen: the last operation of time that each player was told of, by world and player.
        recent: what was taken from the palette, the latest last.
    """

    theme: str = DEFAULT_THEME
    reduced_motion: bool = False
    sell_commons: bool = False
    rows: str = "fitting"
    toast_seconds: int = 4
    questions: str = "rule"
    player: str = ""
    seen: dict[str, int] = field(default_factory=dict)
    recent: list[str] = field(default_factory=list)


def settings_file() -> Path:
    """Where the settings are kept."""
    return config_dir() / SETTINGS_FILE


def keys_file() -> Path:
    """Where keys of the player's own are kept."""
    return config_dir() / KEYS_FILE


def themes_dir() -> Path:
    """The folder of themes of the player's own."""
    return config_dir() / THEMES_DIR


def load_settings() -> tuple[Settings, str | None]:
    """The saved settings, and a sentence if they could not be read.

    A file that is missing means the defaults; one that is damaged does too, but says so.
    A single value of the wrong kind falls back to its own default.
    """
    path = settings_file()
    settings = Settings()
    try:
        kept = json.loads(read_regular(path, LARGEST_SETTINGS).decode())
    except FileNotFoundError:
        return settings, None
    except (OSError, ValueError, RecursionError):
        return settings, f"The settings in {path} can't be read, so the defaults are used."
    if not isinstance(kept, dict):
        return settings, f"The settings in {path} are damaged, so the defaults are used."
    wrong = []
    for each in fields(Settings):
        value = kept.get(each.name, getattr(settings, each.name))
        usual = getattr(settings, each.name)
        choices = CHOICES.get(each.name, (value,))
        if type(value) is type(usual) and _is_whole(value) and value in choices:
            setattr(settings, each.name, value)
        else:
            wrong.append(each.name)
    if wrong:
        names = ", ".join(wrong)
        return settings, f"In {path} these settings are damaged and start afresh: {names}."
    return settings, None


def _is_whole(value: object) -> bool:
    """Whether a table of numbers or a list of words holds nothing else; others are whole."""
    if isinstance(value, list):
        return all(type(word) is str for word in value)
    return not isinstance(value, dict) or all(type(number) is int for number in value.values())


def save_settings(settings: Settings) -> str | None:
    """Keep the settings, whole or not at all; a sentence if that failed."""
    path = settings_file()
    fault = write_whole(path, json.dumps(asdict(settings), indent=2) + "\n")
    return fault and f"The settings could not be kept in {path}: {fault}."


def write_whole(path: Path, text: str) -> str | None:
    """Write a file of the settings, whole or not at all; the reason if that failed."""
    try:
        private_folder(path.parent)
        handle, draft = tempfile.mkstemp(
            dir=path.parent, prefix=f".{path.stem}-", suffix=path.suffix
        )
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            os.replace(draft, path)
        except BaseException:
            Path(draft).unlink(missing_ok=True)
            raise
    except OSError as error:
        return error.strerror or str(error)
    return None
