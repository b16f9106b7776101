"""Certificates taken back: the broker's list names them, and no others."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from provisioning.broker import revoke_devices
from provisioning.ca import issue, make_ca
from provisioning.files import Refused
from provisioning.revoke import crl, revoke


@pytest.fixture
def ca(tmp_path: Path) -> Path:
    make_ca(tmp_path / "ca", "longjiang")
    return tmp_path / "ca"


def believed(ca: Path, listed: str, cert: str) -> bool:
    """As OpenSSL, and so Mosquitto, judges with this list."""
    (ca.parent / "list").write_text(listed)
    (ca.parent / "own.crt").write_text(cert)
    command = ["openssl", "verify", "-crl_check", "-CRLfile", str(ca.parent / "list"), "-CAfile", str(ca / "ca.crt")]
    done = subprocess.run([*command, str(ca.parent / "own.crt")], capture_output=True, text=True, check=False)
    assert done.returncode == 0 or "certificate revoked" in done.stderr + done.stdout
    return done.returncode == 0


def test_every_certificate_that_a_device_ever_got_is_taken_back_and_no_other(ca: Path) -> None:
    first, second, other = (issue(ca, name, "clientAuth").cert for name in ("kiosk-2", "kiosk-2", "kiosk-21"))
    assert [believed(ca, crl(ca), cert) for cert in (first, second, other)] == [True] * 3
    assert len(revoke(ca, ["kiosk-2"])) == 2
    again = issue(ca, "kiosk-2", "clientAuth").cert
    revoked = crl(ca)
    assert [believed(ca, revoked, cert) for cert in (first, second, other, again)] == [False, False, True, True]


def test_the_list_holds_whatever_year_the_brokers_clock_says(ca: Path) -> None:
    text = subprocess.run(
        ["openssl", "crl", "-noout", "-lastupdate", "-nextupdate"],
        input=crl(ca),
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert "lastUpdate=Jan  1 00:00:00 1970" in text
    assert int(text.split()[-2]) >= 2040


def test_a_device_without_a_certificate_is_refused_and_nothing_is_taken_back(ca: Path, tmp_path: Path) -> None:
    issue(ca, "kiosk-2", "clientAuth")
    with pytest.raises(Refused, match="no certificate for 'kiosk-3'"):
        revoke_devices(ca, ["kiosk-2", "kiosk-3"], tmp_path / "out")
    assert not (tmp_path / "out").exists()
    assert not (ca / "revoked").exists()
    path = revoke_devices(ca, ["kiosk-2"], tmp_path / "out")
    assert path == tmp_path / "out/etc/mosquitto/hallside/tls/ca.crl"
    assert "BEGIN X509 CRL" in path.read_text()
