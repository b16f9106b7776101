"""Who comes earlier at their next visit because the power kept them waiting: a fold over their records (R285). Rules:

1. A voucher belongs to a ticket that was open when the power went. Served after all, it is worth nothing any more.
2. It is used once: held by the number that a kiosk asked for with it, used when that number is issued. If the kiosk had
   to issue another number meanwhile, the citizen had nothing of it and it is free again; if nothing is ever heard of
   the number, it stays held: never twice.
3. Codes are twelve digits out of a secret that the coordinator draws when it starts; nobody can work out another's.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Final, Literal

from device.contract.messages import Record, TicketIssued, TicketServed, Voucher, VoucherMoved, VouchersGiven

IN_A_RECORD: Final = 60  # 8 KiB of payload
DIGITS: Final = 12

Outcome = Literal["", "used", "expired", "unknown"]  # "": good


@dataclass(frozen=True, slots=True)
class Standing:
    """One voucher. by, request: the number that it was held or used for."""

    ticket: str
    service: str
    code: str
    until: str
    state: Literal["free", "held", "used", "served"] = "free"
    by: str = ""
    request: str = ""


@dataclass(slots=True)
class Vouchers:
    """All that are known, by code."""

    known: dict[str, Standing] = field(default_factory=dict)
    of_ticket: dict[str, str] = field(default_factory=dict)  # ticket -> code
    held: dict[str, str] = field(default_factory=dict)  # request -> code

    def apply(self, record: Record) -> None:
        """Take one record in."""
        match record:
            case VouchersGiven(vouchers, until):
                for one in vouchers:
                    if one.ticket not in self.of_ticket:
                        self.known[one.code] = Standing(one.ticket, one.service, one.code, until)
                        self.of_ticket[one.ticket] = one.code
            case VoucherMoved(code, state, ticket, request) if code in self.known:
                before = self.known[code]
                self.held.pop(before.request, None)
                if state == "served":
                    self.known[code] = replace(before, state="served")
                elif state == "free":
                    self.known[code] = replace(before, state="free", by="", request="")
                else:
                    self.known[code] = replace(before, state=state, by=ticket, request=request)
                if state == "held":
                    self.held[request] = code
            case _:
                pass

    def look(self, code: str, today: str) -> Outcome:
        """What is wrong with a code, if anything."""
        found = self.known.get(code)
        if found is None:
            return "unknown"
        if found.state != "free":
            return "used"
        return "expired" if found.until < today else ""

    def follows(self, record: Record) -> VoucherMoved | None:
        """What a record that was just heard makes of a voucher; to be decided in the same commit."""
        match record:
            case TicketIssued(request=request, ticket=ticket) if request in self.held:
                found = self.known[self.held[request]]
                came = ticket == found.by
                return VoucherMoved(found.code, "used" if came else "free", ticket, request)
            case TicketServed(ticket=ticket) if ticket in self.of_ticket:
                found = self.known[self.of_ticket[ticket]]
                return VoucherMoved(found.code, "served", ticket) if found.state == "free" else None
            case _:
                return None

    def drop_before(self, day: str) -> None:
        """What counts no longer; of these nobody has to be told that they were used."""
        self.known = {code: one for code, one in self.known.items() if one.until >= day}
        self.of_ticket = {one.ticket: code for code, one in self.known.items()}
        self.held = {one.request: code for code, one in self.known.items() if one.state == "held"}


def given(secret: str, tickets: Iterable[tuple[str, str]], until: str) -> Iterator[VouchersGiven]:
    """Vouchers for these tickets and their services, a few records of them."""
    made = [Voucher(ticket, service, code_of(secret, ticket)) for ticket, service in tickets]
    for n in range(0, len(made), IN_A_RECORD):
        yield VouchersGiven(tuple(made[n : n + IN_A_RECORD]), until)


def code_of(secret: str, ticket: str) -> str:
    """Twelve digits that only who knows the secret can work out (RFC 2104)."""
    found = int.from_bytes(hmac.digest(secret.encode(), ticket.encode(), sha256))
    return f"{found % 10**DIGITS:0{DIGITS}d}"
