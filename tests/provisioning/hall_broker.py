"""A real Mosquitto with the hall's own config, access list and certificates, and clients that see reason codes."""

from __future__ import annotations

import os
import queue
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import paho.mqtt.client as mqtt
from paho.mqtt.enums import CallbackAPIVersion, MQTTProtocolVersion

from provisioning.broker import acl, mosquitto_conf
from provisioning.ca import Identity, issue, make_ca
from provisioning.revoke import crl

HALL = "longjiang"
SECONDS = 5.0
NOT_AUTHORIZED = "Not authorized"


@dataclass(frozen=True, slots=True)
class HallBroker:
    """Where it listens, and the authority that makes its devices."""

    port: int
    folder: Path
    ca: Path

    def tls(self, name: str, ca: Path | None = None) -> ssl.SSLContext:
        """The context of a device of this name, certified by `ca` (the hall's own unless given)."""
        return context(self.ca, issue(ca or self.ca, name, "clientAuth"), self.folder)


def context(believes: Path, identity: Identity, folder: Path) -> ssl.SSLContext:
    """A client's TLS context."""
    cert, key = folder / "client.crt", folder / "client.key"
    cert.write_text(identity.cert)
    key.write_text(identity.key)
    found = ssl.create_default_context(cafile=believes / "ca.crt")
    found.load_cert_chain(cert, key)
    return found


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def hall_broker(
    folder: Path, conf: str | None = None, *, prepare: Callable[[Path], None] = lambda _: None
) -> Iterator[HallBroker]:
    """Start it and wait until it listens. conf: the text of the example's mosquitto.conf, with its paths replaced.

    prepare: what is done with the authority before the list of the revoked is made.
    """
    tls, state, port, ca = folder / "tls", folder / "state", free_port(), folder / "ca"
    tls.mkdir()
    state.mkdir()
    make_ca(ca, HALL)
    broker = issue(ca, "broker", "serverAuth", "127.0.0.1")
    (tls / "ca.crt").write_text((ca / "ca.crt").read_text())
    (tls / "broker.crt").write_text(broker.cert)
    (tls / "broker.key").write_text(broker.key)
    prepare(ca)
    (tls / "ca.crl").write_text(crl(ca))
    (folder / "acl").write_text(acl(HALL))
    (folder / "acl").chmod(0o600)
    text = conf or mosquitto_conf(HALL, port, str(folder), str(state))
    text = text.replace("listener 8883", f"listener {port} 127.0.0.1")
    text = text.replace("/etc/mosquitto/hallside", str(folder)).replace("/var/lib/mosquitto", str(state))
    (folder / "mosquitto.conf").write_text(f"{text}log_type all\n" + "user root\n" * (os.geteuid() == 0))
    program = shutil.which("mosquitto", path=f"{os.environ['PATH']}:/usr/sbin")
    assert program, "Mosquitto is needed: sudo apt-get install mosquitto"
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen([program, "-c", str(folder / "mosquitto.conf")], stderr=log, stdout=log)
        try:
            _wait_until_it_listens(port, process, folder / "log")
            yield HallBroker(port, folder, ca)
        finally:
            process.terminate()
            process.wait(SECONDS)


def _wait_until_it_listens(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        assert process.poll() is None, log.read_text()
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.01)  # a port cannot be waited for, only tried
    raise AssertionError(log.read_text())


class Client:
    """One MQTT 5 connection; every answer of the broker can be waited for."""

    def __init__(
        self, broker: HallBroker, name: str, *, tls: ssl.SSLContext | None = None, client_id: str = ""
    ) -> None:
        self.said: queue.Queue[tuple[str, str]] = queue.Queue()  # ("connected" | "gone" | "published" | "heard", what)
        self._mqtt = mqtt.Client(CallbackAPIVersion.VERSION2, client_id or name, protocol=MQTTProtocolVersion.MQTTv5)
        self._mqtt.tls_set_context(tls or broker.tls(name))
        self._mqtt.on_connect = lambda *a: self.said.put(("connected", str(a[3])))
        self._mqtt.on_disconnect = lambda *a: self.said.put(("gone", str(a[3])))
        self._mqtt.on_publish = lambda *a: self.said.put(("published", str(a[3])))
        self._mqtt.on_subscribe = lambda *a: self.said.put(("subscribed", str(a[3][0])))
        self._mqtt.on_message = lambda *a: self.said.put(("heard", f"{a[2].topic} {a[2].payload.decode()}"))
        self._mqtt.connect("127.0.0.1", broker.port)
        self._mqtt.loop_start()
        assert self.next() == ("connected", "Success")

    def next(self) -> tuple[str, str]:
        """What the broker said next."""
        return self.said.get(timeout=SECONDS)

    def publish(self, topic: str, text: str = "{}", *, retain: bool = False) -> str:
        """The reason code of the PUBACK."""
        self._mqtt.publish(topic, text, qos=1, retain=retain)
        return self._until("published")

    def subscribe(self, topic: str) -> str:
        """The reason code of the SUBACK."""
        self._mqtt.subscribe(topic, qos=1)
        return self._until("subscribed")

    def _until(self, kind: str) -> str:
        while True:
            found, what = self.next()
            if found == kind:
                return what
            assert found == "heard", (found, what)

    def close(self) -> None:
        self._mqtt.disconnect()
        self._mqtt.loop_stop()

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *exc: Any) -> None:
        self.close()
