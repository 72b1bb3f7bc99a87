"""The working group's channel: every case it is told of, and nothing that is not for everybody."""

from __future__ import annotations

from dataclasses import replace

import pytest

from board.delivery import Scope
from board.ids import CaseId
from board.notices import NoticeKind
from board.people import Actor
from board.states import CaseState
from tests.board.support import OFFICE, SUBMITTER
from tests.dialogs.group_support import (
    ID,
    TITLE,
    prepare,
    scheduled,
    titled,
)
from tests.dialogs.meeting_support import IN_CHANNEL
from tests.dialogs.support import REP, Chat, House, words

S = CaseState


# -- the channel -------------------------------------------------------------------------------------------------------


def channel(house: House, who: Actor = OFFICE) -> Chat:
    scope: Scope = "channel"
    return Chat(house, who, scope=scope)


async def test_a_channel_of_the_working_group_gets_its_cases_without_buttons(house: House) -> None:
    await prepare(house, titled(S.READY_FOR_WG))
    said = await channel(house).say("kanal au")
    assert "Saker til arbeidsutvalget kommer i denne kanalen" in said.title
    assert "kommer allerede" in (await channel(house).say("kanal AU")).title
    card = await house.chat(IN_CHANNEL).drawn(NoticeKind.WG_TRIAGE, ID)
    assert card is not None
    assert TITLE in card.title
    assert card.buttons == ()
    await scheduled(house)
    later = await house.chat(IN_CHANNEL).drawn("", ID, copy=True)
    assert later is not None
    assert "på sakslisten til arbeidsutvalget" in words(later)
    assert "Det kommer ikke flere" in (await channel(house).say("kanal av")).title
    closed = await house.chat(IN_CHANNEL).drawn("", ID, copy=True)
    assert closed is None or TITLE not in words(closed)


async def test_a_channel_for_milestones_gets_no_case(house: House) -> None:
    await prepare(house, titled(S.READY_FOR_WG))
    await channel(house).say("kanal")
    assert await house.chat(IN_CHANNEL).drawn(NoticeKind.WG_TRIAGE, ID) is None
    await channel(house).say("kanal au")
    assert await house.chat(IN_CHANNEL).drawn(NoticeKind.WG_TRIAGE, ID) is not None


@pytest.mark.parametrize("who", [SUBMITTER, REP])
async def test_only_those_who_handle_cases_open_it(who: Actor, house: House) -> None:
    await prepare(house, titled(S.READY_FOR_WG))
    assert "Det kan bare" in (await channel(house, who).say("kanal au")).title
    assert await house.chat(IN_CHANNEL).drawn(NoticeKind.WG_TRIAGE, ID) is None


async def test_a_channel_never_learns_the_name_of_what_is_not_for_everybody(house: House) -> None:
    case = titled(S.READY_FOR_WG)
    exempt = replace(case, content=replace(case.content, classification="exempt", public_title="Anskaffelse"))
    nameless = replace(exempt, id=CaseId("case-2"), content=replace(exempt.content, public_title=""))
    inhabil = replace(case, id=CaseId("case-3"), excluded=frozenset({REP.id}))
    await prepare(house, exempt, nameless, inhabil)
    await channel(house).say("kanal au")
    shown = {}
    for name in (ID, "case-2", "case-3"):
        card = await house.chat(IN_CHANNEL).drawn(NoticeKind.WG_TRIAGE, name)
        assert card is not None
        assert TITLE not in words(card) + card.summary
        shown[name] = card.title
    assert "Anskaffelse" in shown[ID]
    assert "En sak som er unntatt offentlighet" in shown["case-2"]
    assert shown["case-3"] == "Til arbeidsutvalget: en sak"
