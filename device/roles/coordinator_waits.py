"""When the coordinator notes what it has learned of waits: once a day, when nobody is there any more (R242)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from device.effects import Effect
from device.hall.calendar import hours_on
from device.moment import Moment

if TYPE_CHECKING:
    from device.roles.coordinator import Coordinator


def note_learned(c: Coordinator, moment: Moment) -> list[Effect]:
    """Records of every service of which something was learned since the last time."""
    return [c.decide(record, moment) for record in c.hall.waits.learned()]


def note_after_hours(c: Coordinator, moment: Moment) -> list[Effect]:
    """The same, once the day's last session is over and nobody is served: at night the power may go."""
    if moment.clock != "synced" or not c.hall.waits.fresh or any(desk.ticket for desk in c.hall.floor.desks.values()):
        return []
    today = hours_on(c.plan, moment.wall.date())
    minute = moment.wall.hour * 60 + moment.wall.minute
    over = today.closed or all(end <= minute for _, end in today.spans())
    return note_learned(c, moment) if over else []
