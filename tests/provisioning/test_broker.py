"""The broker as provisioned: a real Mosquitto that believes only this hall's certificates, and each only for itself."""

from __future__ import annotations

import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from config.load import load_hall
from provisioning.broker import provision_broker
from provisioning.ca import issue, make_ca
from provisioning.examples import FOLDER, texts
from provisioning.files import Refused
from tests.provisioning.hall_broker import NOT_AUTHORIZED, Client, HallBroker, hall_broker

BELOW = "hallside/1/longjiang"
TAKEN = {"Success", "No matching subscribers"}


@pytest.fixture(scope="module")
def broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HallBroker]:
    """The example hall's own mosquitto.conf, with only its port and paths replaced."""
    conf = (files("config") / "examples" / "mosquitto.conf").read_text("utf-8")
    with hall_broker(tmp_path_factory.mktemp("broker"), conf) as running:
        yield running


@pytest.mark.parametrize("name", ["acl", "mosquitto.conf"])
def test_the_examples_broker_files_are_fresh(name: str) -> None:
    assert (FOLDER / name).read_text("utf-8") == texts()[name], "run `python -m provisioning.examples`"


def test_a_device_with_its_certificate_speaks_below_its_own_name_only(broker: HallBroker) -> None:
    with Client(broker, "kiosk-1") as kiosk:
        assert kiosk.publish(f"{BELOW}/kiosk-1/record") in TAKEN
        for topic in ("kiosk-2/record", "kiosk-2/state", "kiosk-1/answer", "coordinator/record", "hall/call"):
            assert kiosk.publish(f"{BELOW}/{topic}") == NOT_AUTHORIZED, topic
        assert kiosk.publish(f"{BELOW}/hall/window/1", retain=True) == NOT_AUTHORIZED
        assert kiosk.publish("hallside/1/otherhall/kiosk-1/record") == NOT_AUTHORIZED
    assert "Denied PUBLISH from kiosk-1" in (broker.folder / "log").read_text(), "refusals can be found in its log"


def test_a_device_hears_its_own_answers_and_the_hall_and_nothing_meant_for_others(broker: HallBroker) -> None:
    with Client(broker, "coordinator") as coordinator, Client(broker, "kiosk-1") as kiosk:
        for topic in ("kiosk-2/answer", "kiosk-2/record", "kiosk-1/answer", "hall/#"):
            kiosk.subscribe(f"{BELOW}/{topic}")
        coordinator.publish(f"{BELOW}/kiosk-2/answer", "not for kiosk-1")
        coordinator.publish(f"{BELOW}/hall/call", "for all")
        coordinator.publish(f"{BELOW}/kiosk-1/answer", "for kiosk-1")
        assert kiosk.next() == ("heard", f"{BELOW}/hall/call for all")
        assert kiosk.next() == ("heard", f"{BELOW}/kiosk-1/answer for kiosk-1")


def test_the_coordinator_hears_every_device_and_writes_the_halls_truth(broker: HallBroker) -> None:
    with Client(broker, "coordinator") as coordinator, Client(broker, "window-3") as window:
        coordinator.subscribe(f"{BELOW}/+/record")
        window.publish(f"{BELOW}/window-3/record", "a fact")
        assert coordinator.next() == ("heard", f"{BELOW}/window-3/record a fact")
        assert coordinator.publish(f"{BELOW}/hall/window/3") in TAKEN
        assert coordinator.publish(f"{BELOW}/window-3/record") == NOT_AUTHORIZED


def test_a_device_cannot_take_over_anothers_session_by_its_client_id(broker: HallBroker) -> None:
    with Client(broker, "coordinator") as coordinator, Client(broker, "kiosk-1", client_id="coordinator") as kiosk:
        kiosk.subscribe(f"{BELOW}/hall/#")
        assert coordinator.publish(f"{BELOW}/hall/call", "still here") == "Success"
        assert kiosk.next() == ("heard", f"{BELOW}/hall/call still here")


