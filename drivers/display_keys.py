"""What a key of a keyboard on a window is called: a character, or one of the names below.

Keys are read as keys, not as SDL's text: a Chinese input method of the desktop would keep the letters to itself, and
pygame fills an event's `unicode` from the latest text of that key, so a scanner's fast `aA` would arrive as `AA`.
Letters follow shift and caps lock; other characters follow shift as on the US layout, which is China's (GB/T 14715).
"""

from __future__ import annotations

from typing import Final

from drivers.sdl import pygame

NAMES: Final = {
    pygame.K_RETURN: "enter",
    pygame.K_KP_ENTER: "enter",
    pygame.K_BACKSPACE: "backspace",
    pygame.K_ESCAPE: "escape",
    pygame.K_TAB: "tab",
    pygame.K_DELETE: "delete",
    pygame.K_INSERT: "insert",
    pygame.K_HOME: "home",
    pygame.K_END: "end",
    pygame.K_PAGEUP: "pageup",
    pygame.K_PAGEDOWN: "pagedown",
    pygame.K_UP: "up",
    pygame.K_DOWN: "down",
    pygame.K_LEFT: "left",
    pygame.K_RIGHT: "right",
    **{getattr(pygame, f"K_F{number}"): f"f{number}" for number in range(1, 13)},
}
# The block of digits gives digits whatever Num Lock says: staff type ticket numbers there, nobody moves a cursor.
BLOCK: Final = {
    **{getattr(pygame, f"K_KP{digit}"): str(digit) for digit in range(10)},
    pygame.K_KP_PERIOD: ".",
    pygame.K_KP_DIVIDE: "/",
    pygame.K_KP_MULTIPLY: "*",
    pygame.K_KP_MINUS: "-",
    pygame.K_KP_PLUS: "+",
    pygame.K_KP_EQUALS: "=",
}
SHIFTED: Final = dict(zip("`1234567890-=[]\\;',./", '~!@#$%^&*()_+{}|:"<>?', strict=True))
COMMANDS: Final = pygame.KMOD_CTRL | pygame.KMOD_ALT | pygame.KMOD_META


def name_of(key: int, mod: int) -> str:
    """The name of SDL's key code with these modifiers; "" for a key that says nothing (shift alone, ctrl+c)."""
    named = NAMES.get(key) or BLOCK.get(key)
    if named is not None:
        return named
    if mod & COMMANDS or not 0x20 <= key < 0x7F:
        return ""
    character = chr(key)
    shift = bool(mod & pygame.KMOD_SHIFT)
    if character.isalpha():
        return character.upper() if shift != bool(mod & pygame.KMOD_CAPS) else character
    return SHIFTED.get(character, character) if shift else character
