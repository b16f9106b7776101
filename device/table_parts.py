"""Parts that lie on a table: they keep the drivers' promises without threads, glass or paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from drivers.events import Printed, PrinterReport, PrintFailed, Said, Touched
from drivers.protocols import Post, Utterance
from screens.document import Document, Line
from screens.views import (
    DIMENSIONS,
    ConsolePage,
    EvaluatorAsk,
    EvaluatorComplaint,
    EvaluatorIdle,
    EvaluatorThanks,
    KioskBooked,
    KioskClasses,
    KioskClosing,
    KioskElsewhere,
    KioskHelp,
    KioskHome,
    KioskLookup,
    KioskNoPaper,
    KioskPlace,
    KioskSorry,
    KioskStill,
    KioskTake,
    KioskTimes,
    View,
)

Later = Callable[[float, Callable[[], None]], None]


@dataclass
class TableScreen:
    """Shows views; a finger finds a key by its name, if the page has it."""

    post: Post
    name: str
    shown: list[View] = field(default_factory=list)
    pump_seconds: float | None = None
    _aimed: list[str] = field(default_factory=list)

    @property
    def view(self) -> View:
        return self.shown[-1]

    def show(self, view: View) -> None:
        self.shown.append(view)

    def key_at(self, x: int, y: int) -> str | None:
        return self._aimed[x] if y == 0 else None

    def touch(self, key: str) -> None:
        """Put a finger on this key; AssertionError if the page has none of this name."""
        keys = keys_of(self.view)
        if key not in keys:
            raise AssertionError(f"{type(self.view).__name__} has no key {key!r}, it has {sorted(keys)}")
        self._aimed.append(key)
        self.post(Touched(len(self._aimed) - 1, 0, self.name))

    def pump(self) -> None:
        raise AssertionError("this screen asks for no pump")

    def close(self) -> None:
        pass


def keys_of(view: View) -> set[str]:
    """What can be touched, by the words of screens.views."""
    match view:
        case KioskHome():
            asked = {name for name in ("lookup", "priority", "elsewhere") if getattr(view, name)}
            ways = {f"group:{s.group.zh}" for s in view.services if s.group} | {"all", "more"}
            modes = {f"mode:{mode}" for mode in view.can}
            langs = {f"lang:{lang}" for lang in view.langs}
            return {f"service:{s.id}" for s in view.services} | asked | ways | modes | langs | {"help"}
        case KioskClasses():
            chosen = {f"class:{k.id}" for k in view.classes} | {f"need:{need}" for need in view.needs}
            return chosen | {"done", "help"}
        case KioskElsewhere():
            return {"done", "help", "more"}
        case KioskHelp():
            return {f"reason:{reason}" for reason in view.reasons} | {"done"}
        case KioskStill():
            return {"stay", "done"}
        case KioskClosing():
            booking = {"choose:appointment"} if view.appointment else set()
            return {"choose:wait", "choose:leave", "help"} | booking
        case KioskTimes():
            return {f"slot:{slot}" for slot, _ in view.slots} | {"done", "help"}
        case KioskLookup():
            digits = view.entry or view.code
            typed = (f"type:{sign}" for sign in ("1234567890" if digits else view.letters))
            other = "checkin" if not view.code else "voucher" if view.digits == 6 else "back"
            return {"done", "help", *typed, "back" if view.entry else other}
        case KioskPlace():
            return {"done", "help"}
        case KioskTake() | KioskNoPaper() | KioskBooked():
            return {"done"}
        case KioskSorry():
            still = {f"service:{s.id}" for s in view.still}
            return {"help"} | still | ({"done"} if view.retry else set())
        case ConsolePage():
            return {key.id for key in view.keys}
        case _:
            return _evaluator_keys(view)


def _evaluator_keys(view: View) -> set[str]:
    match view:
        case EvaluatorAsk():
            return {f"level:{n}" for n in range(1, 6)}
        case EvaluatorThanks(asks=True):
            return {f"tag:{name}" for name in DIMENSIONS}
        case EvaluatorIdle(complain=True):
            return {"complain"}
        case EvaluatorComplaint(step="ask"):
            return {"complain:yes", "complain:no"}
        case _:
            return set()


@dataclass
class TablePrinter:
    """Prints in `seconds`, or says its fault. sheets: the documents' names and texts that came out."""

    post: Post
    later: Later
    seconds: float = 0.5
    fault: str = ""
    sheets: list[Document] = field(default_factory=list)
    _coming: dict[str, Document] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.ask()

    def write(self, document: Document) -> bytes:
        self._coming[document.name] = document
        return document.name.encode()

    def print(self, job: str, data: bytes) -> None:
        self.later(self.seconds, lambda: self._out(job, data))

    def _out(self, job: str, data: bytes) -> None:
        document = self._coming.pop(data.decode())
        if self.fault:
            self.post(PrintFailed(job, self.fault))
        else:
            self.sheets.append(document)
            self.post(Printed(job))

    def set_fault(self, code: str) -> None:
        """ "" mends it."""
        self.fault = code
        self.ask()

    def ask(self) -> None:
        self.post(PrinterReport(ready=not self.fault, code=self.fault))

    def close(self) -> None:
        pass

    @property
    def numbers(self) -> list[str]:
        """The numbers on the paper, in the order they came out: the largest line of each ticket."""
        return [_largest(sheet) for sheet in self.sheets]


def _largest(sheet: Document) -> str:
    lines = [block for block in sheet.blocks if isinstance(block, Line)]
    return max(lines, key=lambda line: line.scale).text


@dataclass
class TableSpeaker:
    """Says at once what it is given, each id once."""

    post: Post
    said: list[Utterance] = field(default_factory=list)

    def say(self, utterance: Utterance) -> None:
        self.said.append(utterance)
        self.post(Said(utterance.id))

    def close(self) -> None:
        pass


@dataclass
class TableLamps:
    """Five lamps."""

    lit: frozenset[int] = frozenset()

    def light(self, levels: frozenset[int]) -> None:
        self.lit = levels

    def close(self) -> None:
        pass


__all__ = ["TableLamps", "TablePrinter", "TableScreen", "TableSpeaker", "keys_of"]
