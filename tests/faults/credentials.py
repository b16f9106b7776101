"""N12: false credentials get in nowhere, and a device can speak for itself alone.

Against a real Mosquitto with the config, the access list, the authority and the list of the revoked that `hallside
provision` writes. Each case is one attempt that must come to nothing; beside each kind stands the same done rightly,
which must work, or nothing would be shown.
"""

from __future__ import annotations

import socket
import ssl
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Final

from provisioning.ca import Identity, issue
from provisioning.revoke import revoke
from tests.faults.bare_mqtt import NO_MATCHING, SUCCESS, Bare, HungUp, bare
from tests.faults.forged import CODE, SERVER, Forger
from tests.faults.impostors import false_brokers, keys, replayed
from tests.faults.kinds import Outcome
from tests.faults.tries import Tries
from tests.provisioning.hall_broker import HallBroker, hall_broker

BELOW: Final = "hallside/1/longjiang"
BUNDLES: Final = (8, 100)
OLD: Final = {"SSL 3": 0x0300, "TLS 1.0": 0x0301, "TLS 1.1": 0x0302}
TAKEN: Final = (SUCCESS, NO_MATCHING)
NOTHING: Final[Mapping[str, str]] = {}
ELSEWHERE: Final = (
    "hallside/1/otherhall/kiosk-1/record", "hallside/2/longjiang/kiosk-1/record", "$SYS/broker/x", "x",
)  # fmt: skip
GONE: Final = "kiosk-9"  # its certificate was revoked before the broker started
SAID: Final = (  # by kiosk-1, which may say none of it
    "kiosk-2/record", "kiosk-2/state", "kiosk-2/ask", "window-3/record", "evaluator-3/record", "coordinator/record",
    "coordinator/state", "kiosk-1/answer", "kiosk-1/receipt", "kiosk-2/answer", "kiosk-2/receipt", "kiosk-2/echo",
    "hall/call", "hall/window/1", "hall/service/social", "hall/alarms", "hall/staff", "hall/notices", "hall/missed",
)  # fmt: skip
HEARD: Final = (  # by kiosk-1, which may hear none of it: what it subscribes to, and on what somebody speaks
    ("kiosk-2/answer", "kiosk-2/answer"), ("+/answer", "window-3/answer"), ("kiosk-2/receipt", "kiosk-2/receipt"),
    ("+/receipt", "evaluator-3/receipt"), ("#", "board-1/answer"),
)  # fmt: skip


def tries(folder: Path, bundles: int) -> Tries:
    """All of it."""
    found = Tries()
    with strict_broker(folder) as (broker, forger, gone):
        doors(found, broker, forger, gone)
        speaking(found, broker, forger)
        hearing(found, broker, forger)
        wills(found, broker, forger)
        false_brokers(found, broker, forger)
        keys(found, folder / "bundles", broker.ca, bundles)
    replayed(found)
    return found


@contextmanager
def strict_broker(folder: Path, conf: str | None = None) -> Iterator[tuple[HallBroker, Forger, Identity]]:
    """The hall's broker, who tries to get in, and what was revoked. conf: as hall_broker, for one less strict."""
    taken_back: list[Identity] = []

    def before(ca: Path) -> None:
        taken_back.append(issue(ca, GONE, "clientAuth"))
        revoke(ca, [GONE])

    (folder / "broker").mkdir()
    (folder / "forged").mkdir()
    with hall_broker(folder / "broker", conf, prepare=before) as broker:
        yield broker, Forger(broker.ca, folder / "forged"), taken_back[0]


