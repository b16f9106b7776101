"""Sample data of the public screens: the board of calls, the board of information, the sign of a window."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from screens.gallery_words import CLOCK, EAST, HALL, LIFT, MEDICAL, SOCIAL, UNSURE, WEST
from screens.layout import Screen
from screens.views import (
    Bilingual,
    BoardPage,
    CallRow,
    InfoPage,
    Notices,
    PersonCard,
    Resting,
    SignPage,
    Today,
    View,
    WindowState,
)

BOARD: Final = (
    Screen(1920, 1080, 1210, 680, 6),  # 55"
    Screen(1280, 720, 708, 398, 4),  # 32"
    Screen(1080, 1920, 680, 1210, 6),  # 55" upright
    Screen(1280, 800, 217, 136, 2),  # 10.1"
)
SIGN: Final = (Screen(1280, 400, 360, 113, 3), Screen(1920, 1080, 527, 296, 4))
STATES: Final[tuple[WindowState, ...]] = ("unknown", "closed", "open", "calling", "serving", "paused", "overtime")

WANG: Final = PersonCard("1001", "王晓明", 4, "社会保险综合受理")
TODAY: Final = Today("08:30-12:00 13:30-17:30", open=True, until="12:00")
REST: Final = Today("", open=False, until="11-23 08:30")
PHONE: Final = "12345"
SECOND: Final = ("ug", "bo", "mn")
NOTICES: Final[Notices] = (
    ("business", Bilingual("医保缴费本月25日截止，可在手机上办理", "Medical insurance payment closes on the 25th")),
    ("announcement", Bilingual("一楼设有母婴室和轮椅，请向服务台借用", "Wheelchairs at the service desk")),
    ("sample", Bilingual("填表样张在东侧填单台", "Sample forms are on the east writing desk")),
    (
        "fault",
        Bilingual(
            "1号电梯暂停使用（预计10:30修好），请走东侧扶梯",
            "Lift 1 is out of service (back at about 10:30); please use the escalator in the east",
        ),
    ),
)


def boards() -> dict[str, View]:
    """The board of calls: full, quiet, without its line, one zone of two, and on a busy morning."""
    rows = (
        CallRow("B023", 4, WEST, fresh=True), CallRow("A011", 2, EAST), CallRow("C007", 6, WEST),
        CallRow("A010", 1, EAST), CallRow("B022", 5, WEST), CallRow("D101", 7, WEST), CallRow("A009", 8, EAST),
    )  # fmt: skip
    resting = (
        Resting(5, "10:25", (4, 6)),
        Resting(9, "11-23 08:30", (), Bilingual("设备检修", "Maintenance")),
    )
    full = BoardPage(
        HALL, CallRow("A012", 3, EAST, fresh=True), rows, ("A003", "B009", "C002"), resting, NOTICES, 23, CLOCK,
        live=True, next=("A013", "B024", "A014", "C008"), today=TODAY, windows=12, phone=PHONE,
    )  # fmt: skip
    quiet = BoardPage(HALL, None, (), (), (), (), 0, CLOCK, live=True, today=REST, windows=6)
    stale = BoardPage(
        HALL, CallRow("A012", 3, EAST), rows[:2], (), (), NOTICES[:1], None, UNSURE, live=False, muted=True, windows=6
    )
    busy = replace(full, waiting=64, busy=45, busy_most=60, zone=Bilingual("东区", "East"), page=1, pages=2, windows=6)
    found: dict[str, View] = {"board": full, "board-quiet": quiet, "board-stale": stale, "board-zone": busy}
    spoken = replace(busy, zone=None, paused=resting[:1], notices=(("business", MEDICAL), ("fault", LIFT)))
    return found | {f"board-{lang}": replace(spoken, second=lang) for lang in SECOND}


def infos() -> dict[str, View]:
    """The board of information."""
    guide = (
        Bilingual("一、取号：在正门取号机选择业务", "1. Take a number at the main entrance"),
        Bilingual("二、等候：在等候区留意大屏和语音叫号", "2. Wait for your number on the screen"),
        Bilingual("三、办理：请带身份证原件和填好的表格到窗口", "3. Bring your identity card and the form"),
        Bilingual("四、评价：办完后请在评价器上评价", "4. Rate the service"),
    )
    contact = (
        Bilingual("咨询服务台：一楼正门右侧", "Service desk: right of the main entrance"),
        Bilingual(
            "监督投诉：拨打12345，或到一楼“办不成事”反映窗口", "Complaints: 12345, or the desk on the ground floor"
        ),
    )
    first = InfoPage(
        HALL, "guide", Bilingual("怎样办理社会保险业务", "How to settle social insurance"), guide, NOTICES, CLOCK,
        TODAY, 1, 2, PHONE,
    )  # fmt: skip
    second = InfoPage(HALL, "contact", Bilingual("咨询与投诉", "Advice and complaints"), contact, (), CLOCK, REST, 2, 2)
    found: dict[str, View] = {"info-guide": first, "info-contact": second}
    services = replace(first, title=SOCIAL, lines=(SOCIAL, MEDICAL, EAST, WEST), notices=())
    return found | {f"info-guide-{lang}": replace(services, second=lang) for lang in SECOND}


def signs() -> dict[str, View]:
    """The sign of a window in every state, and in the states that have something more to say."""
    services = (SOCIAL, Bilingual("医疗保障", "Medical Insurance"))
    found: dict[str, View] = {}
    for state in STATES:
        number = "A012" if state in ("calling", "serving", "overtime") else ""
        person = None if state in ("unknown", "closed") else WANG
        page = SignPage(
            3, EAST, state, number, person, services, (2, 4) if state in ("closed", "paused") else (), CLOCK
        )
        found[f"sign-{state}"] = page
        if state == "paused":
            found["sign-paused"] = replace(page, until="10:25")
        elif state == "closed":
            leave = Bilingual("窗口人员休假", "Staff on leave")
            found["sign-away"] = replace(page, until="11-25 08:30", what=leave)
        elif state == "serving":
            found["sign-busy"] = replace(page, busy=True)
    for lang in SECOND:
        page = SignPage(3, EAST, "calling", "A012", WANG, (SOCIAL, MEDICAL), (), CLOCK, second=lang)
        found[f"sign-calling-{lang}"] = page
        found[f"sign-paused-{lang}"] = replace(page, state="paused", number="", elsewhere=(2, 4), until="10:25")
    return found
