"""Whoever works here no more is out everywhere: signed out, and forgotten by every window, with the line or without."""

from __future__ import annotations

import pytest

from device.contract.messages import Person, StaffSignedIn, StaffSignedOut
from device.effects import Staffed
from device.hall.plan import StaffEntry
from device.roles.coordinator import Coordinator
from device.roles.window import Window
from screens.views import ConsolePage
from tests.helpers.table import HallOnATable
from tests.scenarios.people import serve, take


def coordinator(hall: HallOnATable) -> Coordinator:
    role = hall.lives["coordinator"].station.seats["coordinator"].role
    assert isinstance(role, Coordinator)
    return role


def leaves(hall: HallOnATable, staff: str) -> None:
    """Their entry is taken out of staff.toml, and the coordinator has looked."""
    people = {number: entry for number, entry in coordinator(hall).staff.items() if number != staff}
    hall.lives["coordinator"].loop.post("coordinator", Staffed(people))
    hall.pass_time(2)


def state(hall: HallOnATable, window: str) -> str:
    page = hall.view(window)
    assert isinstance(page, ConsolePage)
    return page.state


@pytest.mark.req("R205")
def test_a_leavers_pin_is_forgotten_by_every_window_within_a_minute_and_opens_nothing_without_the_line(
    hall: HallOnATable,
) -> None:
    for window in ("window-3", "window-4"):
        hall.sign_in(window, "1001")
        hall.tap(window, "signout")
        hall.pass_time(2)
    leaves(hall, "1001")
    assert all("1001" not in pins for pins in kept(hall)), "not on any card"
    hall.broker.down(forget=True)
    hall.pass_time(30)
    hall.sign_in("window-3", "1001")
    assert state(hall, "window-3") == "closed"
    hall.broker.up()
    hall.pass_time(30)
    hall.sign_in("window-4", "1001")
    assert len([r for r in hall.records("staff.signed_in") if isinstance(r, StaffSignedIn)]) == 2


def kept(hall: HallOnATable) -> list[str]:
    roles = [hall.lives[station].station.seats[f"window-{n}"].role for station, n in (("desk-3", 3), ("desk-4", 4))]
    return [role.pins.to_json() for role in roles if isinstance(role, Window)]


@pytest.mark.req("R205")
def test_a_leaver_who_is_signed_in_is_signed_out_and_one_who_serves_when_the_citizen_has_gone(
    hall: HallOnATable,
) -> None:
    hall.sign_in("window-4", "1002")
    leaves(hall, "1002")
    assert [(r.window, r.why) for r in hall.records("staff.signed_out") if isinstance(r, StaffSignedOut)] == [
        (4, "revoked")
    ]
    take(hall)
    hall.sign_in("window-3", "1001")
    hall.tap("window-3", "next", "start")
    leaves(hall, "1001")
    assert state(hall, "window-3") == "serving"
    hall.tap("window-3", "finish")
    hall.pass_time(61)
    assert state(hall, "window-3") == "closed"


def test_whoever_comes_new_can_sign_in_without_a_restart(hall: HallOnATable) -> None:
    role = coordinator(hall)
    known = role.staff["1001"]
    people = {**role.staff, "1009": StaffEntry(Person("1009", "新人"), frozenset(), known.pin)}
    hall.lives["coordinator"].loop.post("coordinator", Staffed(people))
    hall.pass_time(2)
    hall.pins["1009"] = hall.pins["1001"]
    hall.sign_in("window-3", "1009")
    assert state(hall, "window-3") == "open"
    assert [r.staff for r in hall.records("staff.signed_in") if isinstance(r, StaffSignedIn)] == ["1009"]


def test_people_who_stay_notice_nothing(hall: HallOnATable) -> None:
    serve(hall)
    leaves(hall, "1002")
    assert state(hall, "window-3") == "open"
