"""TCP ports on this machine: one that is free, who listens at one, whether one answers."""

from __future__ import annotations

import contextlib
import secrets
import socket
import sys
import time
from pathlib import Path
from typing import Final

LOOPBACK: Final = "127.0.0.1"
# Below what Linux gives to outgoing connections (ip_local_port_range): those come and go, and a connection to a port of
# that range nobody listens at may even meet itself (simultaneous open, RFC 9293 3.5) and hold it.
RANGE: Final = range(20_000, 32_000)
_LISTEN: Final = "0A"  # the state column of /proc/net/tcp


def free_port() -> int:
    """A port of the loopback that nobody has just now; somebody may before we do."""
    while True:
        port = secrets.choice(RANGE)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind((LOOPBACK, port))
            return port


def listens(pid: int, port: int) -> bool:
    """Whether this very process listens at the loopback's port, and not somebody who was faster."""
    as_the_kernel_writes_it = int.from_bytes(socket.inet_aton(LOOPBACK), sys.byteorder)
    address = f"{as_the_kernel_writes_it:08X}:{port:04X}"
    rows = (line.split() for line in Path("/proc/net/tcp").read_text("ascii").splitlines()[1:])
    inodes = {f"socket:[{row[9]}]" for row in rows if row[1] == address and row[3] == _LISTEN}
    with contextlib.suppress(OSError):  # it has just ended
        return any(str(fd.readlink()) in inodes for fd in Path(f"/proc/{pid}/fd").iterdir())
    return False


def answers(host: str, port: int, seconds: float) -> bool:
    """Whether somebody takes connections there within so many seconds."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with contextlib.suppress(OSError), socket.create_connection((host, port), timeout=1.0):
            return True
        time.sleep(0.02)  # a port cannot be waited for, only tried
    return False
