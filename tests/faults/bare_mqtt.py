"""A client of MQTT 5 that says exactly what it is told, one packet at a time, and hears the broker's answer."""

from __future__ import annotations

import socket
import ssl
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

SECONDS: Final = 5.0
CONNACK, PUBLISH, PUBACK, SUBACK, DISCONNECT = 2, 3, 4, 9, 14
SUCCESS: Final = 0x00
NO_MATCHING: Final = 0x10  # MQTT 5, 3.4.2.1: taken, and nobody has subscribed


class HungUp(ConnectionError):
    """The broker closed the line."""


@dataclass(slots=True)
class Bare:
    """One connection. heard: messages that came, as (topic, payload)."""

    line: socket.socket
    heard: list[tuple[str, bytes]] = field(default_factory=list)
    _rest: bytes = b""
    _packet: int = 0

    def connect(self, client: str, *, user: str = "", password: str = "", will: str = "") -> int:
        """The reason code of the CONNACK. will: a topic, on which the last word would be `will`."""
        flags = 0x02 | (0x2C if will else 0) | (0x80 if user else 0) | (0x40 if password else 0)
        body = _text("MQTT") + bytes([5, flags]) + struct.pack(">H", 60) + b"\0" + _text(client)
        body += (b"\0" + _text(will) + _text("will")) if will else b""
        body += (_text(user) if user else b"") + (_text(password) if password else b"")
        self.send(0x10, body)
        return self._wait(CONNACK)[1]

    def publish(self, topic: str, payload: bytes = b"{}", *, retain: bool = False) -> int:
        """The reason code of the PUBACK (QoS 1)."""
        self._packet += 1
        body = _text(topic) + struct.pack(">H", self._packet) + b"\0" + payload
        self.send(0x32 | retain, body)
        said = self._wait(PUBACK)
        return said[2] if len(said) > 2 else SUCCESS

    def subscribe(self, topic: str) -> int:
        """The reason code of the SUBACK."""
        self._packet += 1
        self.send(0x82, struct.pack(">H", self._packet) + b"\0" + _text(topic) + b"\1")
        return self._wait(SUBACK)[-1]

    def until(self, topic: str) -> list[tuple[str, bytes]]:
        """What came before a message on this topic, which it waits for."""
        while not any(heard == topic for heard, _ in self.heard):
            self._hear(*next(self._packets()))
        return [message for message in self.heard if message[0] != topic]

    def send(self, kind: int, body: bytes) -> None:
        """One packet."""
        self.line.sendall(bytes([kind]) + _length(len(body)) + body)

    def close(self) -> None:
        """Without a word: the broker says the will."""
        self.line.close()

    def _wait(self, kind: int) -> bytes:
        for found, body in self._packets():
            if found >> 4 == kind:
                return body
            self._hear(found, body)
        raise HungUp

    def _hear(self, kind: int, body: bytes) -> None:
        if kind >> 4 == DISCONNECT:
            raise HungUp(f"reason {body[:1].hex()}")
        if kind >> 4 == PUBLISH:
            size = struct.unpack_from(">H", body)[0]
            at = 2 + size
            topic = body[2:at].decode()
            if kind & 0x06:
                self.send(0x40, body[at : at + 2])
                at += 2
            self.heard.append((topic, body[at + 1 + body[at] :]))

    def _packets(self) -> Iterator[tuple[int, bytes]]:
        while True:
            while (packet := self._cut()) is None:
                more = self.line.recv(65_536)
                if not more:
                    raise HungUp
                self._rest += more
            yield packet

    def _cut(self) -> tuple[int, bytes] | None:
        """The first whole packet of what came."""
        size, at = 0, 1
        while True:
            if len(self._rest) <= at:
                return None
            size |= (self._rest[at] & 0x7F) << 7 * (at - 1)
            at += 1
            if not self._rest[at - 1] & 0x80:
                break
        if len(self._rest) < at + size:
            return None
        packet = self._rest[0], self._rest[at : at + size]
        self._rest = self._rest[at + size :]
        return packet


def bare(port: int, tls: ssl.SSLContext | None, *, host: str = "127.0.0.1") -> Bare:
    """A line to the broker, its handshake done. OSError (ssl.SSLError is one) if it comes to none."""
    plain = socket.create_connection(("127.0.0.1", port), timeout=SECONDS)
    try:
        return Bare(tls.wrap_socket(plain, server_hostname=host) if tls else plain)
    except BaseException:
        plain.close()
        raise


def _text(text: str) -> bytes:
    said = text.encode()
    return struct.pack(">H", len(said)) + said


def _length(size: int) -> bytes:
    out = b""
    while True:
        size, low = size >> 7, size & 0x7F
        out += bytes([low | (0x80 if size else 0)])
        if not size:
            return out
