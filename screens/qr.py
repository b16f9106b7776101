"""A QR code as dark and light modules: error correction M, which survives a scratch and a finger's mark."""

from __future__ import annotations

from functools import lru_cache

QUIET = 4  # modules of light around it (ISO/IEC 18004)


@lru_cache(maxsize=16)
def modules(text: str) -> tuple[tuple[bool, ...], ...]:
    """The square, row by row, without its quiet zone; True is dark. ValueError for a text that no code holds."""
    import segno

    matrix = segno.make(text, error="m", micro=False, boost_error=False).matrix
    return tuple(tuple(bool(dark) for dark in row) for row in matrix)
