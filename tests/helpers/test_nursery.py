"""The nursery: what it forks is a process like any other, and what it cannot fork is started afresh."""

from __future__ import annotations

import os
import select
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from device.demo_hall import write_hall
from device.processes import Processes
from tests.helpers.nursery import Born, Nursery

SECONDS = 10.0
VERSION = [sys.executable, "-m", "device", "version"]


@pytest.fixture
def config() -> Iterator[Path]:
    """An evaluator's, whose broker is never there."""
    with TemporaryDirectory(dir="/tmp") as folder:
        yield write_hall(Path(folder), port=1).stations["evaluator-3"]


def test_a_forked_command_says_and_returns_what_a_started_one_does(nursery: Nursery, tmp_path: Path) -> None:
    said = tmp_path / "said"
    for words in (VERSION, [*VERSION, "--nonsense"]):
        with said.open("wb") as log:
            born = nursery.spawn(words, os.environ, log.fileno())
        started = subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        assert isinstance(born, Born)
        assert born.wait(SECONDS) == started.returncode
        assert said.read_bytes() == started.stdout


def test_any_other_programme_is_started_afresh(nursery: Nursery, tmp_path: Path) -> None:
    with (tmp_path / "log").open("wb") as log:
        child = nursery.spawn([sys.executable, "-S", "-c", "pass"], os.environ, log.fileno())
    assert isinstance(child, subprocess.Popen)
    assert child.wait() == 0


def test_a_forked_station_is_kept_as_any_other_killed_and_started_again(nursery: Nursery, config: Path) -> None:
    told: list[str] = []
    with Processes(config.parent, told.append, nursery.spawn) as processes:
        processes.start("e", [sys.executable, "-m", "device", "run", "--config", str(config)])
        assert processes.wait_ready(["e"], SECONDS) == []
        first = processes.pid("e")
        assert os.getpgid(first) == first
        processes.kill("e")
        assert processes.wait_ready(["e"], SECONDS) == []
        assert processes.pid("e") != first
    assert told == ["e ended (killed by signal 9), starting it again."]


def test_nobody_waits_for_ever_for_a_station_that_lives_and_none_outlives_its_nursery(config: Path) -> None:
    with Nursery() as nursery, (config.parent / "log").open("wb") as log:
        born = nursery.fork(["run", "--config", str(config)], os.environ, log.fileno())
        gone = os.pidfd_open(born.pid)
        assert born.poll() is None
        with pytest.raises(subprocess.TimeoutExpired):
            born.wait(0.01)
    assert select.select([gone], [], [], SECONDS)[0]
    os.close(gone)
    with pytest.raises(RuntimeError, match="the nursery ended before its station"):
        born.poll()
