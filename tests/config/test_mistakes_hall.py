"""Mistakes within the hall's own file, each said at the key where it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.config.site import HALL, only, spoilt, write

CONTENT = '[[content]]\nkind = "progress"\ntitle = { zh = "进度", en = "Progress" }\n'
RESIDENT = "110101199003070011"  # the form of an identity number, nobody's
TLS = 'host = "127.0.0.1"\n[broker.tls]\nca = "ca"\ncert = "{device}.crt"\nkey = "{device}.key"'


@pytest.mark.parametrize(
    ("old", "new", "key", "what", "mend"),
    [
        (
            'series = "B"',
            'series = "A"',
            "service[1].series",
            "'A' is already that of service[0]",
            "Give each service its own letter: a number must lead to one queue.",
        ),
        (
            'series = "B"',
            'series = "b"',
            "service[1].series",
            "'b' is not a series: one capital letter A-Z",
            "Correct it.",
        ),
        (
            "number = 2",
            "number = 1",
            "window[1].number",
            "1 is already that of window[0]",
            "Give each window its own number.",
        ),
        (
            'device = "board-1"',
            'device = "board-1"\nwindows = [1, 7]',
            "board[0].windows[1]",
            "there is no window 7",
            "Known: 1, 2.",
        ),
        (
            'device = "board-1"',
            'device = "board-1"\nzones = [{ name = { zh = "东", en = "East" }, windows = [1, 8] }]',
            "board[0].zones[0].windows[1]",
            "there is no window 8",
            "Known: 1, 2.",
        ),
        (
            'device = "board-1"',
            'device = "board-1"\nzones = [{ name = { zh = "东" }, windows = [1] }]',
            "board[0].zones[0].name.en",
            "is missing, but the hall offers English",
            "Write it.",
        ),
        (
            'device = "board-1"',
            'device = "board-1"\nzone = [{ name = { zh = "东", en = "East" }, windows = [1] }]',
            "board[0].zone",
            "is not known here",
            "Did you mean 'zones'?",
        ),
        (
            'device = "board-1"',
            'device = "board-1"\nshows = "content"',
            "board[0].shows",
            "there is nothing to show",
            'Write a [[content]], or shows = "calls".',
        ),
        (
            "[[board]]",
            f"{CONTENT}lines = [{{ zh = '张三 {RESIDENT} 已办结', en = 'done' }}]\n\n[[board]]",
            "content[0].lines[0].zh",
            "has a number of somebody's in it, at character 4",
            "Take it out: public screens say nothing of a person or a case.",
        ),
        (
            "[[board]]",
            f"{CONTENT}lines = [{{ zh = 'A012 已办结', en = 'done' }}]\n\n[[board]]",
            "content[0].lines[0].zh",
            "has a number of somebody's in it, at character 1",
            "Take it out: public screens say nothing of a person or a case.",
        ),
        (
            "[[board]]",
            '[[facility]]\nid = "kiosk-1"\nname = { zh = "电梯", en = "Lift" }\n\n[[board]]',
            "facility[0].id",
            "'kiosk-1' is already a name in this hall",
            "Give it one of its own.",
        ),
        (
            "[[board]]",
            '[voice]\nclear_for = ["eldery"]\n\n[[board]]',
            "voice.clear_for[0]",
            "no class is called 'eldery'",
            "Did you mean 'elderly'?",
        ),
        (
            'evaluator = "evaluator-2"',
            'evaluator = "evaluator-1"',
            "window[1].evaluator",
            "'evaluator-1' is already window[0].evaluator",
            "Bind each device to one place only.",
        ),
        (
            'evaluator = "evaluator-2"',
            'evaluator = "hall"',
            "window[1].evaluator",
            "the name 'hall' is taken on the wire",
            "Choose another name.",
        ),
        (
            'device = "board-1"',
            'device = "Board 1"',
            "board[0].device",
            "'Board 1' is not a name: small letters a-z, digits and '-', a letter first, at most 32",
            "Correct it.",
        ),
        (
            'services = ["social", "permits"]',
            'services = ["social"]',
            "service[1]",
            "no window serves 'permits'",
            "Add it to the services of a window.",
        ),
        (
            'services = ["social", "permits"]',
            'services = ["permits", "permits"]',
            "window[1].services[1]",
            "'permits' stands here twice",
            "Take one out.",
        ),
        (
            '[["08:30", "12:00"], ["13:30", "17:30"]]',
            '[["08:30", "12:00"], ["11:30", "17:30"]]',
            "hall.sessions",
            "the times do not rise",
            "Write each session as begin, end, in order.",
        ),
        (
            'sessions = [["08:30", "12:00"], ["13:30", "17:30"]]',
            "",
            "hall.sessions",
            "the hall is never open",
            "Write the opening hours, or always_open = true.",
        ),
        (
            '"08:30"',
            '"8:30"',
            "hall.sessions[0][0]",
            "'8:30' is not a time of day: write it as \"08:30\"",
            "Correct it.",
        ),
        (  # digits are 0 to 9: those of other scripts would be taken for a time and printed as they stand
            '"08:30"',
            '"08:3٠"',
            "hall.sessions[0][0]",
            "'08:3٠' is not a time of day: write it as \"08:30\"",
            "Correct it.",
        ),
        (
            'name = { zh = "证照办理", en = "Permits" }',
            'name = { zh = "证照办理" }',
            "service[1].name.en",
            "is missing, but the hall offers English",
            "Write it.",
        ),
        (
            'host = "127.0.0.1"',
            'host = "127.0.0.1"\n[numbers]\nonline_last = 950',
            "numbers.block",
            "numbers 951 to 999 hold 0 blocks of 100, but the hall has 1 kiosks",
            "Make blocks smaller, or lower online_last.",
        ),
        (
            'host = "127.0.0.1"',
            'host = "127.0.0.1"\n[calls]\nfresh_seconds = 90',
            "calls.fresh_seconds",
            "a call cannot stay fresh for 90 s when it is valid for 60 s",
            "Make it at most valid_seconds.",
        ),
        (
            'host = "127.0.0.1"',
            'host = "127.0.0.1"\n[broker.tls]\nca = "ca"\ncert = "c.crt"\nkey = "{device}.key"',
            "broker.tls.cert",
            "'c.crt' would be one identity for all devices",
            "Put {device} where the device's name belongs.",
        ),
        (
            'host = "127.0.0.1"',
            TLS + '\nkey_password = "x"',
            "broker.tls.key_password",
            "a secret must not stand in a file",
            "Set HALLSIDE_TLS_KEY_PASSWORD instead.",
        ),
        ('host = "127.0.0.1"', "", "broker.host", "is missing", "Write it."),
    ],
)
@pytest.mark.req("R005")
def test_a_mistake_in_the_halls_file(tmp_path: Path, old: str, new: str, key: str, what: str, mend: str) -> None:
    path = write(tmp_path, hall=spoilt(HALL, (old, new)))
    assert only(path) == ("hall.toml", key, what, mend)


@pytest.mark.req("R194")
@pytest.mark.parametrize("key", ["staff", "person", "name"])
def test_who_sits_at_a_window_cannot_be_written_into_the_config(tmp_path: Path, key: str) -> None:
    path = write(tmp_path, hall=spoilt(HALL, ("number = 1\n", f'number = 1\n{key} = "1001"\n')))
    assert only(path)[1:3] == (f"window[0].{key}", "is not known here")
