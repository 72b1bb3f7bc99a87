"""The working group: every case before it, statements until the last minute, each outcome, its minutes."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from board.events import Happened
from board.ids import CaseId
from board.people import Role
from tests.scenarios.pack_steps import AFTER_GROUP, BOARD, GROUP, SITE, Course, a_course, fetched, hired, text_of, title
from tests.scenarios.slack_town import a_town
from tests.scenarios.world import MEMBER, Chat, shown, verbs, words

OUTCOMES = {
    "recommended": ("", "wg_treated", "anbefalt"),
    "recommended_with_remarks": ("Se på driftskostnadene.", "wg_treated", "anbefalt med merknader"),
    "not_recommended": ("Alternativ 2 mangler.", "wg_treated", "ikke anbefalt"),
    "postponed": ("Tallene mangler.", "ready_for_wg", "utsatt"),
    "sent_back": ("Skriv om bakgrunnen.", "incomplete", "sendt tilbake"),
}


@pytest.fixture
async def course(sqlite_url: str, chat: str, tmp_path: Path) -> AsyncIterator[Course]:
    async with a_town(chat, sqlite_url, tmp_path, public_url=SITE) as world:
        yield await a_course(world, members=[MEMBER])


async def in_channel(course: Course, text: str) -> None:
    await course.world.in_channel(course.office, text)
    await course.world.quiet()


def posted(course: Course) -> str:
    """What stands in the channel now, in whichever thread."""
    return "\n".join(words(card) for card in course.world.channel_cards())


async def test_each_case_comes_to_the_group_and_its_channel(course: Course) -> None:
    await in_channel(course, "kanal au")
    plain = await course.accepted(0)
    exempt = {"classification": "exempt", "legal_basis": "offl. § 13", "public_title": "Sak om personvern"}
    await course.accepted(1, **exempt)
    await course.world.quiet()
    for chat in (course.rep, course.wg_member):
        card = await chat.sees(title(0))
        said = words(card)
        assert "Saken gjelder ny radiologiløsning." in said
        assert "Styret godkjenner overgang til planleggingsfasen." in said
        assert "Ønsket møte torsdag 16. april 2026" in said
        assert "Du får denne fordi" in said
        assert "conflict.declare" in verbs(card)
        assert "wg.schedule" not in verbs(card)
        assert title(1) in shown(chat), "who treats it reads it, whatever the public may"
    assert "wg.schedule" in verbs(await course.lead.sees(title(0)))
    assert f"Til arbeidsutvalget: {title(0)}" in posted(course)
    assert "Sak om personvern" in posted(course)
    assert title(1) not in posted(course)
    assert "conflict.declare" not in posted(course)
    await course.on_group(plain)
    await course.world.quiet()
    assert "AU 001-2026" in posted(course), "drawn anew as the case moves on"
    await in_channel(course, "kanal av")
    await course.accepted(2)
    await course.world.quiet()
    assert title(2) not in posted(course)


async def test_statements_of_two_until_the_last_minute(course: Course) -> None:
    other = await hired(course.world, 8, "Tillitsvalgt To", Role.EMPLOYEE_REP)
    case = await course.accepted()
    await course.press(course.rep, "wg.statement", case, statement="For tidlig.")
    assert await _stated(course, case) == set()
    await course.on_group(case)
    for chat in (course.rep, other):
        asked = await chat.sees("Uttal deg")
        assert "tirsdag 31. mars 2026" in words(asked)
    await course.press(course.rep, "wg.statement", case, statement="  ")
    assert await _stated(course, case) == set()
    await course.press(course.rep, "wg.statement", case, statement="Først dette.")
    await course.press(course.rep, "wg.statement", case, statement="De ansatte er hørt.")
    await course.tid(AFTER_GROUP)
    await course.treated(case)
    await course.tid("2026-03-31 23:59")
    assert "Takk." in words(await course.press(other, "wg.statement", case, statement="Ingen merknad."))
    wrong: list[Chat] = [course.wg_member, course.office, course.lead, course.people.submitter, course.chair]
    for chat in wrong:
        await course.press(chat, "wg.statement", case, statement="Jeg også.")
    await course.tid("2026-04-01 00:00")
    late = words(await course.press(course.rep, "wg.statement", case, statement="En gang til."))
    assert "31. mars" in late
    assert await _stated(course, case) == {"De ansatte er hørt.", "Ingen merknad."}
    log = [event for event in await course.world.history(case) if event.what is Happened.STATEMENT_GIVEN]
    assert len(log) == 3
    assert all("ansatte" not in str(event) for event in log), "what it says is not in the log"
    refused = [event for event in await course.world.history(case) if event.what is Happened.ACT_REFUSED]
    assert len(refused) == len(wrong)
    await course.minutes()
    await course.built()
    await course.approved()
    await course.send()
    await course.out()
    member = course.members[0]
    pdf = text_of(await fetched(course.world, await member.press_raw("pack.read", {"id": BOARD})))
    for said in ("De ansatte er hørt.", "Ingen merknad.", "Tillitsvalgt Demo", "Tillitsvalgt To"):
        assert pdf.count(said) >= 2, f"{said}: in the case paper and in the minutes"
    assert "Først dette." not in pdf


async def _stated(course: Course, case: CaseId) -> set[str]:
    async with course.work.read() as work:
        found = await work.treatments.statements([case])
    return {one.text for of_case in found.values() for one in of_case}


@pytest.mark.parametrize("outcome", OUTCOMES)
async def test_what_came_of_it_is_told_at_once(outcome: str, course: Course) -> None:
    remarks, state, name = OUTCOMES[outcome]
    case = await course.accepted()
    await course.on_group(case)
    await course.people.submitter.sees("AU 001-2026")
    soon = await course.press(course.lead, "wg.treat", case, outcome=outcome, remarks=remarks)
    assert "27. mars" in words(soon), "its meeting has not begun"
    assert (await course.world.case(case)).state == "on_wg_agenda"
    await course.tid(AFTER_GROUP)
    if remarks:
        asked = words(await course.press(course.lead, "wg.treat", case, outcome=outcome, remarks=" "))
        assert (await course.world.case(case)).state == "on_wg_agenda", asked
    await course.press(course.office, "wg.treat", case, outcome=outcome, remarks=remarks)
    assert (await course.world.case(case)).state == state
    for chat in (course.people.submitter, course.people.owner):
        told = words(await chat.sees(name))
        assert remarks in told
    again = words(await course.press(course.lead, "wg.treat", case, outcome="recommended", remarks=""))
    assert (await course.world.case(case)).state == state, again
    minutes = words(await course.office.press_raw("wg.minutes", {"id": GROUP, "preview": True}))
    assert name in minutes
    assert remarks in minutes
    if outcome == "sent_back":
        form = await course.press(course.people.submitter, "case.edit", case)
        assert "case.submit" in verbs(form)


async def test_the_minutes_wait_for_every_case_and_are_finished_once(course: Course) -> None:
    first, second = [await course.accepted(n) for n in range(2)]
    await course.on_group(first, second)
    assert "27. mars" in words(await course.minutes()), "not before the meeting"
    await course.tid(AFTER_GROUP)
    await course.treated(first)
    assert "behandle" in words(await course.minutes())
    assert await _finished(course) == set()
    await course.treated(second, outcome="postponed", remarks="Tallene mangler.")
    for chat in (course.rep, course.wg_member, course.chair, course.people.submitter):
        await chat.press_raw("wg.minutes", {"id": GROUP, "rev": 1})
    assert await _finished(course) == set()
    assert "Referatet er ferdig" in words(await course.minutes())
    assert "ferdig" in words(await course.minutes())
    for chat in (course.rep, course.wg_member, course.lead):
        said = words(await chat.sees("Referatet fra arbeidsutvalget fredag 27. mars 2026 er ferdig"))
        assert "mandatet § 5" in said
    log = [event.what for event in await course.world.history(GROUP)]
    assert log.count(Happened.WG_MINUTES_FINISHED) == 1
    assert log.count(Happened.ACT_REFUSED) == 4


async def _finished(course: Course) -> set[str]:
    async with course.work.read() as work:
        return set(await work.minutes_book.finished([GROUP]))
