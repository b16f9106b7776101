"""Who we are and whom we believe on the line to the broker."""

from __future__ import annotations

import ssl
from dataclasses import dataclass, field

from drivers.protocols import PartMissing


class _Socket(ssl.SSLSocket):
    """paho forgets a socket whose handshake failed; this one closes itself."""

    def do_handshake(self, block: bool = False) -> None:
        try:
            super().do_handshake(block)
        except BaseException:
            self.close()
            raise


@dataclass(frozen=True, slots=True)
class TlsFiles:
    """PEM files: who signs the broker's certificate, our certificate, our key and its passphrase ("" if none)."""

    ca: str
    cert: str
    key: str
    password: str = field(default="", repr=False)

    def context(self) -> ssl.SSLContext:
        """TLS 1.3 and the broker's name are insisted on. PartMissing if a file is missing or no good."""
        try:
            context = ssl.create_default_context(cafile=self.ca)
            context.sslsocket_class = _Socket
            context.minimum_version = ssl.TLSVersion.TLSv1_3
            context.load_cert_chain(self.cert, self.key, self.password)  # a text, so that nobody is ever prompted
        except OSError as error:  # ssl.SSLError is one
            tried = f"TLS files {self.ca}, {self.cert}, {self.key}: {error.strerror or error}"
            raise PartMissing("link", tried, "Give this device its bundle again") from error
        return context
