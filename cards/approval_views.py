"""What the card is drawn from by which minutes are approved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from board.approval import Approval, Ground
from board.ids import PersonId
from board.mandate import Mandate
from board.meeting import Meeting
from board.minutes import Minutes
from board.minutes_text import Version
from board.people import Actor, Person
from board.remarks import Remark, RemarkState
from board.sitting import Seat, Sitting


@dataclass(frozen=True, slots=True)
class ApprovalView:
    """Minutes of ``meeting`` before the meeting ``sitting`` is of. ``answers`` are those that count for this text.

    ``hidden``: the sections that the reader may not see, being inhabil in their case.
    """

    minutes: Minutes
    version: Version
    meeting: Meeting
    sitting: Sitting
    answers: Sequence[Approval]
    remarks: Sequence[Remark]
    ground: Ground
    people: Mapping[PersonId, Person]
    reader: Actor
    mandate: Mandate
    hidden: frozenset[str] = frozenset()

    @property
    def seat(self) -> Seat | None:
        return self.sitting.seat_of(self.reader.id)

    @property
    def own(self) -> Approval | None:
        """What was answered from the reader's seat."""
        seat = self.seat
        return next((one for one in self.answers if seat and one.member == seat.member), None)

    @property
    def may_answer(self) -> bool:
        return self.seat is not None and self.own is None

    @property
    def concludes(self) -> bool:
        return self.ground.leader in self.reader.roles

    @property
    def runs(self) -> bool:
        """Sees the tally, and takes in what the room decides."""
        return self.concludes or self.reader.is_handler

    @property
    def waiting(self) -> tuple[Remark, ...]:
        """Remarks that nobody has settled."""
        return tuple(one for one in self.remarks if one.state is RemarkState.OPEN)

    @property
    def staged(self) -> tuple[Remark, ...]:
        return tuple(one for one in self.remarks if one.state is RemarkState.STAGED)

    def name(self, person: PersonId) -> str:
        known = self.people.get(person)
        return known.name if known else str(person)

    @property
    def silent(self) -> tuple[PersonId, ...]:
        """Those in the room who have not answered."""
        answered = {one.member for one in self.answers}
        return tuple(seat.person for seat in self.sitting.seats if seat.member not in answered)
