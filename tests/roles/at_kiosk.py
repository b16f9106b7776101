"""A kiosk with a screen that is touched, on the stage."""

from __future__ import annotations

from dataclasses import replace

from device.contract.messages import AnswerBlock, Block, Words
from device.effects import Tapped
from device.hall.discipline import Discipline, Klass
from device.hall.plan import Elsewhere, Plan, Service
from device.roles.kiosk import Kiosk
from drivers.events import LinkUp, PrinterReport
from screens.views import KioskHome, View
from tests.roles.stage import DAY, PLAN, Stage, uid

ELDERLY = Klass("elderly", Words("老年人", "Elderly"), 2, proof=Words("身份证", "ID card"))
SICK = Klass("sick", Words("病弱者", "Sick or frail"), 2)
UNSOLVED = Service("unsolved", Words("办不成事反映", "Problems not solved"), "C", 10, always=True)
WHOLE = replace(
    PLAN,
    discipline=Discipline(classes={"elderly": ELDERLY, "sick": SICK}),
    needs=("sign", "en"),
    elsewhere=(Elsewhere(Words("出入境", "Passports"), Words("公安局", "Police"), "0452-5550110"),),
    services={**PLAN.services, "unsolved": UNSOLVED},
    windows={**PLAN.windows, 4: replace(PLAN.windows[4], services=("social", "tax", "unsolved"))},
)
BLOCKS = tuple(Block(series, DAY, 600, 699) for series in "ABC")


def kiosk(plan: Plan = WHOLE) -> Stage:
    stage = Stage(Kiosk("kiosk-1", plan))
    stage.began()
    stage.send(PrinterReport(ready=True))
    stage.send(LinkUp())
    stage.hear(AnswerBlock(uid(1), BLOCKS))
    return stage


def touch(stage: Stage, *keys: str) -> View:
    for key in keys:
        stage.send(Tapped(key))
    return stage.view()


def home(stage: Stage) -> KioskHome:
    return stage.page(KioskHome)
