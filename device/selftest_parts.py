"""How each kind of part shows itself, and what is to be thought of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from uuid import uuid4

from config.schema import Device, Station
from device.check import printer_verdict
from device.contract.channels import echo_topic
from device.hands import Hands
from device.press import paper_for
from device.proof_page import proof_page
from device.proof_picture import draw
from device.verdict import Verdict, fault, fine, missing
from drivers.clock import SystemClock
from drivers.events import (
    ButtonPressed,
    HardwareEvent,
    KeyPressed,
    LinkDown,
    LinkUp,
    NotSaid,
    PartFailed,
    Printed,
    PrintFailed,
    PrintUnknown,
    Said,
    Scanned,
    Touched,
)
from drivers.link_paho import PahoLink
from drivers.link_tls import TlsFiles
from drivers.protocols import Display, Lamps, PartMissing, Printer, Speaker, Spoken, Strip, Supply, Utterance

LEVELS: Final = {5: "非常满意", 4: "满意", 3: "基本满意", 2: "不满意", 1: "非常不满意"}
PAPER_SECONDS: Final = 15.0
VOICE_SECONDS: Final = 20.0
LINK_SECONDS: Final = 12.0
PANEL_SECONDS: Final = 0.1  # a stuck button or a line that is gone is told at once
STRIP_SECONDS: Final = 1.5  # until one that must answer has not answered three times
STRIP_LINE, STRIP_NUMBER = "A888 自检", "A888"
PICTURE_SECONDS: Final = 0.2  # long enough to hear that drawing failed
TOUCHED_ROLES: Final = frozenset({"kiosk", "evaluator"})  # whose screen citizens touch
PHRASES: Final = (Spoken("zh", "自检，请听声音是否清楚"), Spoken("en", "self test"))


def printer_shows(device: Device, printer: Printer, hands: Hands) -> Iterator[Verdict]:
    """A test page, and the printer's own word on it."""
    wanted = device.parts()["printer"]
    job, driver = str(uuid4()), wanted.driver
    hands.tell(device.name, "the printer prints a test page now")
    printer.print(job, paper_for(wanted)(proof_page(device.name, driver)))
    done = hands.wait(
        device.name,
        lambda e: e if isinstance(e, Printed | PrintFailed | PrintUnknown) and e.job == job else None,
        PAPER_SECONDS,
    )
    report = hands.report(device.name)
    match done:
        case Printed():
            if not hands.seen("Is the test page whole, cut, and readable to the last line?"):
                yield fault(device.name, "printer", "not-seen", f"{driver}: said it printed, nothing good came out")
            elif report is not None and report.low:
                yield printer_verdict(device.name, driver, report)
            else:
                yield fine(device.name, "printer", f"{driver}: printed, and said so")
        case PrintFailed(code=code):
            yield fault(device.name, "printer", code, f"{driver}: did not print, {code}")
        case PrintUnknown():
            yield printer_verdict(device.name, driver, None)
        case None:
            yield fault(device.name, "printer", "silent", f"{driver}: nothing was heard of the page")


def lamps_and_buttons_show(
    device: Device, lamps: Lamps | None, panel: object | None, hands: Hands
) -> Iterator[Verdict]:
    """Each lamp alone, from 5 to 1; with buttons, the lit one is to be pressed, which shows that both are right."""
    wrong: dict[str, tuple[str, str]] = {}
    if panel is not None:
        faulty = hands.wait(device.name, lambda e: _failure(e, "buttons"), PANEL_SECONDS)
        if faulty is not None:  # a button that is down before anybody pressed
            wrong["buttons"] = (faulty.code, faulty.detail)
    for level, word in LEVELS.items():
        if lamps is not None:
            lamps.light(frozenset({level}))
        if panel is None:
            if not hands.seen(f"Is the lamp of level {level} {word} lit, and no other?"):
                wrong.setdefault("lamps", ("not-seen", f"lamp {level} {word} was not seen"))
            continue
        hands.forget()
        which = "that is lit" if lamps is not None else "of this level"
        hands.tell(device.name, f"press the button {which}: {level} {word}")
        pressed = hands.wait(device.name, lambda e: e.level if isinstance(e, ButtonPressed) else None)
        if pressed is None:
            wrong.setdefault("buttons", ("not-pressed", f"button {level} {word} was not pressed"))
        elif pressed != level:
            wrong.setdefault("buttons", ("another", f"button {level} {word} was asked for, {pressed} answered"))
    if lamps is not None:
        lamps.light(frozenset())
    for part, there in (("buttons", panel is not None), ("lamps", lamps is not None)):
        if part in wrong:
            yield fault(device.name, part, *wrong[part])
        elif there:
            yield fine(device.name, part, "all five, one after another" + (_by_press(part, panel, wrong)))


