"""Credentials that ought to get in nowhere, and how each is made: with openssl, as somebody with bad intent would."""

from __future__ import annotations

import ssl
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal

from provisioning.ca import BEGINS, LEAF_EXTENSIONS, Identity, _wish, issue, make_ca, openssl, signing

FAR: Final = "20491231235959Z"
Purpose = Literal["clientAuth", "serverAuth", "codeSigning"]
CLIENT: Final = "clientAuth"
SERVER: Final = "serverAuth"
CODE: Final = "codeSigning"


@dataclass(frozen=True, slots=True)
class Forger:
    """ca: the hall's own authority; folder: where the rest is made."""

    ca: Path
    folder: Path
    _known: dict[str, Identity] = field(default_factory=dict)

    def signed(
        self, name: str, *, by: Path | None = None, begins: str = BEGINS, ends: str = FAR, purpose: Purpose = CLIENT
    ) -> Identity:
        """A certificate with this name by the hall's authority or another, with these times."""
        scratch = self._scratch()
        key, cert, signer = scratch / "leaf.key", scratch / "leaf.crt", by or self.ca
        wish = _wish(scratch, f"/CN={name}" if name else "/O=nobody", key)
        (scratch / "extensions").write_text(LEAF_EXTENSIONS.format(purpose=purpose, names=""))
        (scratch / "index.txt").write_text("")
        (scratch / "serial").write_text("7F")
        config = signing(scratch)
        config.write_text(config.read_text().replace("commonName = supplied", "commonName = optional"))
        openssl(
            "ca", "-batch", "-notext", "-preserveDN", "-config", config, "-cert", signer / "ca.crt", "-keyfile",
            signer / "ca.key", "-in", wish, "-out", cert, "-startdate", begins, "-enddate", ends,
            "-extfile", scratch / "extensions",
        )  # fmt: skip
        return Identity(cert.read_text(), key.read_text())

    def self_signed(self, name: str) -> Identity:
        """One that vouches for itself."""
        scratch = self._scratch()
        make_ca(scratch / "self", name)
        return Identity((scratch / "self/ca.crt").read_text(), (scratch / "self/ca.key").read_text())

    def foreign(self) -> Path:
        """Another hall's authority, under the same name."""
        scratch = self._scratch()
        make_ca(scratch / "foreign", "longjiang")
        return scratch / "foreign"

    def by_a_device(self, device: Identity, name: str) -> Identity:
        """Signed by a device's own key, its certificate brought along."""
        scratch = self._scratch()
        (scratch / "ca.crt").write_text(device.cert)
        (scratch / "ca.key").write_text(device.key)
        made = self.signed(name, by=scratch)
        return Identity(made.cert + device.cert, made.key)

    def device(self, name: str) -> Identity:
        """As it ought to be."""
        return issue(self.ca, name, "clientAuth")

    def known(self, name: str) -> Identity:
        """As it ought to be, made once."""
        if name not in self._known:
            self._known[name] = self.device(name)
        return self._known[name]

    def context(self, identity: Identity | None, *, newest: ssl.TLSVersion = ssl.TLSVersion.TLSv1_3) -> ssl.SSLContext:
        """A client's, that believes the hall's broker."""
        found = ssl.create_default_context(cafile=self.ca / "ca.crt")
        found.maximum_version = newest
        if identity:
            scratch = self._scratch()
            (scratch / "own.crt").write_text(identity.cert)
            (scratch / "own.key").write_text(identity.key)
            found.load_cert_chain(scratch / "own.crt", scratch / "own.key")
        return found

    def _scratch(self) -> Path:
        scratch = self.folder / str(len(list(self.folder.iterdir())))
        scratch.mkdir()
        return scratch