def doors(found: Tries, broker: HallBroker, forger: Forger, gone: Identity) -> None:
    """Whoever is not of this hall, any more or yet, does not even come to an MQTT answer."""
    right, foreign = forger.device("kiosk-1"), forger.foreign()

    def enters(tls: ssl.SSLContext | None) -> Callable[[], bool]:
        def attempt() -> bool:
            with ExitStack() as stack:
                line = bare(broker.port, tls)
                stack.callback(line.close)
                return line.connect("kiosk-1") == SUCCESS

        return attempt

    own = (broker.folder / "tls/broker.crt", broker.folder / "tls/broker.key")
    false: dict[str, Identity | None] = {
        "no certificate": None,
        "self-signed": forger.self_signed("kiosk-1"),
        "another hall's authority": forger.signed("kiosk-1", by=foreign),
        "expired": forger.signed("kiosk-1", ends="20200101000000Z"),
        "not yet valid": forger.signed("kiosk-1", begins="20480101000000Z"),
        "valid for servers only": forger.signed("kiosk-1", purpose=SERVER),
        "for signing code": forger.signed("kiosk-1", purpose=CODE),
        "the broker's own": Identity(*(path.read_text() for path in own)),
        "revoked": gone,
        "signed by a device": forger.by_a_device(right, "kiosk-1"),
        "without a name": forger.signed(""),
    }
    for what, identity in false.items():
        found.refused(f"certificate {what}", enters(forger.context(identity)))
    found.refused("TLS 1.2", enters(forger.context(right, newest=ssl.TLSVersion.TLSv1_2)))
    for old, version in OLD.items():
        found.refused(old, partial(_answers, broker.port, version))
    found.refused("no TLS at all", enters(None))
    mixed = Identity(right.cert, forger.device("kiosk-2").key)
    found.refused("a key that is not the certificate's", partial(_pair, forger, mixed))
    found.works("a device of this hall", enters(forger.context(right)))


def _pair(forger: Forger, mixed: Identity) -> bool:
    """Whether OpenSSL takes this certificate with this key: else nobody can even try."""
    return bool(forger.context(mixed))


def _answers(port: int, version: int) -> bool:
    """Whether a hello of this old version is answered with a handshake."""
    body = version.to_bytes(2) + bytes(32) + b"\0" + bytes.fromhex("0008c009c00a002f0035") + b"\1\0"
    hello = b"\1" + len(body).to_bytes(3) + body
    with socket.create_connection(("127.0.0.1", port), timeout=5) as line:
        line.sendall(b"\x16\3\0" + len(hello).to_bytes(2) + hello)
        return line.recv(1) == b"\x16"


def speaking(found: Tries, broker: HallBroker, forger: Forger) -> None:
    """What a device says is taken below its own name only, whatever it calls itself."""
    with _in(broker, forger, "kiosk-1") as kiosk:
        for topic in SAID:
            found.refused(f"kiosk-1 says {topic}", partial(_says, kiosk, f"{BELOW}/{topic}"))
        for topic in ("hall/window/1", "coordinator/state"):
            found.refused(f"kiosk-1 leaves {topic}", partial(_says, kiosk, f"{BELOW}/{topic}", retain=True))
        for topic in ELSEWHERE:
            found.refused(f"kiosk-1 says {topic}", partial(_says, kiosk, topic))
        found.works("kiosk-1 says its own", partial(_says, kiosk, f"{BELOW}/kiosk-1/record"))
    claims = {"client id": {"client": "coordinator"}, "user name": {"client": "kiosk-1", "user": "coordinator"}}
    claims["user name and password"] = {"client": "coordinator", "user": "coordinator", "password": "mosquitto"}
    for what, claim in claims.items():
        found.refused(
            f"coordinator by {what}", partial(_as, broker, forger, forger.known("kiosk-1"), "hall/call", claim)
        )
    for name in ("+", "#", "hall"):
        odd = forger.signed(name)
        found.refused(
            f"a certificate for {name}", partial(_as, broker, forger, odd, "kiosk-2/record", {"client": name})
        )


def _says(line: Bare, topic: str, *, retain: bool = False) -> bool:
    return line.publish(topic, retain=retain) in TAKEN


def _as(broker: HallBroker, forger: Forger, identity: Identity, topic: str, claim: Mapping[str, str]) -> bool:
    """Whether somebody with this certificate who claims this may say it."""
    with _in(broker, forger, "", claim, identity=identity) as line:
        return _says(line, f"{BELOW}/{topic}")


