"""What people saw in a hall, counted without asking any role: the pages of every screen and the paper, in order.

Each visible step of a window (called, begun, ended, missed, left ...) must be one record of the book, each number that
anybody read must be one ticket, each question to a citizen one rating or none at all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from device.contract.codec import read, record_hash
from device.contract.messages import (
    FaultBegan,
    HallMissed,
    HallWindow,
    RatingGiven,
    RatingInvited,
    RatingNone,
    Record,
    StaffSignedIn,
    StaffSignedOut,
    TicketCalled,
    TicketIssued,
    TicketMissed,
    TicketPrintUnknown,
    TicketServed,
    TicketStarted,
    TicketTransferred,
    WindowPaused,
    WindowResumed,
)
from screens.document import Qr
from screens.views import (
    ConsolePage,
    EvaluatorAsk,
    EvaluatorIdle,
    EvaluatorThanks,
    KioskBusy,
    KioskNoPaper,
    KioskSorry,
    KioskTake,
    View,
)
from tests.scenarios.hurt import HurtHall

SERVICES = {"social": "A", "household": "B", "permits": "C"}  # of the hall on the table, with their series
Step = tuple[int, str, str]  # window, what, number or staff number


@dataclass(frozen=True)
class Press:
    """A citizen pressed a level while this was on the evaluator's screen."""

    window: int
    number: str
    staff: str
    level: int


