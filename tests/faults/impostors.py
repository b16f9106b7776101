"""False brokers before the device's own TLS, records that come again, and whether bundles differ as they must (N12)."""

from __future__ import annotations

import re
import socket
import ssl
import tempfile
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final

from device.contract.codec import encode, read
from device.contract.messages import HallService
from device.moment import HALL_TIME
from device.table import Table
from drivers.events import Delivered
from drivers.link_tls import TlsFiles
from provisioning.ca import Identity, issue
from provisioning.device import Wish, provision_device
from provisioning.examples import FOLDER as EXAMPLES
from tests.faults.forged import SERVER, Forger
from tests.faults.halls import cheap, the_hall
from tests.faults.tries import Tries
from tests.provisioning.hall_broker import HallBroker

PASSWORD: Final = re.compile(r"^\s*\w*(pin|password)\w*\s*[=:]\s*\S", re.IGNORECASE | re.MULTILINE)
COPIED: Final = "01940000-0000-7000-8000-00000000beef"  # a journal that nobody has


def false_brokers(found: Tries, broker: HallBroker, forger: Forger) -> None:
    """A device says nothing to a broker that is not its hall's; judged by the product's own TLS."""
    own = forger.device("kiosk-1")
    (forger.folder / "own.crt").write_text(own.cert)
    (forger.folder / "own.key").write_text(own.key)
    files = TlsFiles(str(broker.ca / "ca.crt"), str(forger.folder / "own.crt"), str(forger.folder / "own.key"))
    server = issue(broker.ca, "broker", SERVER, "127.0.0.1")
    other = forger.foreign()
    false = {
        "for another host": issue(broker.ca, "broker", SERVER, "10.9.9.9"),
        "for another name": issue(broker.ca, "broker", SERVER, "other.example"),
        "a device's": forger.device("kiosk-2"),
        "another hall's": issue(other, "broker", SERVER, "127.0.0.1"),
        "self-signed": forger.self_signed("127.0.0.1"),
    }
    for floor in (None, datetime(2026, 1, 1, tzinfo=HALL_TIME)):
        clock = "" if floor is None else ", without a clock"
        for what, identity in false.items():
            attempt = partial(_believed, forger, identity, files.context(floor))
            found.refused(f"a broker's certificate {what}{clock}", attempt)
        attempt = partial(_believed, forger, server, files.context(floor), ssl.TLSVersion.TLSv1_2)
        found.refused(f"a broker with TLS 1.2{clock}", attempt)
        found.works(f"the hall's broker{clock}", partial(_believed, forger, server, files.context(floor)))


def _believed(
    forger: Forger, broker: Identity, device: ssl.SSLContext, newest: ssl.TLSVersion = ssl.TLSVersion.TLSv1_3
) -> bool:
    """Whether a device ends its handshake with this broker."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.maximum_version = newest
    with tempfile.TemporaryDirectory(dir=forger.folder) as name:
        (Path(name) / "both").write_text(broker.cert + broker.key)
        context.load_cert_chain(Path(name) / "both")
    near, far = socket.socketpair()

    def serve() -> None:
        with far, suppress(OSError), context.wrap_socket(far, server_side=True) as line:
            line.recv(1)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        with near, device.wrap_socket(near, server_hostname="127.0.0.1"):
            return True
    finally:
        near.close()
        thread.join()


def keys(found: Tries, folder: Path, ca: Path, bundles: int) -> None:
    """So many bundles have so many keys, which their owner alone reads, and no password to guess."""
    seen: dict[str, str] = {}
    for n in range(bundles):
        wish = Wish(("kiosk-2",), EXAMPLES / "hall.toml", folder / str(n), like=EXAMPLES / "kiosk-2.toml", ca=ca)
        provision_device(wish)
        key = wish.folder / "etc/hallside/tls/kiosk-2.key"
        what = f"bundle {n}"
        found.nothing(f"{what} has the key of another", came=key.read_text() in seen)
        found.nothing(f"{what}'s key is read by others", came=bool(key.stat().st_mode & 0o077))
        seen[key.read_text()] = what
    texts = [path.read_text("utf-8") for path in (folder / "0").rglob("*") if path.is_file()]
    found.nothing("a bundle brings a password", came=any(map(PASSWORD.search, texts)))


def replayed(found: Tries) -> None:
    """A record that comes again, in another's name or as from another journal, counts for nothing more."""
    taken: list[tuple[str, bytes]] = []

    def toward(device: str, topic: str, payload: bytes) -> Sequence[float]:
        if device == "kiosk-1" and topic.endswith("/record"):
            taken.append((topic, payload))
        return (0.0,)

    with cheap():
        laid = the_hall()
        hall = Table(laid.configs, datetime(2026, 11, 23, 9, tzinfo=HALL_TIME), pins=laid.pins)
        hall.broker.toward = toward
        hall.pass_time(2)
        hall.tap("kiosk-1", "service:social")
        hall.pass_time(60)
        found.works("a ticket is in the book", lambda: len(hall.records("ticket.issued")) == 1)
        records, waiting = taken[:], _waiting(hall)
        for topic, payload in records:
            envelope, body = read(payload)
            later = encode(replace(envelope, seq=(envelope.seq or 0) + 50), body)
            ways = {"again": (topic, payload), "out of turn": (topic, later)}
            ways["by another"] = (topic.replace("kiosk-1", "kiosk-2"), payload)
            for way, said in ways.items():
                rows = len(hall.book.rows)
                _say(hall, *said)
                found.nothing(f"{body.type} {way}", came=len(hall.book.rows) > rows)
        for seq, (topic, payload) in enumerate(records, 1):
            envelope, body = read(payload)
            _say(hall, topic, encode(replace(envelope, journal=COPIED, seq=seq), body))
        found.nothing("a ticket waits twice, out of a copied journal", came=_waiting(hall) != waiting)


def _say(hall: Table, topic: str, payload: bytes) -> None:
    hall.lives["coordinator"].loop.post("coordinator", Delivered(topic, payload, retained=False))
    hall.pass_time(1)


def _waiting(hall: Table) -> dict[str, int]:
    retained = hall.broker.retained()
    found = (read(payload)[1] for topic, payload in retained.items() if "/hall/service/" in topic)
    return {body.service: body.waiting for body in found if isinstance(body, HallService)}
