"""Every mistake at once, each with file, line, key, fact and mend."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.errors import ConfigErrors
from config.load import load
from tests.config.site import COORDINATOR, DESK, HALL, KIOSK, STAFF, mistakes, only, spoilt, write

HALL_FILE, STATION_FILE, STAFF_FILE = "hall.toml", "station.toml", "staff.toml"


def test_four_mistakes_are_all_told_with_line_path_and_did_you_mean(tmp_path: Path) -> None:
    hall = spoilt(
        HALL, ('services = ["social"]', 'services = ["socail"]'), ('languages = ["zh", "en"]', 'langauges = ["zh"]')
    )
    station = spoilt(
        KIOSK,
        (
            '[device.printer]\ndriver = "simulated"',
            '[device.printer]\ndriver = "serail"\nport = "/dev/ttyS0"\nbauds = 9600',
        ),
    )
    path = write(tmp_path, hall=hall, station=station)
    errors = mistakes(path)
    assert [(e.file.name, e.line, e.keys, e.mend) for e in errors] == [
        (HALL_FILE, 4, "hall.langauges", "Did you mean 'languages'?"),
        (HALL_FILE, 25, "window[0].services[0]", "Did you mean 'social'?"),
        (STATION_FILE, 13, "device[0].printer.driver", "Did you mean 'serial'?"),
        (STATION_FILE, 15, "device[0].printer.bauds", "Did you mean 'baud'?"),
    ]


def test_the_whole_report_is_one_line_a_mistake_that_an_editor_can_jump_to(tmp_path: Path) -> None:
    path = write(tmp_path, station=spoilt(KIOSK, ('role = "kiosk"', 'role = "kisok"')))
    with pytest.raises(ConfigErrors) as caught:
        load(path, {})
    head, line = str(caught.value).splitlines()
    assert head == "1 mistake in the config; nothing was started"
    assert line == f"{path}:7: device[0].role: 'kisok' is not one of those known. Did you mean 'kiosk'?"


@pytest.mark.parametrize(
    ("old", "new", "key", "what", "mend"),
    [
        ('role = "kiosk"\n', "", "device[0].role", "is missing", "Write it."),
        (
            "width_mm = 344",
            'width_mm = "344"',
            "device[0].screen.width_mm",
            "must be a whole number, not '344'",
            "Correct it.",
        ),
        (
            "width_mm = 344",
            "width_mm = true",
            "device[0].screen.width_mm",
            "must be a whole number, not True",
            "Correct it.",
        ),
        ("width_mm = 344", "width_mm = 3", "device[0].screen.width_mm", "must be at least 20, not 3", "Correct it."),
        (
            'name = "kiosk-1"',
            'name = "kiosk-2"',
            "device[0].name",
            "the hall knows no device 'kiosk-2'",
            "Did you mean 'kiosk-1'?",
        ),
        (
            'name = "kiosk-1"',
            'name = "board-1"',
            "device[0].role",
            "'board-1' is a board in the hall's file, a kiosk here",
            'Write role = "board", or correct the hall\'s file.',
        ),
        ('[device.speaker]\ndriver = "simulated"', "", "", "", ""),
        (
            '[device.printer]\ndriver = "simulated"',
            "",
            "device[0].printer",
            "is missing: a kiosk cannot do without it",
            "Write the section.",
        ),
        (
            "[device.speaker]",
            "[device.buttons]",
            "device[0].buttons",
            "a kiosk has no such part",
            "Take it out. Parts of a kiosk: screen, printer, scanner, speaker, supply.",
        ),
        ("[device.speaker]", "[device.speeker]", "device[0].speeker", "is not known here", "Did you mean 'speaker'?"),
        (
            '[device.speaker]\ndriver = "simulated"',
            "[device.speaker]\nvolume = 3",
            "device[0].speaker.driver",
            "is missing",
            "Known: sdl, simulated.",
        ),
        (
            'bench = "bench.sock"',
            f'bench = "{"b" * 120}"',
            "bench",
            "is longer than 107 bytes",
            "Choose a shorter path.",
        ),
        (
            'bench = "bench.sock"',
            'clock = "sundial"',
            "clock",
            "'sundial' is not one of those known",
            "Known: kernel, trusted.",
        ),
        ('bench = "bench.sock"', 'staff = "staff.toml"', "staff", "belongs to the coordinator alone", "Take it out."),
        ('bench = "bench.sock"', "[brokr]\nport = 1", "brokr", "is not known here", "Did you mean 'broker'?"),
    ],
)
def test_a_mistake_in_a_stations_file(tmp_path: Path, old: str, new: str, key: str, what: str, mend: str) -> None:
    path = write(tmp_path, station=spoilt(KIOSK, (old, new)))
    if not key:
        load(path, {})  # a kiosk may be silent: that one is no mistake
    else:
        assert only(path) == (STATION_FILE, key, what, mend)


def test_the_halls_file_and_the_staff_list_in_a_stations_place_are_told_as_one_mistake(tmp_path: Path) -> None:
    write(tmp_path, station=COORDINATOR)
    for name, kind in (("hall.toml", "the hall's file"), ("staff.toml", "the staff list")):
        assert only(tmp_path / name) == (name, "", f"is {kind}, not a station's file", "Give the file of one station.")


def test_an_opening_hour_that_never_ends_is_said_as_such(tmp_path: Path) -> None:
    path = write(
        tmp_path, hall=spoilt(HALL, ('sessions = [["08:30", "12:00"], ["13:30", "17:30"]]', "always_open = true"))
    )
    assert load(path, {}).hall.hall.always_open


@pytest.mark.parametrize(
    ("old", "new", "key", "what"),
    [
        ("windows = [1]", "windows = [7]", "staff[0].windows[0]", "there is no window 7"),
        ('number = "1002"', 'number = "1001"', "staff[1].number", "staff number 1001 stands here twice"),
        ('number = "1002"', "number = 1002", "staff[1].number", "must be text, not 1002"),
        ("stars = 4", "stars = 6", "staff[0].stars", "must be at most 5, not 6"),
    ],
)
def test_a_mistake_in_the_staff_list(tmp_path: Path, old: str, new: str, key: str, what: str) -> None:
    path = write(tmp_path, station=COORDINATOR, staff=spoilt(STAFF, (old, new)))
    assert only(path)[:3] == (STAFF_FILE, key, what)


def test_a_pin_written_by_hand_is_refused_and_not_repeated(tmp_path: Path) -> None:
    path = write(tmp_path, station=COORDINATOR, staff=spoilt(STAFF, ("windows = [1]", 'pin = "314159"')))
    (error,) = mistakes(path)
    assert error.keys == "staff[0].pin"
    assert "hallside provision staff" in error.what
    assert "314159" not in str(error)


def test_a_coordinator_without_staff_could_sign_nobody_in(tmp_path: Path) -> None:
    path = write(tmp_path, station=spoilt(COORDINATOR, ('staff = "staff.toml"\n', "")))
    assert only(path)[1:3] == ("staff", "is missing: the coordinator signs people in")


def test_two_parts_on_one_line_or_one_port_are_found(tmp_path: Path) -> None:
    path = write(tmp_path, station=spoilt(DESK, ("[16, 17, 20, 21, 22]", "[16, 17, 26, 21, 22]")))
    assert only(path)[1:3] == ("device[1].lamps.lines[2]", "26 is already used by evaluator-1's buttons")


def test_five_levels_need_five_lines(tmp_path: Path) -> None:
    path = write(tmp_path, station=spoilt(DESK, ("[16, 17, 20, 21, 22]", "[16, 17, 20, 21]")))
    assert only(path)[1:3] == ("device[1].lamps.lines", "must have at least 5 entries, has 4")


def test_an_evaluator_on_which_nothing_can_be_pressed_is_refused(tmp_path: Path) -> None:
    buttons = '[device.buttons]\ndriver = "gpiod"\nchip = "pinctrl-bcm2711"\nlines = [5, 6, 13, 19, 26]\n'
    path = write(tmp_path, station=spoilt(DESK, (buttons, "")))
    assert only(path)[1:3] == ("device[1].buttons", "is missing: nothing could be pressed")


def test_a_bench_without_a_simulated_part_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, station=spoilt(DESK, ('data = "var"', 'data = "var"\nbench = "b.sock"')))
    assert only(path)[1:3] == ("bench", "there is no simulated part to work on")


def test_a_file_that_is_not_toml_says_the_line(tmp_path: Path) -> None:
    path = write(tmp_path, hall=spoilt(HALL, ('series = "A"', "series = A")))
    (error,) = mistakes(path)
    assert (error.file.name, error.line) == (HALL_FILE, 13)
    assert error.what.startswith("is not TOML")


def test_a_missing_file_says_who_named_it_and_the_rest_is_still_checked(tmp_path: Path) -> None:
    path = write(tmp_path, station=spoilt(KIOSK, ('"hall.toml"', '"hal.toml"'), ("width_mm = 344", "width_mm = 1")))
    missing, small = mistakes(path)
    assert (missing.file.name, missing.mend) == (
        "hal.toml",
        "Correct the path in station.toml:1, or the file's rights.",
    )
    assert small.keys == "device[0].screen.width_mm"


def test_a_file_that_is_not_utf8_is_said_so(tmp_path: Path) -> None:
    path = write(tmp_path)
    (tmp_path / "hall.toml").write_bytes('[hall]\nid = "龙江"'.encode("gb18030"))
    assert only(path) == (HALL_FILE, "", "is not UTF-8 text", "Save it as UTF-8.")


def test_an_environment_variable_that_is_no_secret_of_ours_is_refused(tmp_path: Path) -> None:
    key = "HALLSIDE_TLS_KEY_PASWORD"
    assert only(write(tmp_path), {key: "x", "HOME": "/root"})[2:] == (
        f"the environment's {key} is not known",
        "Did you mean 'HALLSIDE_TLS_KEY_PASSWORD'?",
    )


def test_a_mistake_in_an_overriding_table_is_placed_in_the_stations_file(tmp_path: Path) -> None:
    path = write(tmp_path, station=KIOSK + "[rating]\nseconds = 1\n")
    (error,) = mistakes(path)
    assert (error.file.name, error.line, error.keys) == (STATION_FILE, 17, "rating.seconds")