def hearing(found: Tries, broker: HallBroker, forger: Forger) -> None:
    """What is meant for others, or for the coordinator, does not come to a device that subscribes to it."""
    with (
        _in(broker, forger, "coordinator") as coordinator,
        _in(broker, forger, "window-3") as window,
        _in(broker, forger, "kiosk-1") as kiosk,
    ):
        for wanted in ("+/record", "window-3/record", "+/state", "+/ask", "coordinator/record"):
            with suppress(HungUp):
                kiosk.subscribe(f"{BELOW}/{wanted}")
        for wanted, _ in HEARD:
            kiosk.subscribe(f"{BELOW}/{wanted}")
        for wanted in ("$SYS/#", "#", f"$share/thieves/{BELOW}/+/record", "+/1/longjiang/+/ask"):
            kiosk.subscribe(wanted)
        kiosk.subscribe(f"{BELOW}/kiosk-1/answer")
        said = [(window, f"window-3/{kind}") for kind in ("record", "ask")]
        said += [(coordinator, topic) for _, topic in HEARD]
        said += [(coordinator, "coordinator/record")]
        for speaker, topic in said:
            speaker.publish(f"{BELOW}/{topic}", b"not for kiosk-1")
        coordinator.publish(f"{BELOW}/kiosk-1/answer", b"for kiosk-1")
        came = [topic for topic, _ in kiosk.until(f"{BELOW}/kiosk-1/answer")]
    for _, topic in said:
        found.nothing(f"kiosk-1 hears {topic}", came=f"{BELOW}/{topic}" in came)
    found.nothing("kiosk-1 hears $SYS", came=any(topic.startswith("$SYS") for topic in came))
    found.nothing("kiosk-1 hears anything else", came=bool(came))


def wills(found: Tries, broker: HallBroker, forger: Forger) -> None:
    """Nobody's last word is said in another's name."""
    topics = ("kiosk-2/state", "coordinator/state", "hall/call", "hall/window/3")
    with _in(broker, forger, "coordinator") as coordinator:
        coordinator.subscribe(f"{BELOW}/#")
        with _in(broker, forger, "board-1") as board:  # hears the hall's truth, which the coordinator does not
            board.subscribe(f"{BELOW}/hall/#")
            for topic in topics:
                with suppress(HungUp), _in(broker, forger, "kiosk-1", {"will": f"{BELOW}/{topic}"}):
                    pass
            with _in(broker, forger, "kiosk-1", {"will": f"{BELOW}/kiosk-1/state"}):
                pass
            came = [topic for topic, _ in coordinator.until(f"{BELOW}/kiosk-1/state")]
            coordinator.publish(f"{BELOW}/hall/notices", b"{}")
            came += [topic for topic, _ in board.until(f"{BELOW}/hall/notices")]
    for topic in topics:
        found.nothing(f"kiosk-1's will on {topic}", came=f"{BELOW}/{topic}" in came)


@contextmanager
def _in(
    broker: HallBroker,
    forger: Forger,
    name: str,
    claim: Mapping[str, str] = NOTHING,
    *,
    identity: Identity | None = None,
) -> Iterator[Bare]:
    """A device of this name, let in; claim: as Bare.connect. HungUp if it is not."""
    line = bare(broker.port, forger.context(identity or forger.known(name)))
    try:
        if line.connect(**{"client": name, **claim}) != SUCCESS:
            raise HungUp
        yield line
    finally:
        line.close()


def run(full: bool, seed: int | None) -> Outcome:
    """As tests.faults.kinds.Suite says; nothing here is random."""
    with tempfile.TemporaryDirectory(prefix="hallside-") as folder:
        found = tries(Path(folder), BUNDLES[full])
    bundles = BUNDLES[full]
    why = (
        f"{found.tried - 2 * bundles - 1} false certificates, names, topics, wills, brokers and replayed records,"
        f" against a real Mosquitto as provisioned, beside the same done rightly; {bundles} bundles, as many keys."
    )
    if found.open:
        why += f" First: {found.open[0]}."
    command = f"python -m tests.faults N12{' --full' if full else ''}"
    return Outcome(found.tried, 0, 0, len(found.open), 0, command, why)
