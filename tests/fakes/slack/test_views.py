"""Modals and homes: triggers, hashes, the stack, and what an acknowledgement does to them."""

from __future__ import annotations

import pytest
from aiohttp import web
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.slack.blocks import Json
from tests.fakes.slack.conftest import App
from tests.fakes.slack.inputs import CannotDo
from tests.fakes.slack.ledger import OpenView
from tests.fakes.slack.persona import Persona
from tests.fakes.slack.samples import actions, answers, button, field, home, modal
from tests.fakes.slack.server import FakeSlack

FORM = modal(field("title", optional=False), field("amount", initial_value="10"), notify_on_close=True)


async def opened(client: AsyncWebClient, kari: Persona, view: Json = FORM) -> OpenView:
    await client.views_open(trigger_id=kari.command("meld sak").trigger, view=view)
    assert kari.modal is not None
    return kari.modal


async def test_a_trigger_opens_one_modal_within_its_time(
    slack: FakeSlack, client: AsyncWebClient, kari: Persona
) -> None:
    trigger = kari.command("meld sak").trigger
    await client.views_open(trigger_id=trigger, view=FORM)
    late = kari.command("meld sak").trigger
    slack.state.triggers.expire()
    for used, error in ((trigger, "exchanged_trigger_id"), (late, "expired_trigger_id"), ("1.2.3", "invalid")):
        with pytest.raises(SlackApiError, match=error):
            await client.views_open(trigger_id=used, view=FORM)
    assert len(slack.ledger.views[kari.id]) == 1


async def test_a_trigger_dies_of_age() -> None:
    moment = [100.0]
    slack = FakeSlack(now=lambda: moment[0])
    kari = slack.persona("kari")
    triggers = slack.state.triggers
    in_time, late = kari.command("x").trigger, kari.command("x").trigger
    moment[0] += 3.0
    assert triggers.exchange(in_time) == (kari.id, "")
    moment[0] += 0.1
    assert triggers.exchange(late) == ("", "expired_trigger_id")


async def test_a_redrawing_keeps_what_was_typed_and_needs_the_newest_hash(
    client: AsyncWebClient, kari: Persona
) -> None:
    view = await opened(client, kari)
    old = view.hash
    kari.submits(view, {"title": "Ny rutine"})
    redrawn = modal(field("title", initial_value="Noe annet"), field("owner"), title="Side to")
    await client.views_update(view_id=view.id, hash=old, view=redrawn)
    assert view.title == "Side to"
    assert view.values["title"]["title"]["value"] == "Ny rutine"
    assert "amount" not in view.values
    with pytest.raises(SlackApiError, match="hash_conflict"):
        await client.views_update(view_id=view.id, hash=old, view=redrawn)


async def test_three_modals_lie_on_each_other_and_no_more(
    slack: FakeSlack, client: AsyncWebClient, kari: Persona
) -> None:
    first = await opened(client, kari)
    for _ in range(2):
        await client.views_push(trigger_id=kari.command("x").trigger, view=FORM)
    with pytest.raises(SlackApiError, match="push_limit_reached"):
        await client.views_push(trigger_id=kari.command("x").trigger, view=FORM)
    top = slack.ledger.views[kari.id][-1].as_json()
    assert top["root_view_id"] == first.id
    assert top["previous_view_id"] == slack.ledger.views[kari.id][1].id


async def test_a_view_beyond_the_limits_is_refused_and_a_violation(
    slack: FakeSlack, client: AsyncWebClient, kari: Persona
) -> None:
    with pytest.raises(SlackApiError, match="invalid_arguments"):
        await opened(client, kari, modal(field("title"), title="En altfor lang tittel for Slack"))
    assert slack.violations[0].startswith("views.open: ")
    assert kari.modal is None


async def test_an_external_id_is_used_once(client: AsyncWebClient, kari: Persona) -> None:
    await opened(client, kari, FORM | {"external_id": "sak-1"})
    await client.views_update(external_id="sak-1", view=modal(field("title"), title="Funnet"))
    assert kari.modal is not None
    assert kari.modal.title == "Funnet"
    with pytest.raises(SlackApiError, match="duplicate_external_id"):
        await opened(client, kari, FORM | {"external_id": "sak-1"})


