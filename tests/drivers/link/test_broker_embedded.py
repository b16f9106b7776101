"""The broker that hallside brings along: how it starts, says no, and ends leaving nothing."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from time import monotonic

import pytest

from tests.helpers.broker import Broker, free_port, run_embedded, run_mosquitto

COMMAND = [sys.executable, "-m", "drivers.broker_embedded"]


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_it_says_where_it_listens_and_ends_at_once_when_told(how: signal.Signals, tmp_path: Path) -> None:
    port = free_port()
    with subprocess.Popen(
        [*COMMAND, "--port", str(port)], stdout=subprocess.PIPE, text=True, env={"TMPDIR": str(tmp_path)}
    ) as broker:
        assert broker.stdout
        assert broker.stdout.readline() == f"broker: listening on 127.0.0.1:{port}\n"
        with socket.create_connection(("127.0.0.1", port), 1):
            began = monotonic()
            broker.send_signal(how)
            assert broker.wait(5) == 0
        assert monotonic() - began < 1.0
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), 1)


def test_it_ends_with_the_process_that_started_it() -> None:
    with subprocess.Popen(
        [*COMMAND, "--port", str(free_port()), "--with-parent"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as broker:
        assert broker.stdout
        broker.stdout.readline()
        assert broker.stdin
        broker.stdin.close()
        assert broker.wait(5) == 0


@pytest.mark.parametrize("where", ["taken", "nowhere"])
def test_a_place_where_it_cannot_listen_is_said_in_one_line(where: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        host, port = ("127.0.0.1", taken.getsockname()[1]) if where == "taken" else ("nowhere", 1883)
        ended = subprocess.run(
            [*COMMAND, "--host", host, "--port", str(port)], capture_output=True, text=True, timeout=9, check=False
        )
    assert ended.returncode == 1
    assert ended.stdout == ""
    assert ended.stderr.startswith(f"broker: {host}:{port}: ")
    assert ended.stderr.endswith("Choose another --host or --port\n")
    assert ended.stderr.count("\n") == 1


@pytest.mark.parametrize("run", [run_mosquitto, run_embedded], ids=["mosquitto", "embedded"])
def test_a_brokers_fixture_starts_again_on_its_port_and_leaves_no_process(
    run: Callable[[Path], AbstractContextManager[Broker]], tmp_path: Path
) -> None:
    with run(tmp_path) as broker:
        before = broker.pid
        broker.kill()
        assert broker.pid == 0
        broker.start()
        assert broker.pid not in (0, before)
        last = broker.pid
    assert not Path(f"/proc/{last}").exists()


def test_a_brokers_fixture_that_cannot_start_shows_its_log(tmp_path: Path) -> None:
    with (
        pytest.raises(RuntimeError, match="Unknown configuration variable"),
        run_mosquitto(tmp_path, "no_such_word 1\n"),
    ):
        raise AssertionError
