"""Effects to drivers, once what they promise is durable: show, print, say, light, publish, tell, remind, forget."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from config.schema import ROLE_SECTIONS
from device.contract.channels import channel_of, topic
from device.contract.codec import encode
from device.contract.messages import AskNumber, Body, Envelope
from device.effects import Effect, Forget, Light, Print, Publish, Remind, Reply, Say, Seen, Show, Tell, Told
from device.loop import Loop
from device.moment import Moment
from device.seat import Seat
from drivers.events import NotSaid

# A page takes 5 ms to paint here and 20 on a Pi, and all that time no other thread can run (one interpreter, one thread
# at a time): neither the printer's with a ticket nor the link's with the number for one. So behind those two pictures
# wait for a hundredth of a second, which nobody sees.
TICKET_FIRST_SECONDS: Final = 0.01
PICTURES: Final = "pictures"  # the process's own reminder that they have waited long enough
SECTION_OF_SCREEN: Final = {"main": "screen", "sign": "sign"}
ABSENT: Final = "absent"  # NotSaid's code where the config has no speaker


class WrongPart(RuntimeError):
    """A role asked for a part that a device of its kind never has: a mistake in the role."""


class Do(NamedTuple):
    """One effect, whose it is, and the moment it was born in."""

    seat: Seat
    effect: Effect
    moment: Moment


class Performer:
    """Performs visible effects in order, pictures last. hall: its id on the wire."""

    def __init__(self, hall: str, loop: Loop, seats: Sequence[Seat]) -> None:
        self._hall = hall
        self._loop = loop
        self._seats = seats
        self._pictures: dict[tuple[str, str], Do] = {}  # the newest view of each screen that is not drawn yet
        self._ticket_first = False

    def perform(self, dos: Sequence[Do]) -> None:
        """All of a batch, pictures last. A view that a later one replaces on the same screen is not drawn."""
        for do in dos:
            if isinstance(do.effect, Show):
                self._pictures[do.seat.name, do.effect.screen] = do
                continue
            self._one(do.seat, do.effect, do.moment)
            if _for_a_ticket(do.effect):
                self._ticket_first = True
                self._loop.remind("", PICTURES, TICKET_FIRST_SECONDS)
        if not self._ticket_first:
            self.show_pictures()

    def show_pictures(self) -> None:
        """Draw what waits to be drawn."""
        self._ticket_first = False
        pictures, self._pictures = self._pictures, {}
        for do in pictures.values():
            self._one(do.seat, do.effect, do.moment)

    def publish(self, seat: Seat, effect: Publish, moment: Moment) -> bool:
        """True if it is on its way."""
        if seat.link is None:
            return False
        envelope = Envelope(effect.id, moment.at(), moment.clock, seat.name)
        where, what = topic(self._hall, seat.name, effect.body, effect.place), encode(envelope, effect.body)
        channel = channel_of(effect.body)
        expiry = channel.expiry if effect.seconds is None else effect.seconds
        return seat.link.publish(where, what, qos=channel.qos, retain=channel.retained, expiry=expiry)

    def sealed(self, seat: Seat, body: Body, moment: Moment) -> tuple[str, bytes]:
        """Topic and payload of what is said on leaving, by ourselves or by the broker."""
        envelope = Envelope(moment.id(0), moment.at(), moment.clock, seat.name)
        return topic(self._hall, seat.name, body), encode(envelope, body)

    def _one(self, seat: Seat, effect: Effect, moment: Moment) -> None:
        match effect:
            case Show(view, screen, confirm):
                self._may(seat, SECTION_OF_SCREEN[screen])
                if screen in seat.parts.screens:
                    seat.parts.screens[screen].show(view)
                if confirm:  # behind whatever hands have done up to now
                    self._loop.post(seat.name, Seen(view, screen))
            case Print(job, document):
                self._may(seat, "printer")
                if seat.parts.paper:
                    seat.parts.paper.print(job, document)
            case Say(utterance):
                self._may(seat, "speaker")
                if seat.parts.speaker:
                    seat.parts.speaker.say(utterance)
                else:
                    self._loop.post(seat.name, NotSaid(utterance.id, ABSENT))
            case Light(levels):
                self._may(seat, "lamps")
                if seat.parts.lamps:
                    seat.parts.lamps.light(levels)
            case Publish():
                self.publish(seat, effect, moment)
            case Tell(body):
                for other in self._seats:
                    if other is not seat:
                        self._loop.post(other.name, Told(body))
            case _:
                self._unseen(seat, effect)

    def _unseen(self, seat: Seat, effect: Effect) -> None:
        match effect:
            case Remind(seconds, key):
                self._loop.remind(seat.name, key, seconds)
            case Forget(key):
                self._loop.forget(seat.name, key)
            case Reply(to, said):
                if seat.parts.replies:
                    seat.parts.replies(to, said)
            case _:
                raise TypeError(f"{effect} is nothing to be performed")

    @staticmethod
    def _may(seat: Seat, section: str) -> None:
        """A part the config left out is silent; a part the role may never have is a mistake of the role's."""
        needed, allowed = ROLE_SECTIONS[seat.presence.role]
        if section not in needed and section not in allowed:
            raise WrongPart(f"{seat.name}: a {seat.presence.role} has no {section}")


def _for_a_ticket(effect: Effect) -> bool:
    return isinstance(effect, Print) or (isinstance(effect, Publish) and isinstance(effect.body, AskNumber))
