"""Who signed in at this window before, so that they can again while nobody answers. Verifiers only, never a PIN."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field

from device.contract.messages import Person
from device.hall.pins import make_pin, pin_ok
from device.newest import keep_newest

MOST = 50  # people remembered; the one longest away is forgotten first


@dataclass(slots=True)
class KnownPins:
    """staff number -> (verifier, person as last shown). cost: of a new verifier, as of make_pin."""

    people: dict[str, tuple[str, Person]] = field(default_factory=dict)
    cost: int = 0

    def remember(self, person: Person, pin: str, salt: bytes) -> None:
        """The coordinator has just accepted this PIN."""
        self.people.pop(person.number, None)
        self.people[person.number] = (make_pin(pin, salt, self.cost), person)
        keep_newest(self.people, MOST)

    def forget(self, staff: str) -> bool:
        """Refused by the coordinator, so refused here from now on (R205). True if somebody was forgotten."""
        return self.people.pop(staff, None) is not None

    def check(self, staff: str, pin: str) -> Person | None:
        """The person, if known here and the PIN is right."""
        verifier, person = self.people.get(staff, ("", None))
        return person if person and pin_ok(pin, verifier) else None

    def to_json(self) -> str:
        return json.dumps({staff: [v, asdict(p)] for staff, (v, p) in self.people.items()}, ensure_ascii=False)

    @staticmethod
    def from_json(text: str, cost: int = 0) -> KnownPins:
        return KnownPins({staff: (v, Person(**p)) for staff, (v, p) in json.loads(text).items()}, cost)
