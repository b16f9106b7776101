"""`make run`: a whole hall, how it is used, and that nothing is left of it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from device import hall_command
from device.cli import main
from device.launch import running_hall
from device.sim import NotUnderstood, home


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
    lines = typed("kiosk-1 tap help", "", "hallside sim kiosk-1 tip", "e-3 look", "bad ' quote", "quit", "never read")
    hall_command.prompt(tmp_path, lambda: next(lines))
    assert asked == [["kiosk-1", "tap", "help"], ["kiosk-1", "tip"], ["e-3", "look"]]
    said = capsys.readouterr().out
    assert said == "done\n'tip' is not understood\n{'down': [5]}\nNo closing quotation\n"


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
        assert all(word in said for word in ("mosquitto", "PIN", "hallside sim window-3 type 1001", "kiosk-1.toml"))
    finally:
        process.kill()
        process.wait(5)


@pytest.mark.timeout(60)
def test_without_mosquitto_the_hall_runs_on_the_broker_it_brings_along() -> None:
    told: list[str] = []
    with running_hall(told.append, embedded=True) as running:
        assert running.broker == "embedded"
        assert all(map(running.processes.pid, running.hall.stations))
    assert told == []


def test_a_folder_that_belongs_to_somebody_else_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "getuid", lambda: 12345)
    assert main(["hall"]) == 69
    assert "belongs to somebody else" in capsys.readouterr().err
