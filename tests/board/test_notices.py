"""Who is told of what: each change of a case, never the one who did it, never one who never saw the case."""

from __future__ import annotations

from dataclasses import replace

import pytest

from board import case_intake
from board.case import Changed
from board.ids import PersonId
from board.notices import NoticeKind, notices_for, roles_told
from board.people import WORKING_GROUP, Actor, Role
from tests.board.support import (
    COLLEAGUE,
    DEADLINE,
    LEAD,
    NOW,
    OFFICE,
    OWNER,
    SUBMITTER,
    TODAY,
    S,
    case_in,
    complete,
    done,
    mandate,
)

K = NoticeKind
HOLDERS = {Role.OFFICE: [OFFICE.id, COLLEAGUE.id], Role.PORTFOLIO_LEAD: [LEAD.id]}


def told(change: Changed, holders: dict[Role, list[PersonId]] | None = None) -> dict[str, NoticeKind]:
    (event,) = change.events
    found = notices_for(event, change.case, dict(HOLDERS if holders is None else holders))
    assert all((n.object_id, n.rev) == (change.case.id, change.case.rev) for n in found)
    return {n.to: n.kind for n in found}


def step(act: str, by: Actor = SUBMITTER, owner: Actor = OWNER) -> Changed:
    """The change that an act makes, from the state it starts in."""
    from_submitted = case_in(S.SUBMITTED, by, owner)
    ways = {
        "submit": lambda: case_intake.submit(complete(by=by, owner=owner), by, owner, mandate(), NOW),
        "submit again": lambda: case_intake.submit(case_in(S.INCOMPLETE, by, owner), by, owner, mandate(), NOW),
        "confirm": lambda: case_intake.confirm(case_in(S.AWAITING_OWNER, by, owner), owner, NOW),
        "decline": lambda: case_intake.decline(case_in(S.AWAITING_OWNER, by, owner), owner, "Nei.", NOW),
        "accept": lambda: case_intake.accept(from_submitted, OFFICE, NOW),
        "return": lambda: case_intake.send_back(from_submitted, OFFICE, "Mangler.", DEADLINE, TODAY, NOW),
        "out of scope": lambda: case_intake.rule_out_of_scope(from_submitted, OFFICE, "stim", mandate(), NOW),
        "withdraw": lambda: case_intake.withdraw(from_submitted, by, "Utsatt.", NOW),
        "withdraw early": lambda: case_intake.withdraw(case_in(S.AWAITING_OWNER, by, owner), by, "Utsatt.", NOW),
        "withdraw draft": lambda: case_intake.withdraw(complete(by=by, owner=owner), by, "", NOW),
        "draft out of scope": lambda: case_intake.rule_out_of_scope(
            complete(by=by, owner=owner), by, "stim", mandate(), NOW
        ),
        "save": lambda: case_intake.save(complete(by=by, owner=owner), by, {"title": "Nytt"}, {}, NOW),
    }
    return done(ways[act]())


kari, ola, lise, liv, per = SUBMITTER.id, OWNER.id, OFFICE.id, COLLEAGUE.id, LEAD.id
TOLD: dict[str, dict[str, NoticeKind]] = {
    "submit": {ola: K.CONFIRM_REQUESTED},
    "submit again": {lise: K.REVIEW_REQUESTED, liv: K.REVIEW_REQUESTED, ola: K.CASE_SUBMITTED},
    "confirm": {lise: K.REVIEW_REQUESTED, liv: K.REVIEW_REQUESTED, kari: K.CASE_CONFIRMED},
    "decline": {kari: K.CASE_DECLINED},
    "accept": {kari: K.CASE_ACCEPTED, ola: K.CASE_ACCEPTED, per: K.WG_TRIAGE},
    "return": {kari: K.CASE_RETURNED, ola: K.CASE_RETURNED},
    "out of scope": {kari: K.CASE_OUT_OF_SCOPE, ola: K.CASE_OUT_OF_SCOPE},
    "withdraw": {ola: K.CASE_WITHDRAWN, lise: K.CASE_WITHDRAWN, liv: K.CASE_WITHDRAWN},
    "withdraw early": {ola: K.CASE_WITHDRAWN},
    "withdraw draft": {},
    "draft out of scope": {},
    "save": {},
}


@pytest.mark.parametrize("act", TOLD)
def test_who_is_told(act: str) -> None:
    assert told(step(act)) == TOLD[act]


@pytest.mark.parametrize("act", TOLD)
def test_the_doer_is_never_told(act: str) -> None:
    for by, owner in ((SUBMITTER, OWNER), (OWNER, OWNER), (OFFICE, OWNER), (SUBMITTER, OFFICE)):
        if by is owner and act in ("confirm", "decline", "withdraw early"):
            continue  # such a case never waits for its owner
        change = step(act, by, owner)
        assert change.events[0].by not in told(change)


def test_one_who_wears_two_hats_is_told_once_and_asked_first() -> None:
    change = step("confirm", by=COLLEAGUE)
    assert told(change) == {lise: K.REVIEW_REQUESTED, liv: K.REVIEW_REQUESTED}
    assert len(notices_for(change.events[0], change.case, dict(HOLDERS))) == 2


def test_the_holders_that_must_be_known_are_named() -> None:
    assert roles_told(step("accept").events[0]) == {Role.SUBMITTER, Role.PROJECT_OWNER, *WORKING_GROUP}
    assert roles_told(step("save").events[0]) == frozenset()
    assert told(step("confirm"), {}) == {kari: K.CASE_CONFIRMED}


def test_the_key_tells_two_notices_apart() -> None:
    change = step("confirm")
    notices = notices_for(change.events[0], change.case, dict(HOLDERS))
    later = replace(notices[0], rev=notices[0].rev + 1)
    assert len({n.key for n in (*notices, later)}) == len(notices) + 1
