"""Records of an input device become the names of keys, however they are cut."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.keypad_keys import EV_KEY, EV_SYN, EVENT, KEYS, SYN_DROPPED, SYN_REPORT, Keyboard
from tests.drivers.keypad.ports import CODE, held, record, stroke


def test_a_record_is_as_long_as_the_kernels() -> None:
    assert EVENT.size == 24  # 64 bit; the size of linux/input.h's struct there


@pytest.mark.parametrize(
    ("codes", "names"),
    [
        ((2, 3, 4, 5, 6, 7, 8, 9, 10, 11), list("1234567890")),
        ((82, 79, 80, 81, 75, 76, 77, 71, 72, 73), list("0123456789")),
        ((16, 17, 18, 19, 20, 21, 22, 23, 24, 25), list("qwertyuiop")),
        ((30, 31, 32, 33, 34, 35, 36, 37, 38), list("asdfghjkl")),
        ((44, 45, 46, 47, 48, 49, 50), list("zxcvbnm")),
        ((12, 74, 55, 78, 83, 98, 57), ["-", "-", "*", "+", ".", "/", " "]),
        ((28, 96, 14, 1, 15), ["enter", "enter", "backspace", "escape", "tab"]),
        (tuple(range(59, 69)), [f"f{number}" for number in range(1, 11)]),
        ((87, 88), ["f11", "f12"]),
        ((103, 105, 106, 108), ["up", "left", "right", "down"]),
    ],
)
def test_keys_have_the_names_people_read_on_them(codes: tuple[int, ...], names: list[str]) -> None:
    assert Keyboard().read(stroke(*codes)) == names


def test_shift_makes_capitals_and_the_upper_signs_while_it_is_down() -> None:
    ticket = held(CODE["shift"], stroke(CODE["a"])) + stroke(CODE["0"], CODE["1"], CODE["2"])
    assert Keyboard().read(ticket) == ["A", "0", "1", "2"]
    assert Keyboard().read(held(54, stroke(CODE["2"], CODE["-"], 53))) == ["@", "_", "?"]


@pytest.mark.parametrize("code", [29, 97, 56, 100, 125, 126])
def test_a_letter_with_ctrl_alt_or_meta_says_nothing(code: int) -> None:
    assert Keyboard().read(held(code, stroke(CODE["a"])) + stroke(CODE["a"])) == ["a"]


def test_a_key_kept_down_is_one_press() -> None:
    repeated = record(EV_KEY, 30, 1) + record(EV_KEY, 30, 2) * 20 + record(EV_KEY, 30, 0)
    assert Keyboard().read(repeated) == ["a"]


def test_keys_without_a_name_and_other_events_say_nothing() -> None:
    assert Keyboard().read(stroke(113, 240, 0x110) + record(2, 0, 5) + record(3, 1, 7)) == []


def test_what_follows_an_overrun_is_dropped_up_to_the_next_report() -> None:
    half = record(EV_KEY, CODE["7"], 1) + record(EV_KEY, CODE["0"], 1)
    torn = record(EV_SYN, SYN_DROPPED, 0) + half + record(EV_SYN, SYN_REPORT, 0)
    assert Keyboard().read(stroke(CODE["1"]) + torn + stroke(CODE["2"])) == ["1", "2"]


def test_an_overrun_lets_go_of_shift() -> None:
    down = record(EV_KEY, CODE["shift"], 1)
    torn = record(EV_SYN, SYN_DROPPED, 0) + record(EV_SYN, SYN_REPORT, 0)
    assert Keyboard().read(down + torn + stroke(CODE["a"])) == ["a"]


@given(st.lists(st.integers(1, 200), max_size=12), st.lists(st.integers(0, 600), max_size=8))
def test_however_the_bytes_are_cut_the_same_keys_are_read(codes: list[int], cuts: list[int]) -> None:
    data = stroke(*codes)
    keyboard, names, last = Keyboard(), list[str](), 0
    for cut in [*sorted(cut for cut in cuts if cut <= len(data)), len(data)]:
        names += keyboard.read(data[last:cut])
        last = cut
    assert names == Keyboard().read(data)
    assert set(names) <= KEYS
