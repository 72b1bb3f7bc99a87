"""What a payload of Slack's is: the turn that it becomes, and what asks nothing of us."""

from __future__ import annotations

from typing import Any

import pytest

from bot.channels.base import Installed, Pressed, Removed, Said
from bot.channels.slack.reading import read_turn
from bot.channels.slack.turns import Arrived, Commanded, Foreign, Homed, Ignored, Malformed, Shortcut
from bot.channels.slack.words import read_words
from tests.fakes.slack.ledger import Posted
from tests.fakes.slack.persona import CHANNEL, Persona, seen
from tests.fakes.slack.requests import SlackRequest
from tests.fakes.slack.workspace import BOT_USER, TEAM, User

KARI = Persona(User("U0KARI", "kari"))


def read(request: SlackRequest | None) -> Any:
    """The turn, or why there is none."""
    assert request is not None
    found = read_turn(request.payload, TEAM)
    return found.turn if isinstance(found, Arrived) else found


def arrived(request: SlackRequest) -> Arrived:
    found = read_turn(request.payload, TEAM)
    assert isinstance(found, Arrived)
    return found


def posted(*elements: dict[str, Any], channel: str = "D0KARI", user: str = BOT_USER) -> Posted:
    blocks = [{"type": "actions", "block_id": f"b{place}", "elements": [one]} for place, one in enumerate(elements)]
    body = {"type": "message", "ts": "1767225600.000100", "user": user, "bot_id": "B0SAKSGANG", "blocks": blocks}
    return Posted(channel, body)


def button(action_id: str, value: str = "", **more: Any) -> dict[str, Any]:
    text = {"type": "plain_text", "text": "Ok"}
    return {"type": "button", "action_id": action_id, "text": text} | ({"value": value} if value else {}) | more


# -- words -------------------------------------------------------------------------------------------------------------


def test_words_in_the_direct_message() -> None:
    request = KARI.says("frister & <slikt>")
    turn = read(request)
    assert isinstance(turn, Said)
    assert turn.text == "frister & <slikt>"
    assert turn.activity_id == request.payload["event_id"]
    assert (turn.sender.tenant, turn.sender.user, turn.sender.account) == (TEAM, "U0KARI", "U0KARI")
    address = turn.address
    assert (address.channel, address.tenant, address.conversation) == ("slack", TEAM, KARI.dm)
    assert (address.scope, address.bot, address.team, turn.mentioned) == ("personal", BOT_USER, TEAM, False)


def test_a_mention_in_a_channel() -> None:
    turn = read(KARI.mentions("hvor er saken 012-2026"))
    assert isinstance(turn, Said)
    assert (turn.text, turn.mentioned, turn.address.scope) == ("hvor er saken 012-2026", True, "channel")
    assert turn.address.conversation == CHANNEL


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("<@U0SAKSGANG> frister", "frister"),
        ("frister <@U0SAKSGANG>", "frister"),
        ("<@U0OLA|ola> og <@U0PER>", "ola og @U0PER"),
        ("se <#C012|styret> og <#C013|>", "se #styret og #C013"),
        ("<!here> <!channel|channel> <!subteam^S1|@kontoret>", "@here channel @kontoret"),
        ("<!date^1767225600^{date}|1. januar>", "1. januar"),
        ("<https://example.org/a?b=1&amp;c=2>", "https://example.org/a?b=1&c=2"),
        ("<http://vg.no|vg.no>", "vg.no"),
        ("<http://vg.no/|vg.no>", "vg.no"),
        ("<mailto:kari@example.org|kari@example.org>", "kari@example.org"),
        ("<https://evil.example|helse-sorost.no>", "helse-sorost.no (https://evil.example)"),
        ("12 &lt; 13 &amp;&amp; a &gt; b", "12 < 13 && a > b"),
        ("&amp;lt;b&amp;gt;", "&lt;b&gt;"),
        ("  frister\u00a0nå ", "frister nå"),
        ("<", "<"),
        ("<>", "<>"),
        ("", ""),
    ],
)
def test_markup_becomes_what_was_typed(written: str, meant: str) -> None:
    assert read_words(written, "U0SAKSGANG").text == meant


def test_a_flood_of_broken_markup_costs_no_more_than_its_length() -> None:
    assert len(read_words("<@" * 120_000, "U1").text) == 240_000
    assert len(read_words("<" * 250_000, "U1").text) == 250_000


