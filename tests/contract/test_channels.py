"""Who may say what where."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paho.mqtt.client import topic_matches_sub

from device.contract import channels
from device.contract.channels import CHANNELS, COORDINATOR, acl_lines, echo_topic, may_say, parse, subscriptions, topic
from device.contract.examples import EXAMPLES, HALL, Example
from device.contract.messages import AskNumber, Body, HallWindow, Receipt, TicketCalled
from tests.contract.made import named

JOURNAL = "019aa429-6540-7000-8000-0000000000ff"
NAMES = ("kiosk-1", "window-3", "evaluator-3", "board-1", COORDINATOR)


def test_every_type_has_exactly_one_channel() -> None:
    said = [kind for channel in CHANNELS for kind in channel.types]
    assert len(said) == len(set(said))
    assert set(said) == set(get_args(Body))


@pytest.mark.parametrize("example", EXAMPLES, ids=named)
def test_a_topic_is_taken_apart_into_what_it_was_made_of(example: Example) -> None:
    address = parse(example.topic)
    assert address is not None
    assert (address.hall, address.channel) == (HALL, channels.channel_of(example.body))
    assert may_say(address, example.sender, example.body)


def test_topics_read_as_the_contract_writes_them() -> None:
    assert topic("longjiang", "kiosk-1", AskNumber("social")) == "hallside/1/longjiang/kiosk-1/ask"
    assert topic("longjiang", COORDINATOR, Receipt(JOURNAL, 1), "kiosk-1") == "hallside/1/longjiang/kiosk-1/receipt"
    assert topic("longjiang", COORDINATOR, HallWindow(3, 1, "open")) == "hallside/1/longjiang/hall/window/3"


@pytest.mark.parametrize("example", EXAMPLES, ids=named)
def test_nobody_speaks_for_another(example: Example) -> None:
    address = parse(example.topic)
    assert address is not None
    everybody = [*NAMES, "hall", "kiosk-2"]
    assert [name for name in everybody if may_say(address, name, example.body)] == [example.sender]


@pytest.mark.parametrize("example", EXAMPLES, ids=named)
def test_a_message_is_at_home_on_its_own_channel_alone(example: Example) -> None:
    home = channels.channel_of(example.body)
    to_anybody = home.name in ("receipt", "answer")
    for other in EXAMPLES:
        address = parse(other.topic)
        assert address is not None
        expected = address.channel == home and (to_anybody or other.topic == example.topic)
        assert may_say(address, example.sender, example.body) == expected, other.topic


@pytest.mark.req("R023")
def test_only_the_coordinator_says_that_the_order_called_a_ticket() -> None:
    called = TicketCalled("20261121-A012", "social", 3, "1003", "system")
    with pytest.raises(ValueError, match="window-3 may not say"):
        topic(HALL, "window-3", called)
    assert topic(HALL, COORDINATOR, called).endswith("/coordinator/record")


def test_a_window_is_spoken_of_only_on_its_own_topic() -> None:
    address = parse(f"hallside/1/{HALL}/hall/window/4")
    assert address is not None
    assert not may_say(address, COORDINATOR, HallWindow(3, 1, "open"))
    assert may_say(address, COORDINATOR, HallWindow(4, 1, "open"))


@pytest.mark.parametrize(
    ("sender", "body", "place"),
    [
        ("kiosk-1", AskNumber("social"), "kiosk-2"),
        ("kiosk-1", Receipt(JOURNAL, 1), "kiosk-1"),
        ("kiosk-1", HallWindow(3, 1, "open"), ""),
        (COORDINATOR, Receipt(JOURNAL, 1), ""),
        (COORDINATOR, Receipt(JOURNAL, 1), "hall"),
        (COORDINATOR, AskNumber("social"), "kiosk-1"),
        ("hall", AskNumber("social"), ""),
    ],
)
def test_a_topic_that_its_sender_may_not_use_is_never_made(sender: str, body: Body, place: str) -> None:
    with pytest.raises(ValueError, match="may not say"):
        topic(HALL, sender, body, place)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "/",
        "hallside",
        "hallside/1/h",
        "hallside/2/h/kiosk-1/state",
        "other/1/h/kiosk-1/state",
        "hallside/1/h/kiosk-1",
        "hallside/1/h/kiosk-1/",
        "hallside/1/h//state",
        "hallside/1//kiosk-1/state",
        "hallside/1/h/kiosk-1/state/",
        "hallside/1/h/kiosk-1/state/x",
        "hallside/1/h/kiosk-1/nothing",
        "hallside/1/h/Kiosk-1/state",
        "hallside/1/h/+/state",
        "hallside/1/h/kiosk-1/#",
        "hallside/1/h/hall/state",
        "hallside/1/h/hall/window",
        "hallside/1/h/hall/window/",
        "hallside/1/h/hall/window/0",
        "hallside/1/h/hall/window/03",
        "hallside/1/h/hall/window/٣",
        "hallside/1/h/hall/window/1000",
        "hallside/1/h/hall/window/3/4",
        "hallside/1/h/hall/window/3\n",
        "hallside/1/h/hall/call/3",
        "hallside/1/h/kiosk-1/hall/call",
        "hallside/1/h/kiosk-1/window/3",
        "hallside/1/" + "h" * 33 + "/kiosk-1/state",
        "$SYS/broker/uptime",
    ],
)
def test_what_is_no_topic_of_ours_has_no_address(text: str) -> None:
    assert parse(text) is None


@given(st.text(st.sampled_from("halside/123+#-\n\u0663windocr"), max_size=60))
def test_any_text_is_a_topic_or_none(text: str) -> None:
    address = parse(f"hallside/1/{text}")
    assert address is None or (text.startswith(address.hall) and text.endswith(address.key))


@pytest.mark.parametrize("device", NAMES)
def test_everybody_listens_to_what_concerns_them_and_to_nothing_else(device: str) -> None:
    role = COORDINATOR if device == COORDINATOR else "kiosk"
    filters = subscriptions(HALL, device, role)
    for example in EXAMPLES:
        address = parse(example.topic)
        assert address is not None
        if device == COORDINATOR:
            concerned = address.channel.writer == "device"
        else:
            own = address.place == device and address.channel.writer == COORDINATOR
            concerned = own or address.channel.of_hall or example.topic.endswith("/coordinator/state")
        assert any(topic_matches_sub(each, example.topic) for each in filters) == concerned, example.topic


def allowed(lines: list[str], user: str, access: str, wanted: str) -> bool:
    """Mosquitto's reading of its access list: `pattern` lines for all, `topic` lines for the user named above."""
    speaker = ""
    for line in lines:
        word, _, rest = line.partition(" ")
        if word == "user":
            speaker = rest
            continue
        granted, _, filtered = rest.partition(" ")
        mine = word == "pattern" or speaker == user
        if mine and granted == access and topic_matches_sub(filtered.replace("%u", user), wanted):
            return True
    return False


