"""One MQTT 5 connection through paho, from its CONNECT to its end; then it is thrown away with all it still held.

So nothing old is ever sent by a later connection: a question whose answer nobody awaits any more dies here, and
records come again from the journal. paho's own loop thread and its reconnecting are not used: an exception in them
ends the thread without a word.
"""

from __future__ import annotations

import re
import socket
import ssl
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Event
from time import monotonic
from typing import Any

from paho.mqtt.client import Client, MQTTMessage
from paho.mqtt.enums import CallbackAPIVersion, MQTTErrorCode, MQTTProtocolVersion
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties
from paho.mqtt.reasoncodes import ReasonCode
from paho.mqtt.subscribeoptions import SubscribeOptions

from drivers.events import Delivered, LinkUp, PartFailed, PartMended
from drivers.link_tls import TlsFiles
from drivers.protocols import PAYLOAD_BYTES, Post, WallClock, Will

PACKET_BYTES = 16 * 1024  # the largest packet we let a broker send us: a payload, its topic and properties
IN_FLIGHT = 20  # unacknowledged at once, less if the server's Receive Maximum says so
QUEUED = 20_000  # waiting behind those
_OVERHEAD = 15  # bytes of a PUBLISH besides topic and payload: MQTT 5, 3.3


@dataclass(frozen=True, slots=True)
class Wish:
    """What a connection is to be like; the link keeps it for its whole life."""

    host: str
    port: int
    name: str
    echo: str
    subscriptions: tuple[str, ...]
    will: Will | None
    tls: TlsFiles | None
    clock: WallClock | None
    keepalive: int
    session_seconds: int
    echo_every: float
    silent_after: float


@dataclass(slots=True)
class _Message:
    topic: str
    payload: bytes
    qos: int
    retain: bool
    until: float | None  # monotonic: after this it is not worth sending
    acknowledged: Event = field(default_factory=Event)


