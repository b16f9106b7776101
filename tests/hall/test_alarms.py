"""What those in charge are shown of alarms that are not over."""

from __future__ import annotations

import pytest

from device.contract.messages import AlarmRaised, Envelope
from device.hall.alarms import SHOWN, Alarms


def raised(*alarms: AlarmRaised) -> Alarms:
    kept = Alarms()
    for n, alarm in enumerate(alarms):
        at = f"2026-11-{1 + n // 24:02d}T{n % 24:02d}:00:00+08:00"
        kept.apply(Envelope(f"id-{n}", at, "synced", "coordinator"), alarm, in_charge=False)
    return kept


@pytest.mark.req("R280")
@pytest.mark.parametrize("after", [0, SHOWN])
def test_no_number_of_alarms_crowds_out_a_call_for_help(after: int) -> None:
    old = [AlarmRaised("leave-asked", "leader", n, staff="1001") for n in range(1, SHOWN + 6)]
    help_ = AlarmRaised("help-medical", "leader", 3, staff="1001")
    later = [AlarmRaised("queue-long", "leader", service=f"s{n}") for n in range(after)]
    shown = raised(*old, help_, *later).truth().alarms
    assert len(shown) == SHOWN
    assert "help-medical" in {alarm.kind for alarm in shown}


def test_what_is_shown_of_many_is_the_newest_the_oldest_of_them_first_and_devices_last() -> None:
    windows = [AlarmRaised("leave-asked", "leader", n, staff="1001") for n in range(1, SHOWN + 6)]
    switch = [AlarmRaised("not-ready", "technician", about=f"evaluator-{n}") for n in range(1, 40)]
    assert [alarm.window for alarm in raised(*windows, *switch).truth().alarms] == list(range(6, SHOWN + 6))
    few = raised(*switch, *windows[:3]).truth().alarms
    assert [alarm.window for alarm in few[:3]] == [1, 2, 3]
    assert [alarm.about for alarm in few[3:]] == [f"evaluator-{n}" for n in range(40 - SHOWN + 3, 40)]
