"""Something keyed in that is nobody else's business: what is shown of it are dots, and it is forgotten at once."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Entry:
    """most: no longer than that. letters: what counts beside digits. seen: so many of the last signs may be seen."""

    most: int
    letters: str = ""
    seen: int = 0
    text: str = field(default="", repr=False)

    def key(self, name: str) -> bool:
        """`type:<sign>` or `back`; whether it was one of them."""
        word, _, sign = name.partition(":")
        if word == "back":
            self.text = self.text[:-1]
            return True
        if word != "type":
            return False
        sound = len(sign) == 1 and sign in "0123456789" + self.letters
        self.text = (self.text + sign)[: self.most] if sound else self.text
        return True

    @property
    def shown(self) -> str:
        """As a screen may show it."""
        hidden = max(0, len(self.text) - self.seen)
        return "•" * hidden + self.text[hidden:]
