"""What hands do in a hall that breaks: whatever the screens before them let them, as the dice fall."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from screens.views import ConsolePage, KioskClosing, KioskHome, KioskNoPaper, KioskSorry, KioskTake
from tests.scenarios.account import SERVICES, Account
from tests.scenarios.hurt import HurtHall

STAFF = ("1001", "1002")
KEYS = {
    "next": 12, "start": 9, "finish": 9, "missed": 3, "recall": 2, "transfer": 2, "number": 2, "rejoin": 2,
    "pause": 1, "resume": 6, "signout": 1, "cancel": 1,
}  # fmt: skip


@dataclass
class Hands:
    """Citizens and staff. told: what they did, as a story for whoever must understand a failure."""

    hall: HurtHall
    dice: random.Random
    account: Account
    told: list[str] = field(default_factory=list)
    last_key: dict[int, str] = field(default_factory=dict)  # of each window

    def __post_init__(self) -> None:
        self.windows = tuple(int(device.rpartition("-")[2]) for device in self.hall.of_role("window"))
        self.kiosks = self.hall.of_role("kiosk")

    def tell(self, what: str) -> None:
        self.told.append(f"{self.hall.clock.now():%d %H:%M:%S.%f} {what}")

    def citizen(self) -> None:
        kiosk = self.dice.choice(self.kiosks)
        if not self.hall.lit(kiosk):
            return
        page, screen = self.hall.view(kiosk), self.hall.parts(kiosk).screens["main"]
        match page:
            case KioskHome():
                service = self.dice.choice(sorted(SERVICES))
                self.tell(f"{kiosk}: {service}")
                for _ in range(self.dice.choice((1, 1, 1, 3))):
                    screen.touch(f"service:{service}")
            case KioskClosing():
                screen.touch("choose:wait")
            case KioskTake() | KioskNoPaper():
                screen.touch("done")
            case KioskSorry(retry=True):
                screen.touch("done")
            case _:
                return
        self.hall.settle()

    def rate(self) -> None:
        window, level = self.dice.choice(self.windows), self.dice.randint(1, 5)
        for _ in range(self.dice.choice((1, 1, 2))):
            if self.hall.lit(f"evaluator-{window}"):
                self.tell(f"evaluator-{window}: {level} on {self.hall.view(f'evaluator-{window}')}")
                self.account.press(window, level)

    def clerk(self) -> None:
        window = self.dice.choice(self.windows)
        device = f"window-{window}"
        if not self.hall.lit(device):
            return
        page = self.hall.view(device)
        assert isinstance(page, ConsolePage)
        if page.entry is not None:
            self._type(device, page)
            return
        keys = [key.id for key in page.keys if key.enabled]
        if not keys:
            return
        likely = KEYS if page.live else KEYS | {"next": 2, "number": 12}
        key = self.dice.choices(keys, [likely.get(key, 1) for key in keys])[0]
        self.last_key[window] = key
        self.tell(f"{device}: {key} while {page.state} {page.number}")
        for _ in range(self.dice.choice((1, 1, 1, 2))):
            self.hall.parts(device).screens["main"].touch(key)
        if key == "finish" and self.dice.random() < 0.3:
            self.hall.key(device, "n")  # the hand is faster than the eye
        self.hall.settle()

    def _type(self, device: str, page: ConsolePage) -> None:
        match page.prompt:
            case "console.ask_staff":
                staff = self.dice.choice(STAFF)
                text = [staff, "enter", self.hall.pins[staff] if self.dice.random() < 0.95 else "000000", "enter"]
            case "console.ask_number" | "console.ask_rejoin":
                numbers = [ticket[9:] for kiosk in self.kiosks for ticket in self.account.paper(kiosk)] or ["A001"]
                text = [self.dice.choice(numbers[-6:]), "enter"] if self.dice.random() < 0.9 else ["escape"]
            case _:
                text = ["escape"]
        self.tell(f"{device}: {page.prompt}: {text[0]}")
        for key in text:
            if self.hall.runs(device):
                self.keys(device, key)

    def keys(self, device: str, text: str) -> None:
        for key in [text] if text in ("enter", "escape") else text:
            if self.hall.runs(device):
                self.hall.key(device, key)
                self.hall.settle()
