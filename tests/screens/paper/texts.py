"""What stands on a paper, as text."""

from __future__ import annotations

from screens.document import Document, Line, Pair


def said(document: Document) -> str:
    """Every text of the document, a line each."""
    texts: list[str] = []
    for block in document.blocks:
        match block:
            case Line(text):
                texts.append(text)
            case Pair(left, right):
                texts += [left, right]
    return "\n".join(texts)
