"""Whatever people typed: within the limits, harmless, and the same again from the shelf and from a modal."""

from __future__ import annotations

from dataclasses import is_dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cards import message as parts_of_messages
from cards.actions import EVALUATION_ANSWER
from cards.blockkit import dump, escaped, form_of, load, read_state, to_home, to_message_blocks, to_reading, to_view
from cards.blockkit.codec import _KINDS
from cards.blockkit.continued import join, split
from cards.message import (
    About,
    Act,
    Answering,
    Banner,
    Facts,
    Field,
    Inputs,
    LongText,
    Message,
    Meter,
    MeterItem,
    Open,
    Option,
    Paragraph,
    Picture,
    Say,
    Step,
    Steps,
)
from cards.plain import to_summary
from cards.safe import WORD_JOINER, clean
from tests.cards.blockkit.reading_blocks import filled, harm, shown
from tests.cards.examples import message
from tests.cards.reading_mail import BARE_LINK
from tests.cards.test_card_safety import PIECES, is_harmful, nasty
from tests.fakes.slack_limits import problems_of_message, problems_of_view

FORM = "f" * 64
SLACKS = (
    "<!here>", "<@U012AB>", "<#C01|x>", "<https://evil.example|her>", ":tada:", "&lt;!channel&gt;", "```x```",
    ">>> sitat", "*fet* _skrå_ ~bort~", "@channel", "#general", "mailto:a@b.no", "tel:112", "• punkt",
)  # fmt: skip
typed = st.one_of(nasty, st.lists(st.sampled_from(SLACKS), max_size=4).map(" ".join))
tones = st.sampled_from(("default", "good", "warning", "attention", "accent"))
steps = st.builds(Step, typed, st.sampled_from(("done", "current", "ahead", "stopped")), typed)
fields = st.builds(
    Field,
    id=st.sampled_from([f"felt_{n}" for n in range(6)]),
    kind=st.sampled_from(("text", "long_text", "choice", "choices", "toggle", "number", "money", "date", "url")),
    label=typed, value=typed, required=st.booleans(), hint=typed, error=typed,
    options=st.lists(st.builds(Option, st.sampled_from("abcdefghij"), typed), max_size=10).map(tuple),
)  # fmt: skip
blocks = st.one_of(
    st.builds(Paragraph, typed, tones, st.booleans(), st.booleans()),
    st.builds(Banner, typed, tones),
    st.builds(Facts, st.lists(st.tuples(typed, typed), max_size=12).map(tuple)),
    st.builds(LongText, typed, st.builds(lambda text, n: text * n, typed, st.integers(0, 300)), st.booleans()),
    st.builds(Steps, st.lists(steps, max_size=8).map(tuple)),
    st.builds(Meter, typed, st.lists(st.builds(MeterItem, typed, st.booleans()), max_size=8).map(tuple)),
    st.builds(Inputs, st.lists(fields, max_size=6).map(tuple), typed, st.booleans()),
)
data = st.dictionaries(
    st.sampled_from(("id", "rev", "answer")), st.one_of(st.text("abc", max_size=9), st.integers(0, 9))
)
buttons = st.one_of(
    st.builds(
        Act, st.sampled_from(("case.save", "case.submit", "case.edit")), typed, data,
        st.sampled_from(("default", "positive", "destructive")), st.lists(fields, max_size=3).map(tuple),
        st.booleans(), typed,
    ),
    st.builds(Say, typed, typed),
    st.builds(Open, typed, st.just("https://example.org/mandat?a=1#b")),
)  # fmt: skip
messages = st.builds(
    Message, typed, st.lists(blocks, max_size=8).map(tuple), st.lists(buttons, max_size=6).map(tuple), typed, typed,
    st.none() | st.builds(About, typed, st.integers(0, 9)), tones, st.none() | st.builds(Picture, typed, typed),
    st.sampled_from(("nb", "nn", "en")),
)  # fmt: skip


@given(messages)
@settings(max_examples=150, deadline=None)
def test_any_message_is_within_the_limits_and_harmless(any_message: Message) -> None:
    drawn = to_message_blocks(any_message, FORM)
    text = escaped(to_summary(any_message))
    assert problems_of_message({"text": text or "x", "blocks": drawn}) == []
    assert harm(drawn) == []
    assert problems_of_view(to_home([any_message] * 3, [FORM] * 3)) == []
    assert problems_of_view(to_reading(any_message)) == []
    for one in (shown(drawn), text):
        assert not any(map(is_harmful, one.replace("\n", "")))