@pytest.mark.parametrize(
    "request_",
    [
        KARI.edits("endret"),
        KARI.says("av en maskin", bot_id="B1"),
        KARI.says("av en maskin", subtype="bot_message"),
        KARI.says("ble med", subtype="channel_join"),
        KARI.says("slettet", subtype="message_deleted"),
        KARI.says("skjult", hidden=True),
        KARI.says("vår egen", user=BOT_USER),
        KARI.says("i en kanal", channel=CHANNEL, channel_type="channel"),
        KARI.mentions("i samtalen", channel="D0KARI"),
        KARI.mentions("endret", edited={"user": "U0KARI", "ts": "1.0"}),
        KARI.hears(posted()),
        KARI.uninstalls(),
        KARI.says("uten avsender", user=""),
        KARI.command("hjelp", name="/annet"),
        KARI.shortcut("x", callback_id="another"),
        KARI.presses(posted(button("open~2", url="https://example.org")), "open~2"),
    ],
)
def test_what_asks_nothing_of_us(request_: SlackRequest) -> None:
    assert isinstance(read(request_), Ignored)


def test_words_in_a_thread_and_me_messages_are_words() -> None:
    assert read(KARI.says("i tråden", thread="1767225600.000100")).text == "i tråden"
    assert read(KARI.says("undrer seg", subtype="me_message")).text == "undrer seg"


def test_files_come_with_their_address() -> None:
    (file,) = read(KARI.sends_file("notat.pdf", b"%PDF-", "vedlegg")).files
    assert (file.name, file.content_type) == ("notat.pdf", "application/pdf")
    assert file.url.endswith("notat.pdf")


def test_a_file_that_slack_gives_no_address_for_is_not_passed_over_in_silence() -> None:
    turn = read(KARI.says("", subtype="file_share", files=[{"id": "F1", "name": "gammel.pdf", "mode": "hidden"}]))
    assert [(file.name, file.url) for file in turn.files] == [("gammel.pdf", "")]


# -- coming and going --------------------------------------------------------------------------------------------------


def test_the_home_and_the_messages_tab() -> None:
    home, messages = read(KARI.opens_home()), read(KARI.opens_home("messages"))
    assert isinstance(home, Homed)
    assert isinstance(messages, Installed)
    assert home.address.conversation == messages.address.conversation == KARI.dm


def test_the_bot_is_invited_and_taken_away() -> None:
    joined = read(KARI.invites_bot())
    assert isinstance(joined, Installed)
    assert (joined.sender.user, joined.address.conversation) == ("U0KARI", CHANNEL)
    left = KARI.invites_bot().payload
    left["event"] = {"type": "member_left_channel", "user": BOT_USER, "channel": CHANNEL, "team": TEAM}
    assert isinstance(read(SlackRequest("event", left)), Removed)
    left["event"]["user"] = "U0OTHER"
    assert isinstance(read(SlackRequest("event", left)), Ignored)


def test_others_who_join_are_not_our_business() -> None:
    payload = KARI.invites_bot().payload
    payload["event"]["user"] = "U0OTHER"
    assert isinstance(read(SlackRequest("event", payload)), Ignored)


# -- commands, presses, shortcuts --------------------------------------------------------------------------------------


def test_a_command_counts_as_a_mention_and_alone_asks_for_help() -> None:
    found = arrived(KARI.command("meld sak", CHANNEL))
    turn = found.turn
    assert isinstance(turn, Commanded)
    assert (turn.text, turn.mentioned, turn.address.scope) == ("meld sak", True, "channel")
    assert turn.response_url
    assert found.trigger == turn.activity_id != ""
    assert read(KARI.command("")).text == read(KARI.command("  ")).text == "hjelp"


def test_a_press_is_the_verb_and_the_buttons_data() -> None:
    request = KARI.presses(
        posted(button("case.confirm", '{"id":"c1","rev":3,"sum":1.5,"big":9007199254740993}')), "case.confirm"
    )
    found = arrived(request)
    turn = found.turn
    assert isinstance(turn, Pressed)
    assert turn.verb == "case.confirm"
    assert turn.data == {"id": "c1", "rev": 3, "sum": "1.5", "big": "9007199254740993"}
    assert turn.message_id == "1767225600.000100"
    assert turn.activity_id == f"1767225600.000100:{request.payload['actions'][0]['action_ts']}"
    assert (turn.address.conversation, turn.address.scope, turn.address.bot) == ("D0KARI", "personal", BOT_USER)
    assert found.trigger
    assert found.view is None


