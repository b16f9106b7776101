"""A ticket to test with."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from screens.ticket import TicketFacts
from screens.views import Bilingual, Clockface

STANDARD = TicketFacts(
    hall=Bilingual("龙江政务服务中心", "Longjiang Government Service Centre"),
    number="A012",
    service=Bilingual("社会保险", "Social insurance"),
    place=Bilingual("一楼A区", "Floor 1, zone A"),
    ahead=5,
    minutes=40,
    issued=Clockface("2026-11-21 09:30", trusted=True),
    lang="zh",
    complaint_phone="12345",
    attempts=3,
    qr="hallside:longjiang:20261121-A012",
)


def facts(**different: Any) -> TicketFacts:
    """The standard ticket's facts, with these different."""
    return replace(STANDARD, **different)
