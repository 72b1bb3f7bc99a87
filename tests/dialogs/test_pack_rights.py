"""Every verb of packs against every role, in every state of a pack."""

from __future__ import annotations

from dataclasses import replace

import pytest

from board.dispensation import Dispensation, GateId
from board.editable import Section
from board.ids import CaseId, DispensationId
from board.people import Actor, Role
from board.states import CaseState
from board.treatment import Treatment, WgOutcome
from tests.board.pack_support import (
    MEMBER,
    board_case,
    group_text,
)
from tests.board.support import (
    BOARD_MEETING,
    NOW,
    OFFICE,
    OWNER,
    SUBMITTER,
    WG_MEETING,
)
from tests.dialogs.meeting_support import IN_CHANNEL, standing
from tests.dialogs.pack_support import EVERYBODY, HANDLERS, SECRET_TITLE, papers
from tests.dialogs.support import words

MAY_READ = frozenset({Role.CHAIR, Role.MEMBER, Role.DEPUTY, Role.OBSERVER, Role.OFFICE, Role.PORTFOLIO_LEAD})


# -- the matrix ----------------------------------------------------------------------------------------------------

_STATES = ("nothing", "waiting", "out")
_VERBS: dict[str, dict[str, object]] = {
    "pack.open": {"id": BOARD_MEETING},
    "pack.read": {"id": BOARD_MEETING},
    "pack.send": {"id": BOARD_MEETING},
    "pack.ask_dispensation": {"id": BOARD_MEETING, "gate": "ten_days", "reason": "Haster."},
    "pack.grant": {"id": "d", "rev": 1, "reason": "Haster."},
    "pack.refuse": {"id": "d", "rev": 1, "reason": "Nei."},
    "case.paper": {"id": "case-1"},
}
_BY: dict[str, frozenset[Role]] = {
    "pack.open": MAY_READ,
    "pack.read": MAY_READ,
    "pack.send": HANDLERS,
    "pack.ask_dispensation": HANDLERS,
    "pack.grant": frozenset({Role.CHAIR}),
    "pack.refuse": frozenset({Role.CHAIR}),
}
_PREPARING = HANDLERS | {Role.WG_MEMBER, Role.EMPLOYEE_REP, Role.CHAIR}
"""Who may see a case on the board's agenda before it is sent, besides its submitter and owner."""


def _may(verb: str, who: Actor, state: str) -> bool:
    if verb != "case.paper":
        return bool(who.roles & _BY[verb])
    sees = _PREPARING if state == "nothing" else _PREPARING | MAY_READ
    return who.id in (SUBMITTER.id, OWNER.id) or bool(who.roles & sees)


@pytest.mark.parametrize("verb", sorted(_VERBS))
@pytest.mark.parametrize("state", _STATES)
async def test_every_verb_of_every_role_in_every_state_is_let_through_or_refused_and_in_the_log(
    verb: str, state: str
) -> None:
    for who in EVERYBODY:
        room = await papers()
        if state != "nothing":
            await room.chat(OFFICE).press("pack.send", {"id": BOARD_MEETING})
        if state == "out":
            await room.packing.round()
        memory = room.desk.memory
        if verb in ("pack.grant", "pack.refuse"):
            asked = Dispensation(DispensationId("d"), 1, GateId.TEN_DAYS, BOARD_MEETING, None, "x", OFFICE.id, NOW)
            memory.state.dispensations["d"] = asked
        before = _picture(room.desk.memory.state)
        card = await room.chat(who).press(verb, _VERBS[verb])  # type: ignore[arg-type]  # as it comes from outside
        refusals = [one for one in room.desk.log if one[0] == "act.refused" and one[2] == who.id]
        may = _may(verb, who, state)
        assert bool(refusals) is not may, (verb, who.id, state)
        if not may:
            assert _picture(room.desk.memory.state) == before, (verb, who.id, state)
        assert card.title


def _picture(state: object) -> tuple[object, ...]:
    names = ("packs", "dispensations", "links", "pack_reads", "cases", "duties")
    return tuple(dict(getattr(state, name)) for name in names)


async def test_the_channel_learns_that_papers_are_out_and_no_more() -> None:
    room = await papers(board_case("case-1", "001-2026", SECRET_TITLE))
    await room.send()
    card = await room.chat(IN_CHANNEL).drawn("pack.milestone", BOARD_MEETING, 1)
    assert card is not None
    assert card.title == "Sakspapirene til styremøtet torsdag 16. april 2026 er sendt"
    assert SECRET_TITLE not in words(card)
    assert not card.buttons
    assert await room.chat(MEMBER).drawn("pack.milestone", BOARD_MEETING, 1) is None


async def test_an_exempt_case_that_is_not_the_boards_is_not_named_in_the_minutes_that_are_enclosed() -> None:
    room = await papers()
    other = board_case("case-7", "", SECRET_TITLE)
    content = replace(other.content, classification="exempt", public_title="", legal_basis="offl. § 23")
    exempt = replace(other, state=CaseState.READY_FOR_WG, content=content, board_meeting=None, board_number="")
    await room.desk.keep(exempt)
    room.desk.memory.state.treatments.append(
        Treatment(CaseId("case-7"), WG_MEETING, "AU 007-2026", WgOutcome.POSTPONED, SECRET_TITLE, OFFICE.id, NOW)
    )
    said = Section("case:case-7:text", f"AU 007-2026 {SECRET_TITLE}", SECRET_TITLE)
    room.desk.memory.state.minutes_versions[WG_MEETING, 1] = group_text(said)
    await room.send()
    (pack,) = room.press.packs
    (minutes,) = pack.minutes
    (part,) = minutes.parts
    assert (part.heading, part.text) == ("AU 007-2026 En sak som er unntatt offentlighet", "")
    assert SECRET_TITLE not in repr(pack)
    assert standing(await room.chat(OFFICE).say("sakspapirer")) == {}