@given(messages)
@settings(max_examples=150, deadline=None)
def test_any_form_is_within_the_limits_and_gives_back_what_was_typed(any_message: Message) -> None:
    for place in range(len(any_message.buttons)):
        form = form_of(any_message, place)
        if form is None:
            continue
        view = to_view(form, callback_id="form", private_metadata=FORM)
        assert problems_of_view(view) == []
        assert harm([block for block in view["blocks"] if block["type"] != "input"]) == []
        read = read_state(filled(view))
        assert read == {field.id: _stands(field) for field in form.fields}


def _stands(field: Field) -> str:
    """What a field holds, as far as it can be answered so."""
    values = [option.value for option in field.options]
    if field.kind == "toggle":
        return "true" if field.value == "true" else "false"
    if field.kind == "choice" and values:
        return field.value if field.value in values else ""
    if field.kind == "choices" and values:
        chosen = set(field.value.split(","))
        return ",".join(value for value in dict.fromkeys(values) if value in chosen)
    return clean(field.value)


@given(messages)
@settings(max_examples=150, deadline=None)
def test_the_shelf_gives_back_the_same_message(any_message: Message) -> None:
    kept = dump(any_message)
    assert kept.isascii()
    assert load(kept) == any_message
    assert dump(load(kept)) == kept


def test_the_shelf_knows_every_part_of_a_message() -> None:
    parts = {kind for kind in vars(parts_of_messages).values() if isinstance(kind, type) and is_dataclass(kind)}
    assert parts == {*_KINDS.values(), Answering}


def test_how_a_mail_is_answered_is_kept_nowhere() -> None:
    secret = Answering(url="https://saksgang.example.org/answer/secret")
    kept = dump(Message("Sak", answering=secret))
    assert "secret" not in kept
    assert load(kept) == Message("Sak")


def test_what_was_typed_where_answers_are_secret_never_lies_on_the_shelf() -> None:
    asked = (Inputs((Field("comment", "long_text", "Kommentar", "Kvantekryptert"),)),)
    answer = Act(EVALUATION_ANSWER, "Svar", {"id": "e"})
    assert "Kvantekryptert" not in dump(Message("Evaluering", asked, (answer,)))
    assert "Kvantekryptert" in dump(Message("Sak", asked, (Act("case.save", "Lagre", {"id": "e"}),)))


@pytest.mark.parametrize("text", ["", "[]", "{}", "null", '{"is":"Nothing"}', '{"is":"Banner","text":"x"}', "{" * 9])
def test_what_is_no_message_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"message|Expecting|property"):
        load(text)


def test_a_message_of_a_later_time_loses_only_what_is_unknown() -> None:
    kept = dump(message("Sak")).replace('"is":"Message"', '"is":"Message","mood":"glad"')
    assert load(kept) == message("Sak")


@pytest.mark.parametrize("piece", [*PIECES, *SLACKS])
def test_each_nasty_piece_is_shown_as_it_was_typed(piece: str) -> None:
    drawn = to_message_blocks(Message("Sak", (Paragraph(f"a {piece} b"), Facts((("Felt", f"a {piece} b"),)))))
    assert harm(drawn) == []
    words = " ".join(shown(drawn).split())
    assert words.count(" ".join(f"a {clean(piece)} b".split())) == 2


@pytest.mark.parametrize("piece", SLACKS)
def test_the_line_on_a_phone_can_call_nobody(piece: str) -> None:
    line = escaped(f"a {piece} b")
    assert problems_of_message({"text": line}) == []
    assert "<" not in line
    assert not BARE_LINK.search(line)
    plain = line.replace(WORD_JOINER, "").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    assert plain == f"a {piece} b"


def test_the_check_itself_finds_harm() -> None:
    for text in ("*fet*midt*", "se <https://a.no|b>", ":tada:", "@here", "> sitat", "_skrå_", "a &lt; b"):
        assert harm([{"type": "mrkdwn", "text": text, "verbatim": True}]), text
    assert harm([{"type": "plain_text", "text": "evil.example", "emoji": False}])
    assert harm([{"type": "plain_text", "text": "Sak"}])
    assert not harm([{"type": "mrkdwn", "text": "*Frist*\ntorsdag 16. april kl. 09.00", "verbatim": True}])


@given(st.lists(st.sampled_from(("Styret vedtar. ", "\n", "æ" * 900, " ", "😀", "\n\n")), max_size=40).map("".join))
@settings(max_examples=200, deadline=None)
def test_any_text_is_split_and_joined_as_it_was(text: str) -> None:
    assert join(split(text)) == text
