"""A sound config becomes one Station; layers lie over one another as documented."""

from __future__ import annotations

import copy
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import ValidationError

from config.errors import ConfigErrors
from config.load import load, load_hall
from config.source import defaults
from tests.config.site import COORDINATOR, DESK, HALL, KIOSK, STAFF, spoilt, write

TLS = (
    'host = "127.0.0.1"',
    'host = "127.0.0.1"\n[broker.tls]\nca = "tls/ca.crt"\ncert = "tls/{device}.crt"\nkey = "tls/{device}.key"',
)


def test_every_value_has_the_name_of_its_key(tmp_path: Path) -> None:
    station = load(write(tmp_path))
    assert station.hall.hall.id == "longjiang"
    assert station.hall.hall.name.en == "Longjiang Hall"
    assert station.hall.hall.sessions == (("08:30", "12:00"), ("13:30", "17:30"))
    assert [service.series for service in station.hall.services] == ["A", "B"]
    assert station.hall.windows[1].services == ("social", "permits")
    assert [kiosk.device for kiosk in station.hall.kiosks] == ["kiosk-1"]
    assert [device.name for device in station.devices] == ["kiosk-1"]
    assert station.devices[0].sign is None


def test_defaults_fill_what_the_files_leave_out(tmp_path: Path) -> None:
    station = load(write(tmp_path))
    assert station.clock == "kernel"
    assert station.hall.broker.port == 1883
    assert (station.hall.numbers.online_last, station.hall.numbers.block, station.hall.numbers.days) == (599, 100, 7)
    assert station.hall.hall.rollover == "04:00"


def test_the_hall_overrides_the_defaults_and_a_station_overrides_the_hall(tmp_path: Path) -> None:
    hall = spoilt(HALL, ('host = "127.0.0.1"', 'host = "broker.hall"\nport = 8883\n[rating]\nseconds = 45'))
    path = write(tmp_path, hall=hall, station=KIOSK + '[rating]\nseconds = 60\n[broker]\nhost = "::1"\n')
    station = load(path)
    assert (station.hall.broker.host, station.hall.broker.port) == ("::1", 8883)
    assert (station.hall.rating.seconds, station.hall.rating.thanks_seconds) == (60, 4)


def test_paths_are_relative_to_the_file_that_names_them(tmp_path: Path) -> None:
    (tmp_path / "stations").mkdir()
    (tmp_path / "hall.toml").write_text(spoilt(HALL, TLS), "utf-8")
    path = tmp_path / "stations" / "kiosk.toml"
    path.write_text(spoilt(KIOSK, ('"hall.toml"', '"../hall.toml"')), "utf-8")
    station = load(path)
    assert station.path == path
    assert station.data == tmp_path / "stations" / "var"
    assert station.bench == tmp_path / "stations" / "bench.sock"
    assert station.hall.broker.tls is not None
    assert station.hall.broker.tls.of("kiosk-1") == (
        tmp_path / "stations" / ".." / "tls" / "ca.crt",
        tmp_path / "stations" / ".." / "tls" / "kiosk-1.crt",
        tmp_path / "stations" / ".." / "tls" / "kiosk-1.key",
        "",
    )


def test_a_stations_own_certificates_are_relative_to_the_stations_file(tmp_path: Path) -> None:
    (tmp_path / "stations").mkdir()
    (tmp_path / "hall.toml").write_text(spoilt(HALL, TLS), "utf-8")
    path = tmp_path / "stations" / "kiosk.toml"
    own = '[broker.tls]\ncert = "own/{device}.crt"\n'
    path.write_text(spoilt(KIOSK, ('"hall.toml"', '"../hall.toml"')) + own, "utf-8")
    tls = load(path).hall.broker.tls
    assert tls is not None
    assert tls.of("kiosk-1").cert == tmp_path / "stations" / "own" / "kiosk-1.crt"
    assert tls.of("kiosk-1").key == tmp_path / "stations" / ".." / "tls" / "kiosk-1.key"


