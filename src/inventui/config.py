"""Where files lie on this machine, and the settings that outlive a session.

`INVENTUI_HOME` puts data, settings and documents into one folder (portable use, tests);
`INVENTUI_DATABASE` names the world itself. Nothing here creates a folder before
something is written into it.
"""

import json
import os
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path

from inventui.system import entries, make_private, private_folder, read_regular

APP = "inventui"
DEFAULT_THEME = "night-market"
SETTINGS_FILE = "settings.json"
LOG_FILE = "inventui.log"
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


def former_log(log: Path) -> Path:
    """Where a log that grew too long is kept."""
    return log.with_suffix(".log.1")


@dataclass(slots=True)
class Settings:
    """What is remembered between sessions.

    Attributes:
        theme: name of a registered theme.
        reduced_motion: show results at once.
        player: the last player's name, empty for none.
        seen: the last operation of time that each player was told of, by world and player.
    """

    theme: str = DEFAULT_THEME
    reduced_motion: bool = False
    player: str = ""
    seen: dict[str, int] = field(default_factory=dict)


def settings_file() -> Path:
    """Where the settings are kept."""
    return config_dir() / SETTINGS_FILE


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
        if type(value) is type(getattr(settings, each.name)) and _is_whole(value):
            setattr(settings, each.name, value)
        else:
            wrong.append(each.name)
    if wrong:
        names = ", ".join(wrong)
        return settings, f"In {path} these settings are damaged and start afresh: {names}."
    return settings, None


def _is_whole(value: object) -> bool:
    """Whether a table of numbers holds nothing else; other values are whole."""
    return not isinstance(value, dict) or all(type(number) is int for number in value.values())


def save_settings(settings: Settings) -> str | None:
    """Keep the settings, whole or not at all; a sentence if that failed."""
    path = settings_file()
    try:
        private_folder(path.parent)
        handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".settings-", suffix=".json")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(asdict(settings), file, indent=2)
                file.write("\n")
                file.flush()
                os.fsync(file.fileno())
            os.replace(draft, path)
        except BaseException:
            Path(draft).unlink(missing_ok=True)
            raise
    except OSError as error:
        return f"The settings could not be kept in {path}: {error.strerror or error}."
    return None
