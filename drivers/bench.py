"""The hands at simulated hardware: one unix socket a process, one JSON object a line, one reply to each.

Request  `{"device": "kiosk-1", "part": "screen", "do": "tap", "key": "service:social"}`
Reply    `{"ok": true, ...}` with what the part answers, or `{"ok": false, "error": "a sentence"}`.

Only the owner of the process may open the socket (mode 0600): whoever can, can press its buttons.
Acts run one after another in the bench's one thread, so a part is never touched by two hands at once.
"""

from __future__ import annotations

import contextlib
import json
import os
import selectors
import socket
import stat
import threading
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final

from drivers.protocols import PartMissing

Act = Callable[[Mapping[str, object]], Mapping[str, object]]

LINE_BYTES: Final = 64 * 1024  # one request, newline included
CLIENTS: Final = 16  # at once; one more is hung up on
REPLY_SECONDS: Final = 1.0  # a client that does not read its reply for so long is hung up on


class BenchSilent(Exception):
    """Nobody answered at that socket, or not in time, or not in JSON."""


class SocketBench:
    """Implements drivers.protocols.Bench. Constructor: PartMissing if the path is taken or cannot be bound.

    An act refuses a request by raising ValueError with a sentence. Whatever else it raises is answered too, with the
    exception's name, and ends nothing: the bench must not be able to take a station down.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._acts: dict[tuple[str, str], Act] = {}
        self._listener = _listen(path)
        self._inode = _inode(path)
        self._woken, self._wake = socket.socketpair()
        self._closed = False
        self._thread = threading.Thread(target=self._serve, name=f"bench {path.name}", daemon=True)
        self._thread.start()

    def offer(self, device: str, part: str, act: Act) -> None:
        """From now on, requests for this part of this device go to `act`; the last offer counts."""
        self._acts[device, part] = act

    @property
    def lasting(self) -> Path:
        """See drivers.protocols.Workbench."""
        return lasting_of(self._path)

    def close(self) -> None:
        """Hang up, end the thread and take the socket's file away."""
        if self._closed:
            return
        self._closed = True
        self._wake.close()
        self._thread.join(timeout=1.0)
        # A later process may have put its own socket here after ours was removed by hand; that one is not ours to take.
        with contextlib.suppress(FileNotFoundError):
            if _inode(self._path) == self._inode:
                self._path.unlink()

    # --- the thread ------------------------------------------------------------------------------------------

    def _serve(self) -> None:
        heard: dict[socket.socket, bytearray] = {}
        with selectors.DefaultSelector() as selector, self._listener, self._woken:
            selector.register(self._listener, selectors.EVENT_READ)
            selector.register(self._woken, selectors.EVENT_READ)
            while True:
                for key, _ in selector.select():
                    port = key.fileobj
                    if port is self._woken:
                        for client in heard:
                            client.close()
                        return
                    if port is self._listener:
                        client, _ = self._listener.accept()
                        if len(heard) == CLIENTS:
                            client.close()
                            continue
                        client.settimeout(REPLY_SECONDS)
                        heard[client] = bytearray()
                        selector.register(client, selectors.EVENT_READ)
                    elif isinstance(port, socket.socket) and not self._attend(port, heard[port]):
                        selector.unregister(port)
                        del heard[port]
                        port.close()

    def _attend(self, client: socket.socket, heard: bytearray) -> bool:
        """Read what is there and answer every whole line; False when the client is to be let go."""
        try:
            data = client.recv(LINE_BYTES)
            if not data:
                return False
            heard += data
            while (end := heard.find(b"\n")) >= 0 and end < LINE_BYTES:
                line = bytes(heard[:end])
                del heard[: end + 1]
                client.sendall(self._reply(line))
            if len(heard) >= LINE_BYTES:
                client.sendall(_line(_refusal(f"a request is at most {LINE_BYTES} bytes long")))
                return False
        except OSError:
            return False
        return True

    def _reply(self, line: bytes) -> bytes:
        try:
            request = _request(line)
            act = self._act(request)
            return _line({"ok": True, **act(request)})
        except ValueError as refusal:
            return _line(_refusal(str(refusal)))
        except Exception as fault:  # noqa: BLE001  any part's any fault is an answer, see the class
            return _line(_refusal(f"the part failed: {type(fault).__name__}: {fault}"))

    def _act(self, request: Mapping[str, object]) -> Act:
        acts = dict(self._acts)
        device, part = request["device"], request["part"]
        act = acts.get((str(device), str(part)))
        if act is not None:
            return act
        parts = [known for owner, known in acts if owner == device]
        if parts:
            raise ValueError(f"{device} has no simulated part {part!r}; it has {_known(str(part), parts)}")
        devices = list(dict.fromkeys(owner for owner, _ in acts))
        raise ValueError(f"there is no device {device!r} here; there is {_known(str(device), devices)}")


