"""Paths and settings."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from inventui import config
from inventui.config import Settings
from inventui.widgets import errors


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("INVENTUI_HOME", str(tmp_path))
    monkeypatch.delenv("INVENTUI_DATABASE", raising=False)
    return tmp_path


def test_a_home_holds_data_settings_and_documents(home: Path) -> None:
    assert config.data_dir() == home / "data"
    assert config.config_dir() == home / "config"
    assert config.documents_dir() == home / "documents"
    assert config.default_database() == str(home / "data" / "world.db")
    assert config.log_file().parent == home / "data"


def test_asking_where_things_lie_makes_no_folder(home: Path) -> None:
    config.data_dir(), config.config_dir(), config.documents_dir(), config.default_database()
    assert config.load_settings() == (Settings(), None)
    assert list(home.iterdir()) == []


def test_without_a_home_the_platform_says_where(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("INVENTUI_HOME")
    places = {config.data_dir(), config.config_dir(), config.documents_dir()}
    assert len(places) == 3
    assert all(place.is_absolute() and "inventui" in place.parts for place in places)


def test_the_environment_names_the_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INVENTUI_DATABASE", "/elsewhere/w.db")
    assert config.default_database() == "/elsewhere/w.db"


def test_what_is_saved_is_loaded_again() -> None:
    settings = Settings(theme="nord", reduced_motion=True, player="[/]界")
    assert config.save_settings(settings) is None
    assert config.load_settings() == (settings, None)


def test_saving_leaves_nothing_but_the_file(home: Path) -> None:
    config.save_settings(Settings())
    config.save_settings(Settings(theme="nord"))
    assert [path.name for path in (home / "config").iterdir()] == ["settings.json"]


@pytest.mark.parametrize(
    "damage",
    ["", "{", "[]", "null", "3", '"theme"', "\x00\xff", "[" * 100_000, '{"theme": NaN'],
)
def test_a_damaged_file_means_the_defaults_and_says_so(damage: str) -> None:
    path = config.settings_file()
    path.parent.mkdir()
    path.write_bytes(damage.encode("latin-1"))
    settings, fault = config.load_settings()
    assert settings == Settings()
    assert fault is not None
    assert str(path) in fault


def test_a_value_of_the_wrong_kind_falls_back_alone() -> None:
    path = config.settings_file()
    path.parent.mkdir()
    path.write_text(json.dumps({"theme": 3, "reduced_motion": 1, "player": "ana", "later": []}))
    settings, fault = config.load_settings()
    assert settings == Settings(player="ana")
    assert fault is not None
    assert "theme, reduced_motion" in fault


def test_settings_that_cannot_be_written_are_told_in_a_sentence(home: Path) -> None:
    (home / "config").write_text("a file where the folder should be")
    said = config.save_settings(Settings())
    assert said is not None
    assert str(home / "config") in said


def test_a_failed_save_leaves_the_former_settings(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config.save_settings(Settings(theme="nord"))

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    assert "No space left" in (config.save_settings(Settings(theme="dracula")) or "")
    monkeypatch.undo()
    monkeypatch.setenv("INVENTUI_HOME", str(home))
    assert config.load_settings() == (Settings(theme="nord"), None)
    assert [path.name for path in (home / "config").iterdir()] == ["settings.json"]


def test_settings_that_are_no_file_are_not_waited_for(home: Path) -> None:
    config.settings_file().parent.mkdir()
    os.mkfifo(config.settings_file())
    settings, said = config.load_settings()
    assert settings == Settings()
    assert said is not None
    assert "can't be read" in said
    assert config.save_settings(Settings(theme="nord")) is None
    assert config.load_settings() == (Settings(theme="nord"), None)


def test_a_log_that_is_no_file_is_not_waited_for(home: Path) -> None:
    config.log_file().parent.mkdir()
    os.mkfifo(config.log_file())
    assert errors.write_log(ValueError()) is None


def test_settings_and_log_and_their_folders_are_their_owner_s_alone(home: Path) -> None:
    before = os.umask(0)
    try:
        config.save_settings(Settings())
        errors.write_log(ValueError())
    finally:
        os.umask(before)
    modes = {path.stat().st_mode & 0o777 for path in home.rglob("*")}
    assert modes == {0o600, 0o700}


def test_what_others_could_read_of_the_game_s_own_is_told_once(home: Path) -> None:
    certificate = config.certificates_dir() / "lemon.json"
    former = config.former_log(config.log_file())
    ours = [config.settings_file(), config.log_file(), former, certificate]
    for path in ours:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    for path in home.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    folders = {path for path in home.rglob("*") if path.is_dir()}
    assert set(config.keep_private()) == {*ours, *folders}
    assert config.keep_private() == []
    certificate.unlink()
    config.certificates_dir().rmdir()
    config.certificates_dir().touch(0o600)
    assert config.keep_private() == []
    assert {path.stat().st_mode & 0o777 for path in home.rglob("*")} == {0o600, 0o700}
