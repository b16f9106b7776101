"""Every message on hallside's wire: one frozen dataclass each, defined here and nowhere else.

Grow by a new field with a default or by a new type; never change or reuse one. Bounds stand beside the field
(`annotated_types` metadata); `codec.py` alone enforces them. A field marked `SECRET` is never logged or recorded.
Record types are durable facts (past tense); who decides a thing writes its record.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from device.contract.messages.asks import AnswerAssign as AnswerAssign
from device.contract.messages.asks import AnswerBlock as AnswerBlock
from device.contract.messages.asks import AnswerBooking as AnswerBooking
from device.contract.messages.asks import AnswerCall as AnswerCall
from device.contract.messages.asks import AnswerLeave as AnswerLeave
from device.contract.messages.asks import AnswerNumber as AnswerNumber
from device.contract.messages.asks import AnswerPlace as AnswerPlace
from device.contract.messages.asks import AnswerSignIn as AnswerSignIn
from device.contract.messages.asks import AskAssign as AskAssign
from device.contract.messages.asks import AskBlock as AskBlock
from device.contract.messages.asks import AskBooking as AskBooking
from device.contract.messages.asks import AskCall as AskCall
from device.contract.messages.asks import AskLeave as AskLeave
from device.contract.messages.asks import AskNumber as AskNumber
from device.contract.messages.asks import AskPlace as AskPlace
from device.contract.messages.asks import AskSignIn as AskSignIn
from device.contract.messages.asks import Receipt as Receipt
from device.contract.messages.cases import CaseCarried as CaseCarried
from device.contract.messages.cases import CaseFacts as CaseFacts
from device.contract.messages.cases import CaseMoved as CaseMoved
from device.contract.messages.cases import CaseOpened as CaseOpened
from device.contract.messages.coordinator import AbsenceFiled as AbsenceFiled
from device.contract.messages.coordinator import AlarmEnded as AlarmEnded
from device.contract.messages.coordinator import AlarmRaised as AlarmRaised
from device.contract.messages.coordinator import AppointmentBooked as AppointmentBooked
from device.contract.messages.coordinator import AttendanceNoted as AttendanceNoted
from device.contract.messages.coordinator import BlockReserved as BlockReserved
from device.contract.messages.coordinator import DayApproved as DayApproved
from device.contract.messages.coordinator import HourLearned as HourLearned
from device.contract.messages.coordinator import NumberAllotted as NumberAllotted
from device.contract.messages.coordinator import OutageFiled as OutageFiled
from device.contract.messages.coordinator import OvertimeWorked as OvertimeWorked
from device.contract.messages.coordinator import PromiseLearned as PromiseLearned
from device.contract.messages.coordinator import TicketsLeft as TicketsLeft
from device.contract.messages.coordinator import WaitsLearned as WaitsLearned
from device.contract.messages.coordinator import WindowAssigned as WindowAssigned
from device.contract.messages.devices import ChoiceMade as ChoiceMade
from device.contract.messages.devices import EstimateShown as EstimateShown
from device.contract.messages.devices import FaultBegan as FaultBegan
from device.contract.messages.devices import FaultEnded as FaultEnded
from device.contract.messages.devices import HelpAsked as HelpAsked
from device.contract.messages.devices import PaperChanged as PaperChanged
from device.contract.messages.devices import PaperLow as PaperLow
from device.contract.messages.devices import SafeToSwitchOff as SafeToSwitchOff
from device.contract.messages.devices import SelftestDone as SelftestDone
from device.contract.messages.hall import Alarm as Alarm
from device.contract.messages.hall import HallAlarms as HallAlarms
from device.contract.messages.hall import HallCall as HallCall
from device.contract.messages.hall import HallMissed as HallMissed
from device.contract.messages.hall import HallNotices as HallNotices
from device.contract.messages.hall import HallService as HallService
from device.contract.messages.hall import HallStaff as HallStaff
from device.contract.messages.hall import HallWindow as HallWindow
from device.contract.messages.parts import Block as Block
from device.contract.messages.parts import DeviceState as DeviceState
from device.contract.messages.parts import FaultNote as FaultNote
from device.contract.messages.parts import Invitation as Invitation
from device.contract.messages.parts import Person as Person
from device.contract.messages.parts import Words as Words
from device.contract.messages.power import PowerBack as PowerBack
from device.contract.messages.power import PowerLost as PowerLost
from device.contract.messages.power import Voucher as Voucher
from device.contract.messages.power import VoucherMoved as VoucherMoved
from device.contract.messages.power import VouchersGiven as VouchersGiven
from device.contract.messages.requests import AnswerContact as AnswerContact
from device.contract.messages.requests import AnswerGuide as AnswerGuide
from device.contract.messages.requests import AskContact as AskContact
from device.contract.messages.requests import AskGuide as AskGuide
from device.contract.messages.requests import ConsentGiven as ConsentGiven
from device.contract.messages.requests import RequestClosed as RequestClosed
from device.contract.messages.requests import RequestRegistered as RequestRegistered
from device.contract.messages.tickets import ItemServed as ItemServed
from device.contract.messages.tickets import PriorityRefused as PriorityRefused
from device.contract.messages.tickets import TicketCalled as TicketCalled
from device.contract.messages.tickets import TicketIssued as TicketIssued
from device.contract.messages.tickets import TicketMissed as TicketMissed
from device.contract.messages.tickets import TicketPrinted as TicketPrinted
from device.contract.messages.tickets import TicketPrintFailed as TicketPrintFailed
from device.contract.messages.tickets import TicketPrintUnknown as TicketPrintUnknown
from device.contract.messages.tickets import TicketRecalled as TicketRecalled
from device.contract.messages.tickets import TicketRejoined as TicketRejoined
from device.contract.messages.tickets import TicketReleased as TicketReleased
from device.contract.messages.tickets import TicketServed as TicketServed
from device.contract.messages.tickets import TicketStarted as TicketStarted
from device.contract.messages.tickets import TicketTransferred as TicketTransferred
from device.contract.messages.values import SECRET as SECRET
from device.contract.messages.values import Calendar as Calendar
from device.contract.messages.values import CaseNumber as CaseNumber
from device.contract.messages.values import Code as Code
from device.contract.messages.values import Count as Count
from device.contract.messages.values import Day as Day
from device.contract.messages.values import Hash as Hash
from device.contract.messages.values import Lang as Lang
from device.contract.messages.values import Level as Level
from device.contract.messages.values import MaybeCode as MaybeCode
from device.contract.messages.values import MaybeDay as MaybeDay
from device.contract.messages.values import MaybeName as MaybeName
from device.contract.messages.values import MaybeNumber as MaybeNumber
from device.contract.messages.values import MaybeStaff as MaybeStaff
from device.contract.messages.values import MaybeStamp as MaybeStamp
from device.contract.messages.values import MaybeTicket as MaybeTicket
from device.contract.messages.values import MaybeUuid as MaybeUuid
from device.contract.messages.values import MaybeVoucher as MaybeVoucher
from device.contract.messages.values import MaybeWindow as MaybeWindow
from device.contract.messages.values import Name as Name
from device.contract.messages.values import Number as Number
from device.contract.messages.values import Pattern as Pattern
from device.contract.messages.values import Secret as Secret
from device.contract.messages.values import Seq as Seq
from device.contract.messages.values import Series as Series
from device.contract.messages.values import Staff as Staff
from device.contract.messages.values import Stamp as Stamp
from device.contract.messages.values import Text as Text
from device.contract.messages.values import Ticket as Ticket
from device.contract.messages.values import Uuid as Uuid
from device.contract.messages.values import VoucherCode as VoucherCode
from device.contract.messages.values import Window as Window
from device.contract.messages.values import ticket_of as ticket_of
from device.contract.messages.windows import AlarmAnswered as AlarmAnswered
from device.contract.messages.windows import AlarmAsked as AlarmAsked
from device.contract.messages.windows import ItemDelivered as ItemDelivered
from device.contract.messages.windows import ItemRegistered as ItemRegistered
from device.contract.messages.windows import RatingGiven as RatingGiven
from device.contract.messages.windows import RatingInvited as RatingInvited
from device.contract.messages.windows import RatingNone as RatingNone
from device.contract.messages.windows import RatingTagged as RatingTagged
from device.contract.messages.windows import RepairAsked as RepairAsked
from device.contract.messages.windows import StaffSignedIn as StaffSignedIn
from device.contract.messages.windows import StaffSignedOut as StaffSignedOut
from device.contract.messages.windows import WindowHandedOver as WindowHandedOver
from device.contract.messages.windows import WindowPaused as WindowPaused
from device.contract.messages.windows import WindowResumed as WindowResumed

Record = (
    TicketIssued | TicketPrinted | TicketPrintFailed | TicketPrintUnknown | TicketCalled | TicketRecalled
    | TicketMissed | TicketRejoined | TicketStarted | TicketServed | TicketTransferred
    | ItemServed | PriorityRefused | TicketReleased | WindowHandedOver | AlarmAnswered
    | AlarmAsked | RepairAsked
    | StaffSignedIn | StaffSignedOut | WindowPaused | WindowResumed
    | RatingInvited | RatingGiven | RatingTagged | RatingNone
    | FaultBegan | FaultEnded | PaperLow | PaperChanged | HelpAsked | SelftestDone | EstimateShown | ChoiceMade
    | NumberAllotted | BlockReserved | AppointmentBooked | WindowAssigned | OvertimeWorked | TicketsLeft
    | AbsenceFiled | OutageFiled | AlarmRaised | AlarmEnded
    | CaseOpened | CaseMoved | CaseCarried | PowerLost | PowerBack | VouchersGiven | VoucherMoved
    | AttendanceNoted | SafeToSwitchOff | DayApproved | WaitsLearned | ItemRegistered | ItemDelivered
    | RequestRegistered | ConsentGiven | RequestClosed
)  # fmt: skip
Ask = AskNumber | AskBlock | AskCall | AskPlace | AskSignIn | AskLeave | AskBooking | AskAssign | AskContact | AskGuide
Answer = (
    AnswerNumber | AnswerBlock | AnswerCall | AnswerPlace | AnswerSignIn | AnswerLeave | AnswerBooking | AnswerAssign
    | AnswerContact | AnswerGuide
)  # fmt: skip
Hall = HallWindow | HallService | HallCall | HallMissed | HallNotices | HallAlarms | HallStaff
Body = DeviceState | Record | Receipt | Ask | Answer | Hall


@dataclass(frozen=True, slots=True)
class Envelope:
    """What every message carries around its body; `seq`, `journal` and `prev` belong to records.

    prev: SHA-256 of the journal's previous record's payload, so an edit or a gap is seen (R142).
    """

    id: Uuid
    at: Stamp
    clock: Literal["synced", "floor"]
    device: Name
    v: Literal[1] = 1
    seq: Seq = 0
    journal: MaybeUuid = ""
    prev: Hash = ""