@pytest.mark.parametrize("user", NAMES)
def test_the_brokers_rules_say_what_the_table_says(user: str) -> None:
    lines = list(acl_lines(HALL))
    role = COORDINATOR if user == COORDINATOR else "kiosk"
    for example in EXAMPLES:
        address = parse(example.topic)
        assert address is not None
        may_write = address.place == user if address.channel.writer == "device" else user == COORDINATOR
        assert allowed(lines, user, "write", example.topic) == may_write, example.topic
        listens = any(topic_matches_sub(each, example.topic) for each in subscriptions(HALL, user, role))
        own_words = user == COORDINATOR and address.channel.of_hall  # `hall/#` is for everybody
        assert allowed(lines, user, "read", example.topic) == (listens or own_words), example.topic


def test_a_rule_for_one_hall_opens_no_other() -> None:
    lines = list(acl_lines("longjiang"))
    assert allowed(lines, "kiosk-1", "write", "hallside/1/longjiang/kiosk-1/record")
    assert not allowed(lines, "kiosk-1", "write", "hallside/1/wenshang/kiosk-1/record")
    assert not allowed(lines, COORDINATOR, "write", "hallside/1/wenshang/hall/call")


def test_what_is_so_now_is_retained_and_what_is_only_said_is_not() -> None:
    retained = {channel.name for channel in CHANNELS if channel.retained}
    assert retained == {
        "state",
        "hall/window",
        "hall/service",
        "hall/missed",
        "hall/alarms",
        "hall/notices",
        "hall/staff",
    }


def test_what_must_not_come_late_expires_and_what_must_come_does_not() -> None:
    expiry = {channel.name: channel.expiry for channel in CHANNELS if channel.expiry is not None}
    assert expiry == {"receipt": 60, "ask": 5, "answer": 5, "hall/call": 60}
    assert {channel.qos for channel in CHANNELS} == {1}


def test_a_device_hears_its_own_heartbeat_and_nobody_elses() -> None:
    echo = echo_topic(HALL, "kiosk-1")
    assert parse(echo) is None  # it is no message
    for user in NAMES:
        assert allowed(list(acl_lines(HALL)), user, "readwrite", echo) == (user == "kiosk-1")


@pytest.mark.req("R166")
def test_nothing_that_a_window_hears_tells_the_level_of_a_rating() -> None:
    heard = [
        kind
        for channel in CHANNELS
        if any(topic_matches_sub(each, f"hallside/1/{HALL}/window-3/{channel.name}") for each in _windows_ears())
        or channel.of_hall
        for kind in channel.types
    ]
    assert HallWindow in heard
    assert Receipt in heard
    assert not any("level" in kind.__dataclass_fields__ for kind in heard)


def _windows_ears() -> list[str]:
    return subscriptions(HALL, "window-3", "window")
