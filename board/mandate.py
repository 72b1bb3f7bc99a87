"""The mandate as data: what a board decides, what it does not, and what each decision point needs.

Another board changes the file, never the code. ``board.mandate_file`` reads and checks it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from functools import cached_property
from typing import Literal, TypeAlias

from board.after_plan import AnchoringPlan, BenefitsPlan
from board.agenda import ItemKind
from board.deadlines import Offset
from board.dispensation import GateId
from board.evaluation_plan import EvaluationPlan
from board.people import Body

Label: TypeAlias = Mapping[str, str]
"""The same words in ``nb``, ``nn`` and ``en``; all three are always there."""

Treatment: TypeAlias = Literal["decision", "discussion", "orientation"]


@dataclass(frozen=True, slots=True)
class Named:
    """A choice of the file: a sub-portfolio or a delivery form."""

    id: str
    label: Label
    paragraph: str = ""


@dataclass(frozen=True, slots=True)
class Exclusion:
    """What the board is *not* responsible for (mandatet § 3), asked as a yes/no question in the intake."""

    id: str
    label: Label
    question: Label
    paragraph: str


@dataclass(frozen=True, slots=True)
class DocumentType:
    """A document that a decision point asks for (Prosjektveiviseren); ``aliases`` are other names of it."""

    id: str
    label: Label
    aliases: tuple[str, ...] = ()
    signed_by_owner: bool = False


@dataclass(frozen=True, slots=True)
class CaseType:
    """``required`` and ``optional`` are input ids of the intake form; ``documents`` are ids of document types."""

    id: str
    label: Label
    treated_as: Treatment
    delivery_forms: tuple[str, ...]
    sub_portfolios: tuple[str, ...]
    required: tuple[str, ...]
    optional: tuple[str, ...]
    documents: tuple[str, ...]
    paragraph: str


@dataclass(frozen=True, slots=True)
class Authority:
    """From ``since``, ``case_type`` (of ``above_nok`` kroner or more, where set) is decided by ``decides``.

    ``decides`` is ``board`` or a code of the file's own, which then has a ``label``.
    """

    case_type: str
    decides: str
    since: date
    above_nok: int | None = None
    label: Label | None = None


@dataclass(frozen=True, slots=True)
class Reminders:
    """When people may be reminded (local time), and the working days a request gives where nothing else says so."""

    opens: time
    closes: time
    confirm_days: int
    review_days: int
    complete_days: int


@dataclass(frozen=True)
class Mandate:
    board: Label
    office: Label
    office_email: str
    anyone_may_submit: bool
    board_number: str
    working_group_number: str
    delivery_forms: tuple[Named, ...]
    sub_portfolios: tuple[Named, ...]
    exclusions: tuple[Exclusion, ...]
    document_types: tuple[DocumentType, ...]
    case_types: tuple[CaseType, ...]
    authorities: tuple[Authority, ...]
    offsets: tuple[Offset, ...]
    reminders: Reminders
    language: str = "nb"
    """Of what the board prints: agenda, case papers, pack, minutes."""
    quorum: float = 0.5
    """More than this part of the invited must come."""
    approval_share: float = 0.5
    """More than this part of those in the room must say *godkjenn* for minutes to be approved (mandatet § 7)."""
    remarks_days: int = 7
    """At least so many days are left for remarks, where the back-plan's day for it is nearer."""
    statement_days: int = 4
    """After the working group's meeting, for the employee representatives' statements."""
    agenda_minutes: Mapping[ItemKind, int] = field(default_factory=dict)
    gates: Mapping[GateId, str] = field(default_factory=dict)
    """The gates that are enforced, with the paragraph each rests on; "" for one the board chose itself."""
    anchoring: AnchoringPlan | None = None
    benefits: BenefitsPlan | None = None
    evaluation: EvaluationPlan | None = None
    """The yearly evaluation; None for a board that has none."""

    @cached_property
    def case_type(self) -> Mapping[str, CaseType]:
        return {t.id: t for t in self.case_types}

    @cached_property
    def document_type(self) -> Mapping[str, DocumentType]:
        return {d.id: d for d in self.document_types}

    @cached_property
    def exclusion(self) -> Mapping[str, Exclusion]:
        return {e.id: e for e in self.exclusions}

    @cached_property
    def sub_portfolio(self) -> Mapping[str, Named]:
        return {s.id: s for s in self.sub_portfolios}

    @cached_property
    def delivery_form(self) -> Mapping[str, Named]:
        return {d.id: d for d in self.delivery_forms}

    def offsets_of(self, body: Body) -> tuple[Offset, ...]:
        """The deadlines that a meeting of this body has."""
        return self._offsets_by_body.get(body, ())

    @cached_property
    def _offsets_by_body(self) -> Mapping[Body, tuple[Offset, ...]]:
        return {body: tuple(o for o in self.offsets if o.body is body) for body in Body}

    def case_types_for(self, delivery_form: str) -> tuple[CaseType, ...]:
        return tuple(t for t in self.case_types if delivery_form in t.delivery_forms)

    def decided_by(self, case_type: str, day: date, nok: int | None = None) -> Authority | None:
        """Who decides such a case on ``day`` (the fullmaktsmatrise, mandatet § 4), or None where the table is silent.

        Of rows with the same amount the newest in force counts, then the highest amount that ``nok`` reaches. An amount
        is lifted by a newer row of the same amount.
        """
        newest: dict[int, Authority] = {}
        for row in self.authorities:
            amount = row.above_nok or 0
            reached = row.above_nok is None or (nok is not None and nok >= row.above_nok)
            if row.case_type != case_type or row.since > day or not reached:
                continue
            if amount not in newest or newest[amount].since < row.since:
                newest[amount] = row
        return newest[max(newest)] if newest else None

    def settled_sub_portfolio(self, case_type: str) -> str | None:
        """The sub-portfolio that follows from the type alone (BP1 is always concept, mandatet § 3), or None."""
        choices = self.case_type[case_type].sub_portfolios
        return choices[0] if len(choices) == 1 else None