def test_a_numbered_button_is_the_verb_without_its_number() -> None:
    assert read(KARI.presses(posted(button("agenda.up~12", "{}")), "agenda.up~12")).verb == "agenda.up"


def test_a_button_that_says_something_says_it() -> None:
    turn = read(KARI.presses(posted(button("say~2", '{"say":"mine saker"}')), "say~2"))
    assert isinstance(turn, Said)
    assert (turn.text, turn.mentioned) == ("mine saker", True)


@pytest.mark.parametrize("value", ["", "no json", "[]", "null", '{"a":' * 200 + "1" + "}" * 200])
def test_a_value_that_is_no_object_is_no_data(value: str) -> None:
    assert read(KARI.presses(posted(button("case.confirm", value)), "case.confirm")).data == {}


def test_a_press_in_a_message_that_only_its_reader_sees_names_no_message() -> None:
    request = KARI.presses(posted(button("case.confirm", "{}")), "case.confirm")
    request.payload["container"]["is_ephemeral"] = True
    assert read(request).message_id == ""


def test_two_presses_are_two_and_the_same_twice_is_one() -> None:
    message = posted(button("case.confirm", "{}"))
    first, second = KARI.presses(message, "case.confirm"), KARI.presses(message, "case.confirm")
    assert arrived(first).key == arrived(first).key != arrived(second).key


def test_a_shortcut_begins_a_case_with_the_messages_words() -> None:
    found = arrived(KARI.shortcut("Ny <løsning> & slikt"))
    turn = found.turn
    assert isinstance(turn, Shortcut)
    assert (turn.verb, turn.data) == ("case.begin", {"text": "Ny <løsning> & slikt"})
    assert turn.address.conversation == CHANNEL
    assert found.trigger


def test_a_press_in_the_home_stands_in_no_conversation() -> None:
    home = seen({"type": "home", "blocks": posted(button("case.confirm", "{}")).blocks}, KARI.id)
    found = arrived(KARI.presses_in_view(home, "case.confirm"))
    assert found.view is not None
    assert (found.view.kind, found.view.id) == ("home", home.id)
    assert (found.turn.address.conversation, found.turn.address.scope) == ("", "personal")


# -- strangers and broken payloads -------------------------------------------------------------------------------------


def test_whoever_is_of_another_workspace_is_foreign() -> None:
    olga = Persona(User("U0OLGA", "olga", team="T0ANOTHER"))
    assert isinstance(read(olga.says("hei")), Foreign)
    assert isinstance(read(olga.shortcut("hei")), Foreign)
    assert isinstance(read(KARI.mentions("hei", source_team="T0ANOTHER")), Foreign)
    assert isinstance(read_turn(KARI.command("hjelp").payload, "T0ANOTHER"), Foreign)
    assert isinstance(read_turn(KARI.says("hei").payload, "T0ANOTHER"), Foreign)


@pytest.mark.parametrize(
    ("request_", "part"),
    [
        (KARI.says("x"), "event_id"),
        (KARI.says("x"), "event"),
        (KARI.says("x"), "team_id"),
        (KARI.command("x"), "team_id"),
        (KARI.command("x"), "user_id"),
        (KARI.command("x"), "channel_id"),
        (KARI.command("x"), "trigger_id"),
        (KARI.shortcut("x"), "user"),
        (KARI.shortcut("x"), "channel"),
        (KARI.presses(posted(button("a.b")), "a.b"), "actions"),
    ],
)
def test_what_lacks_what_all_have_is_malformed(request_: SlackRequest, part: str) -> None:
    payload = {name: value for name, value in request_.payload.items() if name != part}
    assert isinstance(read_turn(payload, TEAM), Malformed)


def test_an_id_of_any_length_gives_a_key_that_every_database_keeps() -> None:
    payload = KARI.says("x").payload | {"event_id": "🧾" * 500}
    found = read_turn(payload, TEAM)
    assert isinstance(found, Arrived)
    assert len(found.key.encode()) < 256
