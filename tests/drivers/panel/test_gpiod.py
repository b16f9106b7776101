"""The drivers on libgpiod: how they find their lines, what they say when they cannot, and chips that come and go."""

from __future__ import annotations

import inspect
import threading
import time
from collections.abc import Callable
from pathlib import Path

import gpiod
import pytest

from drivers import backoff
from drivers.buttons_gpiod import GpiodButtons
from drivers.events import ButtonPressed, PartFailed, PartMended
from drivers.lamps_gpiod import GpiodLamps
from drivers.protocols import PartMissing
from tests.drivers.panel import gpio_kernel
from tests.drivers.panel.gpio_kernel import LABEL, Kernel
from tests.drivers.panel.rigs import BUTTONS, LAMPS, LINE_OF, LINES, Ear, eventually


def buttons(ear: Ear, chip: str = LABEL, lines: tuple[int, ...] = LINES) -> GpiodButtons:
    return GpiodButtons(ear.post, BUTTONS, chip=chip, lines=lines)


def lamps(ear: Ear, chip: str = LABEL, lines: tuple[int, ...] = LINES) -> GpiodLamps:
    return GpiodLamps(ear.post, LAMPS, chip=chip, lines=lines)


MAKERS: list[Callable[..., GpiodButtons | GpiodLamps]] = [buttons, lamps]


# --- what is missing, in words -------------------------------------------------------------------------------


@pytest.mark.parametrize("make", MAKERS)
def test_a_machine_without_gpio_says_that_there_is_none(make: Callable[..., object], kernel: Kernel, ear: Ear) -> None:
    with pytest.raises(PartMissing, match=rf"no GPIO chip is labelled '{LABEL}'; there is none"):
        make(ear)


@pytest.mark.parametrize("make", MAKERS)
def test_a_wrong_label_is_answered_with_the_chips_there_are(
    make: Callable[..., object], kernel: Kernel, ear: Ear
) -> None:
    kernel.plug("pinctrl-rp1")
    locked = kernel.plug("brcmvirt-gpio")
    locked.readable = False
    with pytest.raises(PartMissing) as missing:
        make(ear)
    assert missing.value.tried == (
        f"no GPIO chip is labelled '{LABEL}'; there is pinctrl-rp1 at {kernel.dev}/gpiochip0, "
        f"(Permission denied) at {kernel.dev}/gpiochip1"
    )
    assert missing.value.mender == "technician"


def test_two_chips_with_one_label_are_not_guessed_between(kernel: Kernel, ear: Ear) -> None:
    kernel.plug()
    kernel.plug()
    with pytest.raises(PartMissing, match="2 GPIO chips are labelled"):
        buttons(ear)


def test_a_path_names_the_chip_where_the_label_does_not(kernel: Kernel, ear: Ear) -> None:
    kernel.plug()
    second = kernel.plug()
    made = buttons(ear, chip=str(second.path))
    assert [line.offset for line in second.lines if line.used] == sorted(LINES)
    made.close()


def test_a_path_that_is_no_chip_is_refused(kernel: Kernel, ear: Ear) -> None:
    kernel.plug("pinctrl-rp1")
    with pytest.raises(PartMissing, match=r"/dev/null is not a GPIO chip; there is pinctrl-rp1 at"):
        buttons(ear, chip="/dev/null")


def test_a_chip_that_may_not_be_opened_says_which_group_may(kernel: Kernel, ear: Ear) -> None:
    kernel.plug().readable = False
    with pytest.raises(PartMissing) as missing:
        buttons(ear, chip=str(kernel.devices[0].path))
    assert missing.value.tried.endswith("gpiochip0: Permission denied")
    assert "group `gpio`" in missing.value.mend


def test_a_line_the_chip_does_not_have_is_named(kernel: Kernel, ear: Ear) -> None:
    kernel.plug(lines=20)
    with pytest.raises(PartMissing, match=r"no line 26: .* has 20 lines"):
        buttons(ear)


@pytest.mark.parametrize("make", MAKERS)
def test_a_busy_line_is_named_with_who_has_it(make: Callable[..., object], kernel: Kernel, ear: Ear) -> None:
    device = kernel.plug()
    device.lines[13].consumer = "spi0 CS1"
    with pytest.raises(PartMissing) as missing:
        make(ear)
    assert missing.value.tried == "line 13 is used by 'spi0 CS1'"
    assert not any(line.used for line in device.lines if line.offset != 13)