@dataclass
class Account:
    """Kept while the hall runs by whoever presses; the rest is read from what the screens have shown."""

    hall: HurtHall
    presses: list[Press] = field(default_factory=list)
    thanked: list[Press] = field(default_factory=list)

    # --- what was seen ---------------------------------------------------------------------------------------

    def pages(self, device: str, screen: str = "main") -> list[View]:
        """Everything that ever stood on this screen, through all lives."""
        return [view for owned in self.hall.owned[device] for view in owned.screens[screen].shown]

    def read_numbers(self, kiosk: str) -> list[str]:
        """The numbers people read on the kiosk's screen, one each time a number came up."""
        numbers = [
            view.number if isinstance(view, KioskBusy | KioskTake | KioskNoPaper) else "" for view in self.pages(kiosk)
        ]
        return [after for before, after in pairwise(["", *numbers]) if after and after != before]

    def told(self, window: int) -> list[str]:
        """The numbers staff read out to whom they took them for, one each time a number came up."""
        pages = [page for page in self.pages(f"window-{window}") if isinstance(page, ConsolePage)]
        numbers = [page.number if _tells(page) else "" for page in pages]
        return [after for before, after in pairwise(["", *numbers]) if after and after != before]

    def turned_away(self, kiosk: str) -> bool:
        """Whether somebody was told that there is no number, although one's own should have been there."""
        return any(isinstance(view, KioskSorry) and view.why == "lost" for view in self.pages(kiosk))

    def paper(self, kiosk: str) -> list[str]:
        """The tickets (day and number) that came out on paper."""
        printers = [owned.printer for owned in self.hall.owned[kiosk] if owned.printer]
        blocks = [block for printer in printers for sheet in printer.sheets for block in sheet.blocks]
        return [block.text.rpartition(":")[2] for block in blocks if isinstance(block, Qr)]

    def steps(self, window: int) -> Iterator[Step]:
        """What the staff saw happen at a window."""
        pages = [p for p in self.pages(f"window-{window}") if isinstance(p, ConsolePage) and not _tells(p)]
        for before, after in pairwise(pages):
            if (before.state, before.number) != (after.state, after.number):
                yield window, *_step(before, after)
            elif before.person and after.person and before.person.number != after.person.number:  # handed over
                yield window, "out", before.person.number
                yield window, "in", after.person.number

    def asked(self, window: int) -> list[tuple[str, str]]:
        """(number, staff) each time citizens were asked for their rating."""
        pages = self.pages(f"evaluator-{window}")
        asks = [(page.number, page.person.number) if isinstance(page, EvaluatorAsk) else None for page in pages]
        return [after for before, after in pairwise([None, *asks]) if after and after != before]

    def press(self, window: int, level: int) -> None:
        """Press now, and remember what stood there before and whether thanks came."""
        device = f"evaluator-{window}"
        before = self.hall.view(device)
        self.hall.press(device, level)
        if isinstance(before, EvaluatorAsk):
            press = Press(window, before.number, before.person.number, level)
            self.presses.append(press)
            if self.hall.runs(device) and isinstance(self.hall.view(device), EvaluatorThanks):
                self.thanked.append(press)

    def names_somebody_else(self, window: int) -> bool:
        """Whether the evaluator at rest shows a person who is not at the window now."""
        if not self.hall.runs(f"evaluator-{window}"):
            return False
        shown = self.hall.view(f"evaluator-{window}")
        page = self.hall.view(f"window-{window}") if self.hall.runs(f"window-{window}") else None
        on_duty = page.person if isinstance(page, ConsolePage) else None
        return isinstance(shown, EvaluatorIdle) and shown.person not in (None, on_duty)

    # --- what must be true, at any time at which everything has arrived --------------------------------------

    def numbers_hold(self, kiosks: Sequence[str]) -> None:
        issued = [r for r in self.hall.records("ticket.issued") if isinstance(r, TicketIssued)]
        assert twice([r.ticket for r in issued]) == [], "a number was given twice"
        assert twice([r.request for r in issued]) == [], "one touch, two tickets"
        paper = [ticket for kiosk in kiosks for ticket in self.paper(kiosk)]
        assert twice(paper) == [], "a number was printed twice"
        assert set(paper) <= {r.ticket for r in issued}, "paper that nobody knows of"
        shown = Counter(number for kiosk in kiosks for number in self.read_numbers(kiosk))
        given = Counter(r.number for r in issued if not r.guide)
        assert shown - given == Counter(), f"people read what is not in the book: {shown - given}"
        # Where the power went a second time before the kiosk could say that it cannot know, nobody has read it.
        unsure = [r for r in self.hall.records("ticket.print_unknown") if isinstance(r, TicketPrintUnknown)]
        dark = Counter(r.ticket[9:] for r in unsure if r.code == "restart")
        assert given - shown <= dark, f"in the book, and nobody read it: {given - shown}"
        mixed = [r for r in issued if SERVICES[r.service] != r.number[0]]
        assert mixed == [], "a number of another service's series"

    def told_hold(self, windows: Sequence[int]) -> None:
        """A number taken at a window stands on its screen, unless its power went in that instant."""
        issued = [r for r in self.hall.records("ticket.issued") if isinstance(r, TicketIssued) and r.guide]
        told = Counter(number for window in windows for number in self.told(window))
        given = Counter(r.number for r in issued)
        assert told - given == Counter(), f"staff read what is not in the book: {told - given}"
        dark = sum(self.hall.blown[self.hall.home(f"window-{window}")] for window in windows)
        assert (given - told).total() <= dark, f"in the book, and nobody told it: {given - told}"

    def steps_hold(self, windows: Sequence[int]) -> None:
        for window in windows:
            noted = Counter(step for record in self.hall.records() for step in _noted(record) if step[0] == window)
            seen = Counter(self.steps(window))
            unseen = noted - seen
            assert seen - noted == Counter(), f"window {window}: seen and not noted: {seen - noted}"
            # A call whose answer was lost is the coordinator's alone. What was committed when the power went, and what
            # the next life did first, is one step to whoever looks.
            dark = self.hall.blown[self.hall.home(f"window-{window}")]
            hidden = sum(n for (_, what, _), n in unseen.items() if what != "called")
            assert hidden <= 2 * dark, f"window {window}: noted and never seen: {unseen}"

    def ratings_hold(self, windows: Sequence[int]) -> None:
        records = self.hall.records()
        invited = [envelope.id for envelope, r in self.hall.entries() if isinstance(r, RatingInvited)]
        ended = [r for r in records if isinstance(r, RatingGiven | RatingNone)]
        assert Counter(r.invitation for r in ended) == Counter(invited), "each invitation ends in exactly one record"
        given = Counter(Press(r.window, r.ticket[9:], r.staff, r.level) for r in records if isinstance(r, RatingGiven))
        assert Counter(self.thanked) <= given, "somebody was thanked for what is not in the book"
        assert given <= Counter(self.presses), "a rating that nobody gave"
        for window in windows:
            questions = Counter(self.asked(window))
            answers = Counter((r.ticket[9:], r.staff) for r in ended if r.window == window)
            assert questions <= answers, f"evaluator {window} asked and nothing came of it"

    def chains_hold(self) -> None:
        last: dict[tuple[str, str], tuple[int, str]] = {}
        for row in self.hall.book.rows:
            envelope, _ = read(row.payload)
            seq, sha = last.get((row.device, row.journal), (0, ""))
            assert (row.seq, envelope.seq, envelope.prev) == (seq + 1, seq + 1, sha), f"{row.device} {row.seq}"
            last[row.device, row.journal] = (row.seq, record_hash(row.payload))
        heads = self.hall.heads()
        assert heads == {source: last.get(source, (0, ""))[0] for source in heads}, "what a journal made is in the book"
        faults = [r for r in self.hall.records("fault.began") if isinstance(r, FaultBegan) and r.part != "printer"]
        assert faults == [], "faults that none were"
        assert {s: n for s in self.hall.stations if (n := self.hall.waiting(s))} == {}, "records without a receipt"

    def truth_holds(self, windows: Sequence[int]) -> None:
        """What the broker keeps for whoever comes next is what stands at the windows."""
        for window in windows:
            page, truth = self.hall.view(f"window-{window}"), self.truth(window)
            assert isinstance(page, ConsolePage)
            person = page.person.number if page.person else ""
            said = truth.person.number if truth.person else ""
            number = truth.ticket[9:] if _tells(page) else page.number
            stands, heard = (page.state, number, person), (truth.state, truth.ticket[9:], said)
            assert heard == stands, f"window {window}: {stands} at the window, {heard} in the hall"
            assert truth.invitation is None, f"window {window}: {truth.invitation} is said to be open"

    def truth(self, window: int) -> HallWindow:
        """The retained truth of a window."""
        (body,) = [b for b in self.kept() if isinstance(b, HallWindow) and b.window == window]
        return body

    def missed(self) -> tuple[str, ...]:
        """The numbers that may rejoin, as retained."""
        (body,) = [b for b in self.kept() if isinstance(b, HallMissed)]
        return body.numbers

    def kept(self) -> list[object]:
        """Everything that is retained."""
        return [read(payload)[1] for payload in self.hall.broker.retained().values()]


