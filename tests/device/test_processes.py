"""Processes kept running: started, ready, started again, stopped; and nothing left behind."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from device.processes import PATIENCE, Processes

READY = (
    "import os, socket\n"
    "socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM).sendto(b'READY=1', os.environ['NOTIFY_SOCKET'])\n"
)
SLEEP = f"{READY}import signal; signal.pause()"


class Told:
    """What is told, and a wait for a line of it."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._changed = threading.Condition()

    def __call__(self, line: str) -> None:
        with self._changed:
            self.lines.append(line)
            self._changed.notify_all()

    def wait(self, text: str) -> str:
        """The first line with this text; AssertionError if none comes in 5 s."""
        with self._changed:
            found = self._changed.wait_for(lambda: next((line for line in self.lines if text in line), None), 5)
        assert found, f"{text!r} was not told, only {self.lines}"
        return found


def python(code: str) -> list[str]:
    return [sys.executable, "-S", "-c", code]


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_process_is_ready_when_it_says_so(tmp_path: Path) -> None:
    with Processes(tmp_path, Told()) as processes:
        processes.start("a", python(SLEEP))
        assert processes.wait_ready(["a"], 5) == []
        assert alive(processes.pid("a"))


def test_one_that_never_says_it_is_named(tmp_path: Path) -> None:
    with Processes(tmp_path, Told()) as processes:
        processes.start("mute", python("import signal; signal.pause()"))
        assert processes.wait_ready(["mute"], 0.2) == ["mute"]


def test_killed_it_is_started_again_and_ready_again(tmp_path: Path) -> None:
    told = Told()
    with Processes(tmp_path, told) as processes:
        processes.start("a", python(SLEEP))
        assert processes.wait_ready(["a"], 5) == []
        before = processes.pid("a")
        processes.kill("a")
        assert processes.wait_ready(["a"], 5) == []
        assert processes.pid("a") not in (0, before)
        assert told.wait("a ended") == "a ended (killed by signal 9), starting it again."


def test_one_that_cannot_start_is_given_up_with_its_last_words_and_nobody_waits_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("device.processes.AGAIN_SECONDS", 0.01)
    told = Told()
    with Processes(tmp_path, told) as processes:
        processes.start("bad", python("import sys; print('the paper is out', file=sys.stderr); sys.exit(1)"))
        assert processes.wait_ready(["bad"], 9) == ["bad"]
        assert told.wait("stays down") == "bad ended (exit 1), it stays down. the paper is out"
        assert len(told.lines) == PATIENCE + 1


@pytest.mark.parametrize("status", [0, 69, 78])
def test_an_end_that_starting_again_does_not_mend_is_final(tmp_path: Path, status: int) -> None:
    told = Told()
    with Processes(tmp_path, told) as processes:
        processes.start("done", python(f"raise SystemExit({status})"))
        told.wait("stays down")
        assert len(told.lines) == 1


def test_stopping_ends_everything_at_once_and_the_first_ones_last(tmp_path: Path) -> None:
    log = tmp_path / "order"
    code = (
        f"{READY}import signal, sys\n"
        "def end(*_):\n"
        f"    open({str(log)!r}, 'a').write(sys.argv[1] + ' '); sys.exit(0)\n"
        "signal.signal(signal.SIGTERM, end)\n"
        "signal.pause()"
    )
    with Processes(tmp_path, Told()) as processes:
        processes.start("broker", [*python(code), "broker"], first=True)
        for name in ("a", "b"):
            processes.start(name, [*python(code), name])
        assert processes.wait_ready(["broker", "a", "b"], 5) == []
        pids = [processes.pid(name) for name in ("broker", "a", "b")]
        begun = time.monotonic()
    assert time.monotonic() - begun < 2.0
    assert log.read_text().split()[-1] == "broker"
    assert not any(map(alive, pids))


def test_one_that_does_not_listen_is_ended_within_two_seconds(tmp_path: Path) -> None:
    deaf = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)\n{READY}while True: signal.pause()"
    with Processes(tmp_path, Told()) as processes:
        processes.start("deaf", python(deaf))
        assert processes.wait_ready(["deaf"], 5) == []
        pid = processes.pid("deaf")
        begun = time.monotonic()
    assert time.monotonic() - begun < 2.0
    assert not alive(pid)


def test_when_the_keeper_itself_is_killed_its_processes_die_with_it(tmp_path: Path) -> None:
    keeper = (
        "import sys, time; from pathlib import Path; from device.processes import Processes\n"
        f"p = Processes(Path({str(tmp_path)!r}), print); p.__enter__()\n"
        f"p.start('a', [sys.executable, '-S', '-c', {SLEEP!r}])\n"
        "assert p.wait_ready(['a'], 5) == []\n"
        "print(p.pid('a'), flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", keeper], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        pid = int(process.stdout.readline())
        gone = os.pidfd_open(pid)
        process.send_signal(signal.SIGKILL)
        process.wait(5)
    poll = select.poll()
    poll.register(gone)
    assert poll.poll(5000), "the child outlived its keeper"
    os.close(gone)
