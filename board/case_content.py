"""What a case says: the intake form's answers, typed. The input ids are a fixed interface (``conversation.md``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Literal, TypeAlias

from board.ids import MeetingId, PersonId

MAX_TEXT = 4000
MAX_LINE = 200
MAX_MINUTES = 240

Value: TypeAlias = "str | int"


@dataclass(frozen=True, slots=True)
class Content:
    """Costs are whole Norwegian kroner; ``minutes`` the time asked for in the meeting.

    ``unread`` keeps, word for word, answers that could not be understood yet, so that nothing typed is lost.
    """

    title: str = ""
    public_title: str = ""
    project_ref: str = ""
    project_owner: PersonId | None = None
    presenter: str = ""
    minutes: int | None = None
    proposed_decision: str = ""
    summary: str = ""
    background: str = ""
    assessment: str = ""
    cost_investment: int | None = None
    cost_operation: int | None = None
    benefits: str = ""
    risks: str = ""
    dependencies: str = ""
    wanted_meeting: MeetingId | None = None
    classification: Literal["open", "exempt"] = "open"
    legal_basis: str = ""
    reason_incomplete: str = ""
    reason_late: str = ""
    unread: Mapping[str, str] = field(default_factory=dict)

    def value(self, field_id: str) -> Value | None:
        """The answer to one field, or None where there is none."""
        value: Value | None = getattr(self, field_id)
        return None if value == "" else value

    def with_answers(self, values: Mapping[str, Value | None], unread: Mapping[str, str]) -> Content:
        """The content with these answers taken in. None empties a field; an ``unread`` answer leaves it as it was."""
        kept = {k: v for k, v in self.unread.items() if k not in values} | dict(unread)
        typed = {k: _EMPTY[k] if v is None else v for k, v in values.items()}
        return replace(self, **typed, unread=kept)  # type: ignore[arg-type]  # keys are checked by `wrong_values`


_EMPTY: Mapping[str, Value | None] = {f.name: f.default for f in fields(Content) if f.name != "unread"}  # type: ignore[misc]  # every field but `unread` has a plain default

FIELD_IDS = tuple(_EMPTY)
WHOLE_NUMBERS = frozenset({"minutes", "cost_investment", "cost_operation"})
LONG_TEXTS = frozenset(
    {
        "proposed_decision",
        "summary",
        "background",
        "assessment",
        "benefits",
        "risks",
        "dependencies",
        "reason_incomplete",
        "reason_late",
    }
)


def too_long(values: Mapping[str, Value | None]) -> dict[str, int]:
    """The texts that exceed their limit, with the limit in characters."""
    limits = {k: MAX_TEXT if k in LONG_TEXTS else MAX_LINE for k, v in values.items() if isinstance(v, str)}
    return {k: limit for k, limit in limits.items() if len(str(values[k])) > limit}


def wrong_values(values: Mapping[str, Value | None]) -> tuple[str, ...]:
    """The answers that are of no known field or of the wrong kind: a crafted request, never a person's slip."""

    def wrong(key: str, value: Value | None) -> bool:
        if key not in _EMPTY:
            return True
        if value is None:
            return False
        if key in WHOLE_NUMBERS:
            ceiling = MAX_MINUTES if key == "minutes" else 10**15
            return not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= ceiling
        if key == "classification":
            return value not in ("open", "exempt")
        return not isinstance(value, str)

    return tuple(sorted(k for k, v in values.items() if wrong(k, v)))
