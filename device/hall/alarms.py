"""What needs somebody in charge: alarms that are not over, a fold over their records."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from device.contract.messages import Alarm, AlarmAnswered, AlarmEnded, AlarmRaised, Envelope, HallAlarms, Record

SHOWN = 24
REPAIR, CALLED_BACK = "repair", "called-back"
FOR_HELP = "help-"  # begins the kinds of a window's calls for help
CITIZEN = "citizen-asks"  # somebody at a kiosk asks for help (R222)
UNSAID = frozenset({"case-due", "case-overdue"})  # every window hears the wire, and could work out who was rated
Key = tuple[str, str, int, str, str, str]  # kind, to, window, service, staff, device


def key_of(alarm: AlarmRaised | Alarm) -> Key:
    """What the alarm is about: there is one at a time."""
    return (alarm.kind, alarm.to, alarm.window, alarm.service, alarm.staff, alarm.about)


@dataclass(slots=True)
class Alarms:
    """The open ones by id, the oldest first."""

    open: dict[str, Alarm] = field(default_factory=dict)
    called_back: set[str] = field(default_factory=set)  # repairs whose asker was asked whether it is well (R070)

    def apply(self, envelope: Envelope, record: Record, *, in_charge: bool) -> None:
        """Take one record in. in_charge: whoever answers may."""
        match record:
            case AlarmRaised(kind, to, window, service, staff, _, proposal, about, part, code):
                since = envelope.at
                alarm = Alarm(envelope.id, kind, to, since, window, service, staff, proposal, "", about, part, code)
                self.open[envelope.id] = alarm
            case AlarmEnded(alarm=alarm):
                self.open.pop(alarm, None)
                self.called_back.discard(alarm)
            case AlarmAnswered(alarm=alarm, staff=staff) if in_charge and alarm in self.open:
                known = self.open[alarm]
                minutes = record.expected_minutes
                expected = _later(envelope.at, minutes) if minutes else known.expected
                self.open[alarm] = replace(known, answered_by=staff, expected=expected)
                if record.action == CALLED_BACK:
                    self.called_back.add(alarm)
            case _:
                pass

    def about(self) -> dict[Key, str]:
        """What is alarmed of, and under which id."""
        return {key_of(alarm): identity for identity, alarm in self.open.items()}

    def settled(self, identity: str) -> bool:
        """Whether an alarm raised by hand is over: a repair when its asker was called back, any other when answered."""
        alarm = self.open[identity]
        return identity in self.called_back if alarm.kind == REPAIR else alarm.answered_by != ""

    def expected(self, about: str) -> str:
        """When this device is thought to be mended, "" if nobody said (R088)."""
        return max((alarm.expected for alarm in self.open.values() if alarm.about == about), default="")

    def truth(self) -> HallAlarms:
        """What consoles of those in charge show, without a rev, the oldest first and devices last.

        Neither a dead switch nor what nobody answered for weeks may crowd out who calls for help now.
        """
        said = [alarm for alarm in self.open.values() if alarm.kind not in UNSAID]
        shown = sorted(said, key=lambda alarm: (alarm.kind.startswith(FOR_HELP), alarm.about == ""))[-SHOWN:]
        return HallAlarms(0, tuple(sorted(shown, key=lambda alarm: (alarm.about != "", alarm.since))))


def _later(at: str, minutes: int) -> str:
    return (datetime.fromisoformat(at) + timedelta(minutes=minutes)).isoformat(timespec="seconds")