def test_buttons_and_lamps_on_the_same_line_name_each_other(kernel: Kernel, ear: Ear) -> None:
    kernel.plug()
    made = buttons(ear)
    with pytest.raises(PartMissing, match="line 26 is used by 'evaluator-3 buttons'"):
        lamps(ear, lines=(1, 2, 3, 4, 26))
    made.close()


@pytest.mark.parametrize("lines", [(1, 2, 3, 4), (1, 2, 3, 4, 4), (1, 2, 3, 4, 5, 6)])
def test_a_panel_without_five_different_lines_is_refused(kernel: Kernel, ear: Ear, lines: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="five different lines"):
        buttons(ear, lines=lines)


@pytest.mark.parametrize("label", ["pinctrl-bcm2835", "pinctrl-bcm2711", "pinctrl-rp1"])
@pytest.mark.parametrize("make", MAKERS)
def test_one_config_finds_the_header_of_a_pi_3_4_and_5(
    make: Callable[..., GpiodButtons | GpiodLamps], kernel: Kernel, ear: Ear, label: str
) -> None:
    kernel.plug("raspberrypi-exp-gpio", lines=8)
    header = kernel.plug(label)
    made = make(ear, chip="pi")
    assert [line.offset for line in header.lines if line.used] == sorted(LINES)
    made.close()


def test_of_several_labels_the_one_that_is_there_is_taken(kernel: Kernel, ear: Ear) -> None:
    kernel.plug("other")
    header = kernel.plug("gpio-mockup")
    made = GpiodButtons(ear.post, BUTTONS, chip=["pinctrl-rp1", "gpio-mockup"], lines=LINES)
    assert all(header.lines[line].used for line in LINES)
    made.close()


def test_a_machine_that_is_no_pi_is_told_what_was_looked_for_and_what_is_there(kernel: Kernel, ear: Ear) -> None:
    kernel.plug("gpio-sim.0")
    with pytest.raises(PartMissing) as missing:
        buttons(ear, chip="pi")
    assert missing.value.tried == (
        "no GPIO chip is labelled 'pinctrl-bcm2711' or 'pinctrl-bcm2835' or 'pinctrl-rp1'; "
        f"there is gpio-sim.0 at {kernel.dev}/gpiochip0"
    )


# --- wiring --------------------------------------------------------------------------------------------------


def test_buttons_wired_to_the_supply_are_pulled_down_and_heard_when_they_rise(kernel: Kernel, ear: Ear) -> None:
    device = kernel.plug()
    made = GpiodButtons(ear.post, BUTTONS, chip=LABEL, lines=LINES, active_low=False)
    assert not any(device.lines[line].high for line in LINES)
    kernel.drive(device, LINE_OF[2], high=True)
    assert ear.next() == ButtonPressed(2)
    made.close()


def test_lamps_lit_by_a_low_line_are_dark_while_it_is_high(kernel: Kernel, ear: Ear) -> None:
    device = kernel.plug()
    made = GpiodLamps(ear.post, LAMPS, chip=LABEL, lines=LINES, active_low=True)
    assert all(device.lines[line].high for line in LINES)
    made.light(frozenset({5}))
    eventually(lambda: not device.lines[LINE_OF[5]].high, "level 5's line is low")
    assert sum(device.lines[line].high for line in LINES) == 4
    made.close()
    assert all(device.lines[line].high for line in LINES)


def test_a_button_down_when_the_station_starts_is_no_press_but_a_fault_until_it_is_let_go(
    kernel: Kernel, ear: Ear
) -> None:
    device = kernel.plug()
    kernel.drive(device, LINE_OF[3], high=False)
    made = buttons(ear)
    failed = ear.next()
    assert isinstance(failed, PartFailed)
    assert failed.code == "stuck-3"
    kernel.drive(device, LINE_OF[1], high=False)
    assert ear.next() == ButtonPressed(1)
    kernel.let_go(device, LINE_OF[3])
    assert ear.next() == PartMended("buttons")
    made.close()


