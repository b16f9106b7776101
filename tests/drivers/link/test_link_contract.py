"""What every link promises (drivers.protocols.Link): paho on Mosquitto, paho on the embedded broker, and in memory."""

from __future__ import annotations

import pytest

from drivers.events import Delivered, LinkDown, LinkUp, PartFailed
from drivers.protocols import PAYLOAD_BYTES, Will
from tests.drivers.link.rigs import Member, Rig, heard, line_down, line_up


def say(member: Member, topic: str, payload: bytes, *, retain: bool = False, expiry: int | None = None) -> bool:
    return member.link.publish(topic, payload, qos=1, retain=retain, expiry=expiry)


def test_a_message_reaches_everybody_who_subscribed_and_nobody_else(rig: Rig) -> None:
    kiosk = rig.member("kiosk")
    hall, stranger = rig.member("hall", f"{rig.root}/+/record"), rig.member("stranger", f"{rig.root}/other/#")
    for member in (kiosk, hall, stranger):
        rig.wait(member, line_up)
    assert say(kiosk, f"{rig.root}/kiosk/record", b'{"a":1}')
    assert rig.wait(hall, heard) == Delivered(f"{rig.root}/kiosk/record", b'{"a":1}', retained=False)
    say(kiosk, f"{rig.root}/other/record", b"2")
    rig.wait(stranger, heard)
    assert [message.payload for message in stranger.messages] == [b"2"]


def test_messages_of_one_device_arrive_in_order(rig: Rig) -> None:
    kiosk, hall = rig.member("kiosk"), rig.member("hall", f"{rig.root}/#")
    rig.wait(kiosk, line_up)
    rig.wait(hall, line_up)
    numbers = [b"%d" % k for k in range(300)]  # many more than may be unacknowledged at once
    assert [say(kiosk, f"{rig.root}/kiosk/record", number) for number in numbers] == [True] * 300
    rig.wait(hall, lambda event: isinstance(event, Delivered) and event.payload == b"299")
    said = [message.payload for message in hall.messages if message.topic.endswith("/record")]
    assert said == numbers


def test_what_is_retained_follows_link_up_and_says_that_it_is_old(rig: Rig) -> None:
    coordinator = rig.member("coordinator")
    rig.wait(coordinator, line_up)
    say(coordinator, f"{rig.root}/hall/window/3", b"open", retain=True)
    say(coordinator, f"{rig.root}/hall/window/4", b"closed", retain=True)
    say(coordinator, f"{rig.root}/hall/call", b"A012")
    board = rig.member("board", f"{rig.root}/hall/#")
    rig.wait(board, heard)
    rig.wait(board, heard)
    assert board.seen[0] == LinkUp()
    assert {(m.topic[-1], m.payload, m.retained) for m in board.messages} == {
        ("3", b"open", True),
        ("4", b"closed", True),
    }
    say(coordinator, f"{rig.root}/hall/window/3", b"paused", retain=True)
    assert rig.wait(board, heard) == Delivered(f"{rig.root}/hall/window/3", b"paused", retained=False)


def test_an_empty_retained_message_takes_the_old_one_away(rig: Rig) -> None:
    coordinator = rig.member("coordinator", f"{rig.root}/hall/mark")
    rig.wait(coordinator, line_up)
    say(coordinator, f"{rig.root}/hall/notices", b"closed today", retain=True)
    say(coordinator, f"{rig.root}/hall/notices", b"", retain=True)
    say(coordinator, f"{rig.root}/hall/mark", b"here", retain=True)
    rig.wait(coordinator, heard)
    board = rig.member("board", f"{rig.root}/hall/#")
    rig.wait(board, heard)
    assert [message.payload for message in board.messages] == [b"here"]


def test_an_expired_message_is_not_delivered_late(rig: Rig) -> None:
    coordinator = rig.member("coordinator", f"{rig.root}/hall/mark")
    rig.wait(coordinator, line_up)
    say(coordinator, f"{rig.root}/hall/call", b"A012", retain=True, expiry=1)
    say(coordinator, f"{rig.root}/hall/mark", b"here", retain=True)
    rig.wait(coordinator, heard)
    rig.pause(coordinator, 2.1)
    board = rig.member("board", f"{rig.root}/hall/#")
    rig.wait(board, heard)
    assert [message.payload for message in board.messages] == [b"here"]


def test_a_broken_line_is_said_and_comes_back_by_itself(rig: Rig) -> None:
    kiosk, hall = rig.member("kiosk", f"{rig.root}/kiosk/receipt"), rig.member("hall", f"{rig.root}/+/record")
    rig.wait(kiosk, line_up)
    rig.wait(hall, line_up)
    rig.cut(kiosk)
    assert rig.wait(kiosk, line_down) == LinkDown("lost")
    assert not say(kiosk, f"{rig.root}/kiosk/record", b"never")
    rig.mend(kiosk)
    rig.wait(kiosk, line_up)
    assert say(kiosk, f"{rig.root}/kiosk/record", b"now")
    assert rig.wait(hall, heard) == Delivered(f"{rig.root}/kiosk/record", b"now", retained=False)
    say(hall, f"{rig.root}/kiosk/receipt", b"thanks")
    assert rig.wait(kiosk, heard) == Delivered(f"{rig.root}/kiosk/receipt", b"thanks", retained=False)
    assert [message.payload for message in hall.messages] == [b"now"]


