"""Bad lines between real processes (N4): the proxy does what it says, and a hall behind it loses nothing."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator

import pytest

from tests.faults.bad_lines import on_bad_lines
from tests.faults.proxy import FLOOD, Mode, Proxy
from tests.helpers.broker import HOST
from tests.helpers.nursery import Nursery

SECONDS = 5.0


@pytest.fixture
def echo() -> Iterator[int]:
    """A server that says everything back; its port."""

    def serve(line: socket.socket) -> None:
        with line:
            try:
                while data := line.recv(4096):
                    line.sendall(data)
            except OSError:
                return

    def accept() -> None:
        while True:
            try:
                line, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=serve, args=(line,), daemon=True).start()

    listener = socket.create_server((HOST, 0))
    thread = threading.Thread(target=accept, daemon=True)
    thread.start()
    yield listener.getsockname()[1]
    listener.shutdown(socket.SHUT_RDWR)
    listener.close()
    thread.join(SECONDS)


def connected(proxy: Proxy) -> socket.socket:
    line = socket.create_connection((HOST, proxy.port), SECONDS)
    try:
        assert said(line, b"hello") == b"hello"
    except BaseException:
        line.close()
        raise
    return line


def said(line: socket.socket, data: bytes) -> bytes:
    line.sendall(data)
    heard = b""
    while len(heard) < len(data) and (more := line.recv(4096)):
        heard += more
    return heard


def test_it_carries_everything_both_ways_and_counts_it(echo: int) -> None:
    with Proxy(echo) as proxy, connected(proxy) as line:
        assert said(line, b"x" * 10_000) == b"x" * 10_000
        assert proxy.carried >= 10_000


def test_what_it_drops_never_comes_and_what_it_stalls_comes_later(echo: int) -> None:
    with Proxy(echo) as proxy, connected(proxy) as line:
        proxy.mode = "stall"
        line.sendall(b"late")
        line.settimeout(0.2)
        with pytest.raises(TimeoutError):
            line.recv(10)
        line.settimeout(SECONDS)
        proxy.mode = "pass"
        assert line.recv(10) == b"late"
        proxy.mode = "drop"
        line.sendall(b"gone")
        line.settimeout(0.2)
        with pytest.raises(TimeoutError):
            line.recv(10)


@pytest.mark.parametrize("mode", ["half", "cut", "refuse"])
def test_it_ends_a_line(echo: int, mode: Mode) -> None:
    with Proxy(echo) as proxy, connected(proxy) as line:
        proxy.mode = mode
        try:
            ended = said(line, b"?") == b""
        except OSError:
            ended = True
        assert ended


def test_it_lets_nobody_in_while_it_refuses_and_everybody_afterwards(echo: int) -> None:
    with Proxy(echo) as proxy:
        proxy.mode = "refuse"
        with pytest.raises((OSError, AssertionError)):
            connected(proxy)
        proxy.mode = "pass"
        connected(proxy).close()


def test_it_floods_with_noise_instead_of_what_was_said(echo: int) -> None:
    with Proxy(echo) as proxy, connected(proxy) as line:
        proxy.mode = "flood"
        line.sendall(b"?")
        heard = b""
        while len(heard) < len(FLOOD):
            heard += line.recv(65536)
        assert heard == FLOOD


def test_it_crawls_and_loses_nothing(echo: int) -> None:
    with Proxy(echo) as proxy, connected(proxy) as line:
        proxy.mode = "crawl"
        assert said(line, b"a byte at a time") == b"a byte at a time"


@pytest.mark.timeout(120)
def test_a_hall_of_real_processes_on_bad_lines_loses_and_doubles_nothing(nursery: Nursery) -> None:
    there = on_bad_lines(("half", "cut"), 1, seconds=(0.2,), spawn=nursery.spawn)
    assert there["tickets"] > 0
    assert there["carried"] > 0
