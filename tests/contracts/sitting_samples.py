"""Meetings under way, decisions, follow-ups and minutes to store: whole, and different in what a test looks at."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from board.agenda import ItemKind
from board.approval import Approval, Conclusion, Said
from board.decision import Condition, Decision, Outcome
from board.editable import Section
from board.follow_up import FollowUp, FollowUpState, Report
from board.ids import CaseId, FollowUpId, ItemId, MeetingId, PersonId, RemarkId
from board.minutes import Minutes, MinutesState
from board.minutes_ports import LockedFile
from board.minutes_text import Source, Version
from board.people import Body
from board.remarks import Remark, RemarkClass, RemarkState, RoundAnswer
from board.sitting import Seat, Sitting, SittingState
from tests.contracts.agenda_samples import C1, M1, M2
from tests.contracts.samples import KARI, LISE, NOW, ODD, OLA, TODAY, later

I1, I2, I3 = ItemId("i1"), ItemId("i2"), ItemId("i3")
CONDITIONS = (Condition("Følg opp «nytten»\n2. linje", OLA, date(2027, 2, 28)), Condition("Meld fra", KARI, TODAY))
DIGEST = "d" * 64


def sitting(meeting: MeetingId = M1) -> Sitting:
    return Sitting(meeting, Body.BOARD, 1, (I1, I2, I3), NOW, LISE, I1)


CLOSED = replace(
    sitting(),
    rev=2,
    body=Body.WORKING_GROUP,
    current=I3,
    seats=(Seat(OLA), Seat(KARI, ODD)),
    state=SittingState.CLOSED,
    without_quorum="Saken kan ikke vente",
    quorum_by=ODD,
    closed_at=later(90),
    closed_by=LISE,
)


def decision(item: ItemId = I1, case: CaseId | None = C1, meeting: MeetingId = M1, minute: int = 0) -> Decision:
    return Decision(meeting, item, 1, ItemKind.DECISION, Outcome.REJECTED, LISE, later(minute), case)


RECORDED = replace(
    decision(),
    rev=2,
    outcome=Outcome.ADOPTED_WITH_CONDITIONS,
    number="012-2026",
    proposal="Styret vedtar æ, ø og å.",
    text="Styret vedtar æ og ø.",
    conditions=CONDITIONS,
    present=(OLA, KARI),
    left=(ODD,),
    dissent=(KARI,),
    statement="Jeg er uenig.\nKari",
    published_at=later(120),
    published_by=LISE,
)


def follow_up(name: str, *, owner: PersonId = OLA, due: date = TODAY, case: CaseId = C1) -> FollowUp:
    return FollowUp(FollowUpId(name), 1, case, M1, "012-2026", "Meld fra om «nytten»", owner, due, NOW)


def reported(one: FollowUp) -> FollowUp:
    report = Report("Halvveis\n2. linje", OLA, later(5), date(2027, 1, 31))
    return replace(one, rev=2, reports=(report, Report("Nesten", LISE, later(6))), due=date(2027, 1, 31))


def done(one: FollowUp) -> FollowUp:
    return replace(one, rev=one.rev + 1, state=FollowUpState.DONE, done_at=later(9), done_by=OLA)


def minutes(meeting: MeetingId = M1) -> Minutes:
    return Minutes(meeting, Body.BOARD, 1, MinutesState.DRAFT, 1, LISE, NOW)


def version(number: int = 1, meeting: MeetingId = M1) -> Version:
    facts = Section("present", "Til stede", "Kari Østby\nOla Åsen", editable=False)
    return Version(meeting, number, (facts, Section("i1", "", f"«Tekst» {number}")), LISE, later(number), Source.RECORD)


CORRECTED = replace(version(3), source=Source.CORRECTION, reason="Feil navn", corrects=2)


def circulated(meeting: MeetingId = M1, *, due: date = TODAY) -> Minutes:
    return replace(minutes(meeting), state=MinutesState.CIRCULATED, circulated_at=later(1), remarks_due=due)


def approved(meeting: MeetingId = M1, minute: int = 0) -> Minutes:
    """Without its file."""
    return replace(
        circulated(meeting),
        state=MinutesState.APPROVED,
        round_closed_at=later(2),
        concluded_in=M2,
        conclusion=Conclusion.APPROVED,
        approved_version=1,
        approved_at=later(minute),
        approved_by=ODD,
    )


WHOLE = replace(
    approved(), rev=2, version=4, called_in=M2, called_digest=DIGEST, sha256="ab" * 32, name="Referat.pdf", pages=12,
    conclusion=Conclusion.WITH_CORRECTIONS,
)  # fmt: skip
FILED = replace(minutes(M2), state=MinutesState.FILED, sha256="cd" * 32, name="Gammelt.pdf")
REMARK = Remark(RemarkId("r1"), M1, 1, KARI, RemarkClass.SUBSTANTIVE, "Vi sa «nei»", NOW, "i1")
RULED_REMARK = replace(
    REMARK, state=RemarkState.ACCEPTED, new_text="Styret sa nei.", ruled_by=LISE, ruled_at=later(3), note="Ja",
    taken_in=2,
)  # fmt: skip
ANSWER = RoundAnswer(M1, KARI, 1, remarked=False, at=NOW)


def approval(member: PersonId = KARI, *, by: PersonId | None = None, held: MeetingId = M2) -> Approval:
    return Approval(M1, held, 1, DIGEST, member, by or member, Said.APPROVE, NOW, "")


def locked(number: int = 1) -> LockedFile:
    return LockedFile(M1, number, "ab" * 32, 12, 2**33, NOW)


LEASE = timedelta(minutes=5)
