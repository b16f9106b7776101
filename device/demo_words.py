"""What the demo tells, line by line, in Chinese and English."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Final

WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "open": (
        "大厅开门：协调器、取号机、显示屏、3号和4号窗口及评价器都已就绪。",
        "The hall opens: coordinator, kiosk, board, windows 3 and 4 and their evaluators are ready.",
    ),
    "touch": (
        "群众在取号机上点“社会保险”，得到号码 {number}（{source}），先存盘再出票。",
        "A citizen touches “Social insurance” and is given {number} ({source}), committed before anything is shown.",
    ),
    "paper": (
        "取号机打印了 {number}，打印机确认出纸（{bytes} 字节，{file}）。",
        "The kiosk printed {number} and the printer proved it ({bytes} bytes, {file}).",
    ),
    "signin": (
        "工作人员 {staff} 在3号窗口登录；窗口屏和评价器显示当班人员。",
        "Staff member {staff} signs in at window 3; its sign and evaluator show who is on duty.",
    ),
    "call": (
        "3号窗口按“下一位”，协调器叫 {number}。",
        "Window 3 presses “next”, and the coordinator calls {number}.",
    ),
    "speak": ("显示屏显示并播报：{said}", "The board shows it and says: {said}"),
    "start": ("群众来到窗口，开始办理。", "The citizen is at the window; service begins."),
    "finish": ("办理完毕，评价器请群众评价。", "The service is done; the evaluator invites a rating."),
    "rate": (
        "群众按下“非常满意”；评价属于 {number}、3号窗口、工号 {staff}，已由协调器存盘并回执。",
        "The citizen presses 5, very satisfied: for {number}, window 3, staff {staff}; committed and receipted.",
    ),
    "account": (
        "对账：线上 {records} 条记录，账本里各一条，全部有回执。",
        "The account: {records} records on the wire, each once in the book, all receipted.",
    ),
    "kill-coordinator": ("kill -9 协调器。", "kill -9 of the coordinator."),
    "kill-kiosk": ("kill -9 取号机；它自己起来了。", "kill -9 of the kiosk; it comes back by itself."),
    "kill-broker": ("kill -9 消息服务器。", "kill -9 of the broker."),
    "not-ours": (
        "消息服务器不是演示启动的，不去杀它。",
        "The broker was not started by this demo and is not ours to kill.",
    ),
    "source-online": ("联网取号", "from the coordinator"),
    "source-block": ("离线号段", "from the kiosk's own reserve"),
    "ok": ("完成：每一步都在线上和账本里看到了。", "Done: every step was seen on the wire and in the book."),
    "failed": ("失败于“{step}”：{why}", "Failed at “{step}”: {why}"),
    "stopped": ("被人中止", "it was stopped by hand"),
    "kept": ("文件在 {out}", "Files are in {out}"),
}


def language() -> str:
    """`zh` or `en`, as the terminal is set (POSIX: LC_ALL before LC_MESSAGES before LANG)."""
    said = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    return "zh" if said.startswith("zh") else "en"


def word(lang: str, key: str, **blanks: object) -> str:
    """One line in that language."""
    return WORDS[key][0 if lang == "zh" else 1].format(**blanks)
