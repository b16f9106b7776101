"""A release put on a machine: checked, installed beside what is there, tried, and in force as a whole."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from provisioning.files import Refused
from provisioning.release import install_release, run
from provisioning.slot import Slot
from tests.bench.report import ROOT
from tests.provisioning.wheels import seal, tiny_wheels


def started(into: Path) -> str:
    """What the release that is in force says of itself."""
    command = [str(into / "current" / "bin" / "hallside"), "version"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def set_in(into: Path, text: str) -> Path:
    """Something in force, made in no time."""

    def make(folder: Path) -> None:
        (folder / "file").write_text(text)

    made = Slot(into).fill("0.9", make)
    Slot(into).switch(made)
    return made


@pytest.mark.long
@pytest.mark.timeout(60)
def test_a_release_starts_from_its_own_environment_and_the_one_before_can_be_had_again(tmp_path: Path) -> None:
    into = tmp_path / "opt"
    before = set_in(into, "old")
    # As onto a machine that has nothing but Python: out of the sources alone, with no package installed.
    command = [sys.executable, "-S", "-m", "provisioning.release", str(tiny_wheels(tmp_path / "a", "1.0")), str(into)]
    (tmp_path / "astray").mkdir()
    (tmp_path / "astray" / "tiny_hallside.py").write_text("raise SystemExit('not the one that was installed')")
    environ = {"PATH": os.environ["PATH"], "PYTHONPATH": f"{ROOT}:{tmp_path}/astray"}
    done = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"in force: {into}/2-1.0\n"
    assert started(into) == "hallside 1.0"
    assert Slot(into).back() == before


def test_a_release_that_does_not_start_changes_nothing(tmp_path: Path) -> None:
    def failing(_: Path, folder: Path) -> None:
        run("sh", "-c", f"ls {folder}; exit 3")

    before = set_in(tmp_path / "opt", "old")
    with pytest.raises(Refused, match="nothing was changed: `sh -c"):
        install_release(
            tiny_wheels(tmp_path / "a", "1.0"),
            tmp_path / "opt",
            lambda _, folder: run("sh", "-c", f"ls {folder}; exit 3"),
        )
    assert Slot(tmp_path / "opt").current == before
    assert {path.name for path in (tmp_path / "opt").iterdir()} == {"current", before.name}


def test_wheels_that_are_not_what_their_sums_say_are_not_installed(tmp_path: Path) -> None:
    wheels, into = tiny_wheels(tmp_path / "a", "1.0"), tmp_path / "opt"
    (wheel,) = wheels.glob("*.whl")
    whole = wheel.read_bytes()
    wheel.write_bytes(whole[:-1])
    with pytest.raises(Refused, match="is not installed: hallside-1"):
        install_release(wheels, into)
    wheel.write_bytes(whole)
    (wheels / "other-1.0-py3-none-any.whl").write_bytes(b"who put this here?")
    with pytest.raises(Refused, match="does not name other-1"):
        install_release(wheels, into)
    wheel.unlink()
    seal(wheels)
    with pytest.raises(Refused, match="exactly one wheel of hallside, and has 0"):
        install_release(wheels, into)
    (wheels / "SHA256SUMS").unlink()
    with pytest.raises(Refused, match="cannot be read"):
        install_release(wheels, into)
    assert not into.exists()
