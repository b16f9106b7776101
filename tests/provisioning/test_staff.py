"""`hallside provision staff`: a PIN of their own for everybody, and for nobody a default one."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from config.load import load
from device.hall.pins import pin_ok, weak
from provisioning.examples import FOLDER
from provisioning.files import Refused
from provisioning.staff import Person, asked_pin, enter, made_pin


def typed(*answers: str) -> Callable[[str], str]:
    """Somebody at the terminal who types these one after another."""
    left: Iterator[str] = iter(answers)
    return lambda _: next(left)


def stored(staff: Path, number: str) -> str:
    rows = tomllib.loads(staff.read_text("utf-8"))["staff"]
    (found,) = (row for row in rows if row["number"] == number)
    return str(found.get("pin", ""))


@pytest.fixture
def staff(tmp_path: Path) -> Path:
    path = tmp_path / "staff.toml"
    path.write_text((FOLDER / "staff.toml").read_text("utf-8"), "utf-8")
    return path


def test_nobody_of_the_example_hall_can_sign_in_before_a_pin_was_set() -> None:
    people = load(FOLDER / "coordinator.toml", {}).staff
    assert len(people) == 7
    assert all(person.pin == "" for person in people)


def test_somebody_who_is_there_gets_the_pin_and_the_rest_of_the_file_stays(staff: Path) -> None:
    before = staff.read_text("utf-8")
    assert enter(staff, Person("1002", ""), "271828", FOLDER / "hall.toml") == f"1002 has a new PIN in {staff}"
    assert pin_ok("271828", stored(staff, "1002"))
    assert stored(staff, "1001") == stored(staff, "1003") == ""
    kept = [line for line in staff.read_text("utf-8").splitlines() if not line.startswith("pin = ")]
    assert kept == before.splitlines(), "comments and the other people stay as they were"


def test_a_new_pin_takes_the_place_of_the_old_one(staff: Path) -> None:
    for pin in ("271828", "314159"):
        enter(staff, Person("9001", ""), pin)
    assert pin_ok("314159", stored(staff, "9001"))
    assert not pin_ok("271828", stored(staff, "9001"))
    assert staff.read_text("utf-8").count("pin = ") == 1


def test_a_new_person_is_entered_and_can_sign_in(staff: Path) -> None:
    enter(staff, Person("3001", "阿依古丽", duty="导办", stars=4, windows=(1, 2)), "271828", FOLDER / "hall.toml")
    assert pin_ok("271828", stored(staff, "3001"))
    assert staff.stat().st_mode & 0o077 == 0


def test_a_staff_list_can_begin_with_nothing(tmp_path: Path) -> None:
    enter(tmp_path / "staff.toml", Person("1001", "王小明"), "271828")
    assert pin_ok("271828", stored(tmp_path / "staff.toml", "1001"))


def test_the_pin_itself_is_written_nowhere(staff: Path) -> None:
    enter(staff, Person("1002", ""), "271828")
    assert "271828" not in staff.read_text("utf-8")


@pytest.mark.parametrize(
    ("person", "said"),
    [
        (Person("7777", ""), r"nobody has the number 7777\. Add --name"),
        (Person("no such", "某人"), "is not a staff number"),
        (Person("3001", "某人", windows=(99,)), "there is no window 99"),
        (Person("3001", "某人", stars=9), "must be at most 5, not 9"),
    ],
)
def test_an_entry_that_would_not_be_sound_changes_nothing(staff: Path, person: Person, said: str) -> None:
    before = staff.read_bytes()
    with pytest.raises(Refused, match=said):
        enter(staff, person, "271828", FOLDER / "hall.toml")
    assert staff.read_bytes() == before


def test_a_pin_is_typed_twice_and_a_weak_or_different_one_is_asked_for_again() -> None:
    said: list[str] = []
    answers = typed("123456", "271828", "271829", "271828", "271828")
    assert asked_pin(answers, said.append) == "271828"
    assert said == [weak("123456"), "the two are not the same"]


def test_after_three_tries_no_pin_is_set() -> None:
    with pytest.raises(Refused, match="no PIN was set"):
        asked_pin(typed("1", "2", "3"), lambda _: None)


def test_a_made_pin_is_never_weak_and_never_the_same() -> None:
    pins = {made_pin() for _ in range(50)}
    assert len(pins) == 50
    assert not any(weak(pin) for pin in pins)
