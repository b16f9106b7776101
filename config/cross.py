"""What must agree from one table to another. Works on the raw data, so that these mistakes show beside all others:
a value of the wrong kind is passed over here, the schema has already said so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise

from config.cross_calendar import CALENDAR_CHECKS
from config.cross_lines import line_findings
from config.cross_public import PUBLIC_CHECKS, public_texts
from config.cross_rules import RULE_CHECKS, roster_findings
from config.errors import Finding, did_you_mean
from config.lines import Path as Keys
from config.raw import Raw, rows, twice, word, words
from config.schema import ROLE_SECTIONS, SECTIONS
from config.shapes import CLOCKFACE


def _number(raw: Raw, *keys: str) -> int | None:
    value: object = raw
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def hall_findings(raw: Raw) -> list[Finding]:
    """What does not agree within the hall."""
    checks: tuple[Callable[[Raw], Iterator[Finding]], ...] = (
        _once_each, _services_exist, _device_names, _sessions, _translated, _numbers_fit, _calls_agree, _tls_names,
    )  # fmt: skip
    return [finding for check in (*checks, *CALENDAR_CHECKS, *RULE_CHECKS, *PUBLIC_CHECKS) for finding in check(raw)]


def _once_each(raw: Raw) -> Iterator[Finding]:
    """Service ids, series letters and window numbers are each used once."""
    for table, key, mend in (
        ("service", "id", "Give each service its own id."),
        ("service", "series", "Give each service its own letter: a number must lead to one queue."),
        ("window", "number", "Give each window its own number."),
    ):
        seen: dict[object, Keys] = {}
        for path, row in rows(raw, table):
            value = row.get(key)
            if isinstance(value, str | int) and value in seen:
                first = f"{seen[value][0]}[{seen[value][1]}]"
                yield Finding((*path, key), f"{value!r} is already that of {first}", mend)
            elif isinstance(value, str | int):
                seen[value] = path


def _services_exist(raw: Raw) -> Iterator[Finding]:
    known = [word for _, row in rows(raw, "service") for word in words(row, "id")]
    for path, row in rows(raw, "window"):
        named = words(row, "services")
        for index, service in enumerate(named):
            if service not in known:
                mend = did_you_mean(service, known, "Write a [[service]] with this id.")
                yield Finding((*path, "services", index), f"no service is called '{service}'", mend)
            elif service in named[:index]:
                yield Finding((*path, "services", index), f"'{service}' stands here twice", "Take one out.")
    served = {service for _, row in rows(raw, "window") for service in words(row, "services")}
    for path, row in rows(raw, "service"):
        for name in words(row, "id"):
            if name not in served and not _near_miss(name, served):
                yield Finding(path, f"no window serves '{name}'", "Add it to the services of a window.")


def _near_miss(name: str, served: set[str]) -> bool:
    """A misspelt service at a window is one mistake, not two."""
    return any(did_you_mean(word, [name]).startswith("Did") for word in served)


def _device_names(raw: Raw) -> Iterator[Finding]:
    """A device is bound once in the whole hall; an evaluator therefore to exactly one window (R005)."""
    seen: dict[str, Keys] = {}
    for table, key in (("window", "device"), ("window", "evaluator"), ("kiosk", "device"), ("board", "device")):
        for path, row in rows(raw, table):
            for name in words(row, key):
                at = (*path, key)
                if name in seen:
                    first = f"{seen[name][0]}[{seen[name][1]}].{seen[name][2]}"
                    yield Finding(at, f"'{name}' is already {first}", "Bind each device to one place only.")
                if name in {"hall", "coordinator"}:
                    yield Finding(at, f"the name '{name}' is taken on the wire", "Choose another name.")
                seen.setdefault(name, at)


def _sessions(raw: Raw) -> Iterator[Finding]:
    hall = raw.get("hall")
    if not isinstance(hall, dict):
        return
    sessions = hall.get("sessions")
    if not isinstance(sessions, list | tuple):
        return
    if not sessions and hall.get("always_open") is False:
        yield Finding(("hall", "sessions"), "the hall is never open", "Write the opening hours, or always_open = true.")
    pairs = [pair for pair in sessions if isinstance(pair, list | tuple)]
    times = [t for pair in pairs for t in pair if isinstance(t, str) and re.fullmatch(CLOCKFACE, t)]
    if any(a >= b for a, b in pairwise(times)):
        yield Finding(("hall", "sessions"), "the times do not rise", "Write each session as begin, end, in order.")


def _translated(raw: Raw) -> Iterator[Finding]:
    """A hall that offers English says everything citizens read in English too."""
    hall = raw.get("hall")
    if not (isinstance(hall, dict) and "en" in words(hall, "languages")):
        return
    named: list[tuple[Keys, object]] = [(("hall", "name"), hall.get("name"))]
    for table, key in (("service", "name"), ("window", "place"), ("kiosk", "place"), ("board", "place")):
        named += [((*path, key), row.get(key)) for path, row in rows(raw, table)]
    named += public_texts(raw)
    notices = raw.get("notices")
    named += [(("notices", slot), text) for slot, text in notices.items()] if isinstance(notices, dict) else []
    for path, text in named:
        if isinstance(text, dict) and not text.get("en"):
            yield Finding((*path, "en"), "is missing, but the hall offers English", "Write it.")


def _numbers_fit(raw: Raw) -> Iterator[Finding]:
    """A number has three digits, and each kiosk needs a block of its own in every series every day."""
    last, block = _number(raw, "numbers", "online_last"), _number(raw, "numbers", "block")
    if last is None or block is None or last < 1 or block < 1:
        return
    blocks = (999 - last) // block
    kiosks = sum(1 for _ in rows(raw, "kiosk"))
    if blocks < max(kiosks, 1):
        what = f"numbers {last + 1} to 999 hold {blocks} blocks of {block}, but the hall has {kiosks} kiosks"
        yield Finding(("numbers", "block"), what, "Make blocks smaller, or lower online_last.")


def _calls_agree(raw: Raw) -> Iterator[Finding]:
    fresh, valid = _number(raw, "calls", "fresh_seconds"), _number(raw, "calls", "valid_seconds")
    if fresh is not None and valid is not None and fresh > valid:
        what = f"a call cannot stay fresh for {fresh} s when it is valid for {valid} s"
        yield Finding(("calls", "fresh_seconds"), what, "Make it at most valid_seconds.")


def _tls_names(raw: Raw) -> Iterator[Finding]:
    broker = raw.get("broker")
    tls = broker.get("tls") if isinstance(broker, dict) else None
    if not isinstance(tls, dict):
        return
    for key in ("cert", "key"):
        value = tls.get(key)
        if isinstance(value, str) and "{device}" not in value:
            what = f"'{value}' would be one identity for all devices"
            yield Finding(("broker", "tls", key), what, "Put {device} where the device's name belongs.")


def staff_findings(raw: Raw, hall: Raw) -> list[Finding]:
    """Numbers once each; windows that exist."""
    found: list[Finding] = []
    known = {number for _, row in rows(hall, "window") if isinstance(number := row.get("number"), int)}
    for path, number in twice(raw, "staff", "number"):
        found.append(Finding(path, f"staff number {number} stands here twice", "Take one out."))
    for path, row in rows(raw, "staff"):
        windows = row.get("windows")
        for index, window in enumerate(windows if isinstance(windows, list | tuple) else ()):
            if isinstance(window, int) and known and window not in known:
                have = ", ".join(map(str, sorted(known)))
                found.append(Finding((*path, "windows", index), f"there is no window {window}", f"Known: {have}."))
    return [*found, *roster_findings(raw, hall)]


def bound(hall: Raw) -> dict[str, str]:
    """Device -> role, of every device the hall names."""
    places = (("window", "device", "window"), ("window", "evaluator", "evaluator"),
              ("kiosk", "device", "kiosk"), ("board", "device", "board"))  # fmt: skip
    named = {name: role for table, key, role in places for _, row in rows(hall, table) for name in words(row, key)}
    return {**named, "coordinator": "coordinator"}


def station_findings(raw: Raw, hall: Raw | None) -> list[Finding]:
    """The station's devices: known to the hall in that role, with the parts of that role, no part used twice."""
    found: list[Finding] = []
    for path, name in twice(raw, "device", "name"):
        found.append(Finding(path, f"'{name}' stands here twice", "Take one out."))
    for path, row in rows(raw, "device"):
        if hall is not None:
            found += _place_in_hall(path, row, bound(hall))
        found += _sections(path, row)
    return [*found, *line_findings(raw), *_coordinator_and_bench(raw)]


