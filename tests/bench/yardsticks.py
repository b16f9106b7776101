"""The bare things that promises are measured against, each as quick as it can honestly be made."""

from __future__ import annotations

import os
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import SimpleQueue
from typing import Any, Final

from paho.mqtt.client import Client, MQTTMessage
from paho.mqtt.enums import CallbackAPIVersion, MQTTProtocolVersion
from paho.mqtt.subscribeoptions import SubscribeOptions

from tests.bench.rig import BenchFailed

PAYLOAD: Final = b"x" * 420  # as long as a ticket.issued record
SECONDS: Final = 10.0


class BareCommit:
    """One row in a bare SQLite file, WAL and synchronous=FULL: durable when `once` returns."""

    def __init__(self, folder: Path) -> None:
        self._db = sqlite3.connect(folder / f"bare-{time.monotonic_ns()}.db", isolation_level=None)
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=FULL")
        self._db.execute("CREATE TABLE fact (n INTEGER PRIMARY KEY, payload BLOB NOT NULL)")
        self.once()

    def once(self) -> float:
        """Commit one row; how long it took, in milliseconds."""
        begun = time.monotonic_ns()
        self._db.execute("INSERT INTO fact (payload) VALUES (?)", (PAYLOAD,))
        return (time.monotonic_ns() - begun) / 1e6

    def close(self) -> None:
        self._db.close()


def bare_client(name: str, port: int, on_message: Any = None, topic: str = "") -> Client:
    """paho and nothing else: MQTT 5, TCP_NODELAY, its own network thread; returns when it is subscribed."""
    ready = threading.Event()
    client = Client(CallbackAPIVersion.VERSION2, client_id=name, protocol=MQTTProtocolVersion.MQTTv5)
    client.on_socket_open = _no_delay
    client.on_message = on_message
    client.on_subscribe = lambda *_: ready.set()

    def connected(client: Client, *_: object) -> None:
        if topic:
            client.subscribe(topic, options=SubscribeOptions(qos=1))
        else:
            ready.set()

    client.on_connect = connected
    client.connect("127.0.0.1", port, keepalive=60)
    client.loop_start()
    if not ready.wait(SECONDS):
        raise BenchFailed("the broker does not answer a bare client")
    return client


class BareAsk:
    """A bare MQTT 5 request at QoS 1 to another process, and its answer, through the same broker."""

    def __init__(self, port: int) -> None:
        self._answers: SimpleQueue[int] = SimpleQueue()
        self._answerer = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.yardsticks", str(port)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        assert self._answerer.stdout is not None
        if self._answerer.stdout.readline() != b"ready\n":
            raise BenchFailed("the bare answerer did not start")
        self._client = bare_client("yard-asker", port, self._on_message, "yard/answer")
        self.once()

    def once(self) -> float:
        """Ask and have the answer in this thread; milliseconds."""
        begun = time.monotonic_ns()
        self._client.publish("yard/ask", PAYLOAD, qos=1)
        self._answers.get(timeout=SECONDS)
        return (time.monotonic_ns() - begun) / 1e6

    def close(self) -> None:
        self._client.disconnect()
        self._client.loop_stop()
        assert self._answerer.stdin is not None
        self._answerer.stdin.close()
        self._answerer.wait(SECONDS)
        assert self._answerer.stdout is not None
        self._answerer.stdout.close()

    def _on_message(self, _client: Client, _data: object, _message: MQTTMessage) -> None:
        self._answers.put(time.monotonic_ns())


class BareDelivery:
    """A bare publish at QoS 1 until another client's callback has it."""

    def __init__(self, port: int) -> None:
        self._came: SimpleQueue[int] = SimpleQueue()
        self._hears = bare_client("yard-hears", port, lambda *_: self._came.put(time.monotonic_ns()), "yard/call")
        self._says = bare_client("yard-says", port)
        self.once()

    def once(self) -> float:
        """Milliseconds."""
        begun = time.monotonic_ns()
        self._says.publish("yard/call", PAYLOAD, qos=1)
        return (self._came.get(timeout=SECONDS) - begun) / 1e6

    def close(self) -> None:
        for client in (self._says, self._hears):
            client.disconnect()
            client.loop_stop()


def _no_delay(_client: Client, _data: object, sock: Any) -> None:
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


@contextmanager
def standing(code: str) -> Iterator[int]:
    """A bare interpreter that has run `code` and now only waits in SimpleQueue.get(); its process id."""
    whole = f"{code}\nimport sys, queue\nprint('ready', flush=True)\nqueue.SimpleQueue().get()"
    with subprocess.Popen([sys.executable, "-c", whole], stdout=subprocess.PIPE, stdin=subprocess.DEVNULL) as process:
        try:
            if process.stdout is None or b"ready\n" not in process.stdout:  # reads line by line up to it
                raise BenchFailed("the bare interpreter did not start")
            yield process.pid
        finally:
            process.kill()


def _answer_until_closed(port: int) -> None:
    """The answering process of BareAsk: it ends when its stdin does."""

    def answer(client: Client, _data: object, message: MQTTMessage) -> None:
        client.publish("yard/answer", message.payload, qos=1)

    client = bare_client("yard-answerer", port, answer, "yard/ask")
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    os.read(0, 1)
    client.disconnect()
    client.loop_stop()


if __name__ == "__main__":
    _answer_until_closed(int(sys.argv[1]))
