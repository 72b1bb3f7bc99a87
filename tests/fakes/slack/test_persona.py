"""Payloads, as the real bolt takes them: signed by Slack's rule, dispatched to the listener they are meant for."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import parse_qs

import aiohttp
import pytest
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncApp, AsyncSay
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.serving import Served
from tests.fakes.slack.inputs import CannotDo
from tests.fakes.slack.ledger import Posted
from tests.fakes.slack.persona import Persona, seen, url_verification
from tests.fakes.slack.requests import Retry, SlackRequest, sign
from tests.fakes.slack.samples import actions, button, field, modal, options
from tests.fakes.slack.server import FakeSlack
from tests.fakes.slack.workspace import BOT_USER, SIGNING_SECRET, TEAM, User

KARI = Persona(User("U0KARI", "kari"))
MESSAGE = Posted(
    KARI.dm, {"ts": "1767225600.000001", "user": BOT_USER, "blocks": [actions(button("vote", "Ja", id="1"))]}
)


@pytest.mark.parametrize(
    "request_",
    [KARI.says("Æøå / <b> & 'x'"), KARI.command("meld sak +&=æ"), KARI.presses(MESSAGE, "vote"), url_verification()],
)
def test_every_body_verifies_as_slacks_own_library_does_it(request_: SlackRequest) -> None:
    verifier = SignatureVerifier(SIGNING_SECRET)
    assert verifier.is_valid_request(request_.body(), request_.headers())
    assert not verifier.is_valid_request(request_.body() + b" ", request_.headers())
    assert not SignatureVerifier("another").is_valid_request(request_.body(), request_.headers())
    assert not verifier.is_valid_request(request_.body(), request_.headers(timestamp="1767225600"))


def test_a_bad_timestamp_can_be_sent() -> None:
    assert sign(b"{}", timestamp="i går")["X-Slack-Request-Timestamp"] == "i går"


def test_bodies_are_written_as_slack_writes_them() -> None:
    said = KARI.says("Æ / <b>")
    assert b'"text":"\\u00c6 \\/ &lt;b&gt;"' in said.body()
    assert json.loads(said.body()) == said.payload
    assert said.headers()["Content-Type"] == "application/json"
    pressed = KARI.presses(MESSAGE, "vote")
    assert json.loads(parse_qs(pressed.body().decode())["payload"][0]) == pressed.payload
    command = KARI.command("meld sak")
    assert parse_qs(command.body().decode())["text"] == ["meld sak"]


def test_a_retry_has_the_same_body_and_says_so() -> None:
    headers = KARI.says("hei").headers(retry=Retry(2, "http_timeout"))
    assert (headers["X-Slack-Retry-Num"], headers["X-Slack-Retry-Reason"]) == ("2", "http_timeout")


def test_what_a_person_types_comes_escaped_and_linked() -> None:
    text = KARI.says("se https://x.no/a?b=1&c og skriv til a.b@x.no").payload["event"]["text"]
    assert text == "se <https://x.no/a?b=1&amp;c> og skriv til <mailto:a.b@x.no|a.b@x.no>"
    assert KARI.says(f"<@{BOT_USER}> hei", raw=True).payload["event"]["text"] == f"<@{BOT_USER}> hei"


def test_which_button_is_meant_must_be_plain() -> None:
    two = [actions(button("vote", "Ja"), id_="a1"), actions(button("vote", "Nei"), id_="a2")]
    posted = Posted(KARI.dm, MESSAGE.body | {"blocks": two})
    with pytest.raises(LookupError, match="2 elements 'vote'"):
        KARI.presses(posted, "vote")
    assert KARI.presses(posted, "vote", text="Nei").payload["actions"][0]["block_id"] == "a2"
    assert KARI.presses(posted, "vote", block_id="a1").payload["actions"][0]["text"]["text"] == "Ja"
    with pytest.raises(LookupError, match="0 elements 'nosuch'"):
        KARI.presses(posted, "nosuch")


def test_values_come_in_the_shape_of_each_input() -> None:
    view = seen(
        modal(
            field("text"),
            field("day", "datepicker"),
            field("one", "static_select", options=options("a", "b")),
            field("many", "checkboxes", options=options("x", "y")),
            field("all", "multi_static_select", option_groups=[{"options": options("p", "q")}]),
            field("kept", "radio_buttons", options=options("j", "n"), initial_option=options("j")[0]),
        ),
        KARI.id,
    )
    given = {"text": "Hei", "day": "2026-03-02", "one": "B", "many": ["y"], "all": True}
    values = KARI.submits(view, given).payload["view"]["state"]["values"]
    assert values["text"]["text"] == {"type": "plain_text_input", "value": "Hei"}
    assert values["day"]["day"] == {"type": "datepicker", "selected_date": "2026-03-02"}
    assert values["one"]["one"]["selected_option"]["value"] == "b"
    assert [option["value"] for option in values["many"]["many"]["selected_options"]] == ["y"]
    assert [option["value"] for option in values["all"]["all"]["selected_options"]] == ["p", "q"]
    assert values["kept"]["kept"]["selected_option"]["value"] == "j"
    emptied = KARI.submits(view, {"text": None, "kept": None}).payload["view"]["state"]["values"]
    assert emptied["text"]["text"]["value"] is None
    assert emptied["kept"]["kept"]["selected_option"] is None
    with pytest.raises(CannotDo, match="no option 'c'"):
        KARI.submits(view, {"one": "c"})


@pytest.fixture
async def bolt(slack: FakeSlack, client: AsyncWebClient) -> AsyncIterator[tuple[str, list[Any]]]:
    """A bolt app that writes down which listener took what."""
    took: list[Any] = []
    app = AsyncApp(client=client, signing_secret=SIGNING_SECRET)

    async def message(ack: Any, say: AsyncSay, event: Any) -> None:
        took.append(("message", event["text"]))
        await say(f"Du skrev {event['text']}")

    async def command(ack: Any, body: Any) -> None:
        await ack("Mottatt")
        took.append(("command", body["text"]))

    async def action(ack: Any, body: Any) -> None:
        await ack()
        took.append(("action", body["actions"][0]["value"]))

    async def submission(ack: Any, view: Any) -> None:
        took.append(("view", view["state"]["values"]["title"]["title"]["value"]))
        await ack(response_action="clear")

    async def noted(ack: Any, body: Any) -> None:
        await ack()
        took.append((body.get("type"), body.get("event", {}).get("type")))

    app.event({"type": "message", "subtype": None})(message)
    for event in ("app_mention", "app_home_opened", "member_joined_channel", "app_uninstalled"):
        app.event(event)(noted)
    app.event({"type": "message", "subtype": "file_share"})(noted)
    app.command("/sak")(command)
    app.action("vote")(action)
    app.view("form")(submission)
    app.view_closed("form")(noted)
    app.message_shortcut("report_case")(noted)

    async def entry(request: web.Request) -> web.Response:
        return await to_aiohttp_response(await app.async_dispatch(await to_bolt_request(request)))

    application = web.Application()
    application.router.add_post("/slack/events", entry)
    served = Served(application)
    await served.start()
    yield f"{served.url}/slack/events", took
    await served.stop()


async def test_bolt_takes_each_request_for_what_it_is(
    slack: FakeSlack, client: AsyncWebClient, session: aiohttp.ClientSession, bolt: tuple[str, list[Any]], kari: Persona
) -> None:
    url, took = bolt
    blocks = [actions(button("vote", "Ja", id="S-1"))]
    await client.chat_postMessage(channel=kari.id, text="Godkjenn?", blocks=blocks)
    view = modal(field("title"), notify_on_close=True)
    await client.views_open(trigger_id=kari.command("x").trigger, view=view)
    requests = [
        kari.says("hei"),
        kari.command("meld sak"),
        kari.presses(kari.messages[0], "vote"),
        kari.submits(kari.modal, {"title": "Ny rutine"}),
        kari.mentions("status"),
        kari.opens_home(),
        kari.sends_file("sak.pdf", b"%PDF"),
        kari.shortcut("Rutinen er uklar"),
        kari.invites_bot(),
        kari.uninstalls(),
        url_verification(),
    ]
    for request in requests:
        ack = await slack.deliver(session, url, request)
        assert ack.problems == [], request.type
    await client.views_open(trigger_id=kari.command("x").trigger, view=view)
    closed = kari.closes(kari.modal)
    assert closed is not None
    await slack.deliver(session, url, closed)
    assert took == [
        ("message", "hei"),
        ("command", "meld sak"),
        ("action", '{"id": "S-1"}'),
        ("view", "Ny rutine"),
        ("event_callback", "app_mention"),
        ("event_callback", "app_home_opened"),
        ("event_callback", "message"),
        ("message_action", None),
        ("event_callback", "member_joined_channel"),
        ("event_callback", "app_uninstalled"),
        ("view_closed", None),
    ]
    await slack.wait_for(lambda ledger: len(ledger.messages(kari.dm)) == 2)
    assert kari.messages[-1].text == "Du skrev hei"
    assert (kari.modal, slack.violations) == (None, [])
    assert all(request.payload.get("team_id", TEAM) == TEAM for request in requests)
