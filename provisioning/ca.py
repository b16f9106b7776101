"""The hall's own certificate authority, made with the `openssl` command.

Why the command and not a library: it is on every machine that has Mosquitto, a technician can repeat each step by
hand, and the devices themselves never need it. P-256 keys: the Pi signs one in under a millisecond.

Every certificate begins in 1970: a Pi without a battery does too, the broker's as well, and a later beginning would
protect nobody.
"""

from __future__ import annotations

import ipaddress
import secrets
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, Literal

from provisioning.files import File, Refused, write, write_all

ISSUED: Final = "issued"
BEGINS: Final = "19700101000000Z"
CA_DAYS: Final = 20 * 365
DEVICE_DAYS: Final = 10 * 365
KEY: Final = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-noenc")
CA_EXTENSIONS: Final = """\
basicConstraints = critical, CA:TRUE, pathlen:0
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
"""
SIGNING: Final = """\
[ca]
default_ca = hall
[hall]
database = {scratch}/index.txt
serial = {scratch}/serial
new_certs_dir = {scratch}
default_md = sha256
policy = any
[any]
organizationName = optional
commonName = supplied
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
        cert, key = Path(scratch) / "ca.crt", Path(scratch) / "ca.key"
        wish = _wish(Path(scratch), f"/O=hallside/CN={hall} site CA", key)
        _sign(wish, cert, CA_DAYS, CA_EXTENSIONS, "-selfsign", "-keyfile", key)
        files = {"ca.crt": File(cert.read_text()), "ca.key": File(key.read_text(), secret=True)}
    return write_all(folder, files, force=force)


def issue(ca: Path, name: str, purpose: Literal["clientAuth", "serverAuth"], host: str = "") -> Identity:
    """A new key and a certificate for it: of a device (its name on the wire), or of the broker (for this host).

    The certificate is kept in the authority's folder too, so that it can be taken back (provisioning.revoke).
    """
    for part in ("ca.crt", "ca.key"):
        if not (ca / part).is_file():
            raise Refused(f"{ca / part} is not there. Make the hall's authority: hallside provision ca --out {ca}")
    with tempfile.TemporaryDirectory() as scratch:
        cert, key = Path(scratch) / "leaf.crt", Path(scratch) / "leaf.key"
        wish = _wish(Path(scratch), f"/CN={name}", key)
        extensions = LEAF_EXTENSIONS.format(purpose=purpose, names=_alternative(host))
        serial = _sign(wish, cert, DEVICE_DAYS, extensions, "-cert", ca / "ca.crt", "-keyfile", ca / "ca.key")
        write(ca / ISSUED / f"{name}.{serial}.crt", File(cert.read_text()))
        return Identity(cert.read_text(), key.read_text())


def _wish(scratch: Path, subject: str, key: Path) -> Path:
    """A new key, and what is to be signed for it."""
    wish, config = scratch / "wish.csr", scratch / "wish.cnf"
    config.write_text("[req]\ndistinguished_name = name\n[name]\n")
    openssl("req", "-new", *KEY, "-config", config, "-subj", subject, "-keyout", key, "-out", wish)
    return wish


def _sign(wish: Path, cert: Path, days: int, extensions: str, *signer: object) -> str:
    """Returns the serial number. By `openssl ca`: no other says when a certificate begins before OpenSSL 3.4."""
    scratch, serial = cert.parent, _serial()
    (scratch / "extensions").write_text(extensions)
    (scratch / "index.txt").write_text("")
    (scratch / "serial").write_text(serial)
    config = signing(scratch)
    ends = (datetime.now(UTC) + timedelta(days=days)).strftime("%Y%m%d%H%M%SZ")
    openssl(
        "ca", "-batch", "-notext", "-preserveDN", "-config", config, *signer, "-in", wish, "-out", cert,
        "-startdate", BEGINS, "-enddate", ends, "-extfile", scratch / "extensions",
    )  # fmt: skip
    return serial.upper()


def signing(scratch: Path) -> Path:
    """The config of `openssl ca` that keeps its books in a scratch folder."""
    config = scratch / "sign.cnf"
    config.write_text(SIGNING.format(scratch=scratch))
    return config


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
    return f"{secrets.randbits(126) | 1 << 126:032x}"


def openssl(*arguments: object) -> None:
    """Run it. Refused if it is not there, or says no."""
    if shutil.which("openssl") is None:
        raise Refused("the `openssl` command is not there. Install it: sudo apt-get install openssl")
    run = subprocess.run(["openssl", *map(str, arguments)], capture_output=True, text=True, check=False, timeout=60)
    if run.returncode != 0:
        raise Refused(f"openssl {arguments[0]} failed: {run.stderr.strip().splitlines()[-1:]}")
