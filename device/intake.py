"""The coordinator's door for records: each device's, in order of seq, once. Nothing is held back, nothing skipped.

The next record in sequence goes to the role, which enters it. An old one is receipted again, for the device did not
hear. One beyond a gap is dropped and answered with what the book really has, so that the device sends again from there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from device.contract.messages import Envelope, Receipt

Source = tuple[str, str]  # device, journal


class Intake:
    """What the book has of every journal, and whom to answer after the next commit."""

    def __init__(self, upto: Mapping[Source, int]) -> None:
        self._upto = dict(upto)
        self._coming: dict[tuple[Source, int], bytes] = {}
        self._owed: dict[Source, None] = {}  # ordered

    def admit(self, envelope: Envelope, payload: bytes) -> bool:
        """True if this record is the next of its journal, so that the role may have it."""
        source = (envelope.device, envelope.journal)
        self._owed[source] = None
        if envelope.seq != self._upto.get(source, 0) + 1:
            return False
        self._upto[source] = envelope.seq
        self._coming[source, envelope.seq] = payload
        return True

    def reached(self, device: str, journal: str, seq: int) -> bool:
        """True if the book stands at `seq`. If it lacks something, the device is told how far it really is.

        If it has more, the question is an old one, and who asked it has gone on.
        """
        source = (device, journal)
        upto = self._upto.get(source, 0)
        if upto < seq:
            self._owed[source] = None
        return upto == seq or not journal

    def payload(self, envelope: Envelope) -> bytes:
        """The very bytes of an admitted record, once; KeyError if it was not admitted."""
        return self._coming.pop(((envelope.device, envelope.journal), envelope.seq))

    @property
    def owing(self) -> bool:
        """Whether anybody is to be answered."""
        return bool(self._owed or self._coming)

    def receipts(self) -> Iterator[tuple[str, Receipt]]:
        """(device, receipt) for every journal heard of since the last time; to be called after the commit."""
        if self._coming:
            lost = ", ".join(f"{device} {seq}" for (device, _), seq in self._coming)
            raise RuntimeError(f"the coordinator admitted records and did not enter them: {lost}")
        owed, self._owed = self._owed, {}
        for device, journal in owed:
            yield device, Receipt(journal, self._upto.get((device, journal), 0))
