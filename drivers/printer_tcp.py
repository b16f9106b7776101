"""A printer on the network: raw port 9100, bytes in both directions."""

from __future__ import annotations

import contextlib
import fcntl
import select
import socket
import struct
import termios
from functools import partial
from pathlib import Path

from drivers.printer_port import PortGone, told
from drivers.printer_profiles import check_model
from drivers.printer_thread import DEADLINE_SECONDS, PACE, Pace, PortPrinter
from drivers.protocols import Place, Post

MEND = "Switch the printer on, plug its network cable in, and check its address; give it a fixed one"
CONNECT_SECONDS = 0.8  # in the hall's own network it takes milliseconds
SILENT_MS = 10_000  # a peer that acknowledges nothing for so long is gone
CHUNK = 4096  # bytes a read


class TcpPort:
    """A line through a TCP socket. host should be an address: resolving a name may outlast every time-out here."""

    def __init__(self, host: str, port: int) -> None:
        self._where = f"{host}:{port}"
        with told(self._where):
            self._socket = socket.create_connection((host, port), timeout=CONNECT_SECONDS)
            self._socket.setblocking(False)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, SILENT_MS)

    def write(self, data: bytes, seconds: float) -> int:
        with told(self._where):
            _, writable, _ = select.select([], [self._socket], [], seconds)
            return self._socket.send(data) if writable else 0

    def read(self, seconds: float) -> bytes:
        with told(self._where):
            readable, _, _ = select.select([self._socket], [], [], seconds)
            if not readable:
                return b""
            data = self._socket.recv(CHUNK)
        if not data:
            raise PortGone(f"{self._where}: the printer closed the connection")
        return data

    def pending(self) -> bool:
        """Bytes the printer has not acknowledged (SIOCOUTQ, which has TIOCOUTQ's number)."""
        with told(self._where):
            (left,) = struct.unpack("i", fcntl.ioctl(self._socket, termios.TIOCOUTQ, bytes(4)))
        return bool(left)

    def status(self) -> None:
        return None

    def close(self) -> None:
        with contextlib.suppress(OSError, PortGone):
            if self.pending():
                # Otherwise the kernel would go on delivering after the close; lingering for 0 s drops it.
                self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._socket.close()


class TcpPrinter(PortPrinter):
    """Implements drivers.protocols.Printer. PartMissing if the printer cannot be reached."""

    def __init__(
        self,
        post: Post,
        place: Place,
        *,
        host: str,
        port: int = 9100,
        model: str = "generic-80",
        profiles: Path | None = None,
        deadline_seconds: float = DEADLINE_SECONDS,
        pace: Pace = PACE,
    ) -> None:
        profile = check_model(model, profiles)
        super().__init__(post, place, partial(TcpPort, host, port), MEND, deadline_seconds, pace, asb=profile.asb)
