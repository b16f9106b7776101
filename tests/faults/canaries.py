"""N13: nothing about a person comes out anywhere but where it belongs, and no message to staff tells one rating.

A hall lives a morning while made-up citizens' names, numbers and phones (canaries, another one at each place) go into
everything that takes something from outside: scanners, keyboards, messages, topics. Then everything that came out is
searched: logs, topics, payloads, paper as text and as the printer's bytes, pages, speech, journals, the book, exports.

Where what may stand:

1. What is about a citizen: nowhere.
2. A PIN: in the question of the window that it was typed at, which TLS alone carries, and behind its page's dots.
3. A staff member's name: on pages, and in the messages that bring it there; not in logs, topics, on paper, in exports.
4. One rating's level: in the evaluator's record to the coordinator. The same morning is lived with other levels, and
   all that windows, boards and kiosks hear, every page and every lamp must be the same.
"""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

from device.contract.codec import Malformed, decode
from device.contract.examples import EXAMPLES
from device.export.command import Source, export, tables
from device.export.rows import TABLES
from device.moment import HALL_TIME
from device.press import paper_of
from device.table import Table
from device.table_parts import TableLamps
from drivers.events import Delivered
from screens.layout import Screen, Text, layout
from screens.views import View
from tests.faults.halls import cheap
from tests.faults.kinds import Outcome
from tests.faults.overheard import PEOPLE, PIN, Out, leaks, listening, told
from tests.helpers.table import lay

MORNING: Final = datetime(2026, 11, 23, 9, tzinfo=HALL_TIME)
DAY: Final = "2026-11-23"
LEVELS: Final = ((1, 5, 3, 2), (5, 1, 4, 5), (2, 4, 3, 1))  # of the morning's ratings, each time it is lived

PRINTER: Final = "generic-80"
GLASS: Final = Screen(1920, 1080, 344, 194)


def morning(levels: Sequence[int], folder: Path) -> Out:
    """Lived with these ratings; everything that came out."""
    out = Out()
    lamps: list[str] = []

    def light(part: TableLamps, lit: frozenset[int]) -> None:
        lamps.append(f"{sorted(lit)}")

    people, pin = patch("device.demo_hall.PEOPLE", PEOPLE), patch("device.demo_hall.fresh_pin", lambda: PIN)
    with cheap(), people, pin, patch.object(TableLamps, "light", light), listening(out):
        laid = lay(folder / "config", windows=(3, 4), kiosks=1)
        hall = Table(laid.configs, MORNING, pins=laid.pins)
        heard = _tap(hall, out)
        _live(hall, out, levels)
        _collect(hall, out, folder)
    views = [f"{where}: {said!r}" for where, said in out.said if where.startswith("view ")]
    out.share([*heard, *views, *lamps])
    return out


def _tap(hall: Table, out: Out) -> list[str]:
    """Every message on its way to the broker is taken down; returned: what comes to those in sight of staff."""
    heard: list[str] = []

    def toward(device: str, topic: str, payload: bytes) -> Sequence[float]:
        out.said += [(f"topic of {device}", topic), (f"message of {device} on {topic}", payload)]
        return (0.0,)

    def from_(device: str, topic: str, payload: bytes) -> Sequence[float]:
        if not device.startswith(("coordinator", "evaluator")):
            heard.append(f"{device} hears {topic}: {payload.decode()}")
        return (0.0,)

    hall.broker.toward, hall.broker.from_ = toward, from_
    return heard


def _live(hall: Table, out: Out, levels: Sequence[int]) -> None:
    hall.pass_time(2)
    _wrong_pin(hall, out)
    hall.sign_in("window-3", "1001")
    hall.sign_in("window-4", "1002")
    _scan(hall, out)
    for level in levels:
        hall.tap("kiosk-1", "service:social")
        hall.pass_time(35)
        for key in ("next", "start"):
            hall.tap("window-3", key)
            hall.pass_time(5)
        _scan(hall, out)
        hall.tap("window-3", "finish")
        hall.pass_time(1)
        hall.press("evaluator-3", level)
        hall.pass_time(40)
    _messages(hall, out)
    hall.pass_time(60)


def _wrong_pin(hall: Table, out: Out) -> None:
    """Somebody types a phone for a PIN."""
    _, phone, _ = out.canary("PIN at window-3").words
    out.pins.append(phone)
    for staff in ("9999", "1001"):
        hall.type("window-3", staff, "enter", phone, "enter", "escape")
        hall.pass_time(2)


