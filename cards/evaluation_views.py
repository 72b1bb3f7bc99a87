"""What the templates of the yearly evaluation are given: read for this reader, and nothing that is not for this one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from board.evaluation import Round
from board.mandate import Mandate


@dataclass(frozen=True, slots=True)
class EvaluationView:
    """``may_answer``: the reader is one of those asked, has not answered, and still can. ``case_seen``: may be opened.

    ``opens``: the day of the next round, where it is known.
    """

    round: Round | None
    mandate: Mandate
    today: date
    asked: bool = False
    answered: bool = False
    may_answer: bool = False
    may_arrange: bool = False
    may_read: bool = False
    case_seen: bool = False
    opens: date | None = None


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the inputs after a press that was not taken in, and what is wrong with which."""

    values: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
