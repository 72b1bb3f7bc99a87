"""No text that a person typed becomes a link, a mention, a format or a change of direction, and no card too large."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cards.adaptive import card_bytes, fit, fitted_card, to_adaptive_card
from cards.message import Banner, Facts, Field, Inputs, LongText, Message, Meter, MeterItem, Paragraph, Step, Steps
from tests.cards.examples import message
from tests.cards.reading_cards import PARSED, after_markdown, bare_links, nodes, places, schema_errors, shown_words

PIECES = (
    "[a](https://evil.example)", "<https://evil.example>", "https://evil.example", "www.evil.example",
    "a@evil.example", "<at>Leder</at>", "**fet**", "_skrå_", "~~bort~~", "`kode`", "# tittel", "- punkt", "1. punkt",
    "> sitat", "---", "===", "    kode", "![b](x)", "&lt;b&gt;", "&#42;", "<b>", "</TextBlock>", "|a|b|\n|-|-|\n|c|d|",
    "{{DATE(2026-04-16T06:00:00Z)}}", "{{TIME(2026-04-16T06:00:00Z)}}", "{{", "${title}", "\u202e", "\u2066", "\u200f",
    "\x00", "\x1b", "\ud800", "\n", "\r\n", "\u2028", "\t", "\\", '"', "  ", "@", "*", "_", "æøå", "e\u0301",
    "👩\u200d👩\u200d👧",
)  # fmt: skip
nasty = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)), max_size=8).map("".join)

CHANGES_DIRECTION = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


def is_harmful(character: str) -> bool:
    if character in "\u061c\u200e\u200f" or unicodedata.bidirectional(character) in CHANGES_DIRECTION:
        return True
    return unicodedata.category(character) in ("Cc", "Cs") and character != "\n"


def assert_harmless(card: dict[str, Any]) -> None:
    for kind, name, text in places(card):
        assert not any(map(is_harmful, text)), (kind, name, text)
        if (kind, name) in PARSED:
            read = after_markdown(text)
            assert read is not None, (kind, name, text)
            assert read.split() == text.split() or name == "fallbackText"  # the one place where text is escaped
            assert not bare_links(text), (kind, name, text)
        if name != "value":
            assert "{{DATE(" not in text, text
            assert "{{TIME(" not in text, text
    for node in nodes(card):
        assert "entities" not in node
        select = node.get("selectAction")
        assert select is None or select["type"] == "Action.ToggleVisibility"


@given(nasty)
@settings(max_examples=150, deadline=None)
def test_what_people_typed_is_shown_as_text(text: str) -> None:
    card = to_adaptive_card(message(text))
    assert_harmless(card)
    assert [node["url"] for node in nodes(card) if "url" in node] == ["https://example.org/mandat?a=1#b"]


@pytest.mark.parametrize("text", PIECES)
def test_each_nasty_piece_alone_gives_a_valid_harmless_card(text: str) -> None:
    card = to_adaptive_card(Message(text, (Paragraph(text), Facts(((text, text),)), LongText(text, text * 100))))
    assert_harmless(card)
    assert schema_errors(card) == []


def test_the_check_itself_finds_harm() -> None:
    for harmful in ("[a](https://evil.example)", "*a*", "# a", "1. a", "<b>a</b>", "`a`"):
        assert after_markdown(harmful) is None
    with pytest.raises(AssertionError):
        assert_harmless({"type": "AdaptiveCard", "body": [{"type": "TextBlock", "text": "se https://evil.example"}]})


LONGEST = ("😀", '"', "\\", "æ", "a ", "a\n", "\u0301a", "☃️")


@pytest.mark.parametrize("character", LONGEST)
def test_ten_texts_of_the_greatest_length_fit(character: str) -> None:
    text = (character * 4000)[:4000]
    facts = Facts(tuple((f"Felt {number}", "12 500 000 kr") for number in range(12)))
    long = Message("Sak", (facts, *(LongText(f"Tekst {number}", text) for number in range(10))), why="Du får denne")
    card = fitted_card(long)
    assert 15_000 < card_bytes(card) <= 24_000
    assert shown_words(card).count("…") >= 10
    assert schema_errors(card) == []


def test_short_texts_are_kept_whole_when_one_is_cut() -> None:
    short = "Kort og viktig. " * 30
    shortened = fit(Message("Sak", (LongText("A", short), LongText("B", "😀" * 40_000))))
    first, second = shortened.blocks
    assert isinstance(first, LongText)
    assert isinstance(second, LongText)
    assert first.text == short
    assert second.text.endswith("…")
    assert len(second.text) > 4_000


def test_a_message_that_fits_is_the_same_message() -> None:
    small = message()
    assert fit(small) is small


def test_what_is_typed_in_a_form_is_never_cut() -> None:
    form = Message("Sak", (LongText("A", "x" * 4000), Inputs((Field("a", "long_text", "A", "y" * 23_000),))))
    assert fit(form).blocks[1] == form.blocks[1]


@given(st.integers(1, 40), st.text(min_size=1, max_size=30), st.integers(1, 400))
@settings(max_examples=40, deadline=None)
def test_any_message_of_texts_fits(count: int, piece: str, times: int) -> None:
    text = piece * times
    blocks = (
        Paragraph(text), Banner(text), Facts(((text[:300], text),) * count), LongText(text[:300], text),
        Steps((Step(text, "done", text),) * 5), Meter(text, (MeterItem(text, False),) * 5),
    )  # fmt: skip
    assert card_bytes(fitted_card(Message(text, blocks, why=text))) <= 24_000
