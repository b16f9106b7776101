"""What the self test puts on paper: everything a ticket uses, so that what prints here prints there."""

from __future__ import annotations

from device.version import hallside_version
from screens.document import Cut, Document, Feed, Line, Pair, Qr, Rule


def proof_page(device: str, driver: str) -> Document:
    """Sizes, Chinese, digits, columns, QR and cut. No time: before the network is there nobody knows it."""
    return Document(
        "selftest",
        (
            Line("自检 SELF TEST", scale=2, align="center", bold=True),
            Pair(device, driver),
            Pair("hallside", hallside_version()),
            Rule(),
            Line("A012", scale=4, align="center", bold=True),
            Line("请您到3号窗口办理　温馨提示：，。；：￥"),
            Line("abcdefghijklmnopqrstuvwxyz 0123456789"),
            *(Line(f"{scale} 倍 x{scale}", scale=scale) for scale in (1, 2, 3)),
            Rule(),
            Qr(f"hallside selftest {device}"),
            Line("以上为最后一行 last line", align="center"),
            Feed(3),
            Cut(),
        ),
    )
