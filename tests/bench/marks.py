"""The bench's end of the marks that devices send (tests.bench.marked): received on a thread, waited for by device."""

from __future__ import annotations

import json
import selectors
import socket
import threading
from collections import defaultdict
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import Any

from tests.bench.marked import SOCKET
from tests.bench.rig import SECONDS, BenchFailed

Mark = dict[str, Any]


class Marks:
    """Use as a context manager. folder: where the devices' configs are."""

    def __init__(self, folder: Path) -> None:
        self._listener = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._listener.bind(str(folder / SOCKET))
        self._listener.listen()
        self._queues: defaultdict[str, SimpleQueue[Mark]] = defaultdict(SimpleQueue)
        self._bell, self._ring = socket.socketpair()
        self._thread = threading.Thread(target=self._serve, name="marks", daemon=True)

    def __enter__(self) -> Marks:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ring.send(b"!")
        self._thread.join(5)
        for end in (self._listener, self._bell, self._ring):
            end.close()

    def until(self, device: str, wanted: Callable[[Mark], bool]) -> list[Mark]:
        """The device's marks up to the first like that, which is the last one. BenchFailed if it does not come."""
        seen: list[Mark] = []
        while not (seen and wanted(seen[-1])):
            try:
                seen.append(self._queues[device].get(timeout=SECONDS))
            except Empty:
                raise BenchFailed(f"{device} did not do what was awaited; what it did: {seen[-5:]}") from None
        return seen

    def shown(self, device: str, view: str, **has: object) -> Mark:
        """Wait for a page of this kind; `key`: one that can be touched on it, else fields of the mark."""
        key = has.pop("key", None)

        def wanted(mark: Mark) -> bool:
            if mark["what"] != "shown" or mark["view"] != view:
                return False
            return (key is None or key in mark["keys"]) and all(mark[name] == value for name, value in has.items())

        return self.until(device, wanted)[-1]

    def forget(self, device: str) -> None:
        """Drop what this device has marked until now."""
        while not self._queues[device].empty():
            self._queues[device].get()

    def _serve(self) -> None:
        with selectors.DefaultSelector() as selector, ExitStack() as heard:
            selector.register(self._listener, selectors.EVENT_READ)
            selector.register(self._bell, selectors.EVENT_READ)
            while True:
                for key, _ in selector.select():
                    port = key.fileobj
                    assert isinstance(port, socket.socket)
                    if port is self._bell:
                        return
                    if port is self._listener:
                        device = heard.enter_context(self._listener.accept()[0])
                        selector.register(device, selectors.EVENT_READ)
                    elif data := port.recv(4096):
                        mark = json.loads(data)
                        self._queues[mark["from"]].put(mark)
                    else:
                        selector.unregister(port)
                        port.close()
