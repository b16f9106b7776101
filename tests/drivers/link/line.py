"""A line between a link and its broker that can be cut, go deaf and be mended: a TCP forwarder on the loopback."""

from __future__ import annotations

import selectors
import socket
from contextlib import suppress
from threading import Lock, Thread


class Line:
    """Forwards `port` to the broker's port. One thread; ends at `close`."""

    def __init__(self, broker_port: int) -> None:
        self._broker_port = broker_port
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._door.getsockname()[1]
        self._bell, self._ring = socket.socketpair()
        self._lock = Lock()
        self._other: dict[socket.socket, socket.socket] = {}
        self._whole, self._deaf, self._ended = True, False, False
        self._thread = Thread(target=self._run, daemon=True)
        self._thread.start()

    def cut(self) -> None:
        """Break what is connected; whoever connects is hung up on."""
        with self._lock:
            self._whole = False
            self._hang_up()

    def mend(self) -> None:
        with self._lock:
            self._whole, self._deaf = True, False

    def deafen(self) -> None:
        """Nothing gets through any more, and nobody is told: connections stay, new ones are taken."""
        with self._lock:
            self._deaf = True

    def close(self) -> None:
        with self._lock:
            self._ended = True
            self._hang_up()
        self._ring.send(b"!")
        self._thread.join(2)
        for sock in (self._door, self._bell, self._ring):
            sock.close()

    def _hang_up(self) -> None:
        for sock in self._other:
            with suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)

    def _run(self) -> None:
        with selectors.DefaultSelector() as selector:
            selector.register(self._door, selectors.EVENT_READ)
            selector.register(self._bell, selectors.EVENT_READ)
            while not self._ended:
                for key, _ in selector.select():
                    with self._lock:
                        if key.fileobj is self._door:
                            self._take(selector)
                        elif isinstance(key.fileobj, socket.socket) and key.fileobj in self._other:
                            self._forward(selector, key.fileobj)
            for sock in list(self._other):
                sock.close()

    def _take(self, selector: selectors.BaseSelector) -> None:
        near, _ = self._door.accept()
        if not self._whole:
            near.close()
            return
        try:
            far = socket.create_connection(("127.0.0.1", self._broker_port))
        except OSError:
            near.close()
            return
        for sock, other in ((near, far), (far, near)):
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._other[sock] = other
            selector.register(sock, selectors.EVENT_READ)

    def _forward(self, selector: selectors.BaseSelector, sock: socket.socket) -> None:
        try:
            data = sock.recv(65536)
            if data and not self._deaf:
                self._other[sock].sendall(data)
        except OSError:
            data = b""
        if not data:
            for end in (sock, self._other[sock]):
                selector.unregister(end)
                del self._other[end]
                end.close()
