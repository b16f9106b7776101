"""The hall's own certificate authority, made with the `openssl` command.

Why the command and not a library: it is on every machine that has Mosquitto, a technician can repeat each step by
hand, and the devices themselves never need it. P-256 keys: the Pi signs one in under a millisecond.
"""

from __future__ import annotations

import ipaddress
import secrets
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from provisioning.files import File, Refused, write_all

CA_DAYS: Final = 20 * 365
DEVICE_DAYS: Final = 10 * 365
KEY: Final = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-noenc")
CA_EXTENSIONS: Final = """\
basicConstraints = critical, CA:TRUE, pathlen:0
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
"""
# No CA, one purpose: a device's certificate can never pass for the broker's, nor sign another.
LEAF_EXTENSIONS: Final = """\
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, {purpose}
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
{names}"""


@dataclass(frozen=True, slots=True)
class Identity:
    """A certificate and its private key, PEM text."""

    cert: str
    key: str


def make_ca(folder: Path, hall: str, *, force: bool = False) -> list[Path]:
    """ca.crt and ca.key of a new authority for this hall. Whoever has ca.key can make devices: keep it off the hall."""
    with tempfile.TemporaryDirectory() as scratch:
        cert, key, config = (Path(scratch) / name for name in ("ca.crt", "ca.key", "ca.cnf"))
        config.write_text(f"[req]\ndistinguished_name = name\nx509_extensions = ca\n[name]\n[ca]\n{CA_EXTENSIONS}")
        _openssl(
            "req", "-x509", *KEY, "-config", config, "-subj", f"/O=hallside/CN={hall} site CA", "-sha256",
            "-days", CA_DAYS, "-set_serial", _serial(), "-keyout", key, "-out", cert,
        )  # fmt: skip
        files = {"ca.crt": File(cert.read_text()), "ca.key": File(key.read_text(), secret=True)}
    return write_all(folder, files, force=force)


def issue(ca: Path, name: str, purpose: Literal["clientAuth", "serverAuth"], host: str = "") -> Identity:
    """A new key and a certificate for it: of a device (its name on the wire), or of the broker (for this host)."""
    for part in ("ca.crt", "ca.key"):
        if not (ca / part).is_file():
            raise Refused(f"{ca / part} is not there. Make the hall's authority: hallside provision ca --out {ca}")
    with tempfile.TemporaryDirectory() as scratch:
        cert, key, wish, extra, config = (Path(scratch) / f"leaf.{end}" for end in ("crt", "key", "csr", "ext", "cnf"))
        config.write_text("[req]\ndistinguished_name = name\n[name]\n")
        extra.write_text(LEAF_EXTENSIONS.format(purpose=purpose, names=_alternative(host)))
        _openssl("req", "-new", *KEY, "-config", config, "-subj", f"/CN={name}", "-keyout", key, "-out", wish)
        _openssl(
            "x509", "-req", "-in", wish, "-CA", ca / "ca.crt", "-CAkey", ca / "ca.key", "-set_serial", _serial(),
            "-days", DEVICE_DAYS, "-sha256", "-extfile", extra, "-out", cert,
        )  # fmt: skip
        return Identity(cert.read_text(), key.read_text())


def _alternative(host: str) -> str:
    if not host:
        return ""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return f"subjectAltName = DNS:{host}\n"
    return f"subjectAltName = IP:{host}\n"


def _serial() -> str:
    """RFC 5280 section 4.1.2.2: positive, at most 20 octets, not to be guessed."""
    return hex(secrets.randbits(126) | 1 << 126)


def _openssl(*arguments: object) -> None:
    if shutil.which("openssl") is None:
        raise Refused("the `openssl` command is not there. Install it: sudo apt-get install openssl")
    run = subprocess.run(["openssl", *map(str, arguments)], capture_output=True, text=True, check=False, timeout=60)
    if run.returncode != 0:
        raise Refused(f"openssl {arguments[0]} failed: {run.stderr.strip().splitlines()[-1:]}")
