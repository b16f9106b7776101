"""Certificates that are believed no more: a stolen Pi's, a replaced one's. The broker reads the list `ca.crl`.

The authority's folder has each certificate it made in `issued/`, and those taken back in `revoked/`; the list is made
anew from there. Like the certificates it begins in 1970, and it lasts as long as the authority: a broker whose clock is
wrong, or a hall that nobody has looked after for a year, must not shut every device out.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from provisioning.ca import BEGINS, CA_DAYS, ISSUED, openssl, signing
from provisioning.files import File, Refused, write

REVOKED: Final = "revoked"


def crl(ca: Path) -> str:
    """The list of what is believed no more, PEM, signed by the authority. Refused if openssl is not there."""
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        config, out = signing(scratch), scratch / "ca.crl"
        index = [_line(path) for path in sorted((ca / REVOKED).glob("*.crt"))]
        (scratch / "index.txt").write_text("".join(index))
        ends = (datetime.now(UTC) + timedelta(days=CA_DAYS)).strftime("%Y%m%d%H%M%SZ")
        openssl(
            "ca", "-gencrl", "-config", config, "-cert", ca / "ca.crt", "-keyfile", ca / "ca.key",
            "-crl_lastupdate", BEGINS, "-crl_nextupdate", ends, "-out", out,
        )  # fmt: skip
        return out.read_text()


def revoke(ca: Path, names: Sequence[str]) -> list[Path]:
    """Take back every certificate that these devices ever got; the files now in revoked/. Refused: one has none."""
    found = {name: sorted((ca / ISSUED).glob(f"{name}.*.crt")) for name in names}
    for name, certs in found.items():
        if not certs:
            raise Refused(f"{ca} has made no certificate for '{name}' that is still believed. Nothing was changed.")
    moved = []
    for cert in [cert for certs in found.values() for cert in certs]:
        write(ca / REVOKED / cert.name, File(cert.read_text()))
        cert.unlink()
        moved.append(ca / REVOKED / cert.name)
    return moved


def _line(cert: Path) -> str:
    """As openssl's index has it: revoked, until when it would have lasted, since when, serial number, subject."""
    _, serial, _ = cert.name.rsplit(".", 2)
    return f"R\t491231235959Z\t{BEGINS[2:]}\t{serial}\tunknown\t/CN={cert.name.partition('.')[0]}\n"
