"""Who may see a case, as SQL: :meth:`board.case.Case.may_be_seen_by` for whole tables.

A contract test compares the two for every role and stage.
"""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import ColumnElement, and_, bindparam, literal_column, or_, select

from board.people import BOARD, HANDLERS, WORKING_GROUP, Actor, Role
from storage import case_records as r

c, x = r.cases.c, r.exclusions.c
ME: Final = bindparam("me", type_=c.submitter.type)

Reason = tuple[ColumnElement[bool], ...]
OWN: Final[tuple[Reason, ...]] = (
    (c.submitter == ME,),
    (c.owner == ME, c.submitted_at.is_not(None)),
    (c.owner_deputy == ME,),
    (c.submitter_deputy == ME,),
)
"""Why a case is a person's own. Each has an index; that a deputy's is partial follows from the comparison."""
_BY_ROLE: Final[tuple[tuple[frozenset[Role], ColumnElement[bool]], ...]] = (
    (HANDLERS, c.received_at.is_not(None)),
    (WORKING_GROUP - HANDLERS, c.accepted_at.is_not(None)),
    # Spelled as the index has it: as a parameter it would not be used.
    (frozenset({Role.CHAIR}), literal_column("for_chair = 1")),
    (BOARD, c.dispatched_at.is_not(None)),
)
"""What a role lets one see. Each has an index, too."""

ABLE: Final[ColumnElement[bool]] = c.no.not_in(select(x.case_no).where(x.person_id == ME))
"""The person was not ruled inhabil. Not a join: that could change the order in which an index is read."""

Sight = tuple[int, ...]
"""The kinds of roles that a person holds: statements are prepared once for each combination."""


def sight_of(actor: Actor) -> Sight:
    return tuple(n for n, (roles, _) in enumerate(_BY_ROLE) if actor.roles & roles)


def by_role(sight: Sight) -> list[ColumnElement[bool]]:
    return [_BY_ROLE[n][1] for n in sight]


def seen(sight: Sight) -> ColumnElement[Any]:
    return and_(ABLE, or_(*(and_(*reason) for reason in OWN), *by_role(sight)))
