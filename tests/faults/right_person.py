"""N9: a rating is never booked to a person other than the one on the screen at the press.

Hands press all the time: at questions, at nothing, twice, and between any two steps of the machines, when a role knows
already what the screen does not show yet.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Final

from device.contract.codec import read
from device.contract.messages import RatingGiven
from device.moment import HALL_TIME
from screens.views import DIMENSIONS, ConsolePage, EvaluatorAsk, EvaluatorThanks
from tests.faults.halls import the_hall
from tests.faults.kinds import Outcome
from tests.faults.schedules import Doubled, Story, Suite
from tests.scenarios.account import Press

QUICK: Final = 20_000
FULL: Final = 1_000_000
MORNING: Final = datetime(2026, 11, 23, 9, tzinfo=HALL_TIME)
BREAKS: Final = ("broker", "clocks", "fuses", "lines", "power", "wire")
STAFF: Final = ("1001", "1002")
THANKS: Final = 5.0  # then what was pressed last is on record too
HASTE: Final = 0.55  # how likely somebody presses between two steps of the machines


def begin(seed: int) -> Story:
    """Window and evaluator on one Pi at desk 3, each on its own at 4; the coordinator and a kiosk for tickets."""
    laid = the_hall("coordinator", "kiosk-1", "desk-3", "window-4", "evaluator-4", apart=(4,))
    return Story(seed, laid, MORNING)


def live(story: Story) -> int:
    """Staff serve, hand over and sign out while citizens press. Returns how often somebody pressed anything."""
    presses: list[Press | None] = []  # what stood there at each press; None: no question

    def press() -> None:
        window = story.dice.choice(story.hands.windows)
        device = f"evaluator-{window}"
        if not story.hall.lit(device):
            return
        page, level = story.hall.view(device), story.dice.randint(1, 5)
        if isinstance(page, EvaluatorAsk):
            story.noted["questions"] += 1
            story.tell(f"{device}: {level} on {page.number} {page.person.number}")
            presses.append(Press(window, page.number, page.person.number, level))
        else:
            presses.append(None)
        if isinstance(page, EvaluatorThanks) and page.asks:
            story.hall.parts(device).screens["main"].touch(f"tag:{story.dice.choice(DIMENSIONS)}")
        story.hall.button(device, level)

    def hasty() -> None:
        if story.dice.random() < HASTE:
            press()

    story.hall.pass_time(2)
    story.hall.between = hasty
    for window in story.hands.windows:
        story.hall.sign_in(f"window-{window}", STAFF[window % 2])
    for _ in range(story.dice.randint(30, 50)):
        act = story.dice.choices(("citizen", "clerk", "over", "press", "wreck"), (5, 16, 1, 4, 1))[0]
        match act:
            case "citizen":
                story.hands.citizen()
            case "clerk":
                _clerk(story)
            case "over":
                _hand_over(story)
            case "press":
                press()
            case _:
                story.wreck(BREAKS)
        story.hall.settle()
        story.wait(0.0, 0.0, 0.3, 1.0, 6.0, 31.0)
    story.hall.between = None
    story.hall.pass_time(THANKS)
    story.noted["booked"] += _hold(story, presses)
    return len(presses)


def _clerk(story: Story) -> None:
    """The usual next thing at a window, mostly; sometimes anything the console lets people do."""
    window = story.dice.choice(story.hands.windows)
    device = f"window-{window}"
    if not story.hall.lit(device):
        return
    page = story.hall.view(device)
    if not isinstance(page, ConsolePage) or page.entry is not None or story.dice.random() < 0.1:
        story.hands.clerk()
        return
    keys = {key.id for key in page.keys if key.enabled}
    called = "next" if "next" in keys else "number"
    wanted = {"open": called, "calling": "start", "serving": "finish"}.get(page.state, "")
    if page.prompt or wanted not in keys:
        story.hands.clerk()
        return
    story.tell(f"{device}: {wanted} while {page.state} {page.number}")
    screen = story.hall.parts(device).screens["main"]
    screen.touch(wanted)


def _hand_over(story: Story) -> None:
    """Somebody else sits down: signs out, if the console lets them, and the other signs in."""
    window = story.dice.choice(story.hands.windows)
    device = f"window-{window}"
    if not story.hall.lit(device):
        return
    page = story.hall.view(device)
    if isinstance(page, ConsolePage) and any(key.id == "signout" and key.enabled for key in page.keys):
        story.tell(f"{device}: hand-over")
        story.hall.tap(device, "signout")
        if story.hall.lit(device):
            story.hall.sign_in(device, story.dice.choice(STAFF))


def _hold(story: Story, presses: list[Press | None]) -> int:
    """How many ratings were booked, each to whom it was given."""
    given: Counter[Press] = Counter()
    invitations: Counter[str] = Counter()
    for _, fact in story.hall.made:
        body = read(fact.payload)[1]
        if isinstance(body, RatingGiven):
            given[Press(body.window, body.ticket[9:], body.staff, body.level)] += 1
            invitations[body.invitation] += 1
    if again := [invitation for invitation, n in invitations.items() if n > 1]:
        raise Doubled(f"rated twice: {again}")
    if wrong := given - Counter(press for press in presses if press):
        raise AssertionError(f"booked and never pressed at: {dict(wrong)}")
    return given.total()


SUITE: Final = Suite("N9", begin, live)


def run(full: bool, seed: int | None) -> Outcome:
    """As tests.faults.kinds.Suite says."""
    why = (
        "{tried} presses, {noted[questions]} of them at a question and {noted[booked]} booked, in {schedules} schedules"
        " of two desks: staff hand over, power, lines and messages fail, people"
        " press twice, too early, too late, and between any two steps of the machines."
    )
    return SUITE.many(seed or 0, 0, why, enough=FULL if full else QUICK, full=full)