def test_while_the_line_is_down_it_is_said_once_and_not_at_every_try(rig: Rig) -> None:
    kiosk = rig.member("kiosk")
    rig.wait(kiosk, line_up)
    rig.cut(kiosk)
    rig.pause(kiosk, 0.5)
    rig.mend(kiosk)
    rig.wait(kiosk, line_up)
    downs = [event for event in kiosk.seen if isinstance(event, LinkDown)]
    assert downs[0] == LinkDown("lost")
    assert len(downs) == len(set(downs)) <= 2  # "lost", and then what the tries say


def test_a_call_made_during_a_short_break_is_heard_after_it(rig: Rig) -> None:
    coordinator, board = rig.member("coordinator"), rig.member("board", f"{rig.root}/hall/call")
    rig.wait(coordinator, line_up)
    rig.wait(board, line_up)
    rig.cut(board)
    rig.wait(board, line_down)
    say(coordinator, f"{rig.root}/hall/call", b"A012", expiry=60)
    rig.mend(board)
    rig.wait(board, line_up)
    assert rig.wait(board, heard) == Delivered(f"{rig.root}/hall/call", b"A012", retained=False)


def test_a_killed_device_is_spoken_for_by_its_will(rig: Rig) -> None:
    kiosk = rig.member("kiosk", will=Will(f"{rig.root}/kiosk/state", b"offline", delay_seconds=0))
    hall = rig.member("hall", f"{rig.root}/+/state")
    rig.wait(kiosk, line_up)
    rig.wait(hall, line_up)
    say(kiosk, f"{rig.root}/kiosk/state", b"ready", retain=True)
    rig.wait(hall, heard)
    rig.kill(kiosk)
    assert rig.wait(hall, heard) == Delivered(f"{rig.root}/kiosk/state", b"offline", retained=False)
    late = rig.member("late", f"{rig.root}/+/state")
    assert rig.wait(late, heard) == Delivered(f"{rig.root}/kiosk/state", b"offline", retained=True)


def test_a_drop_shorter_than_the_delay_of_the_will_makes_nobody_offline(rig: Rig) -> None:
    kiosk = rig.member("kiosk", will=Will(f"{rig.root}/kiosk/state", b"offline", delay_seconds=1))
    witness = rig.member("witness", will=Will(f"{rig.root}/witness/state", b"offline", delay_seconds=1))
    hall = rig.member("hall", f"{rig.root}/+/state")
    for member in (kiosk, witness, hall):
        rig.wait(member, line_up)
    rig.cut(kiosk)
    rig.wait(kiosk, line_down)
    rig.kill(witness)
    rig.mend(kiosk)
    rig.wait(kiosk, line_up)
    rig.pause(hall, 0.5)
    assert hall.messages == []  # nobody's will is said before its time
    rig.wait(hall, heard)
    assert [message.topic for message in hall.messages] == [f"{rig.root}/witness/state"]


def test_who_says_goodbye_is_not_spoken_for(rig: Rig) -> None:
    kiosk = rig.member("kiosk", will=Will(f"{rig.root}/kiosk/state", b"killed", delay_seconds=0))
    witness = rig.member("witness", will=Will(f"{rig.root}/witness/state", b"killed", delay_seconds=0))
    hall = rig.member("hall", f"{rig.root}/+/state")
    for member in (kiosk, witness, hall):
        rig.wait(member, line_up)
    kiosk.link.close(farewell=(f"{rig.root}/kiosk/state", b"offline"))
    assert rig.wait(hall, heard) == Delivered(f"{rig.root}/kiosk/state", b"offline", retained=False)
    rig.kill(witness)
    assert rig.wait(hall, heard) == Delivered(f"{rig.root}/witness/state", b"killed", retained=False)
    assert not say(kiosk, f"{rig.root}/kiosk/record", b"never")
    late = rig.member("late", f"{rig.root}/kiosk/state")
    assert rig.wait(late, heard) == Delivered(f"{rig.root}/kiosk/state", b"offline", retained=True)


def test_closing_twice_or_without_a_line_is_no_trouble(rig: Rig) -> None:
    kiosk = rig.member("kiosk")
    rig.wait(kiosk, line_up)
    rig.cut(kiosk)
    rig.wait(kiosk, line_down)
    kiosk.link.close(farewell=(f"{rig.root}/kiosk/state", b"offline"))
    kiosk.link.close()


def test_a_second_device_under_the_same_name_takes_the_line_over(rig: Rig) -> None:
    old = rig.member("kiosk", f"{rig.root}/kiosk/#")
    rig.wait(old, line_up)
    new = rig.member("kiosk", f"{rig.root}/kiosk/#")
    rig.wait(new, line_up)
    rig.wait(old, line_down)


def test_a_payload_of_eight_kib_goes_and_a_byte_more_is_refused_at_the_door(rig: Rig) -> None:
    kiosk, hall = rig.member("kiosk"), rig.member("hall", f"{rig.root}/+/record")
    rig.wait(kiosk, line_up)
    rig.wait(hall, line_up)
    assert not say(kiosk, f"{rig.root}/kiosk/record", b"x" * (PAYLOAD_BYTES + 1))
    assert rig.wait(kiosk, lambda event: isinstance(event, PartFailed)) == PartFailed(
        "link", "too-large", f"{rig.root}/kiosk/record: {PAYLOAD_BYTES + 1} bytes"
    )
    assert say(kiosk, f"{rig.root}/kiosk/record", b"x" * PAYLOAD_BYTES)
    rig.wait(hall, heard)
    assert [len(message.payload) for message in hall.messages] == [PAYLOAD_BYTES]


def test_a_waiting_helper_says_what_came_instead(rig: Rig) -> None:
    kiosk = rig.member("kiosk")
    with pytest.raises(AssertionError, match=r"heard only \[LinkUp"):
        rig.wait(kiosk, heard, within=0.2)
