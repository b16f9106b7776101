"""What breaks in a hall, one thing at a time, as the dice fall. Each says what it did; most mends itself in a while."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from functools import partial

from device.contract.channels import COORDINATOR
from drivers.link_memory import Way, straight
from screens.views import KioskHome, KioskSorry
from tests.scenarios.hurt import HurtHall

KIOSKS = ("kiosk-1", "kiosk-2")

Break = Callable[[HurtHall, random.Random], str]


def lines(hall: HurtHall, dice: random.Random) -> str:
    """The lines of one station, or of one of its devices."""
    devices = hall.devices(dice.choice(hall.stations))
    gone = devices if dice.random() < 0.6 else (dice.choice(devices),)
    seconds = dice.choice((0.5, 3.0, 15.0, 60.0, 120.0))
    for device in gone:
        hall.broker.cut(device)
        hall.later(seconds, partial(hall.broker.mend, device))
    return f"the line of {' and '.join(gone)} breaks for {seconds} s"


def broker(hall: HurtHall, dice: random.Random) -> str:
    """The broker, with its memory or without."""
    seconds, forget = dice.choice((0.5, 5.0, 30.0, 90.0)), dice.random() < 0.5
    hall.broker.down(forget=forget)
    hall.later(seconds, hall.broker.up)
    return f"the broker dies for {seconds} s{' and forgets' if forget else ''}"


def power(hall: HurtHall, dice: random.Random) -> str:
    """One station, between two things it does."""
    station, seconds = dice.choice(hall.stations), dice.choice((0.1, 3.0, 15.0, 60.0))
    hall.cut_power(station)
    hall.later(seconds, lambda: hall.ensure(station))
    return f"{station} loses its power for {seconds} s"


def fuses(hall: HurtHall, dice: random.Random) -> str:
    """One station, in the middle of something it does soon."""
    station, acts = dice.choice(hall.stations), dice.randint(1, 12)
    hall.back_seconds = dice.choice((0.1, 3.0, 15.0))
    hall.fuses[station].left = acts
    return f"{station} will die after {acts} acts"


def wire(hall: HurtHall, dice: random.Random) -> str:
    """Every message may be lost, doubled, late, and come before those sent earlier."""
    worst = dice.choice((0.0, 0.05, 0.3))
    hall.broker.toward = hall.broker.from_ = _bad(dice, worst) if worst else straight
    return f"the wire loses, doubles, delays: {worst}"


def clocks(hall: HurtHall, dice: random.Random) -> str:
    """One station's clock is set, or set right, and believed or not."""
    station = dice.choice(hall.stations)
    hours = dice.choice((0.0, 0.0, 0.01, -0.01, 1.0, -1.0, 23.0, -23.0))
    if station == COORDINATOR:  # who gives the day its name: an hour is too much when the day ends, 23 always
        hours = 0.0 if hall.clock.now().hour < 5 else max(-1.0, min(hours, 1.0))
    clock = hall.clocks[station]
    clock.by, clock.believed = timedelta(hours=hours), dice.choice(("synced", "synced", "floor"))
    return f"the clock of {station} is {hours} hours off and {clock.believed}"


def paper(hall: HurtHall, dice: random.Random) -> str:
    """A kiosk's printer, or it is mended."""
    kiosk, fault = dice.choice(hall.of_role("kiosk")), dice.choice(("", "", "paper-out", "cover-open"))
    set_printer(hall, kiosk, fault)
    return f"{kiosk}: paper {fault or 'mended'}"


def cards(hall: HurtHall, dice: random.Random) -> str:
    """A kiosk's card is replaced, when nothing is lost with the old one and nobody stands there."""
    kiosk = dice.choice(hall.of_role("kiosk"))
    hall.pass_time(1.0)
    idle = hall.runs(kiosk) and isinstance(hall.view(kiosk), KioskHome | KioskSorry)
    if not idle or hall.waiting(kiosk):
        return f"{kiosk} keeps its card"
    hall.cut_power(kiosk)
    hall.new_card(kiosk)
    hall.boot(kiosk)
    return f"{kiosk} gets a new card"


BREAKS: Mapping[str, Break] = {
    act.__name__: act for act in (broker, cards, clocks, fuses, lines, paper, power, wire)
}  # sorted: the dice choose by position


def mend_all(hall: HurtHall, *, anew: bool) -> None:
    """Everything is whole and has power. anew: every line breaks and comes back.

    After a lossy wire it must: nobody who stays connected misses what was swallowed; a real one loses with the line.
    """
    hall.broker.toward = hall.broker.from_ = straight
    if anew:
        hall.broker.down()
    hall.broker.up()
    for station in hall.stations:
        hall.fuses[station].left = None
        hall.ensure(station)
        for device in hall.devices(station):
            hall.broker.mend(device)
    for kiosk in hall.of_role("kiosk"):
        set_printer(hall, kiosk, "")


def set_printer(hall: HurtHall, kiosk: str, fault: str) -> None:
    """Break a kiosk's printer, or mend it with ""."""
    if hall.runs(kiosk):
        printer = hall.parts(kiosk).printer
        assert printer is not None
        printer.set_fault(fault)
        hall.settle()


def _bad(dice: random.Random, worst: float) -> Way:
    def way(_device: str, _topic: str, _payload: bytes) -> Sequence[float]:
        luck = dice.random() / worst
        if luck >= 1:
            return (0.0,)
        return () if luck < 0.3 else (0.0, 2.0) if luck < 0.6 else (dice.choice((0.1, 0.6, 4.0)),)

    return way
