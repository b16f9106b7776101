"""The line to the broker: one thread keeps one MQTT 5 connection at a time, and makes it anew when it breaks."""

from __future__ import annotations

import random
import select
import socket
import ssl
from collections.abc import Sequence
from contextlib import suppress
from threading import Event, Lock, Thread
from time import monotonic
from typing import Any

from drivers.events import HardwareEvent, LinkDown, PartFailed, PartMended
from drivers.link_connection import Connection, Wish
from drivers.link_tls import TlsFiles
from drivers.protocols import PartMissing, Post, WallClock, Will

RETRY = (1.0, 5.0)  # seconds: after the first failure, and at most
ECHO_EVERY = 5.0
SILENT_AFTER = 10.0
SESSION_SECONDS = 60  # see PahoLink
FAREWELL_SECONDS = 1.0

__all__ = ["PahoLink", "TlsFiles"]


def rest(retry: tuple[float, float], failures: int, why: str) -> float:
    """Seconds until the next try. retry: the shortest and the longest. failures: tries since the line was last up."""
    first, most = retry
    if why == "session-taken-over":  # somebody bears our name: do not fight
        return most
    return random.uniform(first, min(most, first * 2**failures))  # noqa: S311  so that a hall does not come at once


class PahoLink:
    """Keeps the promise of `drivers.protocols.Link` with paho-mqtt against any MQTT 5 broker.

    name: client id, which is the device's name. subscriptions: filters, all at QoS 1. will: retained, QoS 1.
    echo: a topic below the device's own name that it may write and read; a message sent there every 5 s must come back
    within 10 s, else the broker is as good as gone (LinkDown "silent"; "deaf" if it took the echo and kept it). Nobody
    else need listen to it.
    session_seconds: how long the broker keeps our subscriptions and what comes for us while the line is broken. It must
    not be less than the will's delay: a will is said when its session ends (MQTT 5, 3.1.3.2.2).

    clock: while it is not synced, certificates are held against its floor (link_tls); else against the machine's time.

    LinkUp is said once the first echo has come back; what came before it follows it. A topic the broker refuses is
    PartFailed("link"), said once, and PartMended when it is taken again. Raises PartMissing for bad TLS files.
    """

    def __init__(
        self,
        post: Post,
        *,
        host: str,
        port: int,
        name: str,
        subscriptions: Sequence[str],
        echo: str,
        will: Will | None,
        tls: TlsFiles | None = None,
        clock: WallClock | None = None,
        keepalive: int = 10,
        session_seconds: int = SESSION_SECONDS,
        retry: tuple[float, float] = RETRY,
        echo_every: float = ECHO_EVERY,
        silent_after: float = SILENT_AFTER,
    ) -> None:
        if will and will.delay_seconds > session_seconds:
            raise ValueError(f"a will cannot wait {will.delay_seconds} s in a session of {session_seconds} s")
        if tls:
            tls.context()
        self._wish = Wish(
            host,
            port,
            name,
            echo,
            tuple(subscriptions),
            will,
            tls,
            clock,
            keepalive,
            session_seconds,
            echo_every,
            silent_after,
        )
        self._post, self._retry = post, retry
        self._lock = Lock()
        self._closing = Event()
        self._line: Connection | None = None
        self._told = ""  # the code of the last LinkDown, "" while up
        self._refused: dict[str, str] = {}
        self._broken = False  # the last connection ended by an exception
        self._bell, self._ring = socket.socketpair()
        self._bell.setblocking(False)
        self._ring.setblocking(False)
        self._thread = Thread(target=self._run, name=f"link {name}", daemon=True)
        self._thread.start()

    def publish(self, topic: str, payload: bytes, *, qos: int, retain: bool, expiry: int | None) -> bool:
        """As promised; sent from here, at once. A payload above 8 KiB is PartFailed("link", "too-large") besides."""
        with self._lock:
            line = self._line
            sent = line is not None and line.publish(topic, payload, qos, retain=retain, expiry=expiry)
            attention = line is not None and bool(line.ended or line.wants_write())
        if attention:
            self._wake()
        return sent

    def close(self, farewell: tuple[str, bytes] | None = None) -> None:
        """Say the farewell (retained), wait for its PUBACK at most 1 s, disconnect, end the thread.

        A thread that is just connecting to nobody ends by itself when paho's 5 s are over; it says nothing any more.
        """
        if self._closing.is_set():
            return
        if farewell:
            with self._lock:
                heard = self._line.farewell(*farewell) if self._line else None
            if heard:
                heard.wait(FAREWELL_SECONDS)
        self._closing.set()
        self._wake()
        self._thread.join(FAREWELL_SECONDS)

    # --- the network thread ----------------------------------------------------------------------------------

    def _run(self) -> None:
        failures, clean = 0, False
        while not self._closing.is_set():
            line = Connection(self._wish, self._say, self._refused, clean=clean)
            why = self._live(line)
            failures = 0 if line.up else failures + 1
            # A message that we, or the broker, choke on must not wait for us in the session.
            clean = why in ("broken", "deaf")
            if not self._closing.is_set():
                self._say_down(why)
                self._closing.wait(rest(self._retry, failures, why))
        self._bell.close()
        self._ring.close()

    def _live(self, line: Connection) -> str:
        """One connection's whole life. Returns why it ended."""
        try:
            line.open()
            with self._lock:
                self._line = line
            self._serve(line)
        except PartMissing:
            line.ended = line.ended or "tls-files"
        except OSError as error:
            line.ended = line.ended or ("lost" if line.up else _code(error))
        except Exception as error:  # noqa: BLE001  whatever paho or a callback does, the device must not go deaf
            line.ended, self._broken = "broken", True
            self._say(PartFailed("link", "broken", type(error).__name__))  # its text might quote a message
        finally:
            with self._lock:
                self._line = None
                if self._closing.is_set():
                    with suppress(OSError):
                        line.part()
                line.drop()
        return line.ended

    def _serve(self, line: Connection) -> None:
        sock = line.socket()
        while sock and not self._closing.is_set():
            writing = [sock] if line.wants_write() else []
            pause = max(0.0, line.due() - monotonic())
            try:
                readable, writable, _ = select.select([sock, self._bell], writing, [], pause)
            except ValueError:  # the main thread's publish met a broken line and paho closed it
                return
            with self._lock:
                if self._bell in readable:
                    self._bell.recv(4096)
                sock = self._step(line, read=sock in readable, write=sock in writable)

    def _step(self, line: Connection, *, read: bool, write: bool) -> Any:
        """Do what can be done now. Returns the socket to wait on, None when it is over."""
        if read and not line.ended:
            line.read()
        if write and not line.ended:
            line.write()
        if not line.ended:
            line.tend(quiet=not read)
        if line.up:
            self._told = ""
            if self._broken and not self._refused:
                self._say(PartMended("link"))
            self._broken = False
        return None if line.ended else line.socket()

    def _say(self, event: HardwareEvent) -> None:
        if not self._closing.is_set():
            self._post(event)

    def _say_down(self, code: str) -> None:
        if code != self._told:
            self._told = code
            self._say(LinkDown(code))

    def _wake(self) -> None:
        with suppress(OSError):  # full: it is awake; closed: it has ended
            self._ring.send(b"!")


def _code(error: OSError) -> str:
    match error:
        case ssl.SSLCertVerificationError():
            return "tls-certificate"
        case ssl.SSLError():
            return "tls"
        case socket.gaierror():
            return "name-unknown"
        case ConnectionRefusedError():
            return "refused"
        case _:
            return "unreachable"
