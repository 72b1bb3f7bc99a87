"""Each limit is caught, and what keeps within all of them is let through."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.fakes.slack_limits import problems_of_message, problems_of_view

Json = dict[str, Any]


def plain(text: str = "Tekst") -> Json:
    return {"type": "plain_text", "text": text, "emoji": False}


def mrkdwn(text: str = "Tekst") -> Json:
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def section(text: str = "Tekst", **more: Any) -> Json:
    return {"type": "section", "text": mrkdwn(text), **more}


def button(action: str = "case.open", **more: Any) -> Json:
    return {"type": "button", "text": plain(), "action_id": action, "value": "{}", **more}


def actions(*elements: Json, **more: Any) -> Json:
    return {"type": "actions", "elements": list(elements), **more}


def option(value: str = "a", text: str = "Valg", **more: Any) -> Json:
    return {"text": plain(text), "value": value, **more}


def options(count: int) -> list[Json]:
    return [option(str(number)) for number in range(count)]


def asked(kind: str = "plain_text_input", label: str = "Tittel", hint: str = "", **element: Any) -> Json:
    hinted = {"hint": plain(hint)} if hint else {}
    return {"type": "input", "block_id": "a", "label": plain(label), **hinted, "element": {"type": kind, **element}}


def modal(*blocks: Json, **more: Any) -> Json:
    submit = {"submit": plain("Send")}
    return {"type": "modal", "title": plain("Sak"), "blocks": list(blocks), **submit, **more}


def of_blocks(*blocks: Json) -> list[str]:
    return problems_of_message({"text": "Sak", "blocks": list(blocks)})


GROUPS = [{"label": plain("A"), "options": options(100)}, {"label": plain("B"), "options": [option("z")]}]
WITHIN: tuple[Callable[[], list[str]], ...] = (
    lambda: problems_of_message({"text": "Fisk &amp; vilt &lt;1 &gt;2 <https://a.example|her> <@U012AB> <!here>"}),
    lambda: problems_of_message({"text": "> sitat\nså videre"}),
    lambda: problems_of_message({"text": "x" * 40_000}),
    lambda: problems_of_message({"blocks": json.dumps([section("x" * 3_000)])}),
    lambda: problems_of_message({"attachments": [{"color": "#123456", "blocks": [section()]}]}),
    lambda: of_blocks(*(section() for _ in range(50))),
    lambda: of_blocks({"type": "header", "text": plain("x" * 150)}, {"type": "divider"}),
    lambda: of_blocks({"type": "section", "fields": [mrkdwn("x" * 800) for _ in range(10)]}),
    lambda: of_blocks({"type": "context", "elements": [mrkdwn() for _ in range(10)]}),
    lambda: of_blocks(actions(*(button(str(number)) for number in range(25)), block_id="b" * 255)),
    lambda: of_blocks(actions(button("x" * 255, value="v" * 2_000, style="danger"), button(url="https://a.example"))),
    lambda: of_blocks(section(accessory={"type": "overflow", "options": options(5), "action_id": "a"})),
    lambda: of_blocks({"type": "image", "image_url": "https://a.example/b.png", "alt_text": "Årshjul"}),
    lambda: problems_of_view(modal(asked(max_length=3_000, initial_value="x" * 3_000, placeholder=plain("x" * 150)))),
    lambda: problems_of_view(modal(asked("static_select", option_groups=GROUPS, initial_option=option("z")))),
    lambda: problems_of_view(modal(asked("radio_buttons", options=options(10), initial_option=option("3")))),
    lambda: problems_of_view(modal(asked("checkboxes", options=options(2), initial_options=options(2)))),
    lambda: problems_of_view(modal(*(section() for _ in range(100)), private_metadata="x" * 3_000)),
    lambda: problems_of_view({"type": "home", "blocks": [section(), actions(button())]}),
)


@pytest.mark.parametrize("problems", WITHIN)
def test_what_keeps_within_the_limits_is_let_through(problems: Callable[[], list[str]]) -> None:
    assert problems() == []


BEYOND: tuple[tuple[str, Callable[[], list[str]]], ...] = (
    ("no_text", lambda: problems_of_message({})),
    ("text: 40001", lambda: problems_of_message({"text": "x" * 40_001})),
    ("text: & that", lambda: problems_of_message({"text": "Fisk & vilt"})),
    ("text: & that", lambda: problems_of_message({"text": "&nbsp;"})),
    ("text: < or >", lambda: problems_of_message({"text": "a <b> c"})),
    ("text: < or >", lambda: problems_of_message({"text": "<javascript:alert(1)|x>"})),
    ("text: < or >", lambda: problems_of_message({"text": "1 > 2"})),
    ("are lists", lambda: problems_of_message({"text": "a", "blocks": "{"})),
    ("are lists", lambda: problems_of_message({"text": "a", "blocks": {}})),
    ("msg_blocks_too_long", lambda: of_blocks(*(section("x" * 2_900) for _ in range(5)))),
    ("attachments[0]: knows no colour", lambda: problems_of_message({"attachments": [{"colour": "red"}]})),
    ("101 attachments", lambda: problems_of_message({"attachments": [{"text": "a"}] * 101})),
    ("51 blocks", lambda: of_blocks(*(section() for _ in range(51)))),
    ("no block of Slack's: None", lambda: of_blocks({})),
    ("no block of Slack's: 'card'", lambda: of_blocks({"type": "card"})),
    ("block_id 'a' stands twice", lambda: of_blocks(section(block_id="a"), section(block_id="a"))),
    ("block_id: 256", lambda: of_blocks(section(block_id="a" * 256))),
    ("knows no texts", lambda: of_blocks(section(texts=[]))),
    ("neither text nor fields", lambda: of_blocks({"type": "section"})),
    ("text: 3001", lambda: of_blocks(section("x" * 3_001))),
    ("at least 1", lambda: of_blocks(section(""))),
    ("at least 1", lambda: of_blocks(section(" \n "))),
    ("no string", lambda: of_blocks({"type": "section", "text": {"type": "mrkdwn"}})),
    ("no text object", lambda: of_blocks({"type": "section", "text": "Tekst"})),
    ("mrkdwn knows no emoji", lambda: of_blocks({"type": "section", "text": {**plain(), "type": "mrkdwn"}})),
    ("a text of type 'markdown'", lambda: of_blocks({"type": "section", "text": {"type": "markdown", "text": "x"}})),
    ("< or >", lambda: of_blocks(section("a<b"))),
    ("fields: 11", lambda: of_blocks({"type": "section", "fields": [plain()] * 11})),
    ("fields[0].text: 2001", lambda: of_blocks({"type": "section", "fields": [plain("x" * 2_001)]})),
    ("text: 151", lambda: of_blocks({"type": "header", "text": plain("x" * 151)})),
    ("not plain_text", lambda: of_blocks({"type": "header", "text": mrkdwn()})),
    ("header without text", lambda: of_blocks({"type": "header"})),
    ("elements: 11", lambda: of_blocks({"type": "context", "elements": [plain()] * 11})),
    ("elements: 0", lambda: of_blocks({"type": "context", "elements": []})),
    ("elements: 26", lambda: of_blocks(actions(*(button(str(number)) for number in range(26))))),
    ("elements: no list", lambda: of_blocks({"type": "actions", "elements": None})),
    ("action_id 'say' stands twice", lambda: of_blocks(actions(button("say"), button("say")))),
    ("action_id: 256", lambda: of_blocks(actions(button("x" * 256)))),
    ("value: 2001", lambda: of_blocks(actions(button(value="x" * 2_001)))),
    ("text.text: 76", lambda: of_blocks(actions(button(text=plain("x" * 76))))),
    ("url: 3001", lambda: of_blocks(actions(button(url="https://a/".ljust(3_001, "x"))))),
    ("no address", lambda: of_blocks(actions(button(url="a.example")))),
    ("style: 'default'", lambda: of_blocks(actions(button(style="default")))),
    ("button knows no verb", lambda: of_blocks(actions(button(verb="a")))),
    ("does not stand in actions", lambda: of_blocks(actions({"type": "plain_text_input"}))),
    ("options: 1 to 5", lambda: of_blocks(section(accessory={"type": "overflow", "options": options(6)}))),
    ("one of image_url", lambda: of_blocks({"type": "image", "alt_text": "a"})),
    ("alt_text: 2001", lambda: of_blocks({"type": "image", "alt_text": "a" * 2_001, "image_url": "https://a.example"})),
    ("does not stand in a message", lambda: of_blocks(asked("number_input", is_decimal_allowed=True))),
    ("label.text: 2001", lambda: problems_of_view(modal(asked(label="x" * 2_001)))),
    ("hint.text: 2001", lambda: problems_of_view(modal(asked(hint="x" * 2_001)))),
    ("placeholder.text: 151", lambda: problems_of_view(modal(asked(placeholder=plain("x" * 151))))),
    ("max_length: 3001", lambda: problems_of_view(modal(asked(max_length=3_001)))),
    ("max_length: 0", lambda: problems_of_view(modal(asked(max_length=0)))),
    ("initial_value: 3001", lambda: problems_of_view(modal(asked(initial_value="x" * 3_001)))),
    ("initial_value: 11", lambda: problems_of_view(modal(asked(initial_value="x" * 11, max_length=10)))),
    ("min_length: 11", lambda: problems_of_view(modal(asked(min_length=11, max_length=10)))),
    ("1 to 100 options", lambda: problems_of_view(modal(asked("static_select", options=options(101))))),
    ("1 to 100 options", lambda: problems_of_view(modal(asked("static_select", options=[])))),
    ("1 to 10 options", lambda: problems_of_view(modal(asked("radio_buttons", options=options(11))))),
    ("1 to 10 options", lambda: problems_of_view(modal(asked("checkboxes", options=options(11))))),
    ("one of options", lambda: problems_of_view(modal(asked("static_select")))),
    ("one of options", lambda: problems_of_view(modal(asked("static_select", options=options(1), option_groups=[])))),
    ("1 to 100 groups", lambda: problems_of_view(modal(asked("static_select", option_groups=[GROUPS[1]] * 101)))),
    (
        "label.text: 76",
        lambda: problems_of_view(
            modal(asked("static_select", option_groups=[{"label": plain("x" * 76), "options": options(1)}]))
        ),
    ),
    ("text.text: 76", lambda: problems_of_view(modal(asked("static_select", options=[option(text="x" * 76)])))),
    ("value: 151", lambda: problems_of_view(modal(asked("static_select", options=[option("x" * 151)])))),
    ("value: must be", lambda: problems_of_view(modal(asked("static_select", options=[option("")])))),
    ("two options of one value", lambda: problems_of_view(modal(asked("static_select", options=[option(), option()])))),
    (
        "description.text: 76",
        lambda: problems_of_view(modal(asked("checkboxes", options=[option(description=plain("x" * 76))]))),
    ),
    (
        "initial_option: none",
        lambda: problems_of_view(modal(asked("radio_buttons", options=options(2), initial_option=option("9")))),
    ),
    (
        "initial_options: some",
        lambda: problems_of_view(modal(asked("checkboxes", options=options(2), initial_options=[]))),
    ),
    ("title.text: 25", lambda: problems_of_view(modal(title=plain("x" * 25)))),
    ("title: no text", lambda: problems_of_view({"type": "modal", "blocks": []})),
    ("submit.text: 25", lambda: problems_of_view(modal(submit=plain("x" * 25)))),
    ("close.text: 25", lambda: problems_of_view(modal(close=plain("x" * 25)))),
    ("private_metadata: 3001", lambda: problems_of_view(modal(private_metadata="x" * 3_001))),
    ("callback_id: 256", lambda: problems_of_view(modal(callback_id="x" * 256))),
    ("submit: must be", lambda: problems_of_view({"type": "modal", "title": plain(), "blocks": [asked()]})),
    ("101 blocks", lambda: problems_of_view(modal(*(section() for _ in range(101))))),
    ("view_too_large", lambda: problems_of_view(modal(*(section("å" * 3_000) for _ in range(50))))),
    ("knows no hash", lambda: problems_of_view(modal(hash="1"))),
    ("does not stand in a modal", lambda: problems_of_view(modal({"type": "markdown", "text": "a"}))),
    ("a home knows no title", lambda: problems_of_view({"type": "home", "title": plain(), "blocks": []})),
    ("blocks: no list", lambda: problems_of_view({"type": "home"})),
    ("a view of type 'page'", lambda: problems_of_view({"type": "page"})),
)


@pytest.mark.parametrize(("named", "problems"), BEYOND)
def test_each_limit_is_caught_and_named(named: str, problems: Callable[[], list[str]]) -> None:
    found = problems()
    assert len(found) == 1, found
    assert named in found[0]
