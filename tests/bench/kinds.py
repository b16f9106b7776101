"""The kinds of devices that S6, S7 and S8 speak of, each put together as a real one is, on what this machine has."""

from __future__ import annotations

from typing import Final

from tests.bench.rig import Rig, screen

PANEL: Final = "evaluator-3"  # five buttons and lamps, no screen
COORDINATOR: Final = "coordinator"
BOARD: Final = "board-1"  # 1920x1080 and a speaker
KIOSK: Final = "kiosk-1"  # 1920x1080 and a printer
NO_SCREEN: Final = (PANEL, COORDINATOR)
SCREENS: Final = (BOARD, KIOSK)
KINDS: Final = (*NO_SCREEN, *SCREENS)
SAID: Final = {
    PANEL: "an evaluator's panel without a screen",
    COORDINATOR: "the coordinator",
    BOARD: "a board with speaker",
    KIOSK: "a kiosk with printer",
}


def furnish(hall: Rig) -> None:
    """Real drivers wherever this machine can have them: SDL's window and mixer. Buttons, lamps, printer: simulated."""
    hall.drop_part(PANEL, "screen")
    hall.set_part(BOARD, "screen", screen(hall.display, (1210, 680), (1920, 1080)))
    hall.set_part(BOARD, "speaker", f'driver = "sdl"\naudio = "dummy"\nclips = "{hall.folder}/clips"')
    hall.set_part(KIOSK, "screen", screen(hall.display, (344, 194), (1920, 1080)))
