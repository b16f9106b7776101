"""What needs somebody in charge: alarms that are not over, a fold over their records."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from device.contract.messages import Alarm, AlarmAnswered, AlarmEnded, AlarmRaised, Envelope, HallAlarms, Record

SHOWN = 24
Key = tuple[str, str, int, str, str, str]  # kind, to, window, service, staff, device


def key_of(alarm: AlarmRaised | Alarm) -> Key:
    """What the alarm is about: there is one at a time."""
    return (alarm.kind, alarm.to, alarm.window, alarm.service, alarm.staff, alarm.about)


@dataclass(slots=True)
class Alarms:
    """The open ones by id, the oldest first."""

    open: dict[str, Alarm] = field(default_factory=dict)

    def apply(self, envelope: Envelope, record: Record, *, in_charge: bool) -> None:
        """Take one record in. in_charge: whoever answers may."""
        match record:
            case AlarmRaised(kind, to, window, service, staff, _, proposal, about):
                since = envelope.at
                alarm = Alarm(envelope.id, kind, to, since, window, service, staff, proposal, about=about)
                self.open[envelope.id] = alarm
            case AlarmEnded(alarm=alarm):
                self.open.pop(alarm, None)
            case AlarmAnswered(alarm=alarm, staff=staff) if in_charge and alarm in self.open:
                self.open[alarm] = replace(self.open[alarm], answered_by=staff)
            case _:
                pass

    def about(self) -> dict[Key, str]:
        """What is alarmed of, and under which id."""
        return {key_of(alarm): identity for identity, alarm in self.open.items()}

    def truth(self) -> HallAlarms:
        """What consoles of those in charge show, without a rev. A dead switch must not crowd out what else there is."""
        return HallAlarms(0, tuple(sorted(self.open.values(), key=lambda alarm: alarm.about != "")[:SHOWN]))
