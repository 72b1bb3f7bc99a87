"""Who is told what of the yearly evaluation."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from board.evaluation import Round
from board.ids import PersonId
from board.notices import Notice, NoticeKind
from board.people import BOARD, HANDLERS, Role

_TOLD: Final = HANDLERS | BOARD - {Role.DEPUTY}
"""Who gets the result; deputies see it where they ask."""


def requests(round_: Round, people: Iterable[PersonId]) -> tuple[Notice, ...]:
    """The question, once to each."""
    kind = NoticeKind.EVALUATION_ASKED
    return tuple(Notice(kind, round_.id, 1, who, expires_at=round_.closes_at, because=str(kind)) for who in people)


def results(round_: Round, people: Iterable[PersonId]) -> tuple[Notice, ...]:
    """The result and its picture; without a result, that there is none."""
    kinds = (NoticeKind.EVALUATION_RESULT, *((NoticeKind.EVALUATION_CHART,) if round_.outcome else ()))
    return tuple(Notice(kind, round_.id, round_.rev, who, because=str(kind)) for who in people for kind in kinds)


def told(round_: Round) -> frozenset[Role]:
    """Where there is no result only those who arrange it are told."""
    return _TOLD if round_.outcome else HANDLERS
