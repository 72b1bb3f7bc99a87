"""The home, words, slash commands and the message shortcut, over HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from board.events import Happened
from board.ids import CaseId
from board.states import CaseState
from tests.board.support import OFFICE, OWNER, case_in
from tests.bot.channels.slack.talking import Somebody, Talking, talking
from tests.bot.channels.slack.test_intake_windows import KIND
from tests.fakes.slack.persona import CHANNEL
from tests.fakes.slack.server import FakeSlack
from tests.fakes.slack.workspace import Channel

TEXT = "Brannmuren ved sykehuset er *utdatert* – se https://x.example, @Lise"


@pytest.fixture
async def ola(here: Talking) -> Somebody:
    """The owner of a case that waits for confirmation."""
    async with here.store.work.write() as work:
        await work.cases.add(case_in(CaseState.AWAITING_OWNER))
        await work.commit()
    here.slack.workspace.add_channel(Channel(CHANNEL, "fondsstyret"))
    return here.somebody(OWNER)


async def confirmed(here: Talking) -> int:
    return [event.what for event in await here.log(CaseId("case-1"))].count(Happened.CASE_CONFIRMED)


# -- the home ----------------------------------------------------------------------------------------------------------


async def test_the_home_shows_cases_duties_and_the_next_meeting(here: Talking, ola: Somebody) -> None:
    await ola.does(ola.persona.opens_home())
    assert ola.persona.home is not None
    for words in ("Ingenting venter på deg", "Dine saker", "Neste møte", "16. april"):
        assert words in ola.persona.home.words
    assert ola.persona.messages == []


async def test_a_press_in_the_home_is_answered_in_the_chat_and_the_home_drawn_anew(
    here: Talking, ola: Somebody
) -> None:
    await ola.does(ola.persona.opens_home())
    await ola.does(ola.persona.presses_in_view(ola.persona.home, "case.open"))
    assert "Bekreft" in ola.last.words
    assert len(here.slack.ledger.of("views.publish")) == 2
    await ola.does(ola.persona.presses_in_view(ola.persona.home, "meeting.open"))
    assert "16. april" in ola.last.words


async def test_what_the_answer_in_the_chat_holds_can_be_pressed_there(here: Talking, ola: Somebody) -> None:
    await ola.does(ola.persona.opens_home())
    await ola.does(ola.persona.presses_in_view(ola.persona.home, "case.open"))
    await ola.presses("case.confirm")
    assert await confirmed(here) == 1


async def test_a_command_in_the_home_opens_the_intake(here: Talking, ola: Somebody) -> None:
    kari = here.somebody()
    await kari.does(kari.persona.opens_home())
    await kari.does(kari.persona.presses_in_view(kari.persona.home, "say", text="Meld sak"))
    assert "Leveranseform" in kari.words
    assert "Meld sak" in kari.last.words
    assert (await kari.submits(KIND)).action == "update"
    assert len(kari.persona.messages) == 1


async def test_a_stranger_is_shown_what_the_bot_is(here: Talking) -> None:
    stranger = Somebody(here, here.slack.persona("stranger"))
    await stranger.does(stranger.persona.opens_home())
    assert stranger.persona.home is not None
    assert "Jeg er Saksgang" in stranger.persona.home.words


async def test_when_the_home_breaks_it_stays_as_it_was(here: Talking, ola: Somebody) -> None:
    await ola.does(ola.persona.opens_home())
    before = ola.persona.home
    here.receiver.broken = True
    ack = await ola.does(ola.persona.opens_home())
    assert ack.status == 200
    assert ola.persona.home == before


# -- words and commands ------------------------------------------------------------------------------------------------


async def test_words_are_answered_in_the_chat(here: Talking, ola: Somebody) -> None:
    assert "Dine saker" in (await ola.says("mine saker")).words
    assert ola.persona.modal is None


async def test_the_intake_by_words_alone_opens_no_window_as_there_is_no_trigger(here: Talking) -> None:
    kari = here.somebody()
    await kari.says("meld sak")
    assert kari.persona.modal is None
    await kari.presses("case.start")
    assert "Leveranseform" in kari.words


async def test_a_command_elsewhere_is_answered_in_the_chat_and_says_so_there(here: Talking, ola: Somebody) -> None:
    await ola.commands("mine saker", CHANNEL)
    assert "Dine saker" in ola.last.words
    assert here.slack.ledger.messages(CHANNEL) == []
    (told,) = here.slack.ledger.whispered(ola.persona.id)
    assert "svart deg" in told.words


async def test_a_command_in_the_chat_says_nothing_beside_its_answer(here: Talking, ola: Somebody) -> None:
    await ola.commands("")
    assert "hjelpe deg" in ola.last.words
    assert here.slack.ledger.whispered(ola.persona.id) == []


async def test_a_command_about_a_channel_is_answered_there(here: Talking, ola: Somebody) -> None:
    lise = here.somebody(OFFICE)
    await lise.commands("kanal", CHANNEL)
    assert "Milepæler" in here.slack.ledger.latest(CHANNEL).words
    assert lise.persona.messages == []


async def test_where_the_bot_is_not_the_one_who_typed_is_told(here: Talking, ola: Somebody) -> None:
    here.slack.workspace.add_channel(replace(Channel(CHANNEL, "fondsstyret"), has_bot=False))
    lise = here.somebody(OFFICE)
    await lise.commands("kanal", CHANNEL)
    (told,) = here.slack.ledger.whispered(lise.persona.id)
    assert "Inviter meg" in told.words


async def test_who_cannot_be_written_to_is_told_beside_the_command(here: Talking, ola: Somebody) -> None:
    shy = Somebody(here, here.slack.persona("shy", refuses="cannot_dm_bot"))
    await shy.commands("mine saker", CHANNEL)
    assert shy.persona.messages == []
    assert [told.words for told in here.slack.ledger.whispered(shy.persona.id)]


# -- the shortcut ------------------------------------------------------------------------------------------------------


async def test_a_message_becomes_the_start_of_a_case(here: Talking, ola: Somebody) -> None:
    await ola.does(ola.persona.shortcut(TEXT))
    assert "Meldingen er tatt med" in ola.words
    assert (await ola.submits(KIND)).action == "update"
    assert ola.persona.modal is not None
    assert ola.persona.modal.values["summary"]["summary"]["value"] == TEXT
    (case,) = [case for case in await here.cases(OWNER) if case.id != "case-1"]
    assert case.content.summary == TEXT
    assert here.slack.ledger.messages(CHANNEL) == []
    assert len(ola.persona.messages) == 1


# -- too fast ----------------------------------------------------------------------------------------------------------


@pytest.fixture
async def slow_down(sqlite_url: str) -> AsyncIterator[Talking]:
    async with FakeSlack() as slack, talking(slack, sqlite_url, acts_per_minute=2) as bot:
        yield bot
        assert slack.violations == []


async def test_too_many_acts_are_told_once_and_not_done(slow_down: Talking) -> None:
    kari = slow_down.somebody()
    for _ in range(5):
        await kari.says("mine saker")
    assert ["Et øyeblikk" in message.words for message in kari.persona.messages] == [False, False, True]


async def test_too_fast_in_a_window_it_stays_with_what_was_typed(slow_down: Talking) -> None:
    kari = slow_down.somebody()
    await kari.commands("meld sak")
    await kari.submits(KIND)
    assert (await kari.submits({"title": "Rask", "project_ref": "P-1"} | REQUIRED)).action == "errors"
    assert "mange trykk" in next(iter(kari.errors().values()))
    assert (await slow_down.only_case()).content.title == ""
    await kari.presses_in("case.save")
    assert "mange trykk" in kari.words
    slow_down.clock.move(minutes=1)
    await kari.presses_in("case.save")
    assert (await slow_down.only_case()).content.title == "Rask"


REQUIRED = dict.fromkeys(("proposed_decision", "summary", "background", "assessment", "benefits", "risks"), "x") | {
    "project_owner": str(OWNER.id),
    "cost_investment": "1",
    "cost_operation": "1",
    "dependencies": "ingen",
}
