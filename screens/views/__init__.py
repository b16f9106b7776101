"""What a person sees, as data: one frozen view a page. Roles make them, `layout` places them, `paint` draws them.

Views carry facts and keys into the locale (`word` fields), never finished sentences, so one view reads in any
language. `lang` is the language of the page; boards and signs show Chinese with `second` below or beside.
"""

from screens.views.board import BoardPage as BoardPage
from screens.views.board import CallRow as CallRow
from screens.views.board import InfoKind as InfoKind
from screens.views.board import InfoPage as InfoPage
from screens.views.board import Notices as Notices
from screens.views.board import Resting as Resting
from screens.views.board import Slot as Slot
from screens.views.board import Today as Today
from screens.views.evaluator import DIMENSIONS as DIMENSIONS
from screens.views.evaluator import ComplaintStep as ComplaintStep
from screens.views.evaluator import EvaluatorAsk as EvaluatorAsk
from screens.views.evaluator import EvaluatorComplaint as EvaluatorComplaint
from screens.views.evaluator import EvaluatorIdle as EvaluatorIdle
from screens.views.evaluator import EvaluatorThanks as EvaluatorThanks
from screens.views.fault import OutOfOrder as OutOfOrder
from screens.views.kiosk import ClassKey as ClassKey
from screens.views.kiosk import HelpReason as HelpReason
from screens.views.kiosk import KioskBooked as KioskBooked
from screens.views.kiosk import KioskBusy as KioskBusy
from screens.views.kiosk import KioskClasses as KioskClasses
from screens.views.kiosk import KioskClosing as KioskClosing
from screens.views.kiosk import KioskElsewhere as KioskElsewhere
from screens.views.kiosk import KioskHelp as KioskHelp
from screens.views.kiosk import KioskHome as KioskHome
from screens.views.kiosk import KioskLookup as KioskLookup
from screens.views.kiosk import KioskNoPaper as KioskNoPaper
from screens.views.kiosk import KioskPlace as KioskPlace
from screens.views.kiosk import KioskSorry as KioskSorry
from screens.views.kiosk import KioskStill as KioskStill
from screens.views.kiosk import KioskTake as KioskTake
from screens.views.kiosk import KioskTimes as KioskTimes
from screens.views.kiosk import Mode as Mode
from screens.views.kiosk import Modes as Modes
from screens.views.kiosk import OtherPlace as OtherPlace
from screens.views.kiosk import PlaceWhat as PlaceWhat
from screens.views.kiosk import ServiceKey as ServiceKey
from screens.views.kiosk_desk import Keyed as Keyed
from screens.views.kiosk_desk import KioskKeypad as KioskKeypad
from screens.views.kiosk_desk import KioskRegistered as KioskRegistered
from screens.views.kiosk_desk import KioskRequest as KioskRequest
from screens.views.kiosk_desk import RequestKind as RequestKind
from screens.views.window import ConsoleKey as ConsoleKey
from screens.views.window import ConsolePage as ConsolePage
from screens.views.window import PersonCard as PersonCard
from screens.views.window import SignPage as SignPage
from screens.views.window import WindowState as WindowState
from screens.views.words import Bilingual as Bilingual
from screens.views.words import Clockface as Clockface

KioskBeside = (
    KioskClasses | KioskElsewhere | KioskHelp | KioskStill | KioskClosing | KioskTimes | KioskBooked
    | KioskKeypad | KioskRequest | KioskRegistered
)  # fmt: skip
KioskPage = (
    KioskHome | KioskLookup | KioskPlace | KioskBusy | KioskTake | KioskNoPaper | KioskSorry | KioskBeside
)  # fmt: skip
View = (
    KioskPage
    | BoardPage
    | InfoPage
    | SignPage
    | ConsolePage
    | EvaluatorIdle
    | EvaluatorAsk
    | EvaluatorThanks
    | EvaluatorComplaint
    | OutOfOrder
)
