"""From config to roles: the one place where both are known. A role is loaded when a device of its kind is made."""

from __future__ import annotations

from dataclasses import replace

from config.hall import HallConfig
from config.schema import Device, Station
from device.contract.messages import HallNotices, Person
from device.effects import Role
from device.hall.parameters import Rules
from device.hall.plan import Elsewhere, Facility, Info, Plan, Service, StaffEntry, WindowPlan, Zone, two
from device.roles.build_rules import (
    calendar_of,
    cases_of,
    discipline_of,
    leave_of,
    load_of,
    minute_of,
    people_of,
    power_of,
    rating_of,
    sessions_of,
    voice_of,
    words_of,
)


def build(device: Device, station: Station) -> Role:
    """The pure machine of one device of this station. The config was checked: its names refer to something."""
    plan = plan_of(station.hall)
    here = plan.window_of(device.name)
    match device.role:
        case "kiosk":
            from device.roles.kiosk import Kiosk

            return Kiosk(device.name, plan, speaks=device.speaker is not None)
        case "board":
            return _board(device, station, plan)
        case "coordinator":
            from device.roles.coordinator import Coordinator

            people = people_of(station.hall, station.roster, station.absences)
            return Coordinator(device.name, replace(plan, people=people), staff_of(station), notices_of(station.hall))
        case "window" if here:
            from device.roles.window import Window

            return Window(device.name, plan, here)
        case "evaluator" if here:
            from device.roles.evaluator import Evaluator

            desk = any(other.name == here.device for other in station.devices)
            return Evaluator(
                device.name, plan, here, station.hash, desk,
                speaks=device.speaker is not None, touch=device.screen is not None,
            )  # fmt: skip
        case _:
            raise ValueError(f"{device.name}: no window of the hall names this {device.role}")


def _board(device: Device, station: Station, plan: Plan) -> Role:
    """A board of calls, or of information."""
    from device.roles.board import Board
    from device.roles.info import InfoBoard

    here = next((board for board in station.hall.boards if board.device == device.name), None)
    if here and here.shows == "content":
        items = tuple(
            Info(c.kind, two(words_of(c.title)), tuple(two(words_of(line)) for line in c.lines))
            for c in station.hall.contents
        )
        return InfoBoard(device.name, plan, items, here.page_seconds)
    return Board(
        device.name,
        plan,
        speaks=device.speaker is not None,
        zone=frozenset(here.windows) if here else frozenset(),
        zones=tuple(Zone(words_of(zone.name), frozenset(zone.windows)) for zone in here.zones) if here else (),
        page_seconds=here.page_seconds if here else 10.0,
    )


def plan_of(config: HallConfig) -> Plan:
    """hall.toml as the roles know it."""
    hall, calls = config.hall, config.calls
    return Plan(
        id=hall.id,
        name=words_of(hall.name),
        languages=hall.languages,
        rollover=minute_of(hall.rollover),
        sessions=() if hall.always_open else sessions_of(hall.sessions),
        calendar=calendar_of(config),
        discipline=discipline_of(config),
        rating=rating_of(config),
        leave=leave_of(config),
        people=people_of(config, (), ()),
        load=load_of(config),
        cases=cases_of(config),
        power=power_of(config),
        overtime_month=config.closing.month_minutes * 60,
        tidy=words_of(config.closing.tidy) if config.closing.tidy else None,
        services={
            s.id: Service(
                s.id,
                words_of(s.name),
                s.series,
                s.minutes,
                s.limit_minutes,
                s.sizes,
                s.promise_days,
                s.offered,
                s.modes,
                words_of(s.group) if s.group else None,
                s.always,
                words_of(s.plain) if s.plain else None,
                s.registers,
            )
            for s in config.services
        },
        windows={
            w.number: WindowPlan(
                w.number, words_of(w.place), w.services, w.device, w.evaluator or "", w.also, w.counter or ""
            )
            for w in config.windows
        },
        kiosks={kiosk.device: words_of(kiosk.place) for kiosk in config.kiosks},
        complaint_phone=hall.complaint_phone,
        city_codes=hall.city_codes,
        identity_key=hall.identity_key.get_secret_value(),
        voice=voice_of(config),
        elsewhere=tuple(Elsewhere(words_of(e.name), words_of(e.place), e.phone or "") for e in config.elsewhere),
        facilities={
            f.id: Facility(words_of(f.name), words_of(f.instead) if f.instead else None) for f in config.facilities
        },
        needs=config.kiosk_rules.needs,
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
            reprint_seconds=config.kiosk_rules.reprint_seconds,
            contact_days=config.kiosk_rules.contact_days,
            warn_seconds=config.kiosk_rules.warn_seconds,
            closing_minutes=config.kiosk_rules.closing_minutes,
        ),
    )


def staff_of(station: Station) -> dict[str, StaffEntry]:
    """The roster, by staff number."""
    return {
        s.number: StaffEntry(
            Person(s.number, s.name, s.stars, s.duty, s.photo),
            frozenset(s.windows),
            s.pin,
            frozenset(s.services),
            frozenset(s.skills),
            s.substitute or "",
            frozenset(s.duties),
            s.department,
            s.card or "",
        )
        for s in station.staff
    }


def notices_of(config: HallConfig) -> HallNotices:
    """The hall's own texts for public screens."""
    texts = (config.notices.business, config.notices.announcement, config.notices.sample)
    business, announcement, sample = (words_of(text) if text else None for text in texts)
    return HallNotices(0, business, announcement, sample)
