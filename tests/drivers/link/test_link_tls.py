"""Certificates: against a Mosquitto with the hall's own config, authority and access list."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Literal

import pytest

from device.contract.channels import echo_topic
from drivers.clock import FakeClock
from drivers.events import LinkDown, LinkUp, PartFailed
from drivers.link_tls import TlsFiles
from drivers.protocols import PartMissing
from provisioning.ca import issue, make_ca
from tests.drivers.link.rigs import Connect, wait
from tests.drivers.link.scripted import ScriptedBroker
from tests.helpers.broker import free_port
from tests.provisioning.hall_broker import HALL, HallBroker, hall_broker

TLS_HANDSHAKE = 0x16  # RFC 8446, 5.1; a CONNECT in clear would begin with 0x10
FAKETIME: Final = next(iter(sorted(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"))), None)
BEGINS_IN_1970 = """
import sys
from datetime import datetime, UTC
from queue import SimpleQueue
from drivers.clock import FakeClock
from drivers.events import LinkUp
from drivers.link_paho import PahoLink, TlsFiles

port, echo, doubted, *files = sys.argv[1:]
assert datetime.now(UTC).year == 1970
inbox = SimpleQueue()
clock = FakeClock(datetime.now(UTC), trust="floor") if doubted == "yes" else None
link = PahoLink(inbox.put, host="127.0.0.1", port=int(port), name="kiosk-1", subscriptions=[], echo=echo, will=None,
                tls=TlsFiles(*files), clock=clock)
print(inbox.get(timeout=8))
link.close()
"""


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HallBroker]:
    with hall_broker(tmp_path_factory.mktemp("hall")) as broker:
        yield broker


def identity(folder: Path, name: str, signer: Path, believes: Path) -> TlsFiles:
    """A bundle for a device of this name: certified by `signer`, believing in what `believes` signed."""
    made = issue(signer, name, "clientAuth")
    (folder / "own.crt").write_text(made.cert)
    (folder / "own.key").write_text(made.key)
    return TlsFiles(str(believes / "ca.crt"), str(folder / "own.crt"), str(folder / "own.key"))


def test_a_device_with_its_bundle_speaks_below_its_own_name_and_nowhere_else(
    hall: HallBroker, tmp_path: Path, connect: Connect
) -> None:
    files = identity(tmp_path, "kiosk-1", hall.ca, hall.ca)
    link, inbox = connect(hall.port, tls=files, echo=echo_topic(HALL, "kiosk-1"))
    wait(inbox, LinkUp())
    own, other = f"hallside/1/{HALL}/kiosk-1/record", f"hallside/1/{HALL}/kiosk-2/record"
    assert link.publish(own, b"{}", qos=1, retain=False, expiry=None)
    assert link.publish(other, b"{}", qos=1, retain=False, expiry=None)
    assert inbox.get(timeout=5) == PartFailed("link", "not-authorized", other)


def test_a_broker_that_another_authority_certified_is_not_believed(
    hall: HallBroker, tmp_path: Path, connect: Connect
) -> None:
    foreign = tmp_path / "foreign"
    make_ca(foreign, "elsewhere")
    _, inbox = connect(hall.port, tls=identity(tmp_path, "kiosk-1", hall.ca, foreign))
    assert inbox.get(timeout=5) == LinkDown("tls-certificate")


def test_a_broker_under_another_name_is_not_believed(hall: HallBroker, tmp_path: Path, connect: Connect) -> None:
    _, inbox = connect(hall.port, host="localhost", tls=identity(tmp_path, "kiosk-1", hall.ca, hall.ca))
    assert inbox.get(timeout=5) == LinkDown("tls-certificate")


def test_a_device_that_another_authority_certified_is_hung_up_on(
    hall: HallBroker, tmp_path: Path, connect: Connect
) -> None:
    foreign = tmp_path / "foreign"
    make_ca(foreign, "elsewhere")
    _, inbox = connect(hall.port, tls=identity(tmp_path, "kiosk-1", foreign, hall.ca))
    assert inbox.get(timeout=5) == LinkDown("rejected")


def test_a_broker_without_tls_hears_nothing_from_us(
    hall: HallBroker, scripted: ScriptedBroker, tmp_path: Path, connect: Connect
) -> None:
    _, inbox = connect(scripted.port, tls=identity(tmp_path, "kiosk-1", hall.ca, hall.ca))
    assert inbox.get(timeout=5) == LinkDown("tls")
    assert scripted.connects.get(timeout=5).first == TLS_HANDSHAKE


def test_missing_tls_files_are_a_missing_part(tmp_path: Path, connect: Connect) -> None:
    files = TlsFiles(*(str(tmp_path / name) for name in ("ca.crt", "own.crt", "own.key")))
    with pytest.raises(PartMissing, match=r"link: TLS files .*ca\.crt.*No such file.*bundle again \(technician\)"):
        connect(free_port(), tls=files)


@pytest.mark.parametrize(("trust", "floor", "said"), [
    ("floor", 2025, LinkUp()),
    ("floor", 2100, LinkDown("tls-certificate")),  # the broker's certificate was over by then
    ("synced", 2100, LinkUp()),  # the machine's own clock, which OpenSSL asks, is right
])  # fmt: skip
def test_with_a_clock_nobody_vouches_for_certificates_are_held_against_its_floor(
    trust: Literal["synced", "floor"], floor: int, said: LinkUp | LinkDown,
    hall: HallBroker, tmp_path: Path, connect: Connect,
) -> None:  # fmt: skip
    clock = FakeClock(datetime(1970, 1, 1, tzinfo=UTC), trust=trust)
    clock.hear(datetime(floor, 1, 1, tzinfo=UTC))
    files = identity(tmp_path, "kiosk-1", hall.ca, hall.ca)
    _, inbox = connect(hall.port, tls=files, clock=clock, echo=echo_topic(HALL, "kiosk-1"))
    assert inbox.get(timeout=5) == said


@pytest.mark.parametrize("spoilt", ["authority", "name"])
def test_not_knowing_the_time_makes_nothing_else_believed(
    spoilt: str, hall: HallBroker, tmp_path: Path, connect: Connect
) -> None:
    foreign = tmp_path / "foreign"
    make_ca(foreign, HALL)  # by the same name
    files = identity(tmp_path, "kiosk-1", hall.ca, foreign if spoilt == "authority" else hall.ca)
    clock = FakeClock(datetime(1970, 1, 1, tzinfo=UTC), trust="floor")
    host = "localhost" if spoilt == "name" else "127.0.0.1"
    _, inbox = connect(hall.port, host=host, tls=files, clock=clock)
    assert inbox.get(timeout=5) == LinkDown("tls-certificate")


@pytest.fixture
def dated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[HallBroker]:
    """A hall whose certificates begin when they are made, as those of somebody's own authority do."""
    monkeypatch.setattr("provisioning.ca.BEGINS", datetime.now(UTC).strftime("%Y%m%d%H%M%SZ"))
    (tmp_path / "dated").mkdir()
    with hall_broker(tmp_path / "dated") as broker:
        yield broker