def test_a_parts_options_are_its_fields_without_the_driver_and_without_what_is_left_out(tmp_path: Path) -> None:
    station = load(write(tmp_path, station=DESK))
    window, evaluator = station.devices
    assert list(window.parts()) == ["screen", "sign"]
    assert window.sign is not None
    assert window.sign.driver == "pygame"
    assert window.sign.options()["display"] == 1
    assert "width" not in window.sign.options()
    assert evaluator.buttons is not None
    assert evaluator.buttons.options() == {
        "chip": "pinctrl-bcm2711", "lines": (5, 6, 13, 19, 26), "active_low": True, "debounce_ms": 20,
        "stuck_seconds": 10.0,
    }  # fmt: skip


def test_a_config_cannot_be_changed_after_it_was_read(tmp_path: Path) -> None:
    station = load(write(tmp_path))
    with pytest.raises(ValidationError, match="frozen"):
        station.hall.rating.seconds = 1


def test_the_coordinator_has_the_staff_and_nobody_else(tmp_path: Path) -> None:
    people = load(write(tmp_path, station=COORDINATOR)).staff
    assert [(person.number, person.stars, person.windows, person.pin) for person in people] == [
        ("1001", 4, (1,), ""),
        ("1002", 0, (), ""),
    ]
    assert load(write(tmp_path)).staff == ()


def test_a_name_and_a_pin_do_not_appear_when_a_person_is_printed(tmp_path: Path) -> None:
    stored = "scrypt$16384$8$1$MDAwMDAwMDAwMDAwMDAwMA==$xzot6HPcMB7fkZIv6kjClRRyriYr/9KAGZLv0g9GUN4="
    staff = spoilt(STAFF, ("windows = [1]", f'windows = [1]\npin = "{stored}"'))
    person = load(write(tmp_path, station=COORDINATOR, staff=staff)).staff[0]
    assert person.pin == stored
    assert "王小明" not in repr(person)
    assert "scrypt" not in repr(person)


def test_the_hash_changes_with_what_the_station_does_and_not_with_comments_or_people(tmp_path: Path) -> None:
    first = load(write(tmp_path, station=COORDINATOR)).hash
    assert len(first) == 64
    assert load(write(tmp_path, station="# a note\n" + COORDINATOR)).hash == first
    assert load(write(tmp_path, station=COORDINATOR, staff=spoilt(STAFF, ("李华", "李花")))).hash == first
    assert load(write(tmp_path, station=COORDINATOR, hall=spoilt(HALL, ("minutes = 8", "minutes = 9")))).hash != first


def test_the_pin_of_the_offices_commands_keeps_no_other_command_from_starting(tmp_path: Path) -> None:
    assert load(write(tmp_path), {"HALLSIDE_PIN": "135790"}) == load(write(tmp_path), {})


def test_a_secret_comes_from_the_environment_and_shows_in_neither_repr_nor_hash(tmp_path: Path) -> None:
    path = write(tmp_path, hall=spoilt(HALL, TLS))
    station = load(path, {"HALLSIDE_TLS_KEY_PASSWORD": "open sesame"})
    assert station.hall.broker.tls is not None
    assert station.hall.broker.tls.of("kiosk-1").key_password == "open sesame"  # noqa: S105  a made-up one
    assert "sesame" not in repr(station)
    assert station.hash == load(path, {}).hash


def test_what_one_station_says_changes_nothing_of_what_holds_where_nobody_says_otherwise(tmp_path: Path) -> None:
    before = copy.deepcopy(defaults().raw)
    load(write(tmp_path, hall=spoilt(HALL, TLS)), {"HALLSIDE_TLS_KEY_PASSWORD": "open sesame"})
    with pytest.raises(ConfigErrors):
        load(
            write(tmp_path, station=spoilt(KIOSK, ("simulated", "simulted"))),
            {"HALLSIDE_TLS_KEY_PASSWORD": "open sesame"},
        )
    assert defaults().raw == before


def test_a_hall_can_be_read_without_a_station(tmp_path: Path) -> None:
    write(tmp_path)
    assert load_hall(tmp_path / "hall.toml").windows[0].device == "window-1"
    with pytest.raises(ConfigErrors, match="cannot be read"):
        load_hall(tmp_path / "no.toml")


def test_reading_a_config_draws_in_no_hardware_and_no_application(tmp_path: Path) -> None:
    code = "import sys, config.load; print(' '.join(sorted({name.partition('.')[0] for name in sys.modules})))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(run.stdout.split())
    assert {"config", "pydantic"} <= loaded
    assert not loaded & {"device", "drivers", "screens", "provisioning", "pygame", "serial", "gpiod", "paho", "escpos"}
