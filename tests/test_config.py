"""Paths and settings."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from inventui import config
from inventui.config import Settings


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
