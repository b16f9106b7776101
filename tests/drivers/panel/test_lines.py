"""What panels promise of their lines: one that another program has is named at the start, and a chip may go and come.

One suite for libgpiod's drivers and their twins. `RPi.GPIO` cannot tell whose a pin is, nor that its chip is gone.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

import pytest

from device.cli import main
from device.hall_folder import hall_folder
from device.sim import BENCHES
from drivers import backoff
from drivers.bench import SocketBench
from drivers.buttons_gpiod import GpiodButtons
from drivers.buttons_simulated import SimulatedButtons
from drivers.events import ButtonPressed, ButtonsUnclear, PartFailed, PartMended
from drivers.lamps_gpiod import GpiodLamps
from drivers.lamps_simulated import SimulatedLamps
from drivers.lines import LineBusy
from drivers.protocols import Buttons, Lamps, Place
from tests.drivers.panel.gpio_kernel import LABEL, Device, Kernel
from tests.drivers.panel.rigs import BUTTONS, LAMPS, LINE_OF, LINES, Ear, Hand, eventually

OTHER = "bench"


class Lines(Protocol):
    """A machine whose lines somebody else may have, and whose chip may go."""

    line: int  # the one that somebody else takes: of level 5

    def buttons(self, ear: Ear) -> Buttons: ...
    def lamps(self, ear: Ear) -> Lamps: ...
    def taken(self) -> None:
        """Another program has that line from now on, or as soon as it is free."""
        ...

    def given_back(self) -> None: ...
    def unplug(self) -> None: ...
    def plug(self) -> None: ...
    def press(self, level: int) -> None: ...
    def lit(self) -> set[int]: ...


class KernelLines:
    line = LINE_OF[5]

    def __init__(self, kernel: Kernel) -> None:
        self._kernel, self._device, self._wanted = kernel, kernel.plug(), False

    def buttons(self, ear: Ear) -> Buttons:
        return GpiodButtons(ear.post, BUTTONS, chip=LABEL, lines=LINES)

    def lamps(self, ear: Ear) -> Lamps:
        return GpiodLamps(ear.post, LAMPS, chip=LABEL, lines=LINES)

    def taken(self) -> None:
        self._wanted = True
        self._take(self._device)

    def given_back(self) -> None:
        self._wanted = False
        if self._device.lines[self.line].consumer == OTHER:
            self._device.lines[self.line].consumer = ""

    def unplug(self) -> None:
        self._kernel.unplug(self._device)

    def plug(self) -> None:
        """Whoever waits for a line has it before us."""
        self._device = self._kernel.plug(label="")
        self._take(self._device)
        self._device.label = LABEL

    def press(self, level: int) -> None:
        self._kernel.drive(self._device, LINE_OF[level], high=False)
        self._kernel.let_go(self._device, LINE_OF[level])
        self._kernel.drive(self._device, LINE_OF[level], high=False)

    def lit(self) -> set[int]:
        return {level for level, line in LINE_OF.items() if self._device.lines[line].high}

    def _take(self, device: Device) -> None:
        line = device.lines[self.line]
        if self._wanted and not line.used:
            line.consumer = OTHER


class BenchLines:
    line = 5

    def __init__(self, folder: Path) -> None:
        self._hand, self._folder, self._parts = Hand(folder), folder, list[str]()

    def buttons(self, ear: Ear) -> Buttons:
        self._parts.append("buttons")
        return SimulatedButtons(ear.post, Place("evaluator-3", "buttons", self._hand))

    def lamps(self, ear: Ear) -> Lamps:
        self._parts.append("lamps")
        return SimulatedLamps(ear.post, Place("evaluator-3", "lamps", self._hand))

    def taken(self) -> None:
        for part in self._parts or ["buttons", "lamps"]:
            if not self._parts:  # nobody is at the bench: an earlier life was told
                {"buttons": SimulatedButtons, "lamps": SimulatedLamps}[part](
                    lambda _: None, Place("evaluator-3", part, self._hand)
                ).close()
            self._hand.do(part, "fault", name="busy")

    def given_back(self) -> None:
        for part in self._parts:
            self._hand.do(part, "mend", name="busy")

    def unplug(self) -> None:
        for part in self._parts:
            self._hand.do(part, "fault", name="unplugged")

    def plug(self) -> None:
        for part in self._parts:
            self._hand.do(part, "mend", name="unplugged")

    def press(self, level: int) -> None:
        self._hand.do("buttons", "press", level=level)

    def press_unheard(self, level: int) -> None:
        """A press, waited for to its end, of which nobody may hear."""
        for do, down in (("hold", [level]), ("release", [])):
            self._hand.do("buttons", do, level=level)
            eventually(lambda: self._hand.do("buttons", "look")["down"] == down, "the finger did it")  # noqa: B023  at once

    def lit(self) -> set[int]:
        lit = self._hand.do("lamps", "look")["lit"]
        assert isinstance(lit, list)
        return set(lit)


@pytest.fixture(params=["gpiod", "simulated"])
def lines(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Lines:
    monkeypatch.setattr(backoff, "STEPS", (0.01,))
    if request.param == "gpiod":
        return KernelLines(request.getfixturevalue("kernel"))
    return BenchLines(tmp_path / "lasting")


MAKERS: dict[str, Callable[[Lines, Ear], Buttons | Lamps]] = {
    "buttons": lambda lines, ear: lines.buttons(ear),
    "lamps": lambda lines, ear: lines.lamps(ear),
}


@pytest.mark.parametrize("part", MAKERS)
def test_a_line_that_another_program_has_is_named_with_it_at_the_start(lines: Lines, part: str, ear: Ear) -> None:
    lines.taken()
    with pytest.raises(LineBusy) as missing:
        MAKERS[part](lines, ear)
    assert missing.value.part == part
    assert missing.value.tried == f"line {lines.line} is used by '{OTHER}'"
    assert missing.value.mender == "technician"
    assert ear.silent()


@pytest.mark.parametrize("part", MAKERS)
def test_a_line_that_is_ours_cannot_be_taken(lines: Lines, part: str, ear: Ear) -> None:
    made = MAKERS[part](lines, ear)
    lines.taken()
    assert ear.silent()
    made.close()


def lose(lines: Lines, ear: Ear) -> Buttons:
    buttons = lines.buttons(ear)
    lines.taken()
    lines.unplug()
    failed = ear.next()
    assert isinstance(failed, PartFailed)
    assert (failed.part, failed.code) == ("buttons", "unplugged")
    return buttons


def test_buttons_whose_chip_is_back_while_another_program_has_a_line_say_so_and_work_when_it_is_free(
    lines: Lines, ear: Ear
) -> None:
    buttons = lose(lines, ear)
    lines.plug()
    assert ear.next() == PartFailed("buttons", "busy", f"line {lines.line} is used by '{OTHER}'", "technician")
    lines.given_back()
    assert ear.next() == PartMended("buttons")
    lines.press(4)
    assert ear.next() == ButtonPressed(4)
    buttons.close()


def test_lamps_whose_chip_is_back_while_another_program_has_a_line_say_so_and_then_light(
    lines: Lines, ear: Ear
) -> None:
    lamps = lines.lamps(ear)
    lines.taken()
    lines.unplug()
    lamps.light(frozenset({2, 3}))
    failed = ear.next()
    assert isinstance(failed, PartFailed)
    assert (failed.part, failed.code) == ("lamps", "unplugged")
    lines.plug()
    assert ear.next() == PartFailed("lamps", "busy", f"line {lines.line} is used by '{OTHER}'", "technician")
    lines.given_back()
    assert ear.next() == PartMended("lamps")
    eventually(lambda: lines.lit() == {2, 3}, "what was asked for last is lit")
    lamps.close()


def test_a_press_while_the_chip_is_away_is_not_heard_afterwards(ear: Ear, tmp_path: Path) -> None:
    lines = BenchLines(tmp_path)
    buttons = lines.buttons(ear)
    lines.unplug()
    assert isinstance(ear.next(), PartFailed)
    lines.press_unheard(2)
    lines.plug()
    lines.press(5)
    assert [ear.next(), ear.next()] == [PartMended("buttons"), ButtonPressed(5)]
    buttons.close()


# --- `hallside sim` --------------------------------------------------------------------------------------------------


@pytest.fixture
def hall(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A hall's folder, in which an evaluator lived; short, for a socket's path is."""
    with TemporaryDirectory(dir="/tmp") as base:
        monkeypatch.setenv("XDG_RUNTIME_DIR", base)
        with hall_folder() as folder:
            (folder / BENCHES).write_text(json.dumps({"evaluator-3": str(folder / "e.sock")}))
            yield folder


