"""A broker that does exactly what a test says, right or wrong: MQTT 5 packets by hand, one connection at a time."""

from __future__ import annotations

import queue
import socket
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Thread

from drivers.protocols import Link

CONNACK, PUBLISH, PUBACK, SUBSCRIBE, SUBACK, DISCONNECT = 0x20, 0x30, 0x40, 0x80, 0x90, 0xE0
RECEIVE_MAXIMUM, MAXIMUM_PACKET_SIZE = 0x21, 0x27  # MQTT 5, 2.2.2.2
NOT_AUTHORIZED, SERVER_BUSY = 0x87, 0x89


@dataclass(frozen=True, slots=True)
class Packet:
    """What a client sent: the first byte and the rest; of a PUBLISH also its parts."""

    first: int
    body: bytes
    connection: int

    @property
    def kind(self) -> int:
        return self.first & 0xF0

    @property
    def topic(self) -> str:
        return self.body[2 : 2 + int.from_bytes(self.body[:2])].decode("utf-8", "replace")  # not always MQTT

    @property
    def packet_id(self) -> bytes:
        start = 2 + int.from_bytes(self.body[:2])
        return self.body[start : start + 2] if self.first & 0x06 else b""

    @property
    def payload(self) -> bytes:
        rest = self.body[2 + int.from_bytes(self.body[:2]) + len(self.packet_id) :]
        return rest[1 + rest[0] :]


@dataclass
class ScriptedBroker:
    """connack: reason and properties. suback: reason for each filter. echo, acknowledge: whether it does so by itself.

    published: every PUBLISH but the echoes, which are apart; `say` sends bytes to whoever is connected.
    """

    connack: tuple[int, bytes] = (0, b"")
    suback: int = 1
    echo: bool = True
    acknowledge: int | None = 0  # the reason code; None: not at all
    published: queue.SimpleQueue[Packet] = field(default_factory=queue.SimpleQueue)
    echoes: queue.SimpleQueue[Packet] = field(default_factory=queue.SimpleQueue)
    connects: queue.SimpleQueue[Packet] = field(default_factory=queue.SimpleQueue)

    def __post_init__(self) -> None:
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._door.getsockname()[1]
        self._peer: socket.socket | None = None
        self._count = 0
        self._thread = Thread(target=self._run, daemon=True)
        self._thread.start()

    def say(self, first: int, body: bytes) -> None:
        assert self._peer
        self._peer.sendall(_framed(first, body))

    def say_raw(self, data: bytes) -> None:
        assert self._peer
        self._peer.sendall(data)

    def publish(self, topic: bytes, payload: bytes) -> None:
        self.say(PUBLISH, len(topic).to_bytes(2) + topic + b"\0" + payload)

    def echo_back(self, packet: Packet) -> None:
        self.publish(packet.topic.encode(), packet.payload)

    def puback(self, packet: Packet, reason: int = 0) -> None:
        self.say(PUBACK, packet.packet_id + bytes([reason, 0]))

    def hang_up(self) -> None:
        if self._peer:
            with suppress(OSError):
                self._peer.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        self._door.shutdown(socket.SHUT_RDWR)
        self.hang_up()
        self._thread.join(2)
        self._door.close()

    def _run(self) -> None:
        while True:
            try:
                peer, _ = self._door.accept()
            except OSError:
                return
            with peer, suppress(OSError):
                peer.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                self._peer = peer
                self._count += 1
                with peer.makefile("rb") as stream:
                    while packet := self._next(stream.read):
                        self._answer(packet)
            self._peer = None

    def _next(self, read: Callable[[int], bytes]) -> Packet | None:
        first = read(1)
        if not first:
            return None
        length = shift = 0
        while True:
            byte = read(1)[0]
            length |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return Packet(first[0], read(length), self._count)

    def _answer(self, packet: Packet) -> None:
        if packet.kind == 0x10:
            self.connects.put(packet)
            reason, properties = self.connack
            self.say(CONNACK, bytes([0, reason, len(properties)]) + properties)
        elif packet.kind == SUBSCRIBE:
            filters = packet.body.count(b"/echo")  # tests of this broker subscribe to nothing else
            self.say(SUBACK, packet.body[:2] + b"\0" + bytes([self.suback] * filters))
        elif packet.kind == PUBLISH and packet.topic.endswith("/echo"):
            self.echoes.put(packet)
            if packet.packet_id and self.acknowledge is not None:
                self.puback(packet)
            if self.echo:
                self.echo_back(packet)
        elif packet.kind == PUBLISH:
            if packet.packet_id and self.acknowledge is not None:
                self.puback(packet, self.acknowledge)
            self.published.put(packet)


def ask(link: Link, text: bytes, expiry: int | None = None) -> bool:
    """Publish this on `t/kiosk-1/ask` at QoS 1."""
    return link.publish("t/kiosk-1/ask", text, qos=1, retain=False, expiry=expiry)


def said(broker: ScriptedBroker, count: int) -> list[bytes]:
    """The next payloads that reached the broker."""
    return [broker.published.get(timeout=5).payload for _ in range(count)]


def _framed(first: int, body: bytes) -> bytes:
    length, size = len(body), b""
    while True:
        byte, length = length & 0x7F, length >> 7
        size += bytes([byte | 0x80 * bool(length)])
        if not length:
            return bytes([first]) + size + body
