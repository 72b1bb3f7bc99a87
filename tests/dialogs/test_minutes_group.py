"""The working group's minutes in the chat: its treatments and statements become the draft, its members the round."""

from __future__ import annotations

from datetime import timedelta

from board.agenda import ItemKind
from board.decision import Outcome
from board.duty import DutyKind
from board.errors import Refusal
from board.sitting_commands import CloseMeeting
from board.treatment import WgOutcome
from board.usecases.close_meeting import close_meeting
from cards import actions
from tests.board.group_support import REP, WG, WG_MEMBER, treat
from tests.board.sitting_support import did
from tests.board.support import LEAD, OFFICE, Desk
from tests.board.test_sitting_group import held, record
from tests.dialogs.sitting_support import Meeting
from tests.dialogs.support import words

ABOUT = f"minutes:{WG.id}"


async def closed() -> Desk:
    made = await held(1)
    await record(made, ItemKind.AGENDA, Outcome.ADOPTED)
    await treat(made, WgOutcome.WITH_REMARKS, "Vis drift for seg.")
    await record(made, ItemKind.OTHER, Outcome.NOTED)
    made.clock.set(made.clock.now() + timedelta(hours=1))
    result = await did(made, close_meeting, CloseMeeting(WG.id))
    assert not isinstance(result, Refusal), result
    return made


async def test_what_the_group_said_is_the_draft() -> None:
    made = await closed()
    card = await Meeting(made).chat(OFFICE).say("skriv referat au")
    assert "Referat fra arbeidsutvalget" in card.title
    version = made.memory.state.minutes_versions[(WG.id, 1)]
    told = "\n".join(section.text for section in version.sections)
    assert "Arbeidsutvalget anbefaler saken med merknader.\nMerknader: Vis drift for seg." in told
    assert "quorum" not in {section.id for section in version.sections}


async def test_the_group_is_asked_for_remarks() -> None:
    made = await closed()
    house = Meeting(made)
    office = house.chat(OFFICE)
    await office.click(await office.say("skriv referat au"), actions.MINUTES_CIRCULATE)
    owing = {d.person for d in made.memory.state.duties.values() if d.kind is DutyKind.REMARK}
    assert owing == {LEAD.id, REP.id, WG_MEMBER.id}
    rep = house.chat(REP)
    card = await rep.drawn("minutes.circulated", ABOUT)
    assert card is not None
    await rep.click(card, actions.MINUTES_NONE)
    assert "ingen merknad" in words(await rep.say("referat au"))