def sim(hall: Path, *words: str) -> int:
    return main(["sim", "--hall", str(hall), "evaluator-3", *words])


def life(hall: Path, ear: Ear) -> tuple[SimulatedButtons, SocketBench]:
    bench = SocketBench(hall / "e.sock")
    try:
        return SimulatedButtons(ear.post, Place("evaluator-3", "buttons", bench)), bench
    except LineBusy:
        bench.close()
        raise


def test_a_busy_line_keeps_the_next_life_from_starting_until_it_is_mended_from_outside(
    hall: Path, ear: Ear, capsys: pytest.CaptureFixture[str]
) -> None:
    buttons, bench = life(hall, ear)
    assert sim(hall, "fault", "buttons", "busy") == 0
    assert ear.silent()
    buttons.close()
    bench.close()
    with pytest.raises(LineBusy, match="line 5 is used by 'bench'"):
        life(hall, ear)
    assert sim(hall, "mend", "buttons") == 0
    assert "at its next start" in capsys.readouterr().out
    assert sim(hall, "mend", "buttons") == 1  # nobody is there, and nothing is to be mended
    buttons, bench = life(hall, ear)
    buttons.close()
    bench.close()


def test_faults_of_one_button_and_of_two_are_said_with_their_levels(hall: Path, ear: Ear) -> None:
    buttons, bench = life(hall, ear)
    assert sim(hall, "fault", "buttons", "short", "5", "3") == 0
    assert sim(hall, "press", "5") == 0
    assert ear.next() == ButtonsUnclear((5, 3))
    eventually(lambda: buttons.panel.resting, "the finger is gone")
    assert sim(hall, "fault", "buttons", "stuck", "4") == 0
    assert ear.next() == ButtonPressed(4)
    assert sim(hall, "mend", "buttons") == 0
    buttons.close()
    bench.close()


def test_a_fault_without_a_name_is_answered_with_the_names(
    hall: Path, ear: Ear, capsys: pytest.CaptureFixture[str]
) -> None:
    buttons, bench = life(hall, ear)
    assert sim(hall, "fault", "buttons") == 1
    told = capsys.readouterr().err
    assert all(name in told for name in ("stuck", "loose", "short", "unreadable", "busy", "unplugged", "silent"))
    buttons.close()
    bench.close()
