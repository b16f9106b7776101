"""What a service says to whoever supervises it (systemd's sd_notify(3), in the standard library)."""

from __future__ import annotations

import os
import socket


def notify(state: str) -> bool:
    """Say `READY=1`, `STOPPING=1`, `WATCHDOG=1`. False if nobody supervises; an error there is not ours to die of."""
    path = os.environ.get("NOTIFY_SOCKET", "")
    if not path:
        return False
    address = "\0" + path[1:] if path[0] == "@" else path
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as line:
        try:
            line.sendto(state.encode(), address)
        except OSError:
            return False
    return True


def watchdog_seconds() -> float | None:
    """How often to say WATCHDOG=1: half of what systemd waits (sd_watchdog_enabled(3)); None without a watchdog."""
    micros = os.environ.get("WATCHDOG_USEC", "")
    mine = os.environ.get("WATCHDOG_PID", str(os.getpid())) == str(os.getpid())
    return int(micros) / 2e6 if micros.isdigit() and int(micros) > 0 and mine else None
