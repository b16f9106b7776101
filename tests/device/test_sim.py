"""Hands at simulated parts, in words people say."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from device.cli import main
from device.hall_folder import LOCK, hall_folder
from device.sim import BENCHES, NotUnderstood, ask, request
from drivers.bench import SocketBench


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("tap service:social", {"part": "screen", "do": "tap", "key": "service:social"}),
        ("tap next sign", {"part": "sign", "do": "tap", "key": "next"}),
        ("touch 10 20", {"part": "screen", "do": "touch", "x": 10, "y": 20}),
        ("type 12 enter f1", {"part": "screen", "do": "type", "keys": ["1", "2", "enter", "f1"]}),
        ("scan A012", {"part": "scanner", "do": "scan", "text": "A012"}),
        ("press 5", {"part": "buttons", "do": "press", "level": 5}),
        ("fault printer", {"part": "printer", "do": "fault"}),
        ("fault printer paper-out", {"part": "printer", "do": "fault", "name": "paper-out"}),
        ("fault printer stuck 120", {"part": "printer", "do": "fault", "name": "stuck", "after": 120}),
        ("mend printer paper-low", {"part": "printer", "do": "mend", "name": "paper-low"}),
        ("mend printer", {"part": "printer", "do": "mend"}),
        ("look", {"part": "screen", "do": "look"}),
        ("look speaker", {"part": "speaker", "do": "look"}),
    ],
)
def test_words_become_what_the_bench_takes(words: str, asked: dict[str, object]) -> None:
    assert request("kiosk-1", words.split()) == {"device": "kiosk-1", **asked}


@pytest.mark.parametrize(
    "words", ["tip x", "press 6", "press 12", "press", "touch a b", "type", "scan", "fault printer stuck soon", ""]
)
def test_words_that_make_no_sense_are_answered_with_what_to_say(words: str) -> None:
    with pytest.raises(NotUnderstood, match=r"Say: tap KEY"):
        request("kiosk-1", words.split())


def test_a_word_that_is_known_is_not_guessed() -> None:
    with pytest.raises(NotUnderstood, match=r"^'fault' is not understood\. Say: "):
        request("kiosk-1", ["fault"])


def test_a_misspelt_word_is_guessed() -> None:
    with pytest.raises(NotUnderstood, match="did you mean press"):
        request("evaluator-3", ["pres", "5"])


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A hall's folder with one bench; short, for a socket's path is."""
    with TemporaryDirectory(dir="/tmp") as base:
        monkeypatch.setenv("XDG_RUNTIME_DIR", base)
        with hall_folder() as folder:
            bench = SocketBench(folder / "kiosk-1.sock")
            bench.offer("kiosk-1", "screen", _screen)
            (folder / BENCHES).write_text(json.dumps({"kiosk-1": str(folder / "kiosk-1.sock")}))
            yield folder
            bench.close()


def _screen(asked: Mapping[str, object]) -> Mapping[str, object]:
    if asked.get("key") == "nowhere":
        raise ValueError("no such key")
    return {"seen": asked.get("key", "")}


def test_the_part_answers(folder: Path) -> None:
    assert ask(folder, "kiosk-1", ["tap", "help"]) == {"seen": "help"}


def test_a_device_that_is_not_there_is_named_with_those_that_are(folder: Path) -> None:
    with pytest.raises(NotUnderstood, match=r"no kiosk1 here; there is kiosk-1. Did you mean kiosk-1\?"):
        ask(folder, "kiosk1", ["look"])


def test_a_device_like_no_other_is_told_what_there_is(folder: Path) -> None:
    with pytest.raises(NotUnderstood, match=r"no printer here; there is kiosk-1$"):
        ask(folder, "printer", ["look"])


def test_the_command_says_what_the_part_said(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sim", "--hall", str(folder), "kiosk-1", "tap", "help"]) == 0
    assert json.loads(capsys.readouterr().out) == {"seen": "help"}


@pytest.mark.parametrize(
    ("words", "said"),
    [(["kiosk-1", "tap", "nowhere"], "no such key"), (["kiosk-1", "press", "5"], "has no simulated part 'buttons'")],
)
def test_a_refusal_is_one_line_and_a_failure(
    folder: Path, words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["sim", "--hall", str(folder), *words]) == 1
    told = capsys.readouterr().err
    assert said in told
    assert told.count("\n") == 1


def test_a_hall_that_was_killed_is_no_hall(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / LOCK).rename(folder / "kept")  # nobody holds the new one
    (folder / LOCK).touch()
    assert main(["sim", "--hall", str(folder), "kiosk-1", "look"]) == 1
    assert "no hall is running here" in capsys.readouterr().err


def test_a_hall_of_somebody_else_is_not_touched(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refused(self: Path, **_: object) -> bool:
        raise PermissionError(13, "Permission denied", str(self))

    with monkeypatch.context() as theirs:
        theirs.setattr(Path, "exists", refused)
        assert main(["sim", "--hall", str(folder), "kiosk-1", "look"]) == 1
    assert (
        capsys.readouterr().err == f"hallside sim: the hall in {folder} is somebody else's. Ask them, or start one.\n"
    )


def test_without_a_hall_it_says_how_to_start_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sim", "--hall", str(tmp_path), "kiosk-1", "look"]) == 1
    assert "make run" in capsys.readouterr().err