def _by_press(part: str, panel: object | None, wrong: dict[str, tuple[str, str]]) -> str:
    """A lamp beside a button that was found by its light needs no other witness."""
    return ", each found by its light" if part == "lamps" and panel is not None and not wrong else ""


def speaker_shows(device: Device, speaker: Speaker, hands: Hands) -> Iterator[Verdict]:
    """The chime and a phrase."""
    utterance = Utterance(str(uuid4()), PHRASES)
    hands.tell(device.name, "the speaker chimes and speaks now")
    speaker.say(utterance)
    end = hands.wait(
        device.name,
        lambda e: e if isinstance(e, Said | NotSaid) and e.id == utterance.id else None,
        VOICE_SECONDS,
    )
    match end:
        case Said():
            if hands.seen("Were the chime and the words heard clearly?"):
                yield fine(device.name, "speaker", "chime and words, to the last sample")
            else:
                yield fault(device.name, "speaker", "not-seen", "it played, and nothing was heard")
        case NotSaid(code=code):
            yield fault(device.name, "speaker", code, f"it did not speak: {code}")
        case None:
            yield fault(device.name, "speaker", "not-seen", f"it did not end within {VOICE_SECONDS:.0f} s")


def strip_shows(device: Device, strip: Strip, hands: Hands) -> Iterator[Verdict]:
    """A line of characters; most such signs never answer, so somebody must look."""
    driver = device.parts()["strip"].driver
    strip.show(STRIP_LINE, STRIP_NUMBER)
    hands.tell(device.name, f"the strip sign shows {STRIP_LINE}, or the digits of {STRIP_NUMBER}")
    failed = hands.wait(device.name, lambda e: _failure(e, "strip"), STRIP_SECONDS)
    if failed is not None:
        yield fault(device.name, "strip", failed.code, failed.detail)
    elif not hands.seen(f"Does the strip sign of {device.name} show it?"):
        yield fault(device.name, "strip", "not-seen", f"{driver}: the line was not seen")
    else:
        yield fine(device.name, "strip", f"{driver}: the line was sent")


def screen_shows(device: Device, section: str, screen: Display, hands: Hands) -> Iterator[Verdict]:
    """A test picture; where citizens touch, a finger on five places; at a window, a key of the keyboard."""
    wanted = device.parts()[section].options()
    targets = draw(screen, wanted["width_mm"], wanted["height_mm"])
    hands.tell(device.name, f"the {section} shows eight colours, a white frame, and five squares of 20 mm")
    failed = hands.wait(device.name, lambda e: _failure(e, section), PICTURE_SECONDS)
    if failed is not None:
        yield fault(device.name, section, failed.code, failed.detail)
        return
    if not hands.seen(f"Does the {section} of {device.name} show all of it, the frame whole and the squares square?"):
        yield fault(device.name, section, "not-seen", "the picture is not as it should be")
        return
    size = f"{screen.size[0]} x {screen.size[1]} px"
    if device.role not in TOUCHED_ROLES or section != "screen":
        yield fine(device.name, section, f"{size}, test picture shown")
        if device.role == "window" and section == "screen" and device.keypad is None:
            yield from keypad_shows(device, "keyboard", hands)
        return
    for name, area in targets.items():
        hands.forget()
        hands.tell(device.name, f"touch the square {name}")
        touch = hands.wait(device.name, lambda e: e if isinstance(e, Touched) else None)
        if touch is None:
            yield fault(device.name, section, "not-touched", f"the square {name} was not touched")
            return
        if not (area.x <= touch.x < area.x + area.w and area.y <= touch.y < area.y + area.h):
            yield fault(device.name, section, "beside", f"a touch on {name} came at {touch.x}, {touch.y}")
            return
    yield fine(device.name, section, f"{size}, touched in five places")


