"""Certificates: against a Mosquitto with the hall's own config, authority and access list."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from device.contract.channels import echo_topic
from drivers.events import LinkDown, LinkUp, PartFailed
from drivers.link_tls import TlsFiles
from drivers.protocols import PartMissing
from provisioning.ca import issue, make_ca
from tests.drivers.link.rigs import Connect, wait
from tests.drivers.link.scripted import ScriptedBroker
from tests.helpers.broker import free_port
from tests.provisioning.hall_broker import HALL, HallBroker, hall_broker

TLS_HANDSHAKE = 0x16  # RFC 8446, 5.1; a CONNECT in clear would begin with 0x10


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
