"""What the templates of anchoring and benefits are given: read for this reader."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from board.anchoring import Anchor, Anchored
from board.benefits import BenefitReport
from board.case import Case
from board.decision import Decision
from board.ids import CaseId, ItemId
from board.later import LaterStep
from board.mandate import Mandate
from board.meeting import Meeting


@dataclass(frozen=True, slots=True)
class AnchorView:
    """A meeting's decisions. ``asked``: those to be anchored; ``told``: all that the reader may know.

    ``units``: each organisation's name by its id. ``unit``: the one that the reader answers for, "" for none.
    ``approved``: the minutes are. ``due``: the reader's last day, where something is asked.
    """

    meeting: Meeting
    told: Sequence[Decision]
    asked: Sequence[Decision]
    cases: Mapping[CaseId, Case]
    answers: Mapping[tuple[ItemId, str], Anchor]
    units: Mapping[str, str]
    mandate: Mandate
    today: date
    unit: str = ""
    approved: bool = False
    may_read: bool = False
    due: date | None = None

    @property
    def left(self) -> tuple[Decision, ...]:
        """What the reader's own organisation has not answered."""
        return tuple(d for d in self.asked if (d.item, self.unit) not in self.answers) if self.unit else ()

    def case(self, decision: Decision) -> Case | None:
        return self.cases.get(decision.case) if decision.case else None

    def title(self, decision: Decision) -> str:
        case = self.case(decision)
        return case.content.title if case else ""

    def name(self, decision: Decision) -> str:
        """«012-2026 Regional radiologiløsning»."""
        return f"{decision.number} {self.title(decision)}".strip()

    def count(self, decision: Decision, answer: Anchored | None) -> int:
        """How many organisations say so of it; None: those that have not answered."""
        said = [self.answers.get((decision.item, unit)) for unit in self.units]
        return sum((one.answer if one else None) is answer for one in said)


@dataclass(frozen=True, slots=True)
class BenefitView:
    """A checkpoint of a decided case. ``may_report``: the reader is asked, and nobody has answered."""

    case: Case
    months: int
    mandate: Mandate
    today: date
    due: date | None = None
    may_report: bool = False
    report: BenefitReport | None = None
    reporter: str = ""
    made_seen: bool = False
    case_seen: bool = False
    typed: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BenefitCourse:
    """A decided case's checkpoints, past and ahead, for its card."""

    steps: tuple[LaterStep, ...]
    reports: Mapping[int, BenefitReport]
