"""From config to roles: the one place where both are known. A role is loaded when a device of its kind is made."""

from __future__ import annotations

from config.schema import Device, HallConfig, Station
from config.schema import Words as ConfigWords
from device.contract.messages import HallNotices, Person, Words
from device.effects import Role
from device.hall.plan import Plan, Rules, Service, StaffEntry, WindowPlan


def build(device: Device, station: Station) -> Role:
    """The pure machine of one device of this station. The config was checked: its names refer to something."""
    plan = plan_of(station.hall)
    here = plan.window_of(device.name)
    match device.role:
        case "kiosk":
            from device.roles.kiosk import Kiosk

            return Kiosk(device.name, plan)
        case "board":
            from device.roles.board import Board

            return Board(device.name, plan, speaks=device.speaker is not None)
        case "coordinator":
            from device.roles.coordinator import Coordinator

            return Coordinator(device.name, plan, staff_of(station), notices_of(station.hall))
        case "window" if here:
            from device.roles.window import Window

            return Window(device.name, plan, here)
        case "evaluator" if here:
            from device.roles.evaluator import Evaluator

            desk = any(other.name == here.device for other in station.devices)
            return Evaluator(device.name, plan, here, station.hash, desk, device.speaker is not None)
        case _:
            raise ValueError(f"{device.name}: no window of the hall names this {device.role}")


def plan_of(config: HallConfig) -> Plan:
    """hall.toml as the roles know it."""
    hall, calls = config.hall, config.calls
    sessions = () if hall.always_open else tuple((_minute(a), _minute(b)) for a, b in hall.sessions)
    return Plan(
        id=hall.id,
        name=_words(hall.name),
        languages=hall.languages,
        rollover=_minute(hall.rollover),
        sessions=sessions,
        services={s.id: Service(s.id, _words(s.name), s.series, s.minutes) for s in config.services},
        windows={
            w.number: WindowPlan(w.number, _words(w.place), w.services, w.device, w.evaluator or "")
            for w in config.windows
        },
        kiosks={kiosk.device: _words(kiosk.place) for kiosk in config.kiosks},
        complaint_phone=hall.complaint_phone,
        rules=Rules(
            online_last=config.numbers.online_last,
            block=config.numbers.block,
            block_days=config.numbers.days,
            call_valid_seconds=calls.valid_seconds,
            call_fresh_seconds=calls.fresh_seconds,
            max_attempts=calls.max_attempts,
            rejoin_after=calls.rejoin_after,
            rating_seconds=config.rating.seconds,
            thanks_seconds=config.rating.thanks_seconds,
            answer_seconds=config.kiosk_rules.answer_ms / 1000,
            take_seconds=config.kiosk_rules.take_seconds,
            idle_seconds=config.kiosk_rules.idle_seconds,
        ),
    )


def staff_of(station: Station) -> dict[str, StaffEntry]:
    """The roster, by staff number."""
    return {
        s.number: StaffEntry(Person(s.number, s.name, s.stars, s.duty, s.photo), frozenset(s.windows), s.pin)
        for s in station.staff
    }


def notices_of(config: HallConfig) -> HallNotices:
    """The hall's own texts for public screens."""
    texts = (config.notices.business, config.notices.announcement, config.notices.sample)
    business, announcement, sample = (_words(text) if text else None for text in texts)
    return HallNotices(0, business, announcement, sample)


def _words(words: ConfigWords) -> Words:
    return Words(words.zh, words.en)


def _minute(clock: str) -> int:
    return int(clock[:2]) * 60 + int(clock[3:])