def _place_in_hall(path: Keys, row: Raw, known: Mapping[str, str]) -> Iterator[Finding]:
    role = word(row, "role")
    for name in words(row, "name"):
        if name not in known:
            mend = did_you_mean(name, [n for n, r in known.items() if r == role] or known)
            yield Finding((*path, "name"), f"the hall knows no device '{name}'", mend)
        elif role in ROLE_SECTIONS and known[name] != role:
            what = f"'{name}' is {_a(known[name])} in the hall's file, {_a(role)} here"
            yield Finding((*path, "role"), what, f'Write role = "{known[name]}", or correct the hall\'s file.')


def _a(role: str) -> str:
    return f"an {role}" if role == "evaluator" else f"a {role}"


def _sections(path: Keys, row: Raw) -> Iterator[Finding]:
    role = word(row, "role")
    if role not in ROLE_SECTIONS:
        return
    must, may = ROLE_SECTIONS[role]
    have = {section for section in SECTIONS if section in row}
    for section in sorted(have - must - may):
        allowed = ", ".join(s for s in SECTIONS if s in must | may) or "none"
        yield Finding((*path, section), f"{_a(role)} has no such part", f"Take it out. Parts of {_a(role)}: {allowed}.")
    for section in sorted(must - have):
        yield Finding((*path, section), f"is missing: {_a(role)} cannot do without it", "Write the section.")
    if role == "evaluator" and not have & {"screen", "buttons"}:
        yield Finding((*path, "buttons"), "is missing: nothing could be pressed", "Write buttons, or a screen.")


def _coordinator_and_bench(raw: Raw) -> Iterator[Finding]:
    devices = [row for _, row in rows(raw, "device")]
    coordinates = any(row.get("role") == "coordinator" for row in devices)
    if coordinates and "staff" not in raw:
        yield Finding(("staff",), "is missing: the coordinator signs people in", 'Write staff = "staff.toml".')
    if "staff" in raw and devices and not coordinates:
        yield Finding(("staff",), "belongs to the coordinator alone", "Take it out.")
    parts = [part for row in devices for part in row.values() if isinstance(part, dict)]
    if "bench" in raw and not any(part.get("driver") == "simulated" for part in parts):
        yield Finding(("bench",), "there is no simulated part to work on", "Take it out.")
