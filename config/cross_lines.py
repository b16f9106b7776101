"""What parts take for themselves, and what they may share: ports, serial lines with addresses, GPIO lines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from config.errors import Finding
from config.lines import Path as Keys
from config.raw import Raw, rows, word, words
from config.schema import SECTIONS

LINE_SECTIONS: Final = frozenset({"buttons", "lamps", "keypad", "strip"})
LINE_DRIVERS: Final = frozenset({"serial", "callpad", "modbus"})
HEADER: Final = frozenset({"pi", "pinctrl-bcm2711", "pinctrl-bcm2835", "pinctrl-rp1"})
FIVE: Final = (5, 4, 3, 2, 1)

Seen = dict[tuple[object, ...], str]


def line_findings(raw: Raw) -> Iterator[Finding]:
    """Two parts cannot own one port, input device, GPIO line or address; parts on one line speak at one speed."""
    seen: Seen = {}
    for path, row in rows(raw, "device"):
        for section in SECTIONS:
            part = row.get(section)
            if not isinstance(part, dict):
                continue
            owner = f"{row.get('name')}'s {section}"
            at = (*path, section)
            if section in LINE_SECTIONS and word(part, "driver") in LINE_DRIVERS:
                yield from _shared(at, section, part, owner, seen)
            for key, thing in _things(section, part):
                user = seen.get(thing) or seen.get(("shared", thing[-1]))
                if user is not None:
                    yield Finding((*at, *key), f"{thing[-1]!r} is already used by {user}", "Each part needs its own.")
                else:
                    seen[thing] = owner
        yield from _five_levels(path, row)


def _things(section: str, part: Raw) -> Iterator[tuple[Keys, tuple[object, ...]]]:
    driver = word(part, "driver")
    if driver in {"usblp", "evdev"} or (driver == "serial" and section not in LINE_SECTIONS):
        for key in ("port", "path"):
            for value in words(part, key):
                yield (key,), ("path", value)
    lines = part.get("lines")
    chips = words(part, "chip") or ["pi"]
    chip = "pi" if HEADER & set(chips) else chips[0]
    for index, line in enumerate(lines if isinstance(lines, list | tuple) else ()):
        if isinstance(line, int):
            yield ("lines", index), ("line", chip, line)


def _shared(at: Keys, section: str, part: Raw, owner: str, seen: Seen) -> Iterator[Finding]:
    port, address = word(part, "port"), part.get("address")
    if not port:
        return
    if ("path", port) in seen:
        what = f"{port!r} is already used by {seen['path', port]}"
        yield Finding((*at, "port"), what, "Only parts with an address share a line.")
    how = ("how", port, str(part.get("baud", 9600)), str(part.get("parity", "none")))
    first = next((known for known in seen if known[:2] == how[:2]), None)
    if first is None:
        seen[how] = owner
    elif first != how:
        what = f"the line {port!r} has another baud or parity for {seen[first]}"
        yield Finding((*at, "baud"), what, "One line has one speed.")
    place = ("address", port, section, address)
    if isinstance(address, int):
        if place in seen:
            what = f"address {address} on {port!r} is already that of {seen[place]}"
            yield Finding((*at, "address"), what, "Give each its own address.")
        seen.setdefault(place, owner)
    seen.setdefault(("shared", port), owner)


def _five_levels(path: Keys, row: Raw) -> Iterator[Finding]:
    """Five levels, no more and no fewer (R256): on a panel that lacks one nobody could say it."""
    buttons = row.get("buttons")
    if not isinstance(buttons, dict) or word(buttons, "driver") != "serial":
        return
    levels = buttons.get("levels")
    if not isinstance(levels, list | tuple) or not all(level in FIVE for level in levels):
        return
    if len(set(levels)) != len(levels):
        yield Finding((*path, "buttons", "levels"), "one level stands there twice", "Give each key its own level.")
    lacking = [str(level) for level in FIVE if level not in levels]
    if lacking and "screen" not in row:
        what = f"level {', '.join(lacking)} cannot be pressed here, but there must be five"
        yield Finding((*path, "buttons", "levels"), what, "Take a panel with five keys, or add a screen to touch.")
