"""A hall's folder is its own, is gone when the hall is, and what a killed one left goes with the next."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from device.cli import main
from device.hall_folder import CURRENT, hall_folder, home, make_current
from drivers.protocols import PartMissing


def test_a_hall_leaves_nothing() -> None:
    with hall_folder() as folder:
        (folder / "book.db").write_text("")
        make_current(folder)
        assert (home() / CURRENT).resolve() == folder
        assert home().stat().st_mode & 0o077 == folder.stat().st_mode & 0o077 == 0
    assert not home().exists()


def test_what_a_killed_hall_left_goes_with_the_next_and_one_that_runs_stays() -> None:
    killed = (
        "import os\nfrom device.hall_folder import *\nmade = hall_folder()\nhere = made.__enter__()\n"
        "make_current(here)\n(here / 'staff.toml').touch()\nos.kill(os.getpid(), 9)"
    )
    with hall_folder() as running:
        assert subprocess.run([sys.executable, "-c", killed], check=False).returncode == -9
        left = next(folder for folder in home().glob("hall-*") if folder != running)
        assert (left / "staff.toml").exists()
        with hall_folder():
            assert not left.exists()
            assert running.exists()
    assert not home().exists(), "not even the pointer to the killed one"


def test_when_the_newest_of_two_halls_ends_the_hands_are_at_the_other_again() -> None:
    with hall_folder() as first:
        make_current(first)
        with hall_folder() as demo, hall_folder() as second:
            make_current(second)
            assert (home() / CURRENT).readlink() == second
            assert demo.exists()
        assert (home() / CURRENT).readlink() == first
    assert not home().exists()


def test_a_folder_that_belongs_to_somebody_else_is_not_used(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "getuid", lambda: 12345)
    assert main(["hall"]) == 69
    assert "belongs to somebody else" in capsys.readouterr().err


@pytest.mark.parametrize(("where", "why"), [("/proc/nowhere", "No such file"), ("/tmp/" + "x" * 80, "too long")])
def test_a_place_where_no_hall_can_be_is_said_with_what_to_set(
    where: str, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", where)
    with pytest.raises(PartMissing, match=rf"{why}.*Set XDG_RUNTIME_DIR"), hall_folder():
        pytest.fail("there is a folder")
