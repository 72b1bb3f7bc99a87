"""An agenda of three cases in a house, one of them exempt, for chats about it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from board.agenda import Agenda, Item
from board.case import Case
from board.ids import CaseId, MeetingId
from board.meeting import Meeting
from board.people import Body
from cards.message import Message
from tests.board.agenda_support import case
from tests.board.support import OFFICE
from tests.dialogs.meeting_support import APRIL
from tests.dialogs.support import CHAIR, House

GROUP = Meeting(MeetingId("wg-1"), Body.WORKING_GROUP, datetime(2026, 3, 26, 12, tzinfo=UTC), serves=APRIL)
SECRET, PUBLIC = "Kjøp av hemmelig system", "Anskaffelse"


async def keep(house: House, *cases: Case) -> None:
    async with house.work.write() as work:
        for one in cases:
            await work.cases.add(one)
        await work.commit()


async def stored(house: House, meeting: MeetingId = APRIL) -> Agenda:
    async with house.work.read() as work:
        found = await work.agendas.get(meeting)
    assert found is not None
    return found


async def item(house: House, name: str) -> Item:
    found = (await stored(house)).item_of(CaseId(name))
    assert found is not None
    return found


def three() -> tuple[Case, ...]:
    exempt = case("b", title=SECRET, minute=1)
    content = replace(exempt.content, classification="exempt", legal_basis="offl. § 23", public_title=PUBLIC)
    return (
        case("a", title="Ny journal"),
        replace(exempt, content=content),
        case("c", case_type="bp4", title="Avslutning av portal", minute=2),
    )


async def drafted(house: House) -> Message:
    await keep(house, *three())
    return await house.chat(OFFICE).say("lag saksliste")


async def approved(house: House) -> None:
    await drafted(house)
    chair = house.chat(CHAIR)
    await chair.click(await chair.say("saksliste"), "agenda.approve")
