"""From the silent key to the leader's console, over real shells and the real wire format."""

from __future__ import annotations

from dataclasses import replace

import pytest

from device.table import Table
from screens.views import ConsolePage
from tests.helpers.table import laid
from tests.scenarios.conftest import MONDAY


@pytest.fixture
def led() -> Table:
    """Desks 3 and 4; 1002 leads."""
    usual = laid()
    leader = {"duties": ("leader",)}
    configs = {
        name: replace(
            config, staff=tuple(s.model_copy(update=leader) if s.number == "1002" else s for s in config.staff)
        )
        for name, config in usual.configs.items()
    }
    table = Table(configs, MONDAY, pins=usual.pins)
    table.pass_time(2.0)
    table.sign_in("window-3", "1001")
    table.sign_in("window-4", "1002")
    table.pass_time(10.0)
    return table


def message(hall: Table, window: str) -> str:
    page = hall.view(window)
    assert isinstance(page, ConsolePage)
    return page.message


@pytest.mark.req("R281", "R234", "R280")
@pytest.mark.parametrize(("key", "reason"), [("3", "medical"), ("4", "security")])
def test_a_call_for_help_is_at_the_leaders_console_within_two_seconds_and_nowhere_in_public(
    led: Table, key: str, reason: str
) -> None:
    public = [("window-3", "sign"), ("window-4", "sign"), ("evaluator-3", "main"), ("board-1", "main")]
    before = [led.view(*where) for where in public]
    led.type("window-3", "!", key)
    pressed = led.clock.mono()
    while message(led, "window-4") != "console.urgent":
        led.pass_time(0.1)
        assert led.clock.mono() - pressed <= 2.0
    assert message(led, "window-3") == "console.reported"
    assert [led.view(*where) for where in public] == before
    led.type("window-4", "a", "1")
    led.pass_time(2.0)
    kinds = [record.type for record in led.records() if record.type.startswith("alarm.")]
    assert kinds == ["alarm.asked", "alarm.raised", "alarm.answered", "alarm.ended"]
    (raised,) = led.records("alarm.raised")
    assert getattr(raised, "kind", "") == f"help-{reason}"


@pytest.mark.req("R234")
def test_what_was_pressed_without_the_line_reaches_the_leader_when_it_is_back(led: Table) -> None:
    led.cut_power("coordinator")
    led.pass_time(5.0)
    led.type("window-3", "!", "6")
    led.pass_time(60.0)
    assert message(led, "window-4") != "console.urgent"
    led.boot("coordinator")
    led.pass_time(5.0)
    assert [getattr(r, "kind", "") for r in led.records("alarm.raised")] == ["help-power"]
