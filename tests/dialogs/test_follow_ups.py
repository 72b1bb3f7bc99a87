"""Follow-ups in the chat: the card, the report, the list, the agenda that has them, and who is asked again."""

from __future__ import annotations

from datetime import date

import pytest

from board.conflicts import Conflict, Declared, Ruling
from board.decision import Outcome
from board.duty import DutyKind
from board.follow_up import FollowUp
from board.ids import CaseId
from board.people import Actor, Body
from board.usecases.pack_basis import pack_basis
from cards.documents.content import AgendaSheet, Head, Printed
from cards.documents.source import typst_source
from dialogs.follow_up_lines import for_papers
from dialogs.room import Room
from tests.board.published_support import LATER, Held, condition, fill, sent_out
from tests.board.support import LEAD, NOW, OFFICE, OWNER, SUBMITTER
from tests.dialogs.support import CHAIR, MEMBER, House, button, words
from tests.dialogs.task_support import duty, keep

TEXT, NOTE = "Vis gevinstplanen.", "Planen er halvferdig."


async def followed(house: House) -> tuple[Held, FollowUp]:
    async with house.work.write() as work:
        await fill(work, sent_out("a", "001-2026"), sent_out("b", "002-2026"))
        await work.commit()
    at = Held(house.work, house.rules)
    await at.decide("a", Outcome.ADOPTED_WITH_CONDITIONS, condition(TEXT))
    await at.decide("b", Outcome.ADOPTED_WITH_CONDITIONS, condition("Meld om driften.", SUBMITTER))
    await at.told()
    return at, (await at.follow_ups("a"))[0]


async def test_the_news_asks_its_owner_and_the_report_is_taken(house: House) -> None:
    _at, one = await followed(house)
    chat = house.chat(OWNER)
    card = await chat.drawn("follow_up.opened", one.id)
    assert card is not None
    for part in (TEXT, "001-2026 SakAAA", "mandag 1. juni 2026", "du er ansvarlig"):
        assert part in words(card), part
    assert button(card, "followup.report").fields[0].id == "note"
    after = await chat.click(card, "followup.report", note=NOTE, new_date="12. juni")
    assert "Takk. Styret ser det i neste møte." in words(after)
    assert NOTE in words(after)
    assert "fredag 12. juni 2026" in words(after)
    assert await chat.drawn("follow_up.opened", one.id, copy=True) is not None


async def test_a_date_that_cannot_be_read_loses_nothing(house: House) -> None:
    at, one = await followed(house)
    card = await house.chat(OWNER).press("followup.report", {"id": one.id, "rev": 1, "note": NOTE, "new_date": "snart"})
    report = button(card, "followup.report")
    assert [f.value for f in report.fields] == [NOTE, "snart"]
    assert report.fields[1].error
    assert (await at.follow_ups("a"))[0] == one


@pytest.mark.parametrize(
    "data", [{"rev": 1, "note": ""}, {"rev": 7, "note": NOTE}, {"note": NOTE, "new_date": "1.1.2020"}]
)
async def test_what_is_refused_says_why_and_keeps_what_was_typed(house: House, data: dict[str, str]) -> None:
    at, one = await followed(house)
    card = await house.chat(OWNER).press("followup.report", {"id": one.id, "rev": 1, **data})
    assert button(card, "followup.report").fields[0].value == data["note"]
    assert "Takk" not in words(card)
    assert (await at.follow_ups("a"))[0] == one


async def test_done_leaves_the_list_and_tells_the_office(house: House) -> None:
    at, one = await followed(house)
    chat = house.chat(OWNER)
    assert TEXT in words(await chat.say("oppfølging"))
    card = await chat.press("followup.open", {"id": one.id})
    done = await chat.click(card, "followup.done", note="Levert.")
    assert "meldt som utført" in words(done)
    assert "Utført: Ola" in words(done)
    assert TEXT not in words(await chat.say("oppfølging"))
    assert await chat.drawn("follow_up.requested", one.id) is None
    told = await house.chat(OFFICE).drawn("follow_up.reported", one.id)
    assert told is not None
    assert "Levert." in words(told)
    case = await house.chat(SUBMITTER).say("hvor er saken SakAAA")
    assert "Utført" in words(case)
    assert (await at.follow_ups("a"))[0].done_by == OWNER.id