def test_a_contact_whose_last_edge_was_lost_is_believed_as_it_is_now(kernel: Kernel, ear: Ear) -> None:
    """The kernel keeps 16 edges a line; a contact that bounces longer while nobody reads loses some."""
    device = kernel.plug()
    made = buttons(ear)
    line = device.lines[LINE_OF[2]]
    assert line.request is not None
    line.high = False
    line.request.tell(line, time.monotonic())
    line.high, line.told = True, False  # let go, and nobody said so
    kernel.drive(device, LINE_OF[1], high=False)
    assert ear.next() == ButtonPressed(1)
    made.close()


# --- chips that come and go ----------------------------------------------------------------------------------


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backoff, "STEPS", (0.01,))


@pytest.mark.usefixtures("soon")
def test_buttons_whose_chip_goes_are_a_fault_and_work_again_when_it_is_back(kernel: Kernel, ear: Ear) -> None:
    kernel.plug()
    made = buttons(ear)
    kernel.unplug(kernel.devices[0])
    assert ear.next() == PartFailed("buttons", "unplugged", f"'{LABEL}': No such device", "technician")
    device = kernel.plug(name="gpiochip7")
    assert ear.next() == PartMended("buttons")
    kernel.drive(device, LINE_OF[4], high=False)
    assert ear.next() == ButtonPressed(4)
    made.close()


@pytest.mark.usefixtures("soon")
def test_lamps_whose_chip_goes_are_a_fault_and_show_the_last_wish_when_it_is_back(kernel: Kernel, ear: Ear) -> None:
    kernel.plug()
    made = lamps(ear)
    made.light(frozenset({5}))
    kernel.unplug(kernel.devices[0])
    made.light(frozenset({1}))
    failed = ear.next()
    assert isinstance(failed, PartFailed)
    assert (failed.part, failed.code) == ("lamps", "unplugged")
    made.light(frozenset({2, 3}))
    eventually(made._thread._asked.empty, "the wish was heard while the chip was away")
    device = kernel.plug()
    assert ear.next() == PartMended("lamps")
    eventually(lambda: {level for level, line in LINE_OF.items() if device.lines[line].high} == {2, 3}, "2 and 3 lit")
    made.close()


@pytest.mark.usefixtures("soon")
@pytest.mark.parametrize("make", MAKERS)
def test_closing_while_the_chip_is_away_ends_the_thread(
    make: Callable[..., GpiodButtons | GpiodLamps], kernel: Kernel, ear: Ear
) -> None:
    kernel.plug()
    before = set(threading.enumerate())
    made = make(ear)
    kernel.unplug(kernel.devices[0])
    if isinstance(made, GpiodLamps):
        made.light(frozenset({1}))
    assert isinstance(ear.next(), PartFailed)
    made.close()
    assert set(threading.enumerate()) == before


# --- the kernel of these tests is like the library's ---------------------------------------------------------


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (gpio_kernel.Chip.request_lines, gpiod.Chip.request_lines),
        (gpio_kernel.Chip.get_line_info, gpiod.Chip.get_line_info),
        (gpio_kernel.Chip.get_info, gpiod.Chip.get_info),
        (gpio_kernel.Request.get_values, gpiod.LineRequest.get_values),
        (gpio_kernel.Request.set_values, gpiod.LineRequest.set_values),
        (gpio_kernel.Request.read_edge_events, gpiod.LineRequest.read_edge_events),
        (gpio_kernel.Request.release, gpiod.LineRequest.release),
    ],
)
def test_the_kernel_of_the_tests_is_called_as_libgpiod_is(
    ours: Callable[..., object], theirs: Callable[..., object]
) -> None:
    def shape(call: Callable[..., object]) -> list[tuple[str, object]]:
        return [(name, parameter.default) for name, parameter in inspect.signature(call).parameters.items()]

    assert shape(ours) == shape(theirs)


def test_without_any_stand_in_libgpiod_itself_is_asked(tmp_path: Path, ear: Ear) -> None:
    not_a_chip = tmp_path / "gpiochip0"
    not_a_chip.touch()
    with pytest.raises(PartMissing, match="is not a GPIO chip"):
        buttons(ear, chip=str(not_a_chip))