@pytest.mark.parametrize(("doubted", "said"), [("yes", "LinkUp()"), ("no", "LinkDown(code='tls-certificate')")])
def test_a_machine_that_begins_in_1970_comes_to_a_broker_whose_certificate_begins_later(
    doubted: str, said: str, dated: HallBroker, tmp_path: Path
) -> None:
    assert seen_in_1970(dated, tmp_path, doubted) == said


def test_the_halls_own_certificates_are_good_in_1970(hall: HallBroker, tmp_path: Path) -> None:
    assert seen_in_1970(hall, tmp_path, "no") == "LinkUp()"


def seen_in_1970(hall: HallBroker, folder: Path, doubted: str) -> str:
    """What the line says to a process whose machine has no clock; doubted: whether its clock says so."""
    if FAKETIME is None:
        pytest.skip("libfaketime is not on this machine: apt-get install faketime")
    files = identity(folder, "kiosk-1", hall.ca, hall.ca)
    environ = {**os.environ, "LD_PRELOAD": str(FAKETIME), "FAKETIME": "@1970-01-01 08:00:00", "TZ": "UTC",
               "FAKETIME_DONT_FAKE_MONOTONIC": "1"}  # fmt: skip
    words = [str(hall.port), echo_topic(HALL, "kiosk-1"), doubted, files.ca, files.cert, files.key]
    command = [sys.executable, "-c", BEGINS_IN_1970, *words]
    done = subprocess.run(command, env=environ, capture_output=True, text=True, timeout=9, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()