async def test_a_home_is_published_by_person(slack: FakeSlack, client: AsyncWebClient, kari: Persona) -> None:
    await client.views_publish(user_id=kari.id, view=home(actions(button("case.begin", "Meld sak"))))
    assert kari.home is not None
    old = kari.home.hash
    await client.views_publish(user_id=kari.id, view=home(actions(button("case.begin", "Meld ny sak"))), hash=old)
    assert kari.home.words == "Meld ny sak"
    with pytest.raises(SlackApiError, match="hash_conflict"):
        await client.views_publish(user_id=kari.id, view=home(), hash=old)
    with pytest.raises(SlackApiError, match="invalid_arguments"):
        await client.views_publish(user_id=kari.id, view=FORM)
    pressed = kari.presses_in_view(kari.home, "case.begin").payload
    assert (pressed["view"]["type"], pressed["container"]["view_id"]) == ("home", kari.home.id)


async def test_an_empty_acknowledgement_closes_the_view(
    slack: FakeSlack, client: AsyncWebClient, kari: Persona, app: App
) -> None:
    view = await opened(client, kari)
    await client.views_push(trigger_id=kari.command("x").trigger, view=FORM)
    await app.gets(kari.submits(kari.modal, {"title": "Øverst"}))
    assert kari.modal is view
    await client.views_push(trigger_id=kari.command("x").trigger, view=FORM)
    await app.gets(kari.submits(kari.modal, {"title": "Øverst igjen"}), answers("clear"))
    assert (slack.ledger.views[kari.id], slack.violations) == ([], [])


async def test_errors_stand_at_their_fields_until_the_next_try(
    slack: FakeSlack, client: AsyncWebClient, kari: Persona, app: App
) -> None:
    view = await opened(client, kari)
    await app.gets(kari.submits(view, {"title": "?"}), answers("errors", errors={"title": "Skriv mer"}))
    assert view.errors == {"title": "Skriv mer"}
    await client.views_update(view_id=view.id, view=FORM)
    assert view.errors == {}
    await app.gets(kari.submits(view, {"title": "Ny rutine"}), answers("update", view=modal(field("why"))))
    assert (view.errors, list(view.values)) == ({}, ["why"])
    await app.gets(kari.submits(view), answers("push", view=modal(field("more"), title="Oppå")))
    assert kari.modal is not None
    assert (kari.modal.title, slack.violations) == ("Oppå", [])


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        ({"response_action": "errors", "errors": {"nosuch": "Nei"}}, "errors name 'nosuch'"),
        ({"response_action": "errors", "errors": {}}, "errors without any"),
        ({"response_action": "errors", "errors": {"title": ""}}, "no text for 'title'"),
        ({"response_action": "update"}, "update without a view"),
        ({"response_action": "update", "view": modal(title="x" * 25)}, "invalid_arguments"),
        ({"response_action": "push", "view": home()}, "view must be of type modal"),
        ({"response_action": "close"}, "unknown response_action 'close'"),
    ],
)
async def test_a_malformed_answer_to_a_submission_is_a_violation(
    slack: FakeSlack, client: AsyncWebClient, kari: Persona, app: App, answer: dict[str, object], problem: str
) -> None:
    view = await opened(client, kari)
    before = view.body
    ack = await app.gets(kari.submits(view, {"title": "Ny rutine"}), web.json_response(answer))
    assert problem in ack.problems[0]
    assert any(problem in violation for violation in slack.violations)
    assert (kari.modal, view.body) == (view, before)


async def test_the_client_does_not_send_what_is_not_filled_in(client: AsyncWebClient, kari: Persona) -> None:
    view = await opened(client, kari)
    with pytest.raises(CannotDo, match="title"):
        kari.submits(view)
    with pytest.raises(CannotDo, match="no input 'nosuch'"):
        kari.submits(view, {"nosuch": "x"})
    with pytest.raises(CannotDo, match="do not fit"):
        kari.submits(view, {"title": "x" * 3001})


async def test_a_closed_view_is_told_of_without_what_stood_in_it(client: AsyncWebClient, kari: Persona) -> None:
    view = await opened(client, kari)
    view.typed["title", "title"] = {"type": "plain_text_input", "value": "Halvferdig"}
    closed = kari.closes(view)
    assert closed is not None
    assert closed.payload["view"]["state"] == {"values": {}}
    assert kari.modal is None
    with pytest.raises(SlackApiError, match="not_found"):
        await client.views_update(view_id=view.id, view=FORM)
    silent = await opened(client, kari, modal(field("title")))
    assert kari.closes(silent) is None
