"""What all keypads promise; and the real one on ports that stutter, go and come back."""

from __future__ import annotations

import errno
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytest_mock import MockerFixture

from drivers import backoff, input_device
from drivers.bench import Act
from drivers.events import KeyPressed, PartFailed, PartMended
from drivers.input_device import EVIOCGRAB
from drivers.keypad_evdev import EvdevKeypad
from drivers.keypad_simulated import SimulatedKeypad
from drivers.protocols import PartMissing, Place
from tests.drivers.ear import Ear
from tests.drivers.keypad.ports import CODE, Fifo, Pty, bytewise, held, stroke

PLACE = Place("window-3", "keypad")
Port = Pty | Fifo


class KeyEar(Ear):
    def keys(self, count: int) -> list[str]:
        events = [self.next() for _ in range(count)]
        return [event.key for event in events if isinstance(event, KeyPressed)]


class Hand:
    act: Act

    def offer(self, device: str, part: str, act: Act) -> None:
        assert (device, part) == ("window-3", "keypad")
        self.act = act


def open_files() -> set[str]:
    return {file.name for file in Path("/proc/self/fd").iterdir()}


@pytest.fixture
def ear() -> KeyEar:
    return KeyEar()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "usb-Keypad-event-kbd"


@pytest.fixture(params=[Pty, Fifo])
def plug(request: pytest.FixtureRequest, path: Path) -> Callable[[], Port]:
    kind: type[Pty] | type[Fifo] = request.param
    return lambda: kind(path)


@pytest.fixture
def port(plug: Callable[[], Port]) -> Port:
    return plug()


@pytest.fixture
def keypad(port: Port, path: Path, ear: KeyEar) -> Iterator[EvdevKeypad]:
    keypad = EvdevKeypad(ear.post, PLACE, path=str(path), grab=False)
    yield keypad
    keypad.close()


@pytest.mark.req("R152")
def test_keys_are_heard_in_their_order(keypad: EvdevKeypad, port: Port, ear: KeyEar) -> None:
    port.send(held(CODE["shift"], stroke(CODE["a"])) + stroke(CODE["0"], CODE["1"], CODE["2"], CODE["enter"]))
    assert ear.keys(5) == ["A", "0", "1", "2", "enter"]
    port.unplug()


def test_records_that_come_byte_by_byte_are_the_same_keys(keypad: EvdevKeypad, port: Port, ear: KeyEar) -> None:
    for byte in bytewise(stroke(CODE["kp9"], CODE["kp0"], CODE["-"])):
        port.send(byte)
    assert ear.keys(3) == ["9", "0", "-"]
    port.unplug()


def test_an_unplugged_keypad_is_a_fault_for_staff_and_works_again_when_it_is_back(
    keypad: EvdevKeypad, port: Port, plug: Callable[[], Port], path: Path, ear: KeyEar, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backoff, "STEPS", (0.01,))
    port.send(stroke(CODE["7"])[:-5])  # it goes in the middle of a record, which is not to be glued to the next life
    assert ear.keys(1) == ["7"]
    port.unplug()
    failed = ear.next()
    assert isinstance(failed, PartFailed)
    assert (failed.part, failed.code, failed.mender) == ("keypad", "unplugged", "staff")
    assert str(path) in failed.detail
    again = plug()
    assert ear.next() == PartMended("keypad")
    again.send(stroke(CODE["1"], CODE["2"]))
    assert ear.keys(2) == ["1", "2"]
    again.unplug()


def test_closing_twice_ends_the_thread_and_frees_the_device(port: Port, path: Path, ear: KeyEar) -> None:
    threads, fds = set(threading.enumerate()), open_files()
    keypad = EvdevKeypad(ear.post, PLACE, path=str(path), grab=False)
    keypad.close()
    keypad.close()
    assert set(threading.enumerate()) == threads
    assert open_files() == fds
    port.unplug()


def test_closing_while_the_keypad_is_away_ends_the_thread(port: Port, path: Path, ear: KeyEar) -> None:
    threads = set(threading.enumerate())
    keypad = EvdevKeypad(ear.post, PLACE, path=str(path), grab=False)
    port.unplug()
    assert isinstance(ear.next(), PartFailed)
    keypad.close()
    assert set(threading.enumerate()) == threads


# --- what is missing, in words -------------------------------------------------------------------------------


