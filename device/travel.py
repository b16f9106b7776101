"""Records on their way: out of every device's journal to the coordinator, and at the coordinator receipts back.

What is to go is gathered while a batch is worked on and sent after its commit, behind what people are waiting for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from device.contract.channels import COORDINATOR, channel_of, topic
from device.contract.messages import AskCall, DeviceState, PaperLow, Receipt, Record
from device.effects import Event, Heard, Publish
from device.ledger import Ledger
from device.loop import Loop
from device.moment import Moment
from device.perform import Do, Performer
from device.seat import Seat
from drivers.durable import Fact
from drivers.events import LinkDown, LinkUp

KNOCK: Final = "outbox "  # the process's own reminder, followed by the device's name
_ANY_RECORD: Final = PaperLow()  # all records travel in one channel


class Travel:
    """All outboxes of one process, and its coordinator's receipts if it has one."""

    def __init__(self, hall: str, seats: Mapping[str, Seat], ledger: Ledger, loop: Loop, performer: Performer) -> None:
        self._hall = hall
        self._seats = seats
        self._ledger = ledger
        self._loop = loop
        self._performer = performer
        self._going: list[tuple[Seat, Sequence[Fact]]] = []
        self._knocking: set[str] = set()

    @property
    def pending(self) -> bool:
        """Whether `send` would have anything to send."""
        return bool(self._going) or self._ledger.intake.owing

    def notice(self, seat: Seat, event: Event, now: float) -> bool:
        """What the event means for records on their way; True if that is all it means."""
        if isinstance(event, Heard):
            return self._heard(seat, event, now)
        if isinstance(event, LinkUp):
            self._going.append((seat, seat.outbox.line_up(now)))
        elif isinstance(event, LinkDown):
            seat.outbox.line_down()
        return False

    def _heard(self, seat: Seat, heard: Heard, now: float) -> bool:
        match heard.body:
            case DeviceState(role="coordinator", status="ready" | "fault") if not heard.retained:
                # It has come (back): it may lack what it was told before, and does not know who is here.
                if heard.envelope.device != seat.name:
                    seat.presence.changed = True
                    self._going.append((seat, seat.outbox.line_up(now)))
            case Receipt(journal, upto):
                if journal == self._ledger.journal.id and seat.outbox.knows(upto):
                    self._ledger.journal.receipt(seat.name, upto)
                    self._going.append((seat, seat.outbox.receipt(upto, now)))
                return True
        return False

    def knock(self, device: str, now: float) -> None:
        """Nobody may have answered for a while."""
        self._knocking.discard(device)
        seat = self._seats[device]
        self._going.append((seat, seat.outbox.silent(now)))

    def admit(self, seat: Seat, heard: Heard, payload: bytes) -> bool:
        """Whether the role may hear it: at the coordinator records come in sequence; nobody hears their own echo."""
        if heard.envelope.device == seat.name:
            return False
        if seat.name != COORDINATOR:
            return True
        body = heard.body
        if isinstance(body, AskCall):
            return self._ledger.intake.reached(heard.envelope.device, body.journal, body.after)
        return self._ledger.intake.admit(heard.envelope, payload) if isinstance(body, Record) else True

    def after_all(self, do: Do) -> Do:
        """A question whom to call says which of the window's records the book must have first."""
        if isinstance(do.effect, Publish) and isinstance(do.effect.body, AskCall):
            journal = self._ledger.journal
            ask = replace(do.effect.body, journal=journal.id, after=journal.head(do.seat.name)[0])
            return do._replace(effect=replace(do.effect, body=ask))
        return do

    def send(self, fresh: Mapping[str, Sequence[Fact]], moment: Moment) -> None:
        """After the commit: new facts, facts that go again, and receipts for what the book has now."""
        going, self._going = self._going, []
        for seat, facts in going:
            self._publish(seat, facts)
        for device, facts in fresh.items():
            seat = self._seats[device]
            self._publish(seat, seat.outbox.committed(facts, moment.mono))
        for seat in self._seats.values():
            self._mind(seat, moment.mono)
        if COORDINATOR in self._seats:
            for k, (device, receipt) in enumerate(self._ledger.intake.receipts()):
                self._performer.publish(self._seats[COORDINATOR], Publish(receipt, moment.id(k), place=device), moment)

    def _publish(self, seat: Seat, facts: Sequence[Fact]) -> None:
        channel = channel_of(_ANY_RECORD)
        where = topic(self._hall, seat.name, _ANY_RECORD)
        for fact in facts:
            if seat.link is None or not seat.link.publish(
                where, fact.payload, qos=channel.qos, retain=channel.retained, expiry=channel.expiry
            ):
                return  # the line is going down: everything goes out again when it is back

    def _mind(self, seat: Seat, now: float) -> None:
        deadline = seat.outbox.deadline()
        if deadline is not None and seat.name not in self._knocking:
            self._knocking.add(seat.name)
            self._loop.remind("", KNOCK + seat.name, deadline - now)
