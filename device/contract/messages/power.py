"""The records of a power cut: when it was, whom it kept waiting, and what they hold for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from annotated_types import MaxLen

from device.contract.messages.values import Count, Day, MaybeName, MaybeUuid, Name, Stamp, Ticket, VoucherCode


@dataclass(frozen=True, slots=True)
class PowerLost:
    """So many devices went within so short a time that it was the power, or the network (R283).

    since: when the first of them went. how: seen by a coordinator that went on, or told by devices that all began anew.
    """

    type: ClassVar[str] = "power.lost"
    since: Stamp
    devices: Annotated[tuple[Name, ...], MaxLen(200)]
    how: Literal["seen", "restarted"]


@dataclass(frozen=True, slots=True)
class PowerBack:
    """They are back. restarted: how many of them began anew; if hardly any did, it was the network."""

    type: ClassVar[str] = "power.back"
    lost: Stamp  # the `since` of what is over
    restarted: Count
    why: Literal["power", "network"]


@dataclass(frozen=True, slots=True)
class Voucher:
    """One ticket's right to come earlier at the next visit, under a code nobody can guess."""

    ticket: Ticket
    service: MaybeName
    code: VoucherCode


@dataclass(frozen=True, slots=True)
class VouchersGiven:
    """Whoever held these tickets when the power went comes earlier at the next visit, once, until that day (R285).

    A ticket that is served after all needs none.
    """

    type: ClassVar[str] = "vouchers.given"
    vouchers: Annotated[tuple[Voucher, ...], MaxLen(60)]
    until: Day


@dataclass(frozen=True, slots=True)
class VoucherMoved:
    """What becomes of a voucher; in the commit of what it comes from, so that it is used once.

    held: a kiosk asked with it, and `ticket` was allotted; used: that number was issued; free: the kiosk issued another
    and the citizen had nothing of it; served: whoever held `ticket` when the power went was served after all.
    """

    type: ClassVar[str] = "voucher.moved"
    code: VoucherCode
    state: Literal["held", "used", "free", "served"]
    ticket: Ticket
    request: MaybeUuid = ""
