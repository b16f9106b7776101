"""Ports of this machine."""

from __future__ import annotations

import os
import socket
from pathlib import Path

from device.ports import LOOPBACK, RANGE, answers, free_port, listens


def test_a_free_port_can_be_taken_and_is_not_one_of_those_that_come_and_go() -> None:
    port = free_port()
    with socket.create_server((LOOPBACK, port)):
        assert port in RANGE
    low, _ = Path("/proc/sys/net/ipv4/ip_local_port_range").read_text().split()
    assert int(low) >= RANGE.stop


def test_a_listener_is_known_by_its_process() -> None:
    with socket.create_server((LOOPBACK, free_port())) as server:
        port = server.getsockname()[1]
        assert listens(os.getpid(), port)
        assert not listens(os.getppid(), port)
        assert not listens(0, port)
    assert not listens(os.getpid(), port)


def test_nobody_answering_is_noticed_in_time() -> None:
    with socket.create_server((LOOPBACK, free_port())) as server:
        assert answers(LOOPBACK, server.getsockname()[1], 1.0)
    assert not answers(LOOPBACK, free_port(), 0.1)