def twice(items: Sequence[str]) -> list[str]:
    """Those that are there more than once."""
    return sorted(item for item, n in Counter(items).items() if n > 1)


def _tells(page: ConsolePage) -> bool:
    """Whether its number is one that was just taken for somebody, and not whom the window deals with."""
    return any(key.id == "told" for key in page.keys)


def _step(before: ConsolePage, after: ConsolePage) -> tuple[str, str]:
    match before.state, after.state:
        case "closed", "open" if after.person:
            return "in", after.person.number
        case _, "closed" if before.person:
            return "out", before.person.number
        case "open", "calling":
            return "called", after.number
        case "calling", "serving":
            return "started", after.number
        case "calling", "open":
            return "missed", before.number
        case "serving", "open":
            return "ended", before.number
        case "open" | "serving", "paused":
            return "paused", ""
        case "paused", "open" | "serving":
            return "resumed", ""
        case _:
            raise AssertionError(f"no way leads from {before.state} {before.number} to {after.state} {after.number}")


def _noted(record: Record) -> Iterator[Step]:
    match record:
        case StaffSignedIn(window=window, staff=staff):
            yield window, "in", staff
        case StaffSignedOut(window=window, staff=staff):
            yield window, "out", staff
        case TicketCalled(ticket=ticket, window=window):
            yield window, "called", ticket[9:]
        case TicketStarted(ticket=ticket, window=window):
            yield window, "started", ticket[9:]
        case TicketServed(ticket=ticket, window=window) | TicketTransferred(ticket=ticket, window=window):
            yield window, "ended", ticket[9:]
        case TicketMissed(ticket=ticket, window=window):
            yield window, "missed", ticket[9:]
        case WindowPaused(window=window):
            yield window, "paused", ""
        case WindowResumed(window=window):
            yield window, "resumed", ""
        case _:
            return
