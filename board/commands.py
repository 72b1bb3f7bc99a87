"""What a person asks for, as imperatives. ``rev`` is the revision the button showed; None where words asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from board.case_content import Value
from board.ids import CaseId


@dataclass(frozen=True, slots=True)
class StartCase:
    """``scope`` holds each exclusion's id and whether the person said yes to it. ``case`` re-answers for a draft."""

    delivery_form: str
    case_type: str
    sub_portfolio: str
    scope: Mapping[str, bool]
    case: CaseId | None = None


@dataclass(frozen=True, slots=True)
class SaveCase:
    case: CaseId
    values: Mapping[str, Value | None] = field(default_factory=dict)
    unread: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SubmitCase:
    """Takes the answers in, then hands the case on. The answers are kept also where the handing on is refused."""

    case: CaseId
    values: Mapping[str, Value | None] = field(default_factory=dict)
    unread: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AttachDocument:
    """A link, or a file that storage already holds under ``sha256``."""

    case: CaseId
    document_type: str
    name: str
    url: str = ""
    sha256: str = ""
    size: int = 0


@dataclass(frozen=True, slots=True)
class ConfirmCase:
    case: CaseId
    rev: int | None = None


@dataclass(frozen=True, slots=True)
class DeclineCase:
    case: CaseId
    reason: str
    rev: int | None = None


@dataclass(frozen=True, slots=True)
class AcceptCase:
    case: CaseId
    rev: int | None = None


@dataclass(frozen=True, slots=True)
class ReturnCase:
    case: CaseId
    reason: str
    deadline: date | None
    rev: int | None = None


@dataclass(frozen=True, slots=True)
class RuleOutOfScope:
    case: CaseId
    exclusion: str
    rev: int | None = None


@dataclass(frozen=True, slots=True)
class WithdrawCase:
    case: CaseId
    reason: str
    rev: int | None = None