def test_a_keypad_that_is_not_there_is_missing_with_those_that_are(
    path: Path, ear: KeyEar, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(input_device, "INPUT", tmp_path)
    (tmp_path / "by-id").mkdir()
    with pytest.raises(PartMissing, match=r"No such file or directory; no keyboard is plugged in") as missing:
        EvdevKeypad(ear.post, PLACE, path=str(path))
    assert missing.value.mender == "staff"
    (tmp_path / "by-id" / "usb-Dell_KB216-event-kbd").touch()
    (tmp_path / "by-id" / "usb-Dell_MS116-event-mouse").touch()
    with pytest.raises(PartMissing, match=r"there is \S+/by-id/usb-Dell_KB216-event-kbd\. Plug it in"):
        EvdevKeypad(ear.post, PLACE, path=str(path))


def test_a_keypad_that_may_not_be_read_says_which_group_may(path: Path, ear: KeyEar, mocker: MockerFixture) -> None:
    mocker.patch("os.open", side_effect=PermissionError(errno.EACCES, "Permission denied"))
    with pytest.raises(PartMissing, match="group `input`"):
        EvdevKeypad(ear.post, PLACE, path=str(path))


def test_a_file_that_is_no_input_device_is_refused_by_the_grab(path: Path, ear: KeyEar) -> None:
    path.write_bytes(stroke(CODE["7"]))
    with pytest.raises(PartMissing, match="cannot be had alone: Inappropriate ioctl for device"):
        EvdevKeypad(ear.post, PLACE, path=str(path))


def test_a_keypad_another_program_holds_is_missing_and_not_kept_open(
    port: Port, path: Path, ear: KeyEar, mocker: MockerFixture
) -> None:
    fds = open_files()
    mocker.patch("fcntl.ioctl", side_effect=OSError(errno.EBUSY, "Device or resource busy"))
    with pytest.raises(PartMissing, match=r"Device or resource busy\. End the other program"):
        EvdevKeypad(ear.post, PLACE, path=str(path))
    assert open_files() == fds
    port.unplug()


def test_nobody_else_hears_the_keys_unless_the_config_says_so(
    port: Port, path: Path, ear: KeyEar, mocker: MockerFixture
) -> None:
    ioctl = mocker.patch("fcntl.ioctl")
    keypad = EvdevKeypad(ear.post, PLACE, path=str(path))
    keypad.close()
    assert [call.args[1:] for call in ioctl.call_args_list] == [(EVIOCGRAB, 1)]
    port.unplug()


# --- simulated -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("keys", ["A012", ["A", "0", "1", "2"]])
def test_what_the_bench_types_is_heard_key_by_key(ear: KeyEar, keys: object) -> None:
    hand = Hand()
    keypad = SimulatedKeypad(ear.post, Place("window-3", "keypad", hand))
    assert hand.act({"do": "type", "keys": keys}) == {}
    assert ear.keys(4) == ["A", "0", "1", "2"]
    assert hand.act({"do": "type", "keys": ["f1", "enter"]}) == {}
    assert ear.keys(2) == ["f1", "enter"]
    keypad.close()
    keypad.close()


@pytest.mark.parametrize(
    ("request_", "refusal"),
    [
        ({"do": "type", "keys": ["1", "return"]}, "no key 'return'"),
        ({"do": "type", "keys": "窗"}, "no key '窗'"),
        ({"do": "type", "keys": [["1"]]}, "no key"),
        ({"do": "type", "keys": 7}, "understands `type`"),
        ({"do": "press", "keys": "7"}, "understands `type`"),
    ],
)
def test_what_cannot_be_typed_is_refused_and_nothing_is_typed(
    ear: KeyEar, request_: dict[str, object], refusal: str
) -> None:
    hand = Hand()
    SimulatedKeypad(ear.post, Place("window-3", "keypad", hand))
    with pytest.raises(ValueError, match=refusal):
        hand.act(request_)
    hand.act({"do": "type", "keys": "9"})
    assert ear.keys(1) == ["9"]


def test_an_unplugged_simulated_keypad_is_told_and_types_nothing_until_it_is_mended(ear: KeyEar) -> None:
    hand = Hand()
    SimulatedKeypad(ear.post, Place("window-3", "keypad", hand))
    assert hand.act({"do": "fault", "name": "unplugged"}) == {"faults": ["unplugged"]}
    assert hand.act({"do": "look"}) == {"faults": ["unplugged"]}
    failed = ear.next()
    assert isinstance(failed, PartFailed)
    assert (failed.part, failed.code, failed.mender) == ("keypad", "unplugged", "staff")
    with pytest.raises(ValueError, match="unplugged; mend it first"):
        hand.act({"do": "type", "keys": "7"})
    assert hand.act({"do": "mend"}) == {}
    hand.act({"do": "type", "keys": "7"})
    assert [ear.next(), ear.next()] == [PartMended("keypad"), KeyPressed("7")]


def test_a_fault_no_keypad_has_is_refused_with_those_it_has(ear: KeyEar) -> None:
    hand = Hand()
    SimulatedKeypad(ear.post, Place("window-3", "keypad", hand))
    with pytest.raises(ValueError, match=r"a keypad has no fault 'unpluged'; it has silent, unplugged\. Did you mean"):
        hand.act({"do": "fault", "name": "unpluged"})
