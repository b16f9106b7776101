"""The pages of the evaluator."""

from __future__ import annotations

from dataclasses import dataclass

from screens.views.window import PersonCard, WindowState
from screens.views.words import Bilingual, Clockface


@dataclass(frozen=True, slots=True)
class EvaluatorIdle:
    """Identity at rest: window and person; the pause or closed plate; the number alone when unsure (R125)."""

    window: int
    state: WindowState
    person: PersonCard | None
    clock: Clockface


@dataclass(frozen=True, slots=True)
class EvaluatorAsk:
    """Five levels, once. Touch targets: `level:5` .. `level:1`. again: several buttons went down at once."""

    window: int
    person: PersonCard
    number: str
    service: Bilingual | None
    again: bool = False


@dataclass(frozen=True, slots=True)
class EvaluatorThanks:
    """The same words for every level (R166, R271)."""

    window: int
