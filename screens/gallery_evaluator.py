"""Sample data of every page of the evaluator."""

from __future__ import annotations

from screens.gallery_words import CLOCK, SOCIAL
from screens.views import (
    Bilingual,
    EvaluatorAsk,
    EvaluatorComplaint,
    EvaluatorIdle,
    EvaluatorThanks,
    PersonCard,
    View,
    WindowState,
)

PHONE = "12345"
URL = "https://pj.longjiang.gov.cn/r/0190a5c2-7b1e-7c3d-8e4f-5a6b7c8d9e0f"
PAPERS = Bilingual(
    "请保管好您的资料",
    "Please keep your papers",
    "ماتېرىياللىرىڭىزنى ساقلاڭ",
    "ཡིག་ཆ་ཉར་རོགས།",
    "ᠮᠠᠲ᠋ᠧᠷᠢᠶᠠᠯ\u202fᠢᠶᠠᠨ ᠬᠠᠳᠠᠭᠠᠯᠠᠭᠠᠷᠠᠢ",
)
WANG = PersonCard("1001", "王晓明", 4, "社会保险综合受理")
STATES: tuple[WindowState, ...] = ("unknown", "closed", "open", "serving", "paused", "overtime")


def evaluators() -> dict[str, View]:
    """Name -> view. `evaluator-plain-...`: a hall without a code, tags and complaints."""
    views: dict[str, View] = {
        "evaluator-ask": EvaluatorAsk(3, WANG, "A012", SOCIAL, url=URL, reminder=PAPERS),
        "evaluator-ask-again": EvaluatorAsk(3, WANG, "A012", SOCIAL, again=True, url=URL),
        "evaluator-plain-ask": EvaluatorAsk(3, WANG, "A012", SOCIAL),
        "evaluator-thanks": EvaluatorThanks(3, asks=True),
        "evaluator-thanks-chosen": EvaluatorThanks(3, PAPERS, asks=True, chosen=("attitude", "rules")),
        "evaluator-plain-thanks": EvaluatorThanks(3),
        "evaluator-complaint-ask": EvaluatorComplaint(3, "ask", PHONE),
        "evaluator-complaint-noted": EvaluatorComplaint(3, "noted", PHONE),
        "evaluator-plain-open": EvaluatorIdle(3, "open", WANG, CLOCK),
        "evaluator-safe": EvaluatorIdle(3, "closed", None, CLOCK, PHONE, safe=True),
        "evaluator-phone-closed": EvaluatorIdle(3, "closed", None, CLOCK, PHONE),
    }
    for lang in ("ug", "bo", "mn"):
        views[f"evaluator-ask-{lang}"] = EvaluatorAsk(3, WANG, "A012", SOCIAL, second=lang)
        views[f"evaluator-thanks-{lang}"] = EvaluatorThanks(3, second=lang)
        views[f"evaluator-tags-{lang}"] = EvaluatorThanks(3, PAPERS, asks=True, chosen=("attitude",), second=lang)
        views[f"evaluator-code-{lang}"] = EvaluatorAsk(3, WANG, "A012", SOCIAL, url=URL, second=lang)
        views[f"evaluator-open-{lang}"] = EvaluatorIdle(3, "open", WANG, CLOCK, PHONE, complain=True, second=lang)
        views[f"evaluator-paused-{lang}"] = EvaluatorIdle(3, "paused", WANG, CLOCK, PHONE, complain=True, second=lang)
        views[f"evaluator-closed-{lang}"] = EvaluatorIdle(3, "closed", None, CLOCK, PHONE, second=lang)
        views[f"evaluator-complaint-{lang}"] = EvaluatorComplaint(3, "ask", PHONE, lang)
    for state in STATES:
        person = None if state in ("unknown", "closed") else WANG
        views[f"evaluator-{state}"] = EvaluatorIdle(3, state, person, CLOCK, PHONE, complain=True)
    return views
