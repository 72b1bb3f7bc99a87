"""Acknowledgements: in time, with status 200, with a body that Slack reads; an event again where it was not so."""

from __future__ import annotations

import asyncio
import json

import aiohttp
from aiohttp import web

from tests.fakes.serving import Served
from tests.fakes.slack.conftest import App
from tests.fakes.slack.persona import Persona, url_verification
from tests.fakes.slack.samples import actions, button
from tests.fakes.slack.server import FakeSlack


async def test_an_event_is_acknowledged(slack: FakeSlack, app: App, kari: Persona) -> None:
    ack = await app.gets(kari.says("hei"))
    assert (ack.status, ack.attempts, ack.problems, slack.violations) == (200, 1, [], [])


async def test_a_refused_event_comes_again_signed_anew_until_it_is_taken(
    slack: FakeSlack, app: App, kari: Persona
) -> None:
    ack = await app.gets(kari.says("hei"), web.Response(status=500))
    assert (ack.attempts, ack.problems) == (2, ["status 500"])
    (first, body), (second, again) = app.came
    assert body == again
    assert "X-Slack-Retry-Num" not in first
    assert (second["X-Slack-Retry-Num"], second["X-Slack-Retry-Reason"]) == ("1", "http_error")
    assert slack.violations == ["acknowledgement of event_callback: status 500"]


async def test_requests_are_signed_at_the_time_that_the_wall_shows(session: aiohttp.ClientSession) -> None:
    slack = FakeSlack(wall=lambda: 1_772_434_800.5)
    kari = slack.persona("kari")
    here = App(slack, session)
    application = web.Application()
    application.router.add_post("/", here.take)
    served = Served(application)
    await served.start()
    here.url = served.url
    await here.gets(kari.says("hei"))
    await served.stop()
    [(headers, body)] = here.came
    event = json.loads(body)
    assert headers["X-Slack-Request-Timestamp"] == "1772434800"
    assert (event["event_time"], event["event"]["ts"].partition(".")[0]) == (1_772_434_800, "1772434800")


async def test_a_retry_can_be_declined(app: App, kari: Persona) -> None:
    ack = await app.gets(kari.says("hei"), web.Response(status=500, headers={"X-Slack-No-Retry": "1"}))
    assert ack.attempts == 1


async def test_an_event_is_given_up_after_three_retries(slack: FakeSlack, kari: Persona) -> None:
    async with aiohttp.ClientSession() as session:
        ack = await slack.deliver(session, "http://127.0.0.1:1/", kari.says("hei"))
    assert (ack.attempts, ack.problems) == (4, ["connection_failed"] * 4)


async def test_a_press_that_failed_does_not_come_again(app: App, slack: FakeSlack, kari: Persona) -> None:
    ack = await app.gets(kari.command("hjelp"), web.Response(status=500))
    assert (ack.attempts, len(slack.violations)) == (1, 1)


async def test_an_acknowledgement_that_comes_late_is_a_violation(session: aiohttp.ClientSession) -> None:
    release = asyncio.Event()

    async def slow(_: web.Request) -> web.Response:
        await release.wait()
        return web.Response()

    application = web.Application()
    application.router.add_post("/", slow)
    served = Served(application)
    await served.start()
    slack = FakeSlack(patience=0.05)
    ack = await slack.deliver(session, served.url, slack.persona("kari").command("hjelp"))
    release.set()
    await served.stop()
    assert ack.problems == ["http_timeout"]
    assert slack.violations == ["acknowledgement of command: http_timeout"]


async def test_the_challenge_must_come_back(app: App) -> None:
    request = url_verification()
    ack = await app.gets(request, web.json_response({"challenge": request.payload["challenge"]}))
    assert ack.problems == []
    ack = await app.gets(request, web.json_response({"challenge": "another"}))
    assert "not the challenge" in ack.problems[0]


async def test_a_commands_answer_is_seen_by_its_writer_alone(slack: FakeSlack, app: App, kari: Persona) -> None:
    await app.gets(kari.command("hjelp", "C0FONDSSTYR"), web.Response(text="Svaret ligger i chatten."))
    [posted] = slack.ledger.whispered(kari.id)
    assert (posted.channel, posted.text) == ("C0FONDSSTYR", "Svaret ligger i chatten.")


async def test_a_body_where_slack_reads_none_is_a_violation(slack: FakeSlack, app: App, kari: Persona) -> None:
    request = kari.shortcut("Rutinen er uklar")
    ack = await app.gets(request, web.Response(text="takk"))
    assert "a body where Slack reads none" in ack.problems[0]


async def test_a_response_url_answers_five_times(
    slack: FakeSlack, app: App, kari: Persona, session: aiohttp.ClientSession
) -> None:
    url = kari.command("hjelp").payload["response_url"]
    statuses = []
    for number in range(6):
        async with session.post(url, data=json.dumps({"text": f"Svar {number}"})) as response:
            statuses.append(response.status)
    assert statuses == [200] * 5 + [404]
    assert [posted.text for posted in slack.ledger.whispered(kari.id)] == [f"Svar {number}" for number in range(5)]


async def test_a_response_url_of_a_message_replaces_it(
    slack: FakeSlack, kari: Persona, session: aiohttp.ClientSession
) -> None:
    headers = {"Authorization": f"Bearer {slack.bot_token}"}
    message = {"channel": kari.id, "text": "Godkjenn?", "blocks": [actions(button("vote", "Ja", id="S-1"))]}
    async with session.post(f"{slack.base_url}chat.postMessage", json=message, headers=headers):
        pass
    url = kari.presses(kari.messages[0], "vote").payload["response_url"]
    async with session.post(url, json={"text": "Godkjent", "replace_original": True}) as response:
        assert response.status == 200
    assert [posted.words for posted in kari.messages] == ["Godkjent"]
