"""Speed and goodbye on real sockets."""

from __future__ import annotations

import statistics
import threading
from time import monotonic, perf_counter

import pytest

from drivers.events import Delivered, LinkUp
from drivers.protocols import Will
from tests.drivers.link.rigs import Connect, wait
from tests.drivers.link.scripted import RECEIVE_MAXIMUM, ScriptedBroker, ask, said
from tests.helpers.broker import Broker, free_port


@pytest.mark.parametrize("kind", ["shared_mosquitto", "shared_embedded"])
def test_a_question_and_its_answer_do_not_wait_for_nagle(
    kind: str, request: pytest.FixtureRequest, connect: Connect
) -> None:
    port = request.getfixturevalue(kind).port
    device, answers = connect(port, name=f"{kind}-device", subscriptions=[f"{kind}/answer"])
    coordinator, asks = connect(port, name=f"{kind}-coordinator", subscriptions=[f"{kind}/ask"])
    wait(answers, LinkUp())
    wait(asks, LinkUp())
    times = []
    for k in range(40):
        began = perf_counter()
        device.publish(f"{kind}/ask", b"%d" % k, qos=1, retain=False, expiry=5)
        wait(asks, Delivered(f"{kind}/ask", b"%d" % k, retained=False))
        coordinator.publish(f"{kind}/answer", b"%d" % k, qos=1, retain=False, expiry=5)
        wait(answers, Delivered(f"{kind}/answer", b"%d" % k, retained=False))
        times.append(perf_counter() - began)
    assert statistics.median(times) < 0.020  # 44 ms where one side waits for an acknowledgement


def test_goodbye_takes_at_most_a_second_when_nobody_answers(scripted: ScriptedBroker, connect: Connect) -> None:
    scripted.acknowledge = None
    link, inbox = connect(scripted.port)
    wait(inbox, LinkUp())
    began = monotonic()
    link.close(farewell=("t/kiosk-1/state", b"offline"))
    assert 0.9 < monotonic() - began < 2.0
    assert said(scripted, 1) == [b"offline"]
    assert "link kiosk-1" not in {thread.name for thread in threading.enumerate()}


def test_goodbye_goes_before_everything_that_still_waits(scripted: ScriptedBroker, connect: Connect) -> None:
    scripted.connack, scripted.acknowledge = (0, bytes([RECEIVE_MAXIMUM, 0, 1])), None
    link, inbox = connect(scripted.port)
    wait(inbox, LinkUp())
    assert [ask(link, b"%d" % k) for k in range(3)] == [True] * 3
    first = scripted.published.get(timeout=5)
    closing = threading.Thread(target=link.close, args=[("t/kiosk-1/state", b"offline")])
    closing.start()
    scripted.acknowledge = 0
    while link._line and link._line._waiting[0].payload != b"offline":
        closing.join(0.01)
    scripted.puback(first)
    closing.join(5)
    assert said(scripted, 1) == [b"offline"]


def test_nothing_is_said_after_the_link_is_closed(mosquitto: Broker, connect: Connect) -> None:
    link, inbox = connect(mosquitto.port)
    wait(inbox, LinkUp())
    link.close()
    mosquitto.kill()
    assert inbox.empty()
    assert "link kiosk-1" not in {thread.name for thread in threading.enumerate()}


def test_a_will_may_not_outlast_its_session(connect: Connect) -> None:
    with pytest.raises(ValueError, match="cannot wait 90 s in a session of 60 s"):
        connect(free_port(), will=Will("t/kiosk-1/state", b"offline", delay_seconds=90))
