"""What a broker may refuse, and what a link then says; what it never sends."""

from __future__ import annotations

import queue
from pathlib import Path
from time import monotonic

import pytest

from drivers.events import Delivered, LinkDown, LinkUp, PartFailed, PartMended
from tests.drivers.link.rigs import Connect, wait
from tests.drivers.link.scripted import (
    DISCONNECT,
    MAXIMUM_PACKET_SIZE,
    NOT_AUTHORIZED,
    RECEIVE_MAXIMUM,
    SERVER_BUSY,
    ScriptedBroker,
    ask,
    said,
)
from tests.helpers.broker import Broker, free_port, run_mosquitto


def test_nobody_there_is_said_and_the_link_comes_up_when_somebody_is(tmp_path: Path, connect: Connect) -> None:
    with run_mosquitto(tmp_path) as broker:
        broker.kill()
        _, inbox = connect(broker.port)
        assert inbox.get(timeout=5) == LinkDown("refused")
        broker.start()
        assert inbox.get(timeout=5) == LinkUp()


def test_a_broker_killed_and_started_again_is_found_again(mosquitto: Broker, connect: Connect) -> None:
    link, inbox = connect(mosquitto.port, subscriptions=["t/kiosk-1/ask"])
    wait(inbox, LinkUp())
    for text in (b"1", b"2"):
        mosquitto.kill()
        wait(inbox, LinkDown("lost"))
        mosquitto.start()
        wait(inbox, LinkUp())
        assert ask(link, text)
        wait(inbox, Delivered("t/kiosk-1/ask", text, retained=False))


def test_a_name_that_cannot_be_found_is_said(connect: Connect) -> None:
    _, inbox = connect(free_port(), host="no-such-host.invalid")
    assert inbox.get(timeout=9) == LinkDown("name-unknown")


def test_a_refused_connection_is_said_with_the_brokers_reason(scripted: ScriptedBroker, connect: Connect) -> None:
    scripted.connack = (NOT_AUTHORIZED, b"")
    link, inbox = connect(scripted.port)
    assert inbox.get(timeout=5) == LinkDown("not-authorized")
    assert not ask(link, b"1")


def test_a_refused_subscription_is_said_with_the_brokers_reason(scripted: ScriptedBroker, connect: Connect) -> None:
    scripted.suback = NOT_AUTHORIZED
    _, inbox = connect(scripted.port)
    assert inbox.get(timeout=5) == LinkDown("subscribe-not-authorized")


def test_a_broker_that_sends_us_away_is_quoted(scripted: ScriptedBroker, connect: Connect) -> None:
    _, inbox = connect(scripted.port)
    wait(inbox, LinkUp())
    scripted.say(DISCONNECT, bytes([SERVER_BUSY, 0]))
    assert inbox.get(timeout=5) == LinkDown("server-busy")
    assert inbox.get(timeout=5) == LinkUp()


def test_a_topic_that_is_refused_is_a_fault_once_and_mended_when_it_is_taken(
    scripted: ScriptedBroker, connect: Connect
) -> None:
    link, inbox = connect(scripted.port)
    wait(inbox, LinkUp())
    scripted.acknowledge = NOT_AUTHORIZED
    assert ask(link, b"1")
    assert ask(link, b"2")
    assert inbox.get(timeout=5) == PartFailed("link", "not-authorized", "t/kiosk-1/ask")
    assert said(scripted, 2) == [b"1", b"2"]
    scripted.acknowledge = 0
    assert ask(link, b"3")
    assert inbox.get(timeout=5) == PartMended("link")


def test_mosquittos_own_refusal_is_a_fault(tmp_path: Path, connect: Connect) -> None:
    rules = tmp_path / "acl"
    rules.write_text("topic readwrite t/kiosk-1/echo\n")
    rules.chmod(0o600)
    with run_mosquitto(tmp_path, f"acl_file {rules}\n") as broker:
        link, inbox = connect(broker.port)
        wait(inbox, LinkUp())
        assert ask(link, b"1")
        wait(inbox, PartFailed("link", "not-authorized", "t/kiosk-1/ask"))


def test_no_more_is_unacknowledged_than_the_broker_can_take(scripted: ScriptedBroker, connect: Connect) -> None:
    scripted.connack, scripted.acknowledge = (0, bytes([RECEIVE_MAXIMUM, 0, 2])), None
    link, inbox = connect(scripted.port)
    wait(inbox, LinkUp())
    assert [ask(link, b"%d" % k) for k in range(5)] == [True] * 5
    first, second = (scripted.published.get(timeout=5) for _ in range(2))
    with pytest.raises(queue.Empty):
        scripted.published.get(timeout=0.1)
    scripted.puback(second)
    third = scripted.published.get(timeout=5)
    for packet in (first, third):
        scripted.puback(packet)
    assert [packet.payload for packet in (first, second, third)] + said(scripted, 2) == [b"0", b"1", b"2", b"3", b"4"]


def test_a_packet_larger_than_the_broker_takes_is_refused_at_the_door(
    scripted: ScriptedBroker, connect: Connect
) -> None:
    scripted.connack = (0, bytes([MAXIMUM_PACKET_SIZE, 0, 0, 1, 0]))
    link, inbox = connect(scripted.port)
    wait(inbox, LinkUp())
    assert not ask(link, b"x" * 300)
    assert inbox.get(timeout=5) == PartFailed("link", "too-large", "t/kiosk-1/ask: 300 bytes")
    assert ask(link, b"x" * 200)
    assert said(scripted, 1) == [b"x" * 200]


def test_a_question_that_waited_longer_than_it_is_good_for_is_not_sent(
    scripted: ScriptedBroker, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    scripted.connack, scripted.acknowledge = (0, bytes([RECEIVE_MAXIMUM, 0, 1])), None
    link, inbox = connect(scripted.port, echo_every=60, silent_after=60)
    wait(inbox, LinkUp())
    assert ask(link, b"first")
    assert ask(link, b"stale", expiry=5)
    assert ask(link, b"fresh", expiry=30)
    first = scripted.published.get(timeout=5)
    monkeypatch.setattr("drivers.link_connection.monotonic", lambda: monotonic() + 6)
    scripted.puback(first)
    assert said(scripted, 1) == [b"fresh"]


def test_what_was_not_acknowledged_when_the_line_broke_is_never_sent_again(
    scripted: ScriptedBroker, connect: Connect
) -> None:
    scripted.connack, scripted.acknowledge = (0, bytes([RECEIVE_MAXIMUM, 0, 1])), None
    link, inbox = connect(scripted.port)
    wait(inbox, LinkUp())
    assert ask(link, b"in flight")
    assert ask(link, b"queued")
    assert said(scripted, 1) == [b"in flight"]
    scripted.acknowledge = 0
    scripted.hang_up()
    wait(inbox, LinkDown("lost"))
    wait(inbox, LinkUp())
    assert ask(link, b"new")
    assert said(scripted, 1) == [b"new"]
    assert scripted.published.empty()


def test_a_publish_that_meets_a_broken_line_says_that_it_will_never_be_sent(
    scripted: ScriptedBroker, connect: Connect
) -> None:
    link, inbox = connect(scripted.port)
    wait(inbox, LinkUp())
    with link._lock:
        assert link._line
        link._line.drop()  # broken, and the network thread does not know it yet
    assert not ask(link, b"1")
    wait(inbox, LinkDown("lost"))
    wait(inbox, LinkUp())
    assert ask(link, b"2")
    assert said(scripted, 1) == [b"2"]
