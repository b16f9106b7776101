"""The pages of the evaluator."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from screens.views.window import PersonCard, WindowState
from screens.views.words import Bilingual, Clockface

# The eight dimensions of the standard, in its order (R259), by the names under which they are on record.
DIMENSIONS: Final = (
    "discipline", "appearance", "conduct", "attitude", "language", "efficiency", "competence", "rules",
)  # fmt: skip
ComplaintStep = Literal["ask", "noted"]


@dataclass(frozen=True, slots=True)
class EvaluatorIdle:
    """Identity at rest: window and person; the pause or closed plate; the number alone when unsure (R125).

    safe: the day is over, it may be switched off (R018). phone: for complaints, "" none. Touch target: `complain`, if
    one may complain here now. second: the language beside Chinese, here and below.
    """

    window: int
    state: WindowState
    person: PersonCard | None
    clock: Clockface
    phone: str = ""
    complain: bool = False
    safe: bool = False
    second: str = "en"


@dataclass(frozen=True, slots=True)
class EvaluatorAsk:
    """Five levels, once. Touch targets: `level:5` .. `level:1`. again: several buttons went down at once.

    url: for rating by phone, as a QR code; "" none. reminder: the hall's own word about papers (R028).
    """

    window: int
    person: PersonCard
    number: str
    service: Bilingual | None
    again: bool = False
    url: str = ""
    reminder: Bilingual | None = None
    second: str = "en"


@dataclass(frozen=True, slots=True)
class EvaluatorThanks:
    """The same words for every level (R166, R271). asks: for DIMENSIONS; touch targets `tag:<dimension>`, `chosen` ones
    marked."""

    window: int
    reminder: Bilingual | None = None
    asks: bool = False
    chosen: tuple[str, ...] = ()
    second: str = "en"


@dataclass(frozen=True, slots=True)
class EvaluatorComplaint:
    """Whether to complain about the service here (`complain:yes`, `complain:no`), or that it is on record."""

    window: int
    step: ComplaintStep
    phone: str
    second: str = "en"
