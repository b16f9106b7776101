"""`hallside provision …` as it is typed."""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

import pytest

from provisioning.cli import register
from provisioning.examples import FOLDER

HALL = str(FOLDER / "hall.toml")


def provision(*words: str) -> int:
    parser = argparse.ArgumentParser(prog="hallside provision")
    register(parser)
    arguments = parser.parse_args(words)
    code: int = arguments.act(arguments)
    return code


def test_a_whole_hall_can_be_prepared_from_its_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ca, out = str(tmp_path / "ca"), str(tmp_path / "out")
    assert provision("ca", "--hall", "longjiang", "--out", ca) == 0
    assert provision("broker", "--hall", HALL, "--ca", ca, "--out", out) == 0
    like = ["--like", str(FOLDER / "kiosk-2.toml")]
    capsys.readouterr()
    assert provision("device", "kiosk-2", "--role", "kiosk", "--hall", HALL, "--ca", ca, "--out", out, *like) == 0
    said = capsys.readouterr().out
    assert f"wrote {out}/kiosk-2/etc/hallside/kiosk-2.toml" in said
    assert "Next:\n  1. On the Pi" in said
    assert provision("device", "kiosk-2", "--hall", HALL, "--ca", ca, "--out", out, *like) == 0
    assert "nothing was changed" in capsys.readouterr().out


def test_a_refusal_is_told_on_stderr_and_exits_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert provision("device", "kiosk-9", "--hall", HALL, "--out", str(tmp_path)) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert "knows no device 'kiosk-9'" in told.err


def test_a_bad_halls_file_exits_78_with_every_mistake(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "hall.toml").write_text('[hall]\nidd = "x"\n')
    assert provision("device", "kiosk-1", "--hall", str(tmp_path / "hall.toml"), "--out", str(tmp_path)) == 78
    assert "hall.idd: is not known here. Did you mean 'id'?" in capsys.readouterr().err


def test_a_folder_that_cannot_be_written_is_said_with_its_path(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "out").write_text("a file, not a folder")
    assert provision("ca", "--hall", "longjiang", "--out", str(tmp_path / "out")) == 1
    assert str(tmp_path / "out") in capsys.readouterr().err


def test_a_made_pin_is_shown_once_and_stored_hashed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    staff = tmp_path / "staff.toml"
    assert provision("staff", "--staff", str(staff), "--number", "1001", "--name", "王小明", "--make-pin") == 0
    pin = capsys.readouterr().out.rsplit("PIN, shown this once: ", 1)[1].strip()
    assert len(pin) == 8
    assert pin not in staff.read_text("utf-8")


def test_a_pin_is_not_asked_where_it_would_be_seen(tmp_path: Path) -> None:
    words = ["staff", "--staff", str(tmp_path / "staff.toml"), "--number", "1001", "--name", "王芳"]
    program = "import argparse; from provisioning.cli import register; p = argparse.ArgumentParser(); register(p); "
    program += f"a = p.parse_args({words!r}); raise SystemExit(a.act(a))"
    said = subprocess.run(  # a session of its own has no terminal
        [sys.executable, "-c", program],
        capture_output=True, text=True, stdin=subprocess.DEVNULL, start_new_session=True, check=False,
    )  # fmt: skip
    assert (said.returncode, said.stdout) == (1, "")
    assert said.stderr == "there is no terminal to type a PIN at unseen. Let one be made with --make-pin.\n"
    assert not (tmp_path / "staff.toml").exists()
