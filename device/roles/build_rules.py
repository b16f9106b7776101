"""From hall.toml's rules to the hall's own data: calendar, queue, leave, people, load."""

from __future__ import annotations

from datetime import datetime

from config.hall import HallConfig
from config.hall_rules import Calendar as CalendarConfig
from config.hall_rules import DayRule as DayRuleConfig
from config.hall_rules import Outage as OutageConfig
from config.hall_rules import Words as ConfigWords
from config.staff import Absence as AbsenceConfig
from config.staff import Roster
from device.contract.messages import Words
from device.hall.calendar import Calendar, DayRule, Outage, Sessions
from device.hall.discipline import VOUCHER, Discipline, Klass
from device.hall.parameters import Absence, CaseRules, Expected, Leave, Load, People, Power, Rating, Voice
from device.moment import HALL_TIME
from device.public_holidays import Table, china

VOUCHER_NAME = Words("停电优先", "Kept waiting by a power cut")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def calendar_of(config: HallConfig) -> Calendar:
    """The hall's calendar, with the table of public holidays it follows."""
    rules = config.calendar
    table = _table(rules)
    seasons = sorted(((int(s.begins[:2]), int(s.begins[3:])), sessions_of(s.sessions)) for s in config.seasons)
    return Calendar(
        seasons=tuple(seasons),
        weekend=frozenset(WEEKDAYS.index(day) for day in rules.weekend),
        on_weekend=_day_rule(rules.on_weekend),
        on_holiday=_day_rule(rules.on_holiday),
        holidays=table.holidays,
        workdays=table.workdays,
        table_ends=table.ends,
        table_days=rules.table_days,
        special={day.date: (day.kind, _day_rule(day)) for day in config.days},
        outages=tuple(_outage(outage) for outage in config.outages),
        notice_days=rules.notice_days,
        approved={day.date: day.approved_by for day in config.days if day.approved_by},
    )


def _table(rules: CalendarConfig) -> Table:
    return china() if rules.public_holidays == "china" else Table(frozenset(), frozenset(), "")


def _day_rule(rule: DayRuleConfig) -> DayRule:
    return DayRule(rule.closed, sessions_of(rule.sessions), frozenset(rule.windows))


def _outage(outage: OutageConfig) -> Outage:
    return Outage(
        outage.id,
        _local(outage.begins),
        _local(outage.ends),
        words_of(outage.what),
        frozenset(outage.windows),
        frozenset(outage.services),
        outage.elsewhere,
        words_of(outage.staff_to) if outage.staff_to else None,
    )


def discipline_of(config: HallConfig) -> Discipline:
    """In which order people are called."""
    queue = config.queue
    classes = [
        Klass(c.id, words_of(c.name), c.rank, c.share, words_of(c.proof) if c.proof else None) for c in queue.classes
    ]
    classes.append(Klass(VOUCHER, VOUCHER_NAME, config.power.voucher_rank, asked=False))
    return Discipline(
        policy=queue.policy,
        ageing=queue.ageing_minutes * 60.0,
        early=queue.early_minutes * 60.0,
        late=queue.late_minutes * 60.0,
        reserve=queue.reserve,
        slot=queue.slot_minutes * 60.0,
        slot_places=queue.slot_places,
        book_days=queue.book_days,
        classes={klass.id: klass for klass in classes},
    )


def rating_of(config: HallConfig) -> Rating:
    """What an evaluator asks besides the level."""
    rating = config.rating
    reminder = words_of(rating.reminder) if rating.reminder else None
    return Rating(rating.tags, rating.complaint_key, rating.url or "", reminder)


def leave_of(config: HallConfig) -> Leave:
    """Leaving a window for a while."""
    leave = config.leave
    checklist = words_of(leave.checklist) if leave.checklist else None
    return Leave(leave.minutes, leave.remind_minutes, leave.most_away, leave.reason_minutes, checklist)


def people_of(config: HallConfig, roster: tuple[Roster, ...], absences: tuple[AbsenceConfig, ...]) -> People:
    """Who works where; roster and absences are the coordinator's alone."""
    people = config.people
    return People(
        by_card=people.sign_in == "card",
        windows_each=people.windows_each,
        nobody_acts=people.nobody_acts_seconds,
        idle=people.idle_minutes * 60,
        absent=people.absent_minutes * 60,
        escalate=people.escalate_minutes * 60,
        per_window_percent=people.per_window_percent,
        preshift=people.preshift_minutes * 60,
        roster=tuple(Expected(r.window, r.staff, frozenset(WEEKDAYS.index(d) for d in r.days)) for r in roster),
        absences=tuple(
            Absence(a.id, a.staff, _local(a.begins), _local(a.ends), a.substitute or "", a.approved_by or "", a.where)
            for a in absences
        ),
    )


def load_of(config: HallConfig) -> Load:
    """When a queue is long."""
    return Load(config.load.long, config.load.short, config.load.warn_minutes)


def cases_of(config: HallConfig) -> CaseRules:
    """How bad ratings and complaints are worked through."""
    cases, days = config.cases, config.cases.days
    by_kind = {
        "bad-rating": days.bad_rating,
        "complaint": days.complaint,
        "report": days.report,
        "suggestion": days.suggestion,
    }
    return CaseRules(by_kind, cases.remind_days, cases.escalate_days)


def power_of(config: HallConfig) -> Power:
    """What is a power cut, and what follows from one."""
    return Power(config.power.devices, config.power.seconds, config.power.voucher_days)


def _local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=HALL_TIME)


def sessions_of(sessions: tuple[tuple[str, str], ...]) -> Sessions:
    """`08:30` as minutes of the day."""
    return tuple((minute_of(begin), minute_of(end)) for begin, end in sessions)


def minute_of(clock: str) -> int:
    """`08:30` -> 510."""
    return int(clock[:2]) * 60 + int(clock[3:])


def voice_of(config: HallConfig) -> Voice:
    """What the hall's voice says."""
    voice = config.voice
    return Voice(
        voice.languages,
        voice.yao,
        frozenset(voice.clear_for),
        voice.opening,
        voice.closing_minutes,
        voice.apology,
        voice.waited_minutes,
    )


def words_of(words: ConfigWords) -> Words:
    """The config's words as the wire's."""
    return Words(words.zh, words.en, words.ug, words.bo, words.mn)
