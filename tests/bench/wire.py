"""Devices that exist only on the wire, played by the bench, so that what is measured is the other side alone.

What they say is encoded by the contract's own codec; records are numbered and receipted like anybody's.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from queue import Empty, SimpleQueue
from threading import Event
from typing import Any
from uuid import UUID, uuid4

from paho.mqtt.client import Client, MQTTMessage

from device.contract.channels import ROOT, topic
from device.contract.codec import encode, record_hash
from device.contract.messages import AskNumber, Body, Envelope, Record, TicketIssued, TicketPrinted, ticket_of
from device.moment import HALL_TIME
from device.uuid7 import Uuid7
from tests.bench.kinds import COORDINATOR
from tests.bench.rig import HALL, SECONDS, BenchFailed
from tests.bench.yardsticks import bare_client


@dataclass(slots=True)
class Journal:
    """What a device on the wire remembers: its journal's identity, and the last record's seq and hash."""

    id: str = field(default_factory=lambda: str(uuid4()))
    seq: int = 0
    prev: str = ""


class Wire:
    """One connection that speaks for any number of devices; hears their receipts and answers, and nothing else.

    speaks: False for one that only follows receipts, to be as little in the way as can be.
    """

    def __init__(self, port: int, *, speaks: bool = True) -> None:
        self._answers: SimpleQueue[dict[str, Any]] = SimpleQueue()
        self._receipts: SimpleQueue[tuple[str, int]] = SimpleQueue()
        self._upto: dict[str, int] = {}
        self._journals: dict[str, Journal] = {}
        self._uuid7 = Uuid7()
        below = f"{ROOT}/{HALL}/+"
        self._client = bare_client("bench-wire", port, self._on_message, f"{below}/receipt")
        self._there = Event()
        if speaks:
            self._client.subscribe([(f"{below}/answer", 1), (f"{ROOT}/{HALL}/{COORDINATOR}/state", 1)])

    def close(self) -> None:
        self._client.disconnect()
        self._client.loop_stop()

    def ask(self, asks: Sequence[tuple[str, Body]]) -> list[dict[str, Any]]:
        """Each device's question, all at once; the answers in the same order."""
        ids = [self.say(device, body) for device, body in asks]
        answers: dict[str, dict[str, Any]] = {}
        while not answers.keys() >= set(ids):  # real devices are answered too
            try:
                answer = self._answers.get(timeout=SECONDS)
            except Empty:
                raise BenchFailed("the coordinator does not answer") from None
            answers[answer["to"]] = answer
        return [answers[one] for one in ids]

    def record(self, device: str, body: Record) -> str:
        """Have this device record this; its id."""
        self._await_coordinator()
        journal = self._journals.setdefault(device, Journal())
        journal.seq += 1
        envelope = Envelope(self._identity(), _now(), "synced", device, 1, journal.seq, journal.id, journal.prev)
        payload = encode(envelope, body)
        journal.prev = record_hash(payload)
        self._client.publish(topic(HALL, device, body), payload, qos=1)
        return envelope.id

    def settle(self) -> None:
        """Wait until everything that was recorded here is receipted."""
        for device, journal in self._journals.items():
            self.receipted(device, journal.seq)

    def receipted(self, device: str, seq: int) -> None:
        """Wait until the coordinator's book has this device's records up to `seq`, whoever made them."""
        while self._upto.get(device, 0) < seq:
            try:
                name, upto = self._receipts.get(timeout=SECONDS)
            except Empty:
                raise BenchFailed(f"{device}'s record {seq} was not receipted") from None
            self._upto[name] = max(upto, self._upto.get(name, 0))

    def upto(self, device: str) -> int:
        """What is receipted as far as `receipted` has looked."""
        return self._upto.get(device, 0)

    def ticket(self, kiosk: str, service: str) -> str:
        """One citizen at a kiosk on the wire: asked, issued, printed, receipted. The ticket's number."""
        (number,) = self.tickets([(kiosk, service)])
        self.settle()
        return number

    def tickets(self, wanted: Sequence[tuple[str, str]]) -> list[str]:
        """The same for many (kiosk, service) at once; the tickets' numbers. Not yet receipted."""
        answers = self.ask([(kiosk, AskNumber(service, "zh")) for kiosk, service in wanted])
        for (kiosk, service), answer in zip(wanted, answers, strict=True):
            ticket = ticket_of(answer["day"], answer["number"])
            self.record(
                kiosk, TicketIssued(answer["to"], ticket, answer["number"], answer["day"], service, "online", "zh")
            )
            self.record(kiosk, TicketPrinted(ticket))
        return [answer["number"] for answer in answers]

    def _identity(self) -> str:
        return str(UUID(int=self._uuid7.seed(datetime.now(HALL_TIME))))

    def say(self, device: str, body: Body) -> str:
        """Have this device say what is no record; the message's id."""
        self._await_coordinator()
        envelope = Envelope(self._identity(), _now(), "synced", device)
        self._client.publish(topic(HALL, device, body), encode(envelope, body), qos=1)
        return envelope.id

    def _await_coordinator(self) -> None:
        """Like any device: to a coordinator that does not listen yet nothing is said, for nobody would hear it."""
        if not self._there.wait(SECONDS):
            raise BenchFailed("the coordinator does not come to the broker")

    def _on_message(self, _client: Client, _data: object, message: MQTTMessage) -> None:
        said = json.loads(message.payload)
        device = message.topic.split("/")[-2]
        if said["type"] == "device.state":
            if said["status"] != "offline":
                self._there.set()
        elif said["type"] == "receipt":
            self._receipts.put((device, said["upto"]))
        else:
            self._answers.put(said)


def _now() -> str:
    return datetime.now(HALL_TIME).isoformat(timespec="milliseconds")
