"""A line that goes deaf, a broker that does not route, bytes that are no MQTT, a callback that raises."""

from __future__ import annotations

import queue
import threading
from time import monotonic

import pytest
from paho.mqtt.client import Client
from paho.mqtt.enums import CallbackAPIVersion, MQTTProtocolVersion

from drivers.events import Delivered, HardwareEvent, LinkDown, LinkUp, PartFailed, PartMended
from drivers.link_connection import IN_FLIGHT, PACKET_BYTES
from tests.drivers.link.line import Line
from tests.drivers.link.rigs import Connect, Inbox, wait
from tests.drivers.link.scripted import Packet, ScriptedBroker, ask, said
from tests.helpers.broker import Broker


def test_a_line_that_goes_deaf_is_noticed_and_left(shared_mosquitto: Broker, connect: Connect) -> None:
    line = Line(shared_mosquitto.port)
    _, inbox = connect(line.port, name="deaf", echo_every=0.05, silent_after=0.2)
    wait(inbox, LinkUp())
    line.deafen()
    wait(inbox, LinkDown("silent"))
    line.mend()
    wait(inbox, LinkUp())
    line.close()


def test_a_broker_that_accepts_but_does_not_route_is_never_up(scripted: ScriptedBroker, connect: Connect) -> None:
    scripted.echo = False
    link, inbox = connect(scripted.port, silent_after=0.2)
    assert inbox.get(timeout=5) == LinkDown("deaf")
    assert not ask(link, b"1")
    scripted.echo = True
    assert inbox.get(timeout=5) == LinkUp()


def test_a_broker_that_takes_everything_and_hands_nothing_back_is_left_with_its_session(
    scripted: ScriptedBroker, connect: Connect
) -> None:
    _, inbox = connect(scripted.port, echo_every=0.05, silent_after=0.2)
    wait(inbox, LinkUp())
    first = scripted.connects.get(timeout=5)
    scripted.echo = False
    wait(inbox, LinkDown("deaf"))
    scripted.echo = True
    wait(inbox, LinkUp())
    assert [_begins_anew(first), _begins_anew(scripted.connects.get(timeout=5))] == [False, True]


def test_messages_too_large_for_us_do_not_make_us_deaf_for_ever(shared_mosquitto: Broker, connect: Connect) -> None:
    _, inbox = connect(shared_mosquitto.port, name="hears", subscriptions=["t/x"], echo_every=0.05, silent_after=0.3)
    wait(inbox, LinkUp())
    attacker = Client(CallbackAPIVersion.VERSION2, protocol=MQTTProtocolVersion.MQTTv5)
    attacker.connect(shared_mosquitto.host, shared_mosquitto.port)
    attacker.loop_start()
    for _ in range(2 * IN_FLIGHT):
        attacker.publish("t/x", b"x" * 2 * PACKET_BYTES, qos=1).wait_for_publish(5)
    wait(inbox, LinkDown("deaf"))
    wait(inbox, LinkUp())
    attacker.publish("t/x", b"heard again", qos=1).wait_for_publish(5)
    wait(inbox, Delivered("t/x", b"heard again", retained=False))
    attacker.disconnect()
    attacker.loop_stop()


def test_a_quiet_hall_is_not_taken_for_silence(scripted: ScriptedBroker, connect: Connect) -> None:
    _, inbox = connect(scripted.port, echo_every=0.02, silent_after=0.1)
    wait(inbox, LinkUp())
    with pytest.raises(queue.Empty):
        inbox.get(timeout=0.3)


def test_what_waits_to_be_read_is_not_silence(
    scripted: ScriptedBroker, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    events: Inbox = queue.SimpleQueue()
    frozen, thawed = threading.Event(), threading.Event()

    def freezing(event: HardwareEvent) -> None:  # as if the whole process stood still while the broker went on
        events.put(event)
        if isinstance(event, Delivered) and not frozen.is_set():
            frozen.set()
            thawed.wait(5)

    connect(scripted.port, freezing, echo_every=0.02, silent_after=5)
    wait(events, LinkUp())
    scripted.echo = False
    while (echo := scripted.echoes.get(timeout=5)).payload == b'{"type":"echo","n":1}':
        pass
    while not scripted.echoes.empty():
        echo = scripted.echoes.get()
    scripted.publish(b"t/x", b"1")
    assert frozen.wait(5)
    monkeypatch.setattr("drivers.link_connection.monotonic", lambda: monotonic() + 60)
    scripted.echo_back(echo)
    scripted.publish(b"t/x", b"2")
    thawed.set()
    assert events.get(timeout=5) == Delivered("t/x", b"1", retained=False)
    assert events.get(timeout=5) == Delivered("t/x", b"2", retained=False)


@pytest.mark.parametrize(
    "rubbish",
    [
        b"HTTP/1.1 400 Bad Request\r\n\r\n",
        b"\x30\xff\xff\xff\xff\x7f",  # a length of five bytes
        b"\x30\x03\x00\x10a",  # a topic longer than its packet
        b"\x30\x08\x00\x01t\x03\x26\x00\x01\xff",  # a user property that ends too early
        b"\x90\x02\x00\x01",  # a SUBACK without reasons
        b"\x20\x01\x00",  # half a CONNACK
        b"\xf0\x00",
        b"\x00\x00",
    ],
    ids=["http", "length", "topic", "property", "suback", "connack", "auth", "reserved"],
)
def test_bytes_that_are_no_mqtt_break_the_line_and_not_the_link(
    scripted: ScriptedBroker, connect: Connect, rubbish: bytes
) -> None:
    link, inbox = connect(scripted.port, echo_every=0.1, silent_after=0.3)
    wait(inbox, LinkUp())
    scripted.say_raw(rubbish)
    scripted.hang_up()
    while not isinstance(inbox.get(timeout=5), LinkDown):
        pass
    wait(inbox, LinkUp())
    assert ask(link, b"1")
    assert said(scripted, 1) == [b"1"]


def test_a_topic_that_is_no_text_is_dropped_and_the_line_stays(scripted: ScriptedBroker, connect: Connect) -> None:
    _, inbox = connect(scripted.port)
    wait(inbox, LinkUp())
    scripted.publish(b"t/\xff\xfe", b"1")
    scripted.publish(b"t/x", b"2")
    assert inbox.get(timeout=5) == Delivered("t/x", b"2", retained=False)


def test_a_callback_that_raises_does_not_make_the_device_deaf(scripted: ScriptedBroker, connect: Connect) -> None:
    events: Inbox = queue.SimpleQueue()

    def raises_once(event: HardwareEvent) -> None:
        events.put(event)
        if isinstance(event, Delivered) and event.payload == b"poison":
            raise RuntimeError("王小明 110101199001011234")

    link, _ = connect(scripted.port, raises_once)
    wait(events, LinkUp())
    first = scripted.connects.get(timeout=5)
    scripted.publish(b"t/x", b"poison")
    wait(events, PartFailed("link", "broken", "RuntimeError"))  # and nothing of what it said
    wait(events, LinkDown("broken"))
    wait(events, LinkUp())
    wait(events, PartMended("link"))
    assert [_begins_anew(first), _begins_anew(scripted.connects.get(timeout=5))] == [False, True]
    assert ask(link, b"1")
    assert said(scripted, 1) == [b"1"]


def _begins_anew(connect: Packet) -> bool:
    return bool(connect.body[7] & 0x02)  # MQTT 5, 3.1.2.4: Clean Start
