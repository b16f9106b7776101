"""What the guest tells is believed only whole: each planned check, each that is written down, both starts."""

from __future__ import annotations

import pytest

from tests.vm.told import Told, kernel_faults, moved

PLAN = "tests/vm/guest/test_keys.py::test_keys_are_heard[a b]"
WELL = [
    "booted 7.49",
    f"plan {PLAN}",
    "seen USB printer T1 is /dev/usb/lp0",
    f"ok {PLAN} 0.32",
    "exit 0",
]
MUST = ["test_keys.py::test_keys_are_heard"]


def without(start: str) -> list[str]:
    return [line for line in WELL if not line.startswith(start)]


def test_a_whole_start_is_well() -> None:
    told = Told.read(WELL)
    assert told.wrong(MUST) == []
    assert told.checks == {PLAN: ("ok", 0.32)}
    assert told.seen == {"USB printer T1": "/dev/usb/lp0"}


@pytest.mark.parametrize(
    ("lines", "wrong"),
    [
        ([], "it did not start"),
        (without("ok"), f"never ended: {PLAN}"),
        (without("plan"), f"not there: {MUST[0]}"),
        (without("exit"), "it did not come to its end"),
        ([*without("exit"), "exit 2"], "pytest ended with 2"),
        ([line.replace("ok", "skipped") for line in WELL], f"skipped: {PLAN}"),
        ([*WELL, f"failed {PLAN} 0.01"], f"failed: {PLAN}"),  # in clearing up
    ],
)
def test_what_is_missing_or_failed_stands_against_it(lines: list[str], wrong: str) -> None:
    assert wrong in Told.read(lines).wrong(MUST)


def test_a_part_must_have_another_number_in_the_second_start_and_be_seen() -> None:
    first = Told(seen={"printer": "/dev/usb/lp0", "card": "0", "chip": "/dev/gpiochip0"})
    second = Told(seen={"printer": "/dev/usb/lp1", "card": "0"})
    assert moved(first, first) == [
        f"{part} has the same number in both starts: {name}" for part, name in first.seen.items()
    ]
    assert moved(first, second) == [
        "not seen in the second start: chip",
        "card has the same number in both starts: 0",
    ]


def test_a_kernel_that_broke_is_told_in_its_own_words() -> None:
    lines = ["[ 1.0] Run /init", "[ 9.1] BUG: kernel NULL pointer dereference ", "[ 9.2] usb 1-1: new device"]
    assert kernel_faults(lines) == ["[ 9.1] BUG: kernel NULL pointer dereference"]