def lasting_of(path: Path) -> Path:
    """The folder of what outlives the process whose bench is at this path."""
    return path.with_name(f"{path.name}.lasting")


def let_go(path: Path, device: str, part: str) -> bool:
    """Mend what keeps a part from being there at its next start, while nobody is at the bench. False: nothing does."""
    note = lasting_of(path) / f"{device}.{part}"
    found = note.is_file()
    note.unlink(missing_ok=True)
    return found


def ask_bench(path: Path, request: Mapping[str, object], timeout: float) -> dict[str, Any]:
    """Send one request and wait at most `timeout` seconds for its reply. BenchSilent if there is none."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        line.settimeout(timeout)
        try:
            line.connect(str(path))
            line.sendall(_line(request))
            with line.makefile("rb") as heard:
                answer = heard.readline()
            if not answer:
                raise BenchSilent(f"no answer at {path}: hung up without a reply")
            reply = json.loads(answer)
        except (OSError, ValueError) as fault:
            raise BenchSilent(f"no answer at {path}: {fault}") from fault
    if not isinstance(reply, dict):
        raise BenchSilent(f"no answer at {path}: not a JSON object")
    return reply


def _request(line: bytes) -> Mapping[str, object]:
    try:
        request = json.loads(line)
    except (ValueError, RecursionError) as fault:
        raise ValueError(f"a request is one JSON object a line: {fault}") from None
    if not isinstance(request, dict):
        raise ValueError("a request is one JSON object a line")
    lacking = [name for name in ("device", "part", "do") if not isinstance(request.get(name), str)]
    if lacking:
        raise ValueError(f'a request says "device", "part" and "do"; this one lacks {", ".join(lacking)}')
    return request


def _refusal(error: str) -> Mapping[str, object]:
    return {"ok": False, "error": error}


def _line(message: Mapping[str, object]) -> bytes:
    # Half of a surrogate pair may come in as an escape; it goes out as the same escape, not as an exception.
    return json.dumps(message, ensure_ascii=False).encode(errors="backslashreplace") + b"\n"


def _known(word: str, known: list[str]) -> str:
    near = get_close_matches(word, known, n=1)
    return (", ".join(known) or "none") + (f". Did you mean {near[0]!r}?" if near else "")


def _inode(path: Path) -> tuple[int, int]:
    found = path.lstat()
    return found.st_dev, found.st_ino


def _listen(path: Path) -> socket.socket:
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        # On Linux the socket's own mode becomes the file's: there is no moment at which others could open it.
        os.fchmod(listener.fileno(), 0o600)
        if _is_dead(path):
            path.unlink()
        listener.bind(str(path))
        listener.listen()
    except OSError as fault:
        listener.close()
        raise PartMissing(
            "bench",
            f"cannot listen at {path}: {fault.strerror or fault}",
            "End what listens there, or choose another path for `bench`",
        ) from fault
    return listener


def _is_dead(path: Path) -> bool:
    """A socket's file whose process is gone: it exists, and nobody listens behind it."""
    try:
        if not stat.S_ISSOCK(path.lstat().st_mode):
            return False
    except FileNotFoundError:
        return False
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        probe.settimeout(REPLY_SECONDS)
        try:
            probe.connect(str(path))
        except ConnectionRefusedError:
            return True
    return False