def _failure(event: HardwareEvent, part: str) -> PartFailed | None:
    return event if isinstance(event, PartFailed) and event.part == part else None


def keypad_shows(device: Device, part: str, hands: Hands) -> Iterator[Verdict]:
    """One key, Enter: it is on every keypad."""
    hands.forget()
    hands.tell(device.name, f"press Enter on the {part}")
    key = hands.wait(device.name, lambda e: e.key if isinstance(e, KeyPressed) else None)
    if key is None:
        yield fault(device.name, part, "not-pressed", "Enter was not pressed")
    elif key != "enter":
        yield fault(device.name, part, "another", "another key than Enter answered")  # which one is nobody's business
    else:
        yield fine(device.name, part, "Enter was heard")


def scanner_shows(device: Device, hands: Hands) -> Iterator[Verdict]:
    """Any code, a ticket's or a pack of tissues': what it says is nobody's business."""
    hands.forget()
    hands.tell(device.name, "hold any code before the scanner")
    read = hands.wait(device.name, lambda e: e if isinstance(e, Scanned) else None)
    if read is None:
        yield fault(device.name, "scanner", "not-scanned", "no code was heard of")
    elif not read.text:
        yield fault(device.name, "scanner", "garbled", "a code came that is no text")
    else:
        yield fine(device.name, "scanner", "a code was read")


def supply_shows(device: Device, supply: Supply, hands: Hands) -> Iterator[Verdict]:
    """What is declared, and whether the voltage was low since it was opened (R155)."""
    failed = hands.wait(
        device.name, lambda e: e if isinstance(e, PartFailed) and e.part == "supply" else None, PANEL_SECONDS
    )
    if failed:
        yield fault(device.name, "supply", failed.code, failed.detail)
    else:
        yield fine(device.name, "supply", f"{supply.watts} W declared, its voltage is not low")


def link_shows(station: Station, device: Device, hands: Hands) -> Iterator[Verdict]:
    """A message of the device's own that comes back through the broker: LinkUp is said when it has."""
    hall, broker = station.hall.hall.id, station.hall.broker
    where = f"{broker.host}:{broker.port}"
    files = broker.tls.of(device.name) if broker.tls else None
    hands.tell(device.name, f"the line to {where} is tried")
    try:
        link = PahoLink(
            hands.post_for(device.name),
            host=broker.host,
            port=broker.port,
            name=device.name,
            subscriptions=(),
            echo=echo_topic(hall, device.name),
            will=None,
            tls=TlsFiles(str(files.ca), str(files.cert), str(files.key), files.key_password) if files else None,
            clock=SystemClock(station.clock),
        )
    except PartMissing as error:
        yield missing(device.name, "link", error)
        return
    try:
        said = hands.wait(device.name, lambda e: e if isinstance(e, LinkUp | LinkDown) else None, LINK_SECONDS)
    finally:
        link.close()
    match said:
        case LinkUp():
            yield fine(device.name, "link", f"{where}: what was sent came back")
        case LinkDown(code=code):
            yield fault(device.name, "link", code, f"{where}: {code}")
        case None:
            yield fault(device.name, "link", "unreachable", f"{where}: nothing came back in {LINK_SECONDS:.0f} s")
