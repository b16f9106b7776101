"""Real processes: from a bad press to the line at the supervisor's `hallside cases watch`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from threading import Event

import pytest

from tests.faults.real_hall import RealHall, real_hall
from tests.faults.real_hands import EVALUATOR, KIOSK, STAFF, WINDOW
from tests.helpers.nursery import Nursery

SECONDS = 5.0  # from the press to the supervisor, whatever else the machine does
PATIENCE = 20.0


def keys_of(hall: RealHall, device: str) -> set[str]:
    return set(hall.hand(device, "look").get("targets", {}))


def until(true: Callable[[], bool], what: str) -> None:
    pause, end = Event(), time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, what
        pause.wait(0.02)


def tap(hall: RealHall, device: str, key: str) -> None:
    until(lambda: key in keys_of(hall, device), f"{device} offers {key}")
    assert hall.hand(device, "tap", key)


def called(hall: RealHall) -> bool:
    """Whether somebody is called; if not, `next` once more: a number just taken may be on its way to the book."""
    keys = keys_of(hall, WINDOW)
    if "next" in keys and "start" not in keys:
        hall.hand(WINDOW, "tap", "next")
    return "start" in keys


@pytest.mark.timeout(90)
@pytest.mark.req("R140")
def test_a_bad_rating_is_at_the_supervisors_within_seconds_while_the_citizen_is_still_thanked(
    nursery: Nursery,
) -> None:
    with real_hall(spawn=nursery.spawn) as hall:
        people = hall.hall.folder / "staff.toml"
        people.write_text(people.read_text("utf-8").replace("\npin =", '\nduties = ["supervisor"]\npin =', 1), "utf-8")
        hall.start("coordinator", KIOSK, WINDOW, EVALUATOR)
        tap(hall, KIOSK, "service:social")
        until(lambda: bool(hall.hand(WINDOW, "type", STAFF, "enter", hall.hall.pins[STAFF], "enter")), "signs in")
        until(lambda: called(hall), "somebody is called")
        for key in ("start", "finish"):
            tap(hall, WINDOW, key)
        until(lambda: "level:1" in keys_of(hall, EVALUATOR), "the question")
        config = str(hall.hall.stations["coordinator"])
        watch = [
            sys.executable,
            "-m",
            "device",
            "cases",
            "watch",
            "--once",
            "--json",
            "--config",
            config,
            "--as",
            STAFF,
        ]
        with subprocess.Popen(
            watch, env=os.environ | {"HALLSIDE_PIN": hall.hall.pins[STAFF]}, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True,
        ) as supervisor:  # fmt: skip
            assert supervisor.stdout
            assert supervisor.stderr
            assert "watching" in supervisor.stderr.readline()
            pressed = time.monotonic()
            assert hall.hand(EVALUATOR, "press", "1")
            rung = supervisor.stdout.readline()
            took = time.monotonic() - pressed
        assert json.loads(rung.removeprefix("\a"))["level"] == 1
        assert took < SECONDS
        print(f"{took:.2f} s from the press to the supervisor's line")
