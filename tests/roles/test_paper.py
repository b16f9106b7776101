"""What the kiosk puts on paper comes from the hall's plan."""

from __future__ import annotations

from dataclasses import replace

import pytest

from device.roles.errand import Errand
from device.roles.paper import ticket_paper
from screens.document import Pair
from tests.roles.stage import PLAN


@pytest.mark.req("R041")
@pytest.mark.parametrize(("days", "said"), [(0, "即办件"), (7, "承诺7个工作日")])
def test_the_paper_has_the_services_own_promise(days: int, said: str) -> None:
    service = replace(PLAN.services["social"], promise_days=days)
    document = ticket_paper(PLAN, Errand("r", service, "zh", "20261123-A012"))
    assert said in [block.right for block in document.blocks if isinstance(block, Pair)]
