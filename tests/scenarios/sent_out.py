"""Two cases all the way to a pack in every inbox, as the people take them there, in the demo board's first meeting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from board.case import Case
from board.conflicts import Conflict
from board.ids import CaseId, MeetingId, PersonId
from bot.demo import demo_id
from tests.scenarios.steps import People, case_of, joined, submitted
from tests.scenarios.world import CHAIR, MEMBER, Chat, World, words

BOARD, GROUP = MeetingId("demo-board-1"), MeetingId("demo-wg-1")
REP, WG_MEMBER, OTHER_MEMBER, DEPUTY = 6, 7, 12, 31
SECRET = {
    "title": "Kvantekryptert journalarkiv",
    "public_title": "Hvelvingsprosjektet",
    "project_ref": "Zeppelin-77",
    "proposed_decision": "Styret vedtar mammutbevilgning.",
    "summary": "Saken gjelder pergamentskanning.",
    "background": "Dagens runestein er utdatert.",
    "assessment": "Tre obelisker er vurdert.",
    "benefits": "Raskere papyrusoppslag.",
    "risks": "Leverandøren Sfinks kan svikte.",
    "dependencies": "Avhenger av hieroglyfregisteret.",
}
"""What one who is inhabil must never read again: words that stand nowhere else."""
TRACES = (
    *("Kvantekrypt", "journalarkiv", "Hvelving", "Zeppelin", "mammutbevilg", "pergament", "runestein", "obelisk"),
    *("papyrus", "Sfinks", "hieroglyf"),
)


@dataclass(frozen=True)
class Board:
    """Everybody who matters, each with the app installed; the secret case and one that anybody may read."""

    world: World
    people: People
    chair: Chat
    member: Chat
    other: Chat
    deputy: Chat
    rep: Chat
    wg_member: Chat
    secret: CaseId
    plain: CaseId

    async def case(self, case: CaseId) -> Case:
        return await self.world.case(case)

    async def press(self, chat: Chat, verb: str, case: CaseId, **data: Any) -> dict[str, Any]:
        """A button of the case as it is now."""
        now = await self.case(case)
        return await chat.press_raw(verb, {"id": case, "rev": now.rev, **data})

    async def conflict(self, case: CaseId, person: int) -> Conflict | None:
        assert self.world.bot is not None
        async with self.world.bot.store.work.read() as work:
            return await work.conflicts.get(case, PersonId(demo_id(person)))

    async def accepted(self) -> None:
        for case in (self.secret, self.plain):
            await self.press(self.people.lead, "case.accept", case)

    async def treated(self) -> None:
        """In the working group, whose minutes are finished."""
        for case in (self.secret, self.plain):
            await self.press(self.people.lead, "wg.schedule", case, meeting=GROUP)
        await self.tid("2026-03-27 16:00")
        for case in (self.secret, self.plain):
            await self.press(self.people.lead, "wg.treat", case, outcome="recommended", remarks="")
        await self.people.lead.press_raw("wg.minutes", {"id": GROUP, "rev": 1, "remarks": ""})

    async def sent(self) -> None:
        """On an agenda that the chair has approved, and in every inbox."""
        await self.people.lead.press_raw("agenda.build", {"id": BOARD})
        await self.chair.press_raw("agenda.approve", {"id": BOARD, "rev": await self.agenda_rev()})
        await self.people.lead.press_raw("pack.send", {"id": BOARD})
        for case in (self.secret, self.plain):
            assert (await self.case(case)).dispatched_at is not None
        await self.member.sees("akspapirene", 60.0)
        await self.world.quiet()

    async def exclude(self, digits: int, meeting: MeetingId) -> None:
        """The chair rules somebody inhabil in the secret case."""
        data = {"id": meeting, "case": self.secret, "person": demo_id(digits), "ruling": "excluded"}
        card = await self.chair.press_raw("conflict.rule", data)
        assert "er inhabil, og har fått beskjed" in words(card), words(card)
        await self.world.quiet()

    async def agenda_rev(self) -> int:
        assert self.world.bot is not None
        async with self.world.bot.store.work.read() as work:
            agenda = await work.agendas.get(BOARD)
        assert agenda is not None
        return agenda.rev

    async def tid(self, when: str) -> None:
        await self.people.lead.say(f"tid {when}")
        await self.world.quiet()


async def a_board(world: World) -> Board:
    """Two cases that have reached the office."""
    people = await joined(world)
    chair, member, other, deputy, rep, wg_member = [
        world.person(CHAIR, "Leder Demo"),
        world.person(MEMBER, "Direktør Akershus"),
        world.person(OTHER_MEMBER, "Direktør Oslo"),
        world.person(DEPUTY, "Vara Akershus"),
        world.person(REP, "Tillitsvalgt Demo"),
        world.person(WG_MEMBER, "AU-medlem Demo"),
    ]
    for chat in (chair, member, other, deputy, rep, wg_member):
        await chat.join()
    wants = {"wanted_meeting": str(BOARD)}
    secret = await _with_office(people, **SECRET, **wants)
    plain = await _with_office(people, **wants)
    return Board(world, people, chair, member, other, deputy, rep, wg_member, secret, plain)


async def _with_office(people: People, **answers: str) -> CaseId:
    case = CaseId(case_of(await submitted(people.submitter, **answers)))
    await people.owner.press_raw("case.confirm", {"id": case, "rev": (await people.owner.world.case(case)).rev})
    return case
