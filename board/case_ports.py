"""What the rules need to know of the cases that are kept: the repository, and a case as lists and plans see it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from board.case import Case
from board.ids import CaseId, MeetingId, PersonId
from board.people import Actor
from board.states import CaseState


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case as a line of a list; its state as the reader may know it (``board.case_outcome.state_known_to``)."""

    id: CaseId
    rev: int
    title: str
    state: str
    case_type: str
    submitter: PersonId
    owner: PersonId | None
    updated_at: datetime
    deadline: date | None
    number: str = ""
    """The board's, else the working group's."""


@dataclass(frozen=True, slots=True)
class WantingCase:
    """A case as far as the planning of a meeting goes."""

    id: CaseId
    meeting: MeetingId
    state: CaseState
    submitter: PersonId
    owner: PersonId | None


class CaseRepository(Protocol):
    async def get(self, case: CaseId) -> Case | None:
        """The case, or None. In a writing unit of work it is locked: a second writer waits and sees the result."""
        ...

    async def add(self, case: Case) -> None: ...

    async def save(self, case: Case) -> None:
        """Stores a changed case. Its ``rev`` is one above the stored one; anything else is a bug and raises."""
        ...

    async def lines_for(self, actor: Actor, limit: int) -> Sequence[CaseLine]:
        """Cases the person submitted, owns or must act on as office or lead; latest change first.

        Never a draft of somebody else's, never an owner's before it was handed on, ended ones last.
        """
        ...

    async def drafts_of(self, person: PersonId, limit: int) -> Sequence[CaseLine]:
        """The person's own cases that can be filled in (draft, incomplete), latest change first."""
        ...

    async def wanting(self, meetings: Sequence[MeetingId]) -> Sequence[WantingCase]:
        """The cases that want one of the meetings, and were neither decided nor ended; their order is by id."""
        ...

    async def on_agenda(self, meeting: MeetingId) -> Sequence[Case]:
        """The cases that are, or were treated, on this meeting's agenda, by id; one query. Locked in a writing unit."""
        ...

    async def submitted_by(self, person: PersonId) -> Sequence[Case]:
        """All that the person has submitted or drafted, by id; one query. Locked in a writing unit."""
        ...

    async def in_state(self, state: CaseState, limit: int) -> Sequence[Case]:
        """Those in a state, the one that came into it first in front; one query. Not locked."""
        ...

    async def titles(self, actor: Actor, cases: Sequence[CaseId]) -> Mapping[CaseId, str]:
        """The titles of those of the cases that the person may see, in one query."""
        ...

    async def find(self, actor: Actor, words: str, limit: int) -> Sequence[CaseLine]:
        """Cases the person may see whose title, project reference or numbers hold the words (case-insensitive).

        A number is found without its leading zeros too.
        """
        ...