def _scan(hall: Table, out: Out) -> None:
    """Cards and codes that citizens really hold before a scanner, and what is like a code of ours."""
    for device in ("kiosk-1", "window-3", "evaluator-3", "board-1"):
        canary = out.canary(f"scanner of {device}")
        number, phone, name = canary.words
        person = json.dumps({"name": name, "id": number, "phone": phone}, ensure_ascii=False)
        for text in (canary.text, number, phone, name, person, f"https://city.example/p?id={number}&tel={phone}"):
            hall.scan(device, text)
            hall.pass_time(1)
        for text in (f"hallside:longjiang:{number}", f"hallside:{name}:20261123-A001", f"WIFI:S:{name};P:{phone};;"):
            hall.scan(device, text)
            hall.pass_time(12)


def _messages(hall: Table, out: Out) -> None:
    """Every text of every kind of message, one at a time somebody's; a field that nobody knows; topics."""
    for example in EXAMPLES:
        said = json.loads(example.payload)
        for payload in _spoilt(said, out.canary(f"{said['type']} on {example.topic}").text):
            _deliver(hall, example.topic, payload)
    for place in ("hallside/1/longjiang/kiosk-1/answer/{}", "hallside/1/{}/kiosk-1/record", "{}/state"):
        canary = out.canary(f"topic {place}")
        for word in canary.words:
            _deliver(hall, place.replace("{}", word), canary.text.encode())
    hall.settle()


def _deliver(hall: Table, topic: str, payload: bytes) -> None:
    """To everybody, unless it is sound: then whoever says it has a certificate, and means a text for the public."""
    try:
        decode(topic, payload)
    except Malformed:
        for life in hall.lives.values():
            for device in life.station.seats:
                life.loop.post(device, Delivered(topic, payload, retained=False))


def _spoilt(said: dict[str, Any], text: str) -> Iterator[bytes]:
    for path in _texts(said):
        spoilt = json.loads(json.dumps(said))
        place = spoilt
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = text
        yield json.dumps(spoilt, ensure_ascii=False).encode()
    yield json.dumps(said | {text: text}, ensure_ascii=False).encode()
    yield text.encode()


def _texts(value: object, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where in it a text stands."""
    if isinstance(value, str):
        yield path
    elif isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _texts(inner, (*path, key))


def _painted(view: View) -> str:
    """Every text of a page; in one piece, for a long one may be broken into lines."""
    return "".join(str(box.text) for box in layout(view, GLASS, Even()).boxes if isinstance(box, Text))


class Even:
    """A ruler for which every sign is as wide as it is tall."""

    def width(self, text: str, size: int, bold: bool) -> int:
        return len(text) * size

    def lacks(self, text: str) -> str:
        return ""


def _collect(hall: Table, out: Out, folder: Path) -> None:
    """What stands anywhere at the end."""
    press = paper_of(PRINTER)
    for station, life in hall.lives.items():
        for device, parts in life.parts.items():
            for name, screen in parts.screens.items():
                out.said += [(f"view {device} {name}", repr(view)) for view in screen.shown]
                out.said += [(f"page {device} {name}", _painted(view)) for view in dict.fromkeys(screen.shown)]
            for sheet in parts.printer.sheets if parts.printer else ():
                out.said += [(f"paper {device}", repr(sheet)), (f"printer {device}", press(sheet))]
            out.said += [(f"speech {device}", repr(said)) for said in (parts.speaker.said if parts.speaker else ())]
        journal = hall.journals[station]
        out.said += [(f"journal {station}", repr(journal.kept(device))) for device in ("", *life.station.seats)]
    for row in hall.book.rows:
        out.said.append(("book", row.payload))
    found = tables(iter(hall.entries()), Source(folder))
    for form in ("csv", "json"):
        export(found, (DAY, DAY), "2026-11-24", folder / form, form, list(TABLES), "龙江县政务服务中心")
        out.said += [(f"export {file.name}", file.read_bytes()) for file in sorted((folder / form).iterdir())]


def run(full: bool, seed: int | None) -> Outcome:
    """As tests.faults.kinds.Suite says; nothing here is random."""
    with tempfile.TemporaryDirectory(prefix="hallside-") as folder:
        lived = [morning(levels, Path(folder) / str(n)) for n, levels in enumerate(LEVELS[: 2 + full])]
    found = [leak for out in lived for leak in leaks(out)]
    found += [f"the ratings can be told: {what}" for what in (told(lived[0], out) for out in lived[1:]) if what]
    said, canaries = sum(len(out.said) for out in lived), len(lived[0].canaries)
    kinds = Counter(place.partition(" ")[0] for out in lived for place, _ in out.said)
    why = (
        f"{canaries} made-up citizens, each put into another input, and the staff's names and PINs;"
        f" {said:,} outputs searched ({', '.join(f'{kind} {n:,}' for kind, n in kinds.items())}); the same morning"
        f" lived with other ratings is the same for all in sight: {len(lived[0].shared):,} messages, views and lamps."
    )
    if found:
        why += f" First: {found[0]}."
    command = f"python -m tests.faults N13{' --full' if full else ''}"
    return Outcome(said, 0, 0, len(found), 0, command, why)
