"""A hall whose kiosks do a service desk's work."""

from __future__ import annotations

from dataclasses import replace

from device.contract.messages import Words
from device.effects import Publish
from tests.roles.at_kiosk import WHOLE
from tests.roles.stage import PLAN, Stage

CARD = "11010519491231002X"  # the example of GB 11643
KEY = "a hall's key of more than thirty-two signs"
VISITS = replace(PLAN.services["social"], modes=("walk-in", "home-visit"), plain=Words("养老、社保卡", "Pension"))
DESK = replace(WHOLE, services={**WHOLE.services, "social": VISITS}, identity_key=KEY, city_codes=("CITY:",),
               complaint_phone="12345")  # fmt: skip


def everything(stage: Stage) -> str:
    """All that the kiosk ever asked to be kept, recorded or shown."""
    return repr([e for e in stage.effects if not isinstance(e, Publish)])