def test_nobody_gets_in_without_a_certificate_of_this_hall(broker: HallBroker, tmp_path: Path) -> None:
    make_ca(tmp_path / "foreign", "longjiang")
    nobody = ssl.create_default_context(cafile=broker.ca / "ca.crt")
    foreign = broker.tls("kiosk-1", ca=tmp_path / "foreign")
    for tls in (nobody, foreign):
        with pytest.raises((ssl.SSLError, ConnectionError)):
            _shake_hands(broker, tls)


def test_the_brokers_certificate_does_not_open_the_door_as_a_device(broker: HallBroker) -> None:
    tls = ssl.create_default_context(cafile=broker.ca / "ca.crt")
    tls.load_cert_chain(broker.folder / "tls" / "broker.crt", broker.folder / "tls" / "broker.key")
    with pytest.raises((ssl.SSLError, ConnectionError)):
        _shake_hands(broker, tls)


def test_older_tls_is_refused_and_a_device_that_is_right_gets_in(broker: HallBroker) -> None:
    right = broker.tls("kiosk-1")
    assert _shake_hands(broker, right) == "TLSv1.3"
    old = broker.tls("kiosk-1")
    old.maximum_version = ssl.TLSVersion.TLSv1_2
    with pytest.raises((ssl.SSLError, ConnectionError)):
        _shake_hands(broker, old)


def test_a_plain_connection_is_not_answered(broker: HallBroker) -> None:
    with socket.create_connection(("127.0.0.1", broker.port), timeout=5) as plain:
        plain.sendall(bytes.fromhex("101000044d5154540502003c000000036b6931"))  # an MQTT 5 CONNECT
        try:
            heard = plain.recv(64)
        except ConnectionResetError:
            heard = b""
    assert not heard.startswith(b"\x20"), "a CONNACK came without TLS"


def _shake_hands(broker: HallBroker, tls: ssl.SSLContext) -> str | None:
    """TLS version after a handshake that the broker also took: with TLS 1.3 its refusal comes with the first read."""
    connect = bytes.fromhex("101500044d5154540502003c0000086b696f736b2d3939")
    plain = socket.create_connection(("127.0.0.1", broker.port), timeout=5)
    with plain, tls.wrap_socket(plain, server_hostname="127.0.0.1") as line:
        line.sendall(connect)
        if not line.recv(64):
            raise ConnectionError("hung up")
        return line.version()


def test_the_bundle_lies_as_it_will_lie_on_the_brokers_disk(tmp_path: Path) -> None:
    make_ca(tmp_path / "ca", "longjiang")
    provision_broker(FOLDER / "hall.toml", tmp_path / "ca", tmp_path / "out", force=False)
    conf = (tmp_path / "out" / "etc/mosquitto/mosquitto.conf").read_text()
    for line in conf.splitlines():
        word, _, value = line.partition(" ")
        if word in {"cafile", "crlfile", "certfile", "keyfile", "acl_file"}:
            assert (tmp_path / "out" / value.lstrip("/")).is_file(), line
    assert f"listener {load_hall(FOLDER / 'hall.toml').broker.port}" in conf
    key = tmp_path / "out" / "etc/mosquitto/hallside/tls/broker.key"
    assert key.stat().st_mode & 0o077 == 0


def test_without_an_authority_it_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="hallside provision ca --out"):
        provision_broker(FOLDER / "hall.toml", tmp_path / "ca", tmp_path / "out", force=False)
    assert not (tmp_path / "out").exists()


def test_a_broker_without_a_clock_believes_the_halls_devices(tmp_path: Path) -> None:
    """As OpenSSL, and so Mosquitto, judges in January 1970; and no longer when they are over."""
    make_ca(tmp_path / "ca", "longjiang")
    (tmp_path / "own.crt").write_text(issue(tmp_path / "ca", "kiosk-1", "clientAuth").cert)
    verify = ["openssl", "verify", "-purpose", "sslclient", "-CAfile", str(tmp_path / "ca" / "ca.crt")]
    for moment, status in ((86_400, 0), (round(time.time()), 0), (round(time.time()) + 11 * 365 * 86_400, 2)):
        done = subprocess.run(
            [*verify, "-attime", str(moment), str(tmp_path / "own.crt")], capture_output=True, check=False
        )
        assert done.returncode == status, done.stderr
