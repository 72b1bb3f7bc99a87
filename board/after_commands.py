"""What a person asks for after the meetings, as imperatives: anchoring, benefits, the yearly evaluation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from board.anchoring import Anchored
from board.benefits import BenefitStatus
from board.ids import CaseId, EvaluationId, ItemId, MeetingId


@dataclass(frozen=True, slots=True)
class AnswerEvaluation:
    """``marks`` by the inputs' names, q1 and on; what was not understood is not among them."""

    evaluation: EvaluationId
    marks: Mapping[str, int]
    comment: str = ""


@dataclass(frozen=True, slots=True)
class CloseEvaluation:
    """Before its time, by hand."""

    evaluation: EvaluationId


@dataclass(frozen=True, slots=True)
class AnswerAnchor:
    """``items``: the decisions it is said of; None: all that the member has not answered."""

    meeting: MeetingId
    answer: Anchored
    note: str = ""
    items: tuple[ItemId, ...] | None = None


@dataclass(frozen=True, slots=True)
class ReportBenefit:
    """At the checkpoint after ``months``. ``status`` None: none was chosen."""

    case: CaseId
    months: int
    status: BenefitStatus | None
    text: str
    expected: int | None = None
    realised: int | None = None
