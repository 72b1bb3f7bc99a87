"""From a payload to a turn: words without markup, files, buttons that write, people without a directory id."""

from __future__ import annotations

import time
from typing import Any

import pytest

from bot.channels.base import IncomingFile, Pressed, Said
from bot.channels.payload import Unreadable, plain, read_payload
from bot.channels.teams.config import Secret, TeamsConfig
from bot.channels.teams.turns import Foreign, Ignored, Malformed, read_turn
from tests.fakes.entra import APP_ID, SERVICE_URL
from tests.fakes.teams import BOT, TENANT, Persona

CONFIG = TeamsConfig(APP_ID, TENANT, Secret("s"))
PERSON = Persona(1, service_url=SERVICE_URL)


def said(**changes: Any) -> Said:
    turn = read_turn(PERSON.says("x") | changes, CONFIG)
    assert isinstance(turn, Said)
    return turn


def mention(text: str, name: str = "Saksgang", account: str = BOT) -> dict[str, Any]:
    return {"type": "mention", "text": text, "mentioned": {"id": account, "name": name}}


KARI = mention("<at>Kari</at>", "Kari", "29:k")


@pytest.mark.parametrize(
    ("text", "entities", "words", "mentioned"),
    [
        ("frister", [], "frister", False),
        ("<at>Saksgang</at>&nbsp;frister\n", [mention("<at>Saksgang</at>")], "frister", True),
        ("frister <at id=\"0\">Saksgang</at>", [mention("<at>Saksgang</at>")], "frister", True),
        ("<at>Saksgang</at> <at>Kari</at> hei", [mention("<at>Saksgang</at>"), KARI], "Kari hei", True),
        ("<at>Kari</at> hei", [KARI], "Kari hei", False),
        ("a &lt; b &amp; c &#229; &unknown;", [], "a < b & c å &unknown;", False),
        ("&#" + "9" * 6000 + ";", [], "&#" + "9" * 6000 + ";", False),
        ("<b>fet</b>", [], "<b>fet</b>", False),
        ("x", [None, 1, {"type": 5}, {"type": "mention"}, {"type": "mention", "mentioned": "x"}], "x", False),
    ],
)  # fmt: skip
def test_words(text: str, entities: list[Any], words: str, mentioned: bool) -> None:
    turn = said(text=text, entities=entities)
    assert (turn.text, turn.mentioned) == (words, mentioned)


def test_formatted_text_loses_its_tags() -> None:
    assert said(text="<p>en</p><p>to<br/>tre</p>", textFormat="xml").text == "en\nto\ntre"


def test_the_playground_mentions_by_writing_the_name() -> None:
    local = TeamsConfig(APP_ID, TENANT, local=True)
    payload = Persona(1, service_url="http://localhost:56150/_connector").says("@Saksgang frister")
    turn = read_turn(payload, local)
    assert isinstance(turn, Said)
    assert (turn.text, turn.mentioned) == ("frister", True)


@pytest.mark.parametrize("text", ["<at" * 80_000, "<at>" * 60_000, "&" * 250_000, "&#" * 100_000, "<p " * 80_000])
def test_broken_markup_costs_no_more_than_words(text: str) -> None:
    began = time.process_time()
    said(text="y" * 250_000, entities=[mention("<at>x</at>")], textFormat="xml")
    words = time.process_time() - began
    began = time.process_time()
    said(text=text, entities=[mention("<at>x</at>")], textFormat="xml")
    assert time.process_time() - began < words + 0.5  # a quadratic pattern takes minutes


def test_a_button_that_writes() -> None:
    assert said(text=None, value={"msteams": {"type": "imBack", "value": "frister"}}).text == "frister"
    assert said(text="hei", value={"msteams": {"value": "frister"}}).text == "hei"


def test_a_submit_is_a_press() -> None:
    turn = read_turn(PERSON.submits({"verb": "case.save", "id": "c", "msteams": {}}, message_id="m5"), CONFIG)
    assert isinstance(turn, Pressed)
    assert (turn.verb, turn.data, turn.message_id) == ("case.save", {"id": "c"}, "m5")


def test_files() -> None:
    url = "https://example.sharepoint.com/download?x=1"
    turn = read_turn(PERSON.sends_file("Notat æ.pdf", url, "her"), CONFIG)
    assert isinstance(turn, Said)
    assert turn.files == (IncomingFile("Notat æ.pdf", url, "application/pdf"),)
    for bad in ("http://example.sharepoint.com/x", "file:///etc/passwd", "", "javascript:x"):
        turn = read_turn(PERSON.sends_file("a.pdf", bad), CONFIG)
        assert isinstance(turn, Said)
        assert turn.files == ()


def test_who_is_unknown() -> None:
    nobody = {"from": {"id": "29:x"}}
    assert read_turn(PERSON.says("x") | nobody, CONFIG) == Malformed("missing: from.aadObjectId")
    assert read_turn(PERSON.joins() | nobody, CONFIG) == Ignored()
    assert read_turn(PERSON.says("x", channelData={"tenant": {"id": "other"}}), CONFIG) == Foreign("tenant")


def test_one_person_has_one_spelling() -> None:
    turn = said(**{"from": {"id": "29:x", "aadObjectId": "ABCDEF00-0000-4000-8000-000000000001"}})
    assert turn.sender.user == "abcdef00-0000-4000-8000-000000000001"


@pytest.mark.parametrize(
    ("conversation", "scope"),
    [
        ({"id": "c", "conversationType": "personal"}, "personal"),
        ({"id": "c"}, "personal"),
        ({"id": "c", "isGroup": True}, "group"),
        ({"id": "c", "conversationType": "groupChat"}, "group"),
        ({"id": "c", "conversationType": "channel"}, "channel"),
        ({"id": "c", "conversationType": "new kind"}, "group"),
        ({"id": "c", "conversationType": ["personal"]}, "group"),
    ],
)
def test_what_is_not_plainly_personal_is_not_personal(conversation: dict[str, Any], scope: str) -> None:
    assert said(conversation=conversation).address.scope == scope


def test_numbers_and_characters_no_database_keeps() -> None:
    assert plain({"a": [1.0, 1.5, 1e300, 2**70, True, None]}) == {"a": [1, "1.5", "1e+300", str(2**70), True, None]}
    assert read_payload(b'{"a\\u0000": ["x\\u0000y"]}') == {"a": ["xy"]}
    with pytest.raises(Unreadable):
        read_payload(b'{"a": "\\ud800"}')
