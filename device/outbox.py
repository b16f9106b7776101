"""Which records of a device go on the wire now. Only the coordinator's receipt ends a record's journey (CONTRACT).

Rules:
  the line comes up           everything behind the last receipt goes out again
  a receipt with news         what it covers may go; the next ones follow, `window` at most in flight
  a receipt without news      the coordinator lacks what follows it: out again from there, at most once a second
  silence for 5 s             only the oldest goes out again, until somebody answers: nobody may be there
  receipts below old ones     for 5 s and none else: the coordinator's book lost what we no longer have: `behind`, for
                              a technician
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from drivers.durable import Fact

WINDOW = 200
SILENCE = 5.0
REWIND_PAUSE = 1.0

Unsent = Callable[[int], Sequence[Fact]]  # the oldest n facts without a receipt


class Outbox:
    """One device's records on their way. Every method returns the facts to publish now, in order of seq.

    unsent: reads the journal. head: the last seq in the journal.
    """

    def __init__(self, unsent: Unsent, head: int, window: int = WINDOW) -> None:
        oldest = unsent(1)
        self._unsent = unsent
        self._window = window
        self._allowed = window
        self._up = False
        self._head = head
        self._receipted = oldest[0].seq - 1 if oldest else head
        self._sent = self._receipted
        self._heard = 0.0  # when somebody last answered, or when we last spoke after having been quiet
        self._rewound = float("-inf")
        self._low_since: float | None = None
        self._behind = False

    @property
    def unsent(self) -> int:
        """How many records have no receipt yet."""
        return self._head - self._receipted

    @property
    def behind(self) -> bool:
        """True if the coordinator asks for records that it once receipted and that are gone here."""
        return self._behind

    def deadline(self) -> float | None:
        """Monotonic time at which `silent` is to be called, None if nothing is out."""
        return self._heard + SILENCE if self._up and self._sent > self._receipted else None

    def line_up(self, now: float) -> list[Fact]:
        """The line is there (again): whatever was out may be lost with it."""
        self._up, self._allowed = True, self._window
        return self._again(now)

    def line_down(self) -> None:
        """Nothing can go out until `line_up`."""
        self._up = False

    def committed(self, facts: Sequence[Fact], now: float) -> list[Fact]:
        """These, the newest of all, are durable now; out they go unless older ones still wait for room."""
        caught_up = self._sent == self._head
        self._head = facts[-1].seq
        return self._out(facts, now) if self._up and caught_up else []

    def knows(self, upto: int) -> bool:
        """False for a receipt about records that were never made; nothing may be dropped because of it."""
        return upto <= self._head

    def receipt(self, upto: int, now: float) -> list[Fact]:
        """The coordinator has everything up to `upto`; the journal was told already."""
        self._heard = now
        if upto >= self._receipted:
            self._low_since, self._behind = None, False
        elif self._low_since is None:
            self._low_since = now
        else:  # delivered late or twice it would not go on for so long
            self._behind = now - self._low_since >= SILENCE
        if upto > self._receipted:
            self._receipted = upto
            self._sent = max(self._sent, upto)
            self._allowed = self._window
            return self._more(now)
        missing = upto == self._receipted and self._sent > upto
        return self._again(now) if missing and now - self._rewound >= REWIND_PAUSE else []

    def silent(self, now: float) -> list[Fact]:
        """Nobody answered for 5 s: knock with the oldest alone."""
        due = self.deadline()
        if due is None or now < due:
            return []
        self._allowed = 1
        return self._again(now)

    def _again(self, now: float) -> list[Fact]:
        self._sent = self._receipted
        self._rewound = self._heard = now
        return self._more(now)

    def _more(self, now: float) -> list[Fact]:
        if not self._up or self._sent == self._head or self._sent - self._receipted >= self._allowed:
            return []
        return self._out([fact for fact in self._unsent(self._allowed) if fact.seq > self._sent], now)

    def _out(self, facts: Sequence[Fact], now: float) -> list[Fact]:
        going = list(facts[: self._allowed - (self._sent - self._receipted)])
        if going:
            if self._sent == self._receipted:
                self._heard = now
            self._sent = going[-1].seq
        return going
