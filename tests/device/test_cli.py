"""The command line: what is known, and one line that says the mend when something is off."""

from __future__ import annotations

import os
import subprocess
import sys
from argparse import ArgumentParser
from importlib.metadata import EntryPoint, EntryPoints

import pytest

from device import cli
from device.cli import COMMANDS, main
from device.exits import EXIT_UNHEARD, EXIT_USAGE


def test_without_a_word_it_says_what_it_knows_and_that_nothing_was_done(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == EXIT_USAGE
    said = capsys.readouterr().out
    assert all(f"\n  {word} " in said for word in COMMANDS)


@pytest.mark.parametrize("words", [["--help"], ["-h"], ["help"]])
def test_help_is_no_mistake(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 0
    assert "demo" in capsys.readouterr().out


@pytest.mark.parametrize("word", sorted(COMMANDS))
def test_every_word_has_a_help_of_its_own(word: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([word, "--help"])
    assert ended.value.code == 0
    assert f"usage: hallside {word}" in capsys.readouterr().out


def test_a_misspelt_word_gets_one_line_with_the_right_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["dmeo"]) == EXIT_USAGE
    assert capsys.readouterr().err == "hallside: there is no 'dmeo'. Did you mean `hallside demo`?\n"


@pytest.mark.parametrize(
    ("words", "mend"),
    [
        (["run"], "--config"),
        (["run", "--confg", "x"], "Say: hallside run [-h] --config FILE"),
        (["demo", "--onc"], "Did you mean --once?"),
        (["demo", "--once", "--broker", "here"], "'here' is not HOST:PORT, like 127.0.0.1:1883"),
        (["demo", "--once", "--broker", "here:99999"], "is not HOST:PORT"),
        (["sim"], "device"),
        (["broker", "--port", "x"], "--port"),
    ],
)
def test_a_command_line_that_is_off_gets_one_line_that_says_the_mend(
    words: list[str], mend: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == EXIT_USAGE
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert mend in said


def test_version_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["version"]) == 0
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("hallside 0.")


def test_other_rooms_bring_words_through_entry_points(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    points = EntryPoints([EntryPoint("greet", "tests.device.test_cli:register_greeting", cli.GROUP)])
    monkeypatch.setattr(cli, "entry_points", points.select)
    assert main(["greet", "hall"]) == 7
    assert main(["greeet"]) == EXIT_USAGE
    assert main(["--help"]) == 0
    said = capsys.readouterr()
    assert "hello hall" in said.out
    assert "(tests.device.test_cli)" in said.out
    assert "hallside greet" in said.err


def register_greeting(parser: ArgumentParser) -> None:
    parser.add_argument("whom")

    def act(args: object) -> int:
        print("hello", getattr(args, "whom"))  # noqa: B009  a Namespace has no types
        return 7

    parser.set_defaults(act=act)


def test_starting_an_evaluator_loads_nothing_of_the_demo_the_graphics_or_the_halls_state() -> None:
    """S7, S8: what `hallside run` need not have is not loaded."""
    others = ("pygame", "serial", "gpiod", "escpos", "device.demo", "device.strip", "device.hall.state")
    code = (
        "import sys; from device import cli; cli.main(['version'])\n"
        "import device.app, device.roles.evaluator\n"
        f"print(*sorted(m for m in sys.modules if m.startswith({others})))"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert said.splitlines()[1:] == [""]


@pytest.mark.parametrize("words", ["selftest --config x --seconds", "broker --port", "demo --once --broker"])
@pytest.mark.parametrize("value", ["", "-5", "nan", "99999", "x", "1e9"])
def test_a_value_that_is_off_gets_one_line_with_one_that_is_not(
    words: str, value: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main([*words.split(), value])
    assert ended.value.code == EXIT_USAGE
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert ", like " in said or "expected one argument" in said


def test_ctrl_c_ends_any_command_without_a_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stopped(parser: ArgumentParser) -> None:
        def act(_: object) -> int:
            raise KeyboardInterrupt

        parser.set_defaults(act=act)

    monkeypatch.setattr(cli, "find", lambda _: stopped)
    assert main(["check"]) == 130
    assert capsys.readouterr().err == ""


def test_when_nobody_reads_any_more_it_ends_without_a_traceback() -> None:
    reads, writes = os.pipe()
    os.close(reads)
    ended = subprocess.run(
        [sys.executable, "-m", "device", "version"], stdout=writes, stderr=subprocess.PIPE, text=True, check=False
    )
    os.close(writes)
    assert (ended.returncode, ended.stderr) == (EXIT_UNHEARD, "")


def test_a_terminal_that_lacks_a_character_is_shown_another() -> None:
    program = "import device.cli, device.version; device.version.hallside_version = lambda: '“龙江”'; "
    program += "raise SystemExit(device.cli.main(['version']))"
    environ = {**os.environ, "PYTHONIOENCODING": "ascii"}
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, env=environ, check=False)
    assert (said.returncode, said.stdout) == (0, b"hallside \\u201c\\u9f99\\u6c5f\\u201d\n")
