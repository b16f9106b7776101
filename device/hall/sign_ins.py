"""Who may sign in where: the roster, the PIN, and a lock after wrong ones. Not in the book: a PIN is never recorded."""

from __future__ import annotations

from dataclasses import dataclass, field

from device.contract.messages import AnswerSignIn, AskSignIn
from device.hall.pins import pin_ok
from device.hall.plan import Plan, StaffEntry

LOCK_AFTER, LOCK_SECONDS = 5, 300.0
REMEMBERED_TRIES = 2000
REMEMBERED_ANSWERS = 50  # repeated within seconds


@dataclass(slots=True)
class SignIns:
    """Answers asks to sign in; a repeated ask counts once and has one answer."""

    plan: Plan
    staff: dict[str, StaffEntry]
    answers: dict[str, AnswerSignIn] = field(default_factory=dict)  # request -> answer, the last ones
    wrong: dict[str, tuple[int, float]] = field(default_factory=dict)  # staff -> tries, locked until

    def answer(self, request: str, device: str, ask: AskSignIn, mono: float) -> AnswerSignIn:
        """Yes with the person, or no. mono: seconds of a clock that only rises, for the lock."""
        answer = self.answers.get(request) or self._admit(request, device, ask, mono)
        self.answers[request] = answer
        while len(self.answers) > REMEMBERED_ANSWERS:
            del self.answers[next(iter(self.answers))]
        return answer

    def _admit(self, request: str, device: str, ask: AskSignIn, mono: float) -> AnswerSignIn:
        entry = self.staff.get(ask.staff)
        tries, locked = self.wrong.get(ask.staff, (0, 0.0))
        if locked > mono:
            return AnswerSignIn(request, "locked")
        if entry and self._may_work(entry, device) and pin_ok(ask.pin, entry.pin):
            self.wrong.pop(ask.staff, None)
            return AnswerSignIn(request, "welcome", entry.person)
        self._note_wrong(ask.staff, tries + 1, mono)
        return AnswerSignIn(request, "refused")

    def _may_work(self, entry: StaffEntry, device: str) -> bool:
        place = self.plan.window_of(device)
        return bool(
            entry.pin and place and place.device == device and (not entry.windows or place.number in entry.windows)
        )

    def _note_wrong(self, staff: str, tries: int, mono: float) -> None:
        self.wrong[staff] = (tries, mono + LOCK_SECONDS if tries % LOCK_AFTER == 0 else 0.0)
        while len(self.wrong) > REMEMBERED_TRIES:
            del self.wrong[next(iter(self.wrong))]
