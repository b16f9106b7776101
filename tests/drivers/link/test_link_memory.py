"""What a scenario can do to the hub in memory, and that it is the same every time."""

from __future__ import annotations

import pytest

from drivers.events import Delivered, HardwareEvent, LinkDown, LinkUp
from drivers.link_memory import SESSION_SECONDS, MemoryBroker, MemoryLink, matches
from drivers.protocols import Will


class Table:
    """A broker and its clock."""

    def __init__(self) -> None:
        self.now = 0.0
        self.broker = MemoryBroker(lambda: self.now)

    def link(self, name: str, *subscriptions: str, will: Will | None = None) -> tuple[MemoryLink, list[HardwareEvent]]:
        seen: list[HardwareEvent] = []
        link = MemoryLink(seen.append, broker=self.broker, name=name, subscriptions=subscriptions, will=will)
        self.broker.run()
        return link, seen

    def later(self, seconds: float) -> None:
        self.broker.run()
        self.now += seconds
        self.broker.run()


@pytest.fixture
def table() -> Table:
    return Table()


def say(link: MemoryLink, text: bytes, *, retain: bool = False, expiry: int | None = None, qos: int = 1) -> bool:
    return link.publish("t/x", text, qos=qos, retain=retain, expiry=expiry)


def texts(seen: list[HardwareEvent]) -> list[bytes]:
    return [event.payload for event in seen if isinstance(event, Delivered)]


@pytest.mark.parametrize(
    ("wanted", "topic", "fits"),
    [
        ("t/x", "t/x", True),
        ("t/x", "t/y", False),
        ("t/+", "t/x", True),
        ("t/+", "t", False),
        ("t/+", "t/x/y", False),
        ("+/x", "t/x", True),
        ("t/#", "t", True),
        ("t/#", "t/x/y", True),
        ("t/#", "tt/x", False),
        ("#", "t/x", True),
        ("t/+/z", "t/x/z", True),
        ("t/+/#", "t", False),
        ("t/+/#", "t/x", True),
    ],
)
def test_a_filter_takes_the_topics_that_mqtt_says(wanted: str, topic: str, fits: bool) -> None:
    assert matches(wanted, topic) is fits


def test_nothing_happens_but_in_run(table: Table) -> None:
    seen: list[HardwareEvent] = []
    link = MemoryLink(seen.append, broker=table.broker, name="a", subscriptions=["t/#"], will=None)
    assert not say(link, b"too early")
    assert seen == []
    assert table.broker.due() == 0.0
    table.broker.run()
    assert say(link, b"1")
    assert seen == [LinkUp()]
    table.broker.run()
    assert seen == [LinkUp(), Delivered("t/x", b"1", retained=False)]
    assert table.broker.due() is None


def test_messages_can_be_lost_doubled_and_late_on_their_way_to_the_broker(table: Table) -> None:
    link, _ = table.link("a")
    _, seen = table.link("b", "t/#")
    fate: dict[bytes, tuple[float, ...]] = {b"lost": (), b"twice": (0.0, 0.0), b"late": (3.0,)}
    table.broker.toward = lambda name, _topic, payload: fate.get(payload, (0.0,)) if name == "a" else (0.0,)
    for text in (b"lost", b"late", b"twice", b"plain"):
        assert say(link, text)
    table.broker.run()
    assert texts(seen) == [b"twice", b"twice", b"plain"]
    assert table.broker.due() == 3.0
    table.later(3.0)
    assert texts(seen) == [b"twice", b"twice", b"plain", b"late"]


def test_messages_can_be_lost_for_one_listener_alone(table: Table) -> None:
    link, _ = table.link("a")
    _, first = table.link("b", "t/#")
    _, second = table.link("c", "t/#")
    table.broker.from_ = lambda name, _topic, _payload: () if name == "b" else (0.0,)
    say(link, b"1")
    table.broker.run()
    assert (texts(first), texts(second)) == ([], [b"1"])


def test_what_is_on_its_way_when_the_line_breaks_is_lost(table: Table) -> None:
    link, _ = table.link("a")
    _, seen = table.link("b", "t/#")
    table.broker.toward = lambda *_: (0.5,)
    say(link, b"1")
    table.broker.cut("a")
    table.broker.mend("a")
    table.later(2.0)
    assert texts(seen) == []


def test_a_broker_that_dies_takes_every_line_with_it_and_all_come_back(table: Table) -> None:
    first, a = table.link("a", will=Will("t/a", b"gone", delay_seconds=0))
    _, b = table.link("b", "t/#")
    say(first, b"kept", retain=True)
    table.broker.run()
    table.broker.down()
    assert (a[-1], b[-1]) == (LinkDown("lost"), LinkDown("lost"))
    assert not say(first, b"never")
    table.later(30)
    table.broker.up()
    table.later(0.9)
    assert b[-1] == LinkDown("lost")
    table.later(0.1)
    assert b[-2:] == [LinkUp(), Delivered("t/x", b"kept", retained=True)]
    assert texts(b) == [b"kept", b"kept"]  # and no will: a dead broker says none


def test_a_broker_without_persistence_forgets_what_was_retained(table: Table) -> None:
    link, _ = table.link("a")
    say(link, b"kept", retain=True)
    table.broker.run()
    assert table.broker.retained() == {"t/x": b"kept"}
    table.broker.down(forget=True)
    table.broker.up()
    table.later(1.0)
    assert table.broker.retained() == {}


def test_a_device_started_while_the_broker_is_dead_says_so_and_connects_when_it_is_back(table: Table) -> None:
    table.broker.down()
    _, seen = table.link("a")
    assert seen == [LinkDown("refused")]
    table.broker.up()
    table.later(1.0)
    assert seen == [LinkDown("refused"), LinkUp()]


def test_a_session_keeps_what_comes_until_it_or_the_message_expires(table: Table) -> None:
    link, _ = table.link("a")
    _, seen = table.link("b", "t/#")
    table.broker.cut("b")
    say(link, b"short", expiry=5)
    say(link, b"long", expiry=60)
    say(link, b"unsure", qos=0)
    table.later(10)
    table.broker.mend("b")
    table.later(1)
    assert texts(seen) == [b"long"]
    table.broker.cut("b")
    say(link, b"lost")
    table.later(SESSION_SECONDS + 1)
    table.broker.mend("b")
    table.later(1)
    assert texts(seen) == [b"long"]


def test_a_killed_device_started_again_in_time_is_never_offline(table: Table) -> None:
    will = Will("t/a/state", b"offline", delay_seconds=10)
    link, _ = table.link("a", will=will)
    _, seen = table.link("b", "t/#")
    link.kill()
    table.later(9)
    again, _ = table.link("a", will=will)
    table.later(60)
    assert texts(seen) == []
    again.kill()
    table.later(10)
    assert texts(seen) == [b"offline"]


def test_two_devices_under_one_name_take_turns_and_are_told_why(table: Table) -> None:
    _, first = table.link("a")
    _, second = table.link("a")
    assert first == [LinkUp(), LinkDown("session-taken-over")]
    table.later(5)
    assert first[-1] == LinkUp()
    assert second == [LinkUp(), LinkDown("session-taken-over")]
