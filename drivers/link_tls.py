"""Who we are and whom we believe on the line to the broker.

A certificate has its time, and a Pi without a battery does not know the time before it has spoken to somebody. While
nobody vouches for the clock, certificates are held against its floor: one that was over by then is over, and of one
that has not begun nobody can say that it has not. All else is checked as ever: who signed it, for whom, for what.
"""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from drivers.protocols import PartMissing

_NO_CHECK_TIME: Final = 0x200000  # openssl/x509_vfy.h, X509_V_FLAG_NO_CHECK_TIME


class _Socket(ssl.SSLSocket):
    """paho forgets a socket whose handshake failed; this one closes itself."""

    def do_handshake(self, block: bool = False) -> None:
        try:
            super().do_handshake(block)
            self._look()
        except BaseException:
            self.close()
            raise

    def _look(self) -> None:
        """OpenSSL has looked at the times."""


def _against(floor: datetime) -> type[_Socket]:
    """A socket that looks at the times itself, before a word of ours is said."""

    class Floored(_Socket):
        def _look(self) -> None:
            cert: Mapping[str, Any] = self.getpeercert() or {}
            signers = [ca for ca in self.context.get_ca_certs() if ca["subject"] == cert.get("issuer")]
            if not (cert and _lasts(cert, floor) and any(_lasts(signer, floor) for signer in signers)):
                raise ssl.SSLCertVerificationError("the broker's certificate, or its signer's, is over")

    return Floored


def _lasts(cert: Mapping[str, Any], floor: datetime) -> bool:
    return ssl.cert_time_to_seconds(cert["notAfter"]) >= floor.timestamp()


@dataclass(frozen=True, slots=True)
class TlsFiles:
    """PEM files: who signs the broker's certificate, our certificate, our key and its passphrase ("" if none)."""

    ca: str
    cert: str
    key: str
    password: str = field(default="", repr=False)

    def context(self, floor: datetime | None = None) -> ssl.SSLContext:
        """TLS 1.3 and the broker's name are insisted on. PartMissing if a file is missing or no good.

        floor: it is at least that late, and nobody knows the time. None: the machine's clock is right.
        """
        try:
            context = ssl.create_default_context(cafile=self.ca)
            context.sslsocket_class = _against(floor) if floor else _Socket
            context.verify_flags |= _NO_CHECK_TIME if floor else 0
            context.minimum_version = ssl.TLSVersion.TLSv1_3
            context.load_cert_chain(self.cert, self.key, self.password)  # a text, so that nobody is ever prompted
        except OSError as error:  # ssl.SSLError is one
            tried = f"TLS files {self.ca}, {self.cert}, {self.key}: {error.strerror or error}"
            raise PartMissing("link", tried, "Give this device its bundle again") from error
        return context
