"""`make run`: a whole hall, how it is used, and that nothing is left of it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from device import hall_command, launch
from device.cli import main
from device.hall_folder import home
from device.launch import running_hall
from device.processes import Processes
from device.sim import NotUnderstood
from drivers.protocols import PartMissing
from tests.helpers.nursery import Nursery


def typed(*lines: str) -> Iterator[str]:
    yield from lines


def test_the_prompt_takes_the_words_of_sim_until_the_end(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    asked: list[list[str]] = []

    def ask(_: Path, device: str, words: list[str]) -> dict[str, object]:
        asked.append([device, *words])
        if words == ["tip"]:
            raise NotUnderstood("'tip' is not understood")
        return {"down": [5]} if words == ["look"] else {}

    monkeypatch.setattr(hall_command, "ask", ask)
    lines = typed(
        "kiosk-1 tap help", "", ".venv/bin/hallside sim kiosk-1 tip", "e-3 look", "bad ' quote", "help", "quit", "never"
    )
    hall_command.prompt(tmp_path, lambda: next(lines))
    assert asked == [["kiosk-1", "tap", "help"], ["kiosk-1", "tip"], ["e-3", "look"]]
    said = capsys.readouterr().out
    assert said == f"done\n'tip' is not understood\n{{\"down\": [5]}}\nNo closing quotation\n{hall_command.HELP}\n"


def test_the_end_of_input_ends_the_prompt(tmp_path: Path) -> None:
    def read() -> str:
        raise EOFError

    hall_command.prompt(tmp_path, read)


@pytest.mark.timeout(60)
def test_a_whole_hall_says_what_runs_and_how_to_use_it_and_ctrl_c_leaves_nothing(tmp_path: Path) -> None:
    log = tmp_path / "said"
    with log.open("w") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "device", "hall"], stdin=subprocess.DEVNULL, stdout=out, stderr=out
        )
    try:
        end = time.monotonic() + 40
        while "Ctrl-C" not in (said := log.read_text()):
            assert process.poll() is None, said
            assert time.monotonic() < end, said
            time.sleep(0.05)  # another programme's words cannot be waited for
        pids = [int(pid) for pid in re.findall(r"pid (\d+)", said)]
        assert len(pids) == 8
        words = [sys.executable, "-m", "device", "sim", "kiosk-1", "look"]
        assert subprocess.run(words, capture_output=True, check=False).returncode == 0
        begun = time.monotonic()
        process.send_signal(signal.SIGINT)
        assert process.wait(5) == 0
        assert time.monotonic() - begun < 2.0
        assert not any(Path(f"/proc/{pid}").exists() for pid in pids)
        assert not home().exists()
        assert all(word in said for word in ("mosquitto", "PIN", "-m device sim window-3 type 1001", "kiosk-1.toml"))
    finally:
        process.kill()
        process.wait(5)


def test_the_programme_is_named_as_it_can_be_called_from_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = tmp_path / "bin" / "hallside"
    script.parent.mkdir()
    script.write_text("#!/bin/sh\n")
    script.chmod(0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.argv", ["bin/hallside", "hall"])
    monkeypatch.setenv("PATH", "/nowhere")
    assert hall_command.programme() == "bin/hallside"
    monkeypatch.setenv("PATH", str(script.parent))
    assert hall_command.programme() == "hallside"


def test_in_the_background_nobody_is_asked_for_words(monkeypatch: pytest.MonkeyPatch) -> None:
    near, far = os.openpty()
    with open(far) as terminal:  # noqa: PTH123  a file descriptor
        monkeypatch.setattr("sys.stdin", terminal)
        monkeypatch.setattr("os.tcgetpgrp", lambda _: os.getpgrp())
        assert hall_command.somebody_types()
        monkeypatch.setattr("os.tcgetpgrp", lambda _: os.getpgrp() + 1)
        assert not hall_command.somebody_types()
    os.close(near)
    with open(os.devnull) as nothing:  # noqa: PTH123  as above
        monkeypatch.setattr("sys.stdin", nothing)
        assert not hall_command.somebody_types()


def test_a_desktop_that_does_not_answer_is_said_and_the_hall_runs_without_windows(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv("DISPLAY", ":4321")
    assert hall_command.desktop_there() is None
    assert "The hall runs without windows: no display (x11: DISPLAY=:4321)" in capsys.readouterr().out
    monkeypatch.delenv("DISPLAY")
    assert hall_command.desktop_there() is None
    assert capsys.readouterr().out == ""


@pytest.mark.timeout(60)
def test_without_mosquitto_the_hall_runs_on_the_broker_it_brings_along(
    nursery: Nursery, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(launch, "Processes", partial(Processes, spawn=nursery.spawn))
    told: list[str] = []
    with running_hall(told.append, embedded=True) as running:
        assert running.broker == "embedded"
        assert all(map(running.processes.pid, running.hall.stations))
    assert told == []


@pytest.mark.long
@pytest.mark.timeout(60)
def test_what_does_not_come_up_is_said_once_and_not_for_each_device(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":4321")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    with pytest.raises(PartMissing, match="it did not come up") as missing, running_hall(print, desktop=(1920, 1080)):
        pytest.fail("it came up")
    assert str(missing.value).count("no display") == 1
    assert not home().exists()


@pytest.mark.parametrize("option", ["hall --recordings", "demo --once --out"])
def test_a_folder_that_cannot_be_had_is_said_before_anything_is_started(
    option: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("precious")
    assert main([*option.split(), str(tmp_path / "file")]) in (1, 69)
    said = capsys.readouterr()
    assert said.err.count("\n") == 1
    assert f"{tmp_path / 'file'}: File exists. Choose another folder" in said.err
    assert (tmp_path / "file").read_text() == "precious"
