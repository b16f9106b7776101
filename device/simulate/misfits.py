"""What a scenario names and its hall does not have, each by its place in the scenario."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from config.errors import Finding, did_you_mean
from config.hall import Window
from config.scenario import Event, Scenario
from device.simulate.hall import Laid
from device.simulate.happenings import ALL
from drivers.escpos_machine import STOPPING

OF_STATIONS = frozenset({"power-off", "power-on", "new-card"})
OF_PRINTERS = frozenset({"fault", "mend"})


def misfits(scenario: Scenario, laid: Laid) -> Iterator[Finding]:
    """All of them. A scenario without any can be lived to its end."""
    hall = next(iter(laid.stations.values())).hall
    windows = {window.number: window for window in hall.windows}
    yield from _arrivals(scenario, laid)
    for n, clerk in enumerate(scenario.clerks):
        if clerk.window not in windows:
            have = ", ".join(map(str, sorted(windows)))
            yield Finding(("clerk", n, "window"), f"this hall has no window {clerk.window}", f"Known: {have}.")
        if clerk.staff not in laid.pins:
            yield _unknown(("clerk", n, "staff"), "such person", clerk.staff, laid.pins)
    for n, event in enumerate(scenario.events):
        yield from _event(("event", n), event, laid)
        if event.do == "hand-over":
            yield from _hand_over(("event", n), event, scenario, windows)
        if event.to and event.to not in laid.pins:
            yield _unknown(("event", n, "to"), "such person", event.to, laid.pins)


def _arrivals(scenario: Scenario, laid: Laid) -> Iterator[Finding]:
    hall = next(iter(laid.stations.values())).hall
    services, classes = [s.id for s in hall.services], [c.id for c in hall.queue.classes]
    kiosks = [device.name for station in laid.stations.values() for device in station.devices if device.role == "kiosk"]
    for n, arrivals in enumerate(scenario.arrivals):
        for service in arrivals.services:
            if service not in services:
                yield _unknown(("arrivals", n, "services", service), "service", service, services)
        for key, kind, value, known in (
            ("kiosk", "kiosk", arrivals.kiosk, kiosks),
            ("klass", "priority class", arrivals.klass, classes),
            ("lang", "language", arrivals.lang, hall.hall.languages),
        ):
            if value and value not in known:
                yield _unknown(("arrivals", n, key), kind, value, known)


def _event(path: tuple[str, int], event: Event, laid: Laid) -> Iterator[Finding]:
    devices = [device.name for station in laid.stations.values() for device in station.devices]
    known = [*laid.stations, *devices, ALL] if event.do in OF_STATIONS else [*devices, ALL]
    if event.what and event.what not in known:
        yield _unknown((*path, "what"), "device", event.what, known)
    if event.do == "fault" and event.name and event.name not in STOPPING:
        yield _unknown((*path, "name"), "fault of a printer", event.name, STOPPING)


def _hand_over(
    path: tuple[str, int], event: Event, scenario: Scenario, windows: dict[int, Window]
) -> Iterator[Finding]:
    at = {
        windows[clerk.window].device
        for clerk in scenario.clerks
        if clerk.window in windows and clerk.begins <= event.at < clerk.ends
    }
    if event.what not in at:
        mend = f"At windows then: {', '.join(sorted(at)) or 'nobody'}."
        yield Finding((*path, "what"), f"nobody is at {event.what} at {event.at}", mend)


def _unknown(path: tuple[str | int, ...], kind: str, value: str, known: Collection[str]) -> Finding:
    return Finding(path, f"this hall has no {kind} '{value}'", did_you_mean(value, known))
