"""From hall.toml's rules to the hall's own data: calendar, queue, leave, people, load."""

from __future__ import annotations

from datetime import datetime

from config.hall_rules import Calendar as CalendarConfig
from config.hall_rules import DayRule as DayRuleConfig
from config.hall_rules import Outage as OutageConfig
from config.hall_rules import Words as ConfigWords
from config.schema import HallConfig
from device.contract.messages import Words
from device.hall.calendar import Calendar, DayRule, Outage, Sessions
from device.moment import HALL_TIME
from device.public_holidays import Table, china

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
    )


def _table(rules: CalendarConfig) -> Table:
    return china() if rules.public_holidays == "china" else Table(frozenset(), frozenset(), "")


def _day_rule(rule: DayRuleConfig) -> DayRule:
    return DayRule(rule.closed, sessions_of(rule.sessions), frozenset(rule.windows))


def _outage(outage: OutageConfig) -> Outage:
    begins, ends = (datetime.fromisoformat(t).replace(tzinfo=HALL_TIME) for t in (outage.begins, outage.ends))
    return Outage(
        outage.id, begins, ends, words_of(outage.what), frozenset(outage.windows), frozenset(outage.services),
        outage.elsewhere, words_of(outage.staff_to) if outage.staff_to else None,
    )  # fmt: skip


def sessions_of(sessions: tuple[tuple[str, str], ...]) -> Sessions:
    """`08:30` as minutes of the day."""
    return tuple((minute_of(begin), minute_of(end)) for begin, end in sessions)


def minute_of(clock: str) -> int:
    """`08:30` -> 510."""
    return int(clock[:2]) * 60 + int(clock[3:])


def words_of(words: ConfigWords) -> Words:
    """The config's words as the wire's."""
    return Words(words.zh, words.en)
