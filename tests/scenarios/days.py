"""Random days in a small hall, told by a seed: people who do what their screens let them, and everything that breaks.

Whatever breaks is whole again at the end of the day; then the hall is served empty, and the account is settled.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from device.hall.calendar import business_day
from device.moment import HALL_TIME
from screens.views import ConsolePage
from tests.helpers.table import laid
from tests.scenarios.account import Account
from tests.scenarios.breaks import BREAKS, KIOSKS, mend_all
from tests.scenarios.hands import STAFF, Hands
from tests.scenarios.hurt import HurtHall

MORNING = datetime(2026, 11, 23, 9, tzinfo=HALL_TIME)
NIGHT = datetime(2026, 11, 24, 3, 52, tzinfo=HALL_TIME)  # the business day ends at 4
ROLLOVER = 240
WINDOWS = (3, 4, 5)
NOTICED = 22.0  # seconds: the window dies; 10 later it is said to be gone, but the coordinator has just died as well
EVERYTHING = frozenset(BREAKS)


@dataclass
class Day:
    """One random day. breaks: which kinds of things break."""

    hall: HurtHall
    seed: int
    breaks: frozenset[str] = EVERYTHING
    hands: Hands = field(init=False)
    log: list[tuple[int, str, str]] = field(default_factory=list)  # window, what, number: in true order
    looked: dict[int, int] = field(default_factory=dict)
    stale: dict[int, float] = field(default_factory=dict)  # window -> since when its evaluator names somebody else

    def __post_init__(self) -> None:
        self.dice = random.Random(self.seed)
        self.account = Account(self.hall)
        self.hands = Hands(self.hall, self.dice, self.account)
        self.told, self.tell = self.hands.told, self.hands.tell

    def live(self, acts: int) -> None:
        """So many things happen."""
        hands = self.hands
        self.hall.pass_time(3)
        for _ in range(acts):
            act = self.dice.choices(
                (hands.citizen, hands.clerk, hands.rate, self._break), (5, 12, 3, 3 if self.breaks else 0)
            )[0]
            act()
            self._look()
            self.hall.pass_time(self.dice.choice((0.0, 0.1, 0.3, 1.0, 3.0, 8.0, 20.0)) * self.dice.random())
            self._look()

    def mend(self) -> None:
        """Everything is whole again, and time enough passes for everything to arrive."""
        self.tell("everything is mended")
        for seconds in (90, 20):  # what was to mend itself by and by may break something in the first while
            mend_all(self.hall, anew="wire" in self.breaks)
            self.hall.pass_time(seconds)
            self._look()

    def settle_accounts(self) -> None:
        """What must be true of every day, whatever happened in it."""
        account = self.account
        account.numbers_hold(KIOSKS)
        account.told_hold(WINDOWS)
        account.steps_hold(WINDOWS)
        account.ratings_hold(WINDOWS)
        account.chains_hold()
        account.truth_holds(WINDOWS)
        if not self.breaks & {"cards", "clocks"}:  # else there may be no numbers for what it takes for today
            assert [kiosk for kiosk in KIOSKS if account.turned_away(kiosk)] == [], "no number where one was in reserve"

    def serve_empty(self) -> None:
        """The staff serve whoever is left; then everybody who took a number was served, or missed the call."""
        issued = Counter(getattr(r, "number", "") for r in self.hall.records("ticket.issued"))
        last = {number: what for _, what, number in self.log if issued[number] == 1}  # else it is of two days
        for window in WINDOWS:
            self._serve_all(window, last)
        served = {getattr(r, "ticket", "") for r in self.hall.records("ticket.served")}
        day = business_day(self.hall.clock.now(), ROLLOVER).replace("-", "")
        left = {
            ticket for r in self.hall.records("ticket.issued") if (ticket := getattr(r, "ticket", "")) not in served
        }
        left = {ticket for ticket in left if ticket >= day and ticket[9:] not in self.account.missed()}
        assert left == set(), f"{sorted(left)} forgotten"

    def _break(self) -> None:
        self.tell(BREAKS[self.dice.choice(sorted(self.breaks))](self.hall, self.dice))

    def _serve_all(self, window: int, last: dict[str, str]) -> None:
        device, called = f"window-{window}", ""
        for _ in range(500):
            page = self.hall.view(device)
            assert isinstance(page, ConsolePage)
            match page.state:
                case "closed":
                    if page.prompt != "console.ask_staff":
                        self.hands.keys(device, "escape")
                    # Whoever is at two windows already cannot come: the other one does.
                    elsewhere = page.message == "console.sign_in_elsewhere"
                    self.hall.sign_in(device, STAFF[(window + elsewhere) % 2])
                case _ if page.prompt == "console.ask_issued":
                    self.hall.tap(device, "told")
                case _ if page.prompt == "console.ask_check":
                    self.hall.tap(device, "checked")
                case _ if page.prompt:
                    self.hands.keys(device, "escape")
                case "paused":
                    self.hall.tap(device, "resume")
                case "calling":
                    assert page.number != called or last.get(page.number) != "finish", f"{page.number} called again"
                    self.hall.tap(device, "start")
                case "serving":
                    self.hall.tap(device, "finish")
                case _:
                    self.hall.tap(device, "next")
                    self.hall.pass_time(0.1)
                    page = self.hall.view(device)
                    assert isinstance(page, ConsolePage)
                    if page.message == "console.call_empty":
                        return
                    assert page.state == "calling", f"{device} cannot call: {page.message}"
                    called = page.number
        raise AssertionError(f"window {window} is never done")

    def _look(self) -> None:
        """Note in true order what the windows' pages say happened, and whether an evaluator names somebody else."""
        for window in WINDOWS:
            self._watch(window)
            steps = list(self.account.steps(window))
            for _, what, number in steps[self.looked.get(window, 0) :]:
                key = self.hands.last_key.get(window, "")
                self.log.append((window, "finish" if what == "ended" and key == "finish" else what, number))
                self.tell(f"    window {window}: {what} {number}")
            self.looked[window] = len(steps)

    def _watch(self, window: int) -> None:
        now = self.hall.clock.mono()
        if self.account.names_somebody_else(window):
            since = self.stale.setdefault(window, now)
            # Nobody is told what a lossy wire swallowed; otherwise it lasts until somebody is said to be gone.
            assert now - since < NOTICED or "wire" in self.breaks, f"evaluator {window} names who is not on duty"
        else:
            self.stale.pop(window, None)


def a_day(seed: int, *, acts: int = 150, breaks: frozenset[str] = EVERYTHING) -> Day:
    """Live one day to its end. AssertionError with the seed and the day's story."""
    start = NIGHT if seed % 5 == 4 else MORNING
    day = Day(HurtHall(laid(windows=WINDOWS, kiosks=len(KIOSKS), apart=(5,)), start, seed=seed), seed, breaks)
    try:
        day.live(acts)
        day.mend()
        day.settle_accounts()
        day.serve_empty()
        day.mend()
        day.settle_accounts()
    except Exception as wrong:
        wrong.add_note("\n".join([*day.told[-60:], f"a_day(seed={seed}, acts={acts}, breaks={sorted(breaks)})"]))
        raise
    return day
