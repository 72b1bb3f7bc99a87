"""The rest of a meeting on a board in two chats and a mailbox: who comes, who is inhabil, the sheet, the round."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.demo import demo_id
from tests.scenarios.mixed_steps import ALL, IN_CHATS, IN_SLACK, IN_TEAMS, Mixed, a_mixed_board
from tests.scenarios.pack_steps import BOARD, title
from tests.scenarios.world import CHAIR, shown, words

COMES, PAPERS, ROUND = "Kommer du?", "Sakspapirene til styremøtet", "Referatet er sendt til merknader"
FOLLOWS = "Styremøtet torsdag 16. april 2026 er"
REMARK = "Skriv hvem som møtte."


@pytest.fixture
async def board(url: str, tmp_path: Path) -> AsyncIterator[Mixed]:
    async with a_mixed_board(url, tmp_path, minutes=False, cases=2) as opened:
        yield opened


async def test_one_meeting_for_all_of_them(board: Mixed) -> None:
    await _who_comes(board)
    await _who_is_inhabil(board)
    await _milestones_asked_for(board)
    await board.the_day()
    await _the_sheet_follows(board)
    await _the_milestone_in_both_channels(board)
    await _the_round(board)


async def _who_comes(board: Mixed) -> None:
    """All have answered already, each by their own way; who runs the meeting counts them in either chat."""
    for chat in (board.at.course.office, board.at.course.lead, board.chats[CHAIR]):
        assert "12 kommer, 0 sender vara" in words(await chat.press_raw("meeting.open", {"id": BOARD}))
    async with board.at.course.work.read() as work:
        answers = await work.attendance.of_meeting(BOARD)
    assert sorted(one.person for one in answers) == sorted(demo_id(digits) for digits in ALL)
    assert (await board.page(COMES)).heading == "Lenken er brukt"


async def _who_is_inhabil(board: Mixed) -> None:
    """A doubt of somebody in Slack, ruled by the chair in Slack, is told in Slack; nobody else hears of it."""
    (case, other), slack, chair = board.at.course.cases, board.chats[IN_SLACK], board.chats[CHAIR]
    for digits in (*IN_TEAMS, CHAIR):
        await board.chats[digits].press_raw("conflict.declare", {"id": BOARD, "answer": "none"})
    receipt = await board.answers_by_mail(PAPERS, "Ingen forhold i noen av sakene")
    assert receipt.heading == "Svaret er registrert"
    data = {"id": BOARD, "case": case, "answer": "possible", "note": "Søsteren min."}
    await slack.press_raw("conflict.declare", data)
    await slack.press_raw("conflict.declare", {"id": BOARD, "case": other, "answer": "none"})
    asked = await chair.sees("Søsteren min.")
    ruled = await chair.press(asked, "conflict.rule", ruling="excluded", reason="Nær familie.")
    assert "er inhabil" in words(ruled)
    await slack.sees("Du er vurdert som inhabil i en sak på styremøtet")
    await board.world.quiet()
    assert title(0) not in shown(slack)
    assert all("Søsteren" not in shown(board.chats[digits]) for digits in IN_TEAMS)
    async with board.at.course.work.read() as work:
        duties = [duty for duty in await work.duties.of_object(BOARD) if duty.kind == "conflict.declare"]
    assert {duty.person for duty in duties if duty.is_open} == set(), "all have answered"


async def _milestones_asked_for(board: Mixed) -> None:
    office = board.at.course.office
    for chat in (office, board.also_in_slack(office)):
        await board.world.in_channel(chat, "kanal")
    assert ["Milepæler kommer i denne kanalen" in words(card) for card in board.world.channel_cards()] == [True, True]


async def _the_sheet_follows(board: Mixed) -> None:
    """One card a person, the same all along; whoever is inhabil does not see which case it is."""
    course, world = board.at.course, board.world
    await course.lead.press_raw("sitting.start", {"id": BOARD})
    agenda = await course.agenda()
    assert agenda is not None
    for number, item in enumerate(agenda.items, 1):
        await course.lead.press_raw("sitting.call", {"id": BOARD, "item": item.id})
        await world.quiet()
        for digits in IN_CHATS:
            (card,) = (words(card) for card in board.chats[digits].cards.values() if FOLLOWS in words(card))
            assert f"punkt {number} av {len(agenda.items)}" in card, (digits, card)
            assert title(0) not in card or digits != IN_SLACK, card
            assert title(0) in card or item.case != course.cases[0] or digits == IN_SLACK, (digits, card)
        outcome = "noted" if item == agenda.items[-1] else "adopted"
        data = {"id": BOARD, "rev": 0, "item": item.id, "outcome": outcome}
        assert "Lagret" in words(await course.lead.press_raw("decision.record", data))
    await course.lead.press_raw("sitting.close", {"id": BOARD})
    await world.quiet()
    for digits in IN_CHATS:
        (card,) = (words(card) for card in board.chats[digits].cards.values() if FOLLOWS in words(card))
        assert f"{FOLLOWS} lukket" in card, (digits, card)


async def _the_milestone_in_both_channels(board: Mixed) -> None:
    """Without the case that somebody who may read them is inhabil for."""
    await board.at.course.lead.press_raw("decision.publish", {"id": BOARD})
    await board.world.quiet()
    told = [words(card) for card in board.world.channel_cards() if "Vedtak fra styremøtet" in words(card)]
    assert len(told) == 2
    assert all(f"002-2026 {title(1)}: vedtatt" in one and title(0) not in one for one in told)


async def _the_round(board: Mixed) -> None:
    """A remark from Slack in a window, none from the others; the office in Teams sees how far it has come."""
    office, world = board.at.course.office, board.world
    await office.press(await office.say("skriv referat"), "minutes.circulate")
    await world.quiet()
    slack = board.chats[IN_SLACK]
    given = await slack.press(
        await slack.sees("Ingen merknad"), "minutes.remark", remark=REMARK, **{"class": "editorial"}
    )
    assert REMARK in words(given)
    for digits in (*IN_TEAMS, CHAIR):
        chat = board.chats[digits]
        assert "Du har ingen merknad" in words(await chat.press(await chat.sees("Ingen merknad"), "minutes.none"))
    receipt = await board.answers_by_mail(ROUND, "Ingen merknad")
    assert receipt.heading == "Svaret er registrert"
    await office.sees(REMARK)
    assert "12 av 14 har svart" in words(await office.press_raw("minutes.open", {"id": BOARD}))
