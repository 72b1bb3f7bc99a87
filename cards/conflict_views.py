"""What the templates of habilitet are given: facts that were read for this reader, in one go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from board.case import Case
from board.conflicts import Conflict, Declared
from board.ids import CaseId, PersonId
from board.meeting import Meeting
from board.people import Actor, Body, Person
from cards.i18n import _
from cards.message import Option


@dataclass(frozen=True, slots=True)
class QuestionView:
    """One person's questions for one meeting. ``answers`` are the reader's own, by case.

    ``due``: the last day to answer, None where nothing was asked. For the chair also ``others``, what stands for
    anybody in these cases, and ``people``, on whom the chair may rule.
    """

    object_id: str
    meeting: Meeting
    viewer: Actor
    cases: tuple[Case, ...]
    answers: Mapping[CaseId, Conflict]
    due: date | None = None
    others: tuple[Conflict, ...] = ()
    people: tuple[Option, ...] = ()
    known: Mapping[PersonId, Person] = field(default_factory=dict)

    @property
    def unanswered(self) -> tuple[Case, ...]:
        return tuple(case for case in self.cases if case.id not in self.answers)

    @property
    def possible(self) -> tuple[Case, ...]:
        return tuple(c for c in self.cases if c.id in self.answers and self.answers[c.id].answer is Declared.POSSIBLE)

    def name(self, person: PersonId) -> str:
        known = self.known.get(person)
        return known.name if known else _("en tidligere bruker")

    def case_name(self, case: Case) -> str:
        """«012-2026 Regional radiologiløsning»."""
        number = case.board_number if self.meeting.body is Body.BOARD else case.wg_number
        return named(case, number)


@dataclass(frozen=True, slots=True)
class RulingView:
    """What the chair, or the deputy in the chair's place, is to rule on. ``may_open``: the reader may see the case."""

    conflict: Conflict
    case: Case
    viewer: Actor
    who: str
    roles: str
    ruled_by: str
    meeting: Meeting | None
    may_open: bool


def named(case: Case, number: str = "") -> str:
    """A case by its number and title."""
    title = case.content.title or _("Sak uten tittel")
    return f"{number} {title}".strip()
