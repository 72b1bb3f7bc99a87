"""Buttons that ask first, over HTTP: a reason in a window, and everything that can come between."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from board.case import Case
from board.events import Happened
from board.ids import CaseId
from board.states import CaseState
from storage.retention import Retention
from tests.board.support import OFFICE, OWNER, case_in
from tests.bot.channels.slack.talking import Somebody, Talking
from tests.fakes.faults import Fault
from tests.fakes.slack.blocks import Json
from tests.fakes.slack.ledger import Posted
from tests.fakes.slack.persona import CHANNEL
from tests.fakes.slack.workspace import Channel

CASE = CaseId("case-1")
REASON = "Prosjektet er ikke modent ennå."


@pytest.fixture
async def ola(here: Talking) -> Somebody:
    """The owner, with the card of a case that waits for confirmation."""
    async with here.store.work.write() as work:
        await work.cases.add(case_in(CaseState.AWAITING_OWNER))
        await work.commit()
    owner = here.somebody(OWNER)
    await owner.says("mine saker")
    await owner.presses("case.open")
    return owner


async def the_case(here: Talking) -> Case:
    async with here.store.work.read() as work:
        case = await work.cases.get(CASE)
    assert case is not None
    return case


async def happened(here: Talking, what: Happened) -> int:
    return [event.what for event in await here.log(CASE)].count(what)


async def test_a_reason_is_asked_in_a_window_and_the_message_redrawn(here: Talking, ola: Somebody) -> None:
    before = len(ola.persona.messages)
    await ola.presses("case.decline")
    assert (await the_case(here)).state is CaseState.AWAITING_OWNER
    assert (await ola.submits({"reason": REASON})).action == "clear"
    assert (await the_case(here)).state is not CaseState.AWAITING_OWNER
    assert len(ola.persona.messages) == before
    assert REASON in ola.last.words


async def test_a_reason_of_blanks_is_refused_in_the_window(here: Talking, ola: Somebody) -> None:
    await ola.presses("case.decline")
    ack = await ola.submits({"reason": "   "})
    assert ack.action in ("errors", "update")
    assert "begrunnelse" in ola.words or ola.errors()
    assert (await ola.submits({"reason": REASON})).action == "clear"
    assert (await the_case(here)).state is not CaseState.AWAITING_OWNER


async def withdraw(here: Talking) -> None:
    """The submitter does, elsewhere."""
    kari = here.somebody()
    await kari.says("mine saker")
    await kari.presses("case.open")
    await kari.presses("case.withdraw")
    await kari.submits({"reason": "Vi venter."})
    assert (await the_case(here)).state is CaseState.WITHDRAWN


async def test_changed_elsewhere_the_window_shows_why_and_keeps_what_was_typed(here: Talking, ola: Somebody) -> None:
    await ola.presses("case.decline")
    await withdraw(here)
    ack = await ola.submits({"reason": REASON})
    assert ack.action == "update"
    assert REASON in ola.words
    assert "kopiere" in ola.words
    assert await happened(here, Happened.CASE_DECLINED) == 0
    assert "rukket" in ola.last.words


async def test_an_old_button_answers_what_has_happened_since(here: Talking, ola: Somebody) -> None:
    old = ola.last
    await ola.presses("case.confirm")
    await ola.presses("case.confirm", old)
    assert await happened(here, Happened.CASE_CONFIRMED) == 1
    assert len(ola.persona.messages) == 1 + ola.persona.messages.index(ola.last)
    assert "bekrefte" in ola.last.words.lower()


# -- races -------------------------------------------------------------------------------------------------------------


async def test_a_double_click_has_one_effect_and_one_card(here: Talking, ola: Somebody) -> None:
    card, before = ola.last, len(ola.persona.messages)
    gate = here.receiver.hold()
    clicks = [here.slack.deliver(here.session, here.url, ola.persona.presses(card, "case.confirm")) for _ in range(2)]
    await asyncio.gather(*clicks)
    gate.set()
    await here.idle()
    assert await happened(here, Happened.CASE_CONFIRMED) == 1
    assert len(ola.persona.messages) == before
    assert len(here.slack.ledger.of("chat.update")) == 2  # «vis saken» and this
    assert len(here.receiver.presses) == 2


async def test_a_double_click_on_a_button_that_asks_opens_one_window(here: Talking, ola: Somebody) -> None:
    card = ola.last
    await asyncio.gather(
        *(here.slack.deliver(here.session, here.url, ola.persona.presses(card, "case.decline")) for _ in range(2))
    )
    await here.idle()
    assert len(here.slack.ledger.of("views.open")) == 1


async def test_the_same_window_sent_twice_has_one_effect(here: Talking, ola: Somebody) -> None:
    await ola.presses("case.decline")
    twice = [ola.persona.submits(ola.persona.modal, {"reason": REASON}) for _ in range(2)]
    acks = [await here.slack.deliver(here.session, here.url, request) for request in twice]
    await here.idle()
    assert [ack.status for ack in acks] == [200, 200]
    assert await happened(here, Happened.CASE_DECLINED) == 1
    here.slack.violations.clear()  # the second was sent from a window that was closed by then: Slack's client cannot


async def test_two_windows_of_one_button_have_one_effect(here: Talking, ola: Somebody) -> None:
    card = ola.last
    await ola.presses("case.decline", card)
    first = ola.persona.modal
    await ola.submits({"reason": REASON})
    await ola.presses("case.decline", card)
    assert ola.persona.modal is not None
    assert ola.persona.modal.id != (first.id if first else "")
    ack = await ola.submits({"reason": "En annen grunn."})
    assert ack.action == "update"
    assert "En annen grunn." in ola.words
    assert await happened(here, Happened.CASE_DECLINED) == 1


async def test_a_trigger_that_has_expired_leaves_the_message_with_the_button(here: Talking, ola: Somebody) -> None:
    lives, here.slack.state.triggers.life = here.slack.state.triggers.life, -1.0
    await ola.presses("case.decline")
    here.slack.state.triggers.life = lives
    assert ola.persona.modal is None
    assert "rakk ikke å åpne seg" in ola.last.words
    await ola.presses("case.decline")
    assert (await ola.submits({"reason": REASON})).action == "clear"
    assert await happened(here, Happened.CASE_DECLINED) == 1


async def test_a_message_that_is_gone_is_sent_anew(here: Talking, ola: Somebody) -> None:
    old = ola.last
    del here.slack.ledger.channels[ola.persona.dm][old.ts]
    await ola.presses("case.confirm", old)
    assert ola.last.ts != old.ts
    assert "ekrefte" in ola.last.words


async def test_a_window_that_changed_meanwhile_is_not_overwritten(here: Talking, ola: Somebody) -> None:
    kari = here.somebody()
    await kari.commands("meld sak")
    await kari.submits({"delivery_form": "project", "case_type": "bp2", "sub_portfolio": "clinical"})
    one = kari.persona.presses_in_view(kari.persona.modal, "case.save", {"title": "Én"})
    two = kari.persona.presses_in_view(kari.persona.modal, "case.edit", {"title": "To"})
    await kari.does(one)
    await kari.does(two)
    (case,) = [case for case in await here.cases() if case.id != CASE]
    assert case.content.title == "To"
    assert "Utkastet er lagret" in kari.words
    await kari.presses_in("case.save", {"summary": "og videre"})
    (case,) = [case for case in await here.cases() if case.id != CASE]
    assert case.content.summary == "og videre"


# -- forms that are gone, or somebody else's ---------------------------------------------------------------------------


async def empty_the_shelf(here: Talking) -> None:
    later = here.clock.now() + timedelta(days=1)
    epoch = here.clock.now() - timedelta(days=9_000)
    assert (await here.store.purge(Retention(epoch, epoch, epoch, epoch, shelf_before=later))).shelf


async def test_a_form_that_is_gone_from_the_shelf_is_refused_with_a_fresh_card(here: Talking, ola: Somebody) -> None:
    old = ola.last
    await empty_the_shelf(here)
    await ola.presses("case.decline", old)
    assert "egrunnelse" in ola.last.words
    assert await happened(here, Happened.CASE_DECLINED) == 0
    await ola.presses("case.decline")
    assert (await ola.submits({"reason": REASON})).action == "clear"


async def test_a_window_whose_form_is_gone_gives_back_what_was_typed(here: Talking, ola: Somebody) -> None:
    await ola.presses("case.decline")
    await empty_the_shelf(here)
    assert (await ola.submits({"reason": REASON})).action == "update"
    assert "for gammelt" in ola.words
    assert REASON in ola.words
    assert await happened(here, Happened.CASE_DECLINED) == 0


async def test_a_window_is_its_openers_alone(here: Talking, ola: Somebody) -> None:
    await ola.presses("case.decline")
    assert ola.persona.modal is not None
    request = here.somebody(OFFICE).persona.submits(ola.persona.modal, {"reason": REASON})
    await here.slack.deliver(here.session, here.url, request)
    await here.idle()
    assert await happened(here, Happened.CASE_DECLINED) == 0
    assert here.receiver.presses[-1].verb != "case.decline"
    here.slack.violations.clear()  # nobody can send somebody else's window


@pytest.mark.parametrize("form", ["", "x", "0" * 64, "0" * 1_000, 7, None, ["a"], {"b": 1}, True])
async def test_a_forged_form_opens_nothing(here: Talking, ola: Somebody, form: Any) -> None:
    await ola.presses("case.decline", forged(ola.last, "case.decline", {"form": form}))
    await opened_nothing(here, ola)


@pytest.mark.parametrize("act", [0, -1, 99, "1", None, [], True])
async def test_a_forged_place_in_it_opens_nothing(here: Talking, ola: Somebody, act: Any) -> None:
    await ola.presses("case.decline", forged(ola.last, "case.decline", {"act": act}))
    await opened_nothing(here, ola)


async def opened_nothing(here: Talking, ola: Somebody) -> None:
    assert ola.persona.modal is None
    assert await happened(here, Happened.CASE_DECLINED) == 0
    assert "egrunnelse" in ola.last.words


def forged(message: Posted, action_id: str, changes: Json) -> Posted:
    """The same message with other data in a button."""
    body = json.loads(json.dumps(message.body))
    for block in body["blocks"]:
        for element in block.get("elements", ()):
            if element.get("action_id") == action_id:
                element["value"] = json.dumps({**json.loads(element["value"]), **changes})
    return replace(message, body=body)


async def test_another_program_gives_the_reason_along(here: Talking, ola: Somebody) -> None:
    data = {"id": CASE, "rev": (await the_case(here)).rev, "reason": REASON, "form": None}
    await ola.presses("case.decline", forged(ola.last, "case.decline", data))
    assert await happened(here, Happened.CASE_DECLINED) == 1


# -- where others read along -------------------------------------------------------------------------------------------


async def test_in_a_channel_no_window_opens_and_nothing_is_done(here: Talking, ola: Somebody) -> None:
    here.slack.workspace.add_channel(Channel(CHANNEL, "fondsstyret"))
    there = Posted(CHANNEL, ola.last.body)
    here.slack.ledger.draw(there)
    await ola.presses("case.decline", there)
    assert ola.persona.modal is None
    assert "privat chat" in here.slack.ledger.latest(CHANNEL).words
    await ola.presses("case.confirm", there)
    assert (await the_case(here)).state is CaseState.AWAITING_OWNER


# -- the platform's trouble --------------------------------------------------------------------------------------------


async def test_when_the_redrawing_fails_the_answer_comes_anew(here: Talking, ola: Somebody) -> None:
    here.slack.faults.add(Fault(error="edit_window_closed"), conversation="chat.update")
    before = len(ola.persona.messages)
    await ola.presses("case.confirm")
    assert len(ola.persona.messages) == before + 1
    assert await happened(here, Happened.CASE_CONFIRMED) == 1


async def test_what_breaks_is_told_in_the_chat(here: Talking, ola: Somebody) -> None:
    here.receiver.broken = True
    await ola.presses("case.confirm")
    assert "Noe gikk galt" in ola.last.words


async def test_a_window_is_in_the_readers_language(here: Talking, ola: Somebody) -> None:
    await ola.says("language english")
    await ola.says("my cases")
    await ola.presses("case.open")
    await ola.presses("case.decline")
    assert ola.persona.modal is not None
    assert ola.persona.modal.body["close"]["text"] == "Close"


async def test_a_window_that_says_what_was_in_it_when_closed_is_saved(here: Talking, ola: Somebody) -> None:
    kari = here.somebody()
    await kari.commands("meld sak")
    await kari.submits({"delivery_form": "project", "case_type": "bp2", "sub_portfolio": "clinical"})
    assert kari.persona.modal is not None
    request = kari.persona.presses_in_view(kari.persona.modal, "case.save", {"title": "Nesten mistet"})
    told = {name: part for name, part in request.payload.items() if name not in ("actions", "container")}
    await kari.does(replace(request, payload=told | {"type": "view_closed", "is_cleared": False}))
    assert "Nesten mistet" in [case.content.title for case in await here.cases()]
