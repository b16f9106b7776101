"""What the evaluator shows: the question, the thanks, a complaint, or who is on duty."""

from __future__ import annotations

from typing import TYPE_CHECKING

from device.hall.plan import two
from device.moment import Moment
from device.roles.common import card_of, clockface, second_language
from screens.views import Bilingual, EvaluatorAsk, EvaluatorComplaint, EvaluatorIdle, EvaluatorThanks, View

if TYPE_CHECKING:
    from device.roles.evaluator import Evaluator, Open


def page_of(e: Evaluator, moment: Moment) -> View:
    """The page for what the role knows."""
    window, plan = e.here.number, e.plan
    asked = _ask(e, e.open) if e.open else None
    if asked:
        return asked
    if e.thanking:
        touched = e.dimensions.touched
        return EvaluatorThanks(
            window,
            _reminder(e),
            asks=touched is not None,
            chosen=touched.tags if touched else (),
            second=second_language(plan),
        )
    if e.complains and e.complaint.step:
        return EvaluatorComplaint(window, e.complaint.step, plan.complaint_phone, second_language(plan))
    sure = e.state is not None and e.sure
    return EvaluatorIdle(
        window,
        e.state.state if e.state and sure else "unknown",
        card_of(e.state.person) if e.state and sure else None,
        clockface(moment),
        plan.complaint_phone,
        complain=e.complains and e.complaint.free,
        safe=e.safe(moment),
        second=second_language(plan),
    )


def _ask(e: Evaluator, asked: Open) -> EvaluatorAsk | None:
    i = asked.invitation
    person, service = card_of(i.person), e.plan.services.get(i.service)
    if person is None:
        return None
    return EvaluatorAsk(
        e.here.number,
        person,
        i.ticket[9:],
        two(service.name) if service else None,
        asked.again,
        e.plan.rating.url.replace("{invitation}", i.id),
        _reminder(e),
        second_language(e.plan),
    )


def _reminder(e: Evaluator) -> Bilingual | None:
    reminder = e.plan.rating.reminder
    return two(reminder) if reminder else None