class Connection:
    """Used by two threads under the link's lock: the network thread tends it, the main thread publishes.

    up: subscribed, and an echo came back, so the broker routes. ended: why it is over, "" while it is not.
    refused: topics the broker would not take from us, with its reason; shared by all connections of a link.
    """

    def __init__(self, wish: Wish, say: Post, refused: dict[str, str], *, clean: bool) -> None:
        self._wish, self._say, self._refused, self._clean = wish, say, refused, clean
        self.up = False
        self.ended = ""
        self._heard = False  # anything at all from the broker
        self._held: list[Delivered] = []  # what came before LinkUp could be said
        self._flying: dict[int, _Message] = {}
        self._waiting: deque[_Message] = deque()
        self._limit = IN_FLIGHT
        self._packet_bytes = 2**28
        self._echo_number = 0
        self._echo_sent = self._opened = monotonic()
        self._echo_awaited = b""
        self._echo_qos = 0
        self._echo_unacknowledged = 0  # its packet id; 0: the broker has it
        self._client = self._make()

    # --- the network thread ----------------------------------------------------------------------------------

    def open(self) -> None:
        """Connect; blocks up to 5 s. OSError if nobody is there, PartMissing if the TLS files are not."""
        if self._wish.tls:
            clock = self._wish.clock
            floor = clock.floor() if clock and clock.trust() == "floor" else None
            self._client.tls_set_context(self._wish.tls.context(floor))
        wanted = _properties(
            PacketTypes.CONNECT, SessionExpiryInterval=self._wish.session_seconds, MaximumPacketSize=PACKET_BYTES
        )
        self._client.connect(
            self._wish.host, self._wish.port, self._wish.keepalive, clean_start=self._clean, properties=wanted
        )
        self._opened = monotonic()

    def socket(self) -> Any:
        """What to select on; None once it is closed."""
        return self._client.socket()

    def wants_write(self) -> bool:
        return self._client.want_write()

    def due(self) -> float:
        """Monotonic time of the next thing to do even if nothing comes."""
        if not self.up:
            return self._opened + self._wish.silent_after
        return self._echo_sent + (self._wish.silent_after if self._echo_awaited else self._wish.echo_every)

    def read(self) -> None:
        self._client.loop_read()
        while isinstance(self.socket(), ssl.SSLSocket) and self.socket().pending():
            self._client.loop_read()  # decrypted already: select would not tell
        while self._waiting and len(self._flying) < self._limit and not self.ended:
            message = self._waiting.popleft()
            if message.until is None or message.until > monotonic():
                self._send(message)

    def write(self) -> None:
        self._client.loop_write()

    def tend(self, *, quiet: bool) -> None:
        """Heartbeat and keepalive. quiet: nothing waits to be read, so what has not come is late."""
        now = monotonic()
        if now >= self.due():
            if self.up and not self._echo_awaited:
                self._send_echo()
            elif quiet:
                # A broker that takes our echo and does not hand it back lives, but delivers nothing at QoS 1 any more:
                # Mosquitto 2.0 never frees the place in flight of a message larger than our Maximum Packet Size.
                self.ended = "silent" if self._echo_unacknowledged or not self._echo_qos else "deaf"
        self._client.loop_misc()

    def drop(self) -> None:
        """Hang up without a word: the broker says our will."""
        if sock := self.socket():
            with suppress(OSError):
                sock.close()

    def part(self) -> None:
        """Say goodbye: no will, no session."""
        self._client.disconnect(properties=_properties(PacketTypes.DISCONNECT, SessionExpiryInterval=0))

    # --- the main thread -------------------------------------------------------------------------------------

    def publish(self, topic: str, payload: bytes, qos: int, *, retain: bool, expiry: int | None) -> bool:
        if len(payload) > PAYLOAD_BYTES or len(topic.encode()) + len(payload) + _OVERHEAD > self._packet_bytes:
            self._say(PartFailed("link", "too-large", f"{topic}: {len(payload)} bytes"))
            return False
        if not self.up or self.ended:
            return False
        message = _Message(topic, payload, qos, retain, None if expiry is None else monotonic() + expiry)
        if qos and (self._waiting or len(self._flying) >= self._limit):
            if len(self._waiting) >= QUEUED:
                return False
            self._waiting.append(message)
            return True
        return self._send(message)

    def farewell(self, topic: str, payload: bytes) -> Event | None:
        """The last retained message, before everything that waits; the event is set when the broker has it."""
        if not self.up or self.ended:
            return None
        message = _Message(topic, payload, 1, True, None)
        if len(self._flying) >= self._limit:
            self._waiting.appendleft(message)
        else:
            self._send(message)
        return message.acknowledged

    # --- paho ------------------------------------------------------------------------------------------------

    def _make(self) -> Client:
        client = Client(
            CallbackAPIVersion.VERSION2,
            client_id=self._wish.name,
            protocol=MQTTProtocolVersion.MQTTv5,
            reconnect_on_failure=False,
        )
        client.max_inflight_messages = 0  # we count ourselves, by the server's Receive Maximum, which paho overlooks
        if will := self._wish.will:
            delay = _properties(PacketTypes.WILLMESSAGE, WillDelayInterval=will.delay_seconds)
            client.will_set(will.topic, will.payload, 1, retain=True, properties=delay)
        client.on_socket_open = _no_delay
        client.on_connect = self._on_connect
        client.on_subscribe = self._on_subscribe
        client.on_message = self._on_message
        client.on_publish = self._on_publish
        client.on_disconnect = self._on_disconnect
        return client

    def _send(self, message: _Message) -> bool:
        properties = None
        if message.until is not None:
            left = max(1, round(message.until - monotonic()))
            properties = _properties(PacketTypes.PUBLISH, MessageExpiryInterval=left)
        info = self._client.publish(message.topic, message.payload, message.qos, message.retain, properties)
        if message.qos:
            self._flying[info.mid] = message
        return info.rc == MQTTErrorCode.MQTT_ERR_SUCCESS

    def _send_echo(self) -> None:
        self._echo_number += 1
        self._echo_awaited = b'{"type":"echo","n":%d}' % self._echo_number
        self._echo_sent = monotonic()
        info = self._client.publish(self._wish.echo, self._echo_awaited, self._echo_qos)
        self._echo_unacknowledged = info.mid

    def _on_connect(
        self, client: Client, _data: Any, _flags: Any, reason: ReasonCode, given: Properties | None
    ) -> None:
        self._heard = True
        if reason.is_failure:
            self.ended = code_of(reason)
            return
        room = getattr(given, "ReceiveMaximum", IN_FLIGHT + 1)
        self._echo_qos = int(room > 2)  # the heartbeat goes the way of what it vouches for, where there is a place
        self._limit = min(IN_FLIGHT, room - self._echo_qos)
        self._packet_bytes = getattr(given, "MaximumPacketSize", self._packet_bytes)
        topics = (*self._wish.subscriptions, self._wish.echo)
        client.subscribe([(topic, SubscribeOptions(qos=1)) for topic in topics])

    def _on_subscribe(self, _client: Client, _data: Any, _mid: int, reasons: Sequence[ReasonCode], _given: Any) -> None:
        refused = [reason for reason in reasons if reason.is_failure]
        if refused:
            self.ended = f"subscribe-{code_of(refused[0])}"[:32]
        else:
            self._send_echo()

    def _on_message(self, _client: Client, _data: Any, message: MQTTMessage) -> None:
        try:
            topic = message.topic
        except UnicodeDecodeError:
            return  # no topic of ours, and raising would only bring it again
        if topic == self._wish.echo:
            self._on_echo(bytes(message.payload))
            return
        delivered = Delivered(topic, bytes(message.payload), message.retain)
        if self.up:
            self._say(delivered)
        else:
            self._held.append(delivered)

    def _on_echo(self, payload: bytes) -> None:
        if payload != self._echo_awaited:
            return
        self._echo_awaited = b""
        if not self.up:
            self.up = True
            self._say(LinkUp())
            for delivered in self._held:
                self._say(delivered)
            self._held.clear()

    def _on_publish(self, _client: Client, _data: Any, mid: int, reason: ReasonCode, _given: Any) -> None:
        if mid == self._echo_unacknowledged and not reason.is_failure:
            self._echo_unacknowledged = 0
        message = self._flying.pop(mid, None)
        if message is None:
            return  # an echo
        message.acknowledged.set()
        if reason.is_failure and message.topic not in self._refused:
            self._refused[message.topic] = code_of(reason)
            self._say(PartFailed("link", code_of(reason), message.topic))
        elif not reason.is_failure and self._refused.pop(message.topic, "") and not self._refused:
            self._say(PartMended("link"))

    def _on_disconnect(self, _client: Client, _data: Any, flags: Any, reason: ReasonCode, _given: Any) -> None:
        if self.ended:
            return
        if flags.is_disconnect_packet_from_server:
            self.ended = code_of(reason)
        elif "alive" in str(reason).lower():
            self.ended = "silent"
        else:
            self.ended = "lost" if self._heard else "rejected"  # hung up on us before a word: a certificate, mostly


def code_of(reason: ReasonCode) -> str:
    """MQTT's name of a reason as a fault code: `Not authorized` -> `not-authorized`."""
    return re.sub("[^a-z0-9]+", "-", str(reason).lower())[:32].strip("-")


def _properties(packet: int, **values: int) -> Properties:
    properties = Properties(packet)  # type: ignore[no-untyped-call]  # paho left it out
    for name, value in values.items():
        setattr(properties, name, value)
    return properties


def _no_delay(_client: Client, _data: Any, sock: Any) -> None:
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # with Nagle an answer takes 44 ms instead of 0.5