@pytest.mark.parametrize(
    ("person", "sees"),
    [(OWNER, (True, False)), (SUBMITTER, (False, True)), (OFFICE, (True, True)), (LEAD, (True, True)),
     (CHAIR, (True, True)), (MEMBER, (True, True))],
    ids=lambda one: getattr(one, "id", ""),
)  # fmt: skip
async def test_one_lists_ones_own_and_the_board_all_that_it_may_see(
    house: House, person: Actor, sees: tuple[bool, bool]
) -> None:
    await followed(house)
    shown = words(await house.chat(person).say("oppfølging"))
    assert (TEXT in shown, "Meld om driften." in shown) == sees


async def test_one_who_is_inhabil_finds_nothing_in_list_agenda_or_card(house: House) -> None:
    at, one = await followed(house)
    await at.exclude("a", MEMBER.id)
    chat = house.chat(MEMBER)
    for card in (
        await chat.say("oppfølging"),
        await chat.press("followup.open", {"id": one.id}),
        await chat.press("followup.report", {"id": one.id, "rev": 1, "note": "x"}),
    ):
        assert "SakAAA" not in words(card)
        assert TEXT not in words(card)
    assert await chat.drawn("follow_up.opened", one.id, copy=True) is None


async def _agenda(house: House) -> str:
    office = house.chat(OFFICE)
    return words(await office.say("lag saksliste 4. juni"))


async def test_the_next_agenda_lists_them_with_the_latest_report(house: House) -> None:
    at, one = await followed(house)
    await at.report(one.id, note=NOTE)
    shown = await _agenda(house)
    assert "Oppfølging av vedtak" in shown
    assert f"001-2026 SakAAA: {TEXT}" in shown
    assert f"«{NOTE}»" in shown
    assert "Meld om driften." in shown


async def test_and_so_do_its_papers_word_for_word(house: House) -> None:
    at, one = await followed(house)
    await at.report(one.id, note=NOTE)
    await _agenda(house)
    async with house.work.read() as work:
        room = Room(OFFICE, work, house.rules)
        basis = await pack_basis(LATER, work, house.rules)
        assert basis.meeting.body is Body.BOARD
        lines = await for_papers(room, basis.meeting)
    assert [(line.number, line.text, line.due, line.latest) for line in lines] == [
        ("001-2026", TEXT, "mandag 1. juni 2026", NOTE), ("002-2026", "Meld om driften.", "mandag 1. juni 2026", ""),
    ]  # fmt: skip
    assert date(2026, 6, 1) == one.due
    sheet = AgendaSheet(Head("Styret", "Møte", LATER.starts_at, 60), (), follow_ups=lines)
    printed = typst_source(Printed(sheet), {})
    for part in ("Oppfølging av vedtak", TEXT, "Ansvarlig: Ola", NOTE, "Status er ikke meldt."):
        assert part in printed, part


async def test_nothing_is_printed_of_a_case_that_somebody_is_inhabil_for(house: House) -> None:
    at, _one = await followed(house)
    async with house.work.write() as work:
        ruled = Conflict(CaseId("a"), MEMBER.id, 1, Declared.POSSIBLE, "", NOW, Ruling.EXCLUDED, CHAIR.id, NOW)
        await work.conflicts.put(ruled)
        await work.commit()
    await at.exclude("a", MEMBER.id)
    async with house.work.read() as work:
        lines = await for_papers(Room(OFFICE, work, house.rules), LATER)
    assert [line.number for line in lines] == ["002-2026"]


async def test_what_is_asked_waits_among_the_tasks_and_opens_the_card(house: House) -> None:
    at, one = await followed(house)
    await keep(house, duty(DutyKind.FOLLOW_UP, one.id, OWNER, part="follow_ups"))
    chat = house.chat(OWNER)
    tasks = await chat.say("oppgaver")
    assert "Meld status på oppfølgingen av et vedtak" in words(tasks)
    assert "Send vara" not in words(tasks)
    await chat.click(tasks, "task.open")
    (card,) = chat.all
    assert TEXT in words(card)
    asked = await chat.drawn("follow_up.requested", one.id)
    assert asked is not None
    assert "Meld status før neste styremøte, så styret ser den." in words(asked)
    await chat.click(card, "followup.report", note=NOTE)
    assert "Meld status" not in words(await chat.say("oppgaver"))
    assert (await at.follow_ups("a"))[0].reports[0].note == NOTE
