"""No text in a config file stops the loader with anything but a list of mistakes."""

from __future__ import annotations

import os
import random
import re
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.errors import ConfigError, ConfigErrors
from config.load import load
from tests.config.odd import ODD, spoil
from tests.config.site import COORDINATOR, DESK, HALL, KIOSK, STAFF, write

EXAMPLES = Path(__file__).parents[2] / "config" / "examples"


@pytest.mark.parametrize("station", [KIOSK, DESK, COORDINATOR], ids=["kiosk", "desk", "coordinator"])
def test_a_spoilt_config_is_read_or_refused_with_mistakes_that_have_a_place(station: str, tmp_path: Path) -> None:
    mistakes = [_mistakes(write(tmp_path, **_spoilt(station, seed))) for seed in range(150)]
    for error in (error for errors in mistakes for error in errors):
        assert error.what
        assert error.mend
        assert tmp_path in (error.file, *error.file.parents), error
        assert error.line is None or 1 <= error.line <= 200
    assert sum(bool(errors) for errors in mistakes) > 50, "the spoiling spoils too little to show anything"


def _spoilt(station: str, seed: int) -> dict[str, str]:
    dice = random.Random(seed)
    texts = {"hall": HALL, "staff": STAFF, "station": station}
    which = dice.choice(sorted(texts))
    return texts | {which: spoil(texts[which], dice)}


def _mistakes(path: Path) -> tuple[ConfigError, ...]:
    try:
        load(path, {})
    except ConfigErrors as caught:
        if not caught.errors:
            raise AssertionError("refused without a reason") from caught
        return caught.errors
    return ()


@given(st.binary(max_size=300))
@settings(max_examples=200, deadline=None)
def test_bytes_that_are_no_config_are_refused(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "station.toml"
        path.write_bytes(data)
        with pytest.raises(ConfigErrors):
            load(path, {})


@pytest.mark.parametrize("what", ["a pipe", "/dev/zero", "a large file", "deep lists", "deep tables"])
def test_what_would_be_read_for_ever_or_fills_the_memory_is_refused(what: str, tmp_path: Path) -> None:
    file = tmp_path / "kiosk-1.toml"
    match what:
        case "a pipe":
            os.mkfifo(file)
        case "/dev/zero":
            file = Path(what)
        case "a large file":
            file.write_text("# much\n" * 200_000)
        case "deep lists":
            file.write_text("hall = " + "[" * 100_000)
        case _:
            file.write_text("hall = " + "{a=" * 100_000)
    with pytest.raises(ConfigErrors) as wrong:
        load(file, {})
    (error,) = wrong.value.errors
    assert error.file == file
    assert re.search("no regular file|more than 1024 KB|nested too deeply", str(error))


@pytest.mark.parametrize("odd", ["[1]", "{ a = 1 }", '"2026-12-05T12:00+08:00"', "[[]]"])
def test_a_value_of_another_kind_where_others_refer_to_it_is_a_mistake_with_a_place(odd: str, tmp_path: Path) -> None:
    spoilt = {
        "hall": HALL.replace("number = 1\n", f"number = {odd}\n", 1),
        "staff": STAFF + f'[[roster]]\nwindow = {odd}\nstaff = "1001"\n',
    }
    for name, text in spoilt.items():
        assert _mistakes(write(tmp_path, **{"station": COORDINATOR, name: text})), name


VALUES = re.compile(r"(?m)^(\s*\w+ *= *)(.+)$")


def test_an_odd_value_anywhere_in_the_example_hall_is_read_or_refused(tmp_path: Path) -> None:
    dice = random.Random(7)
    hall = Path(shutil.copytree(EXAMPLES, tmp_path / "hall"))
    files = sorted(hall.glob("*.toml"))
    stations = [file for file in files if file.name not in ("hall.toml", "staff.toml")]
    for _ in range(80):
        file = dice.choice(files)
        sound = file.read_text("utf-8")
        found = dice.choice(list(VALUES.finditer(sound)))
        file.write_text(sound[: found.start(2)] + dice.choice(ODD) + sound[found.end(2) :], "utf-8")
        station = hall / "coordinator.toml" if file.name == "staff.toml" else dice.choice(stations)
        for error in _mistakes(station):
            assert error.what
            assert error.mend
        file.write_text(sound, "utf-8")
