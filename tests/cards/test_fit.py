"""Texts are cut exactly as by who draws the whole card for each attempt, and tries each cut of each text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cards.adaptive import card_bytes, fit, fitted_card, to_adaptive_card
from cards.adaptive.cuts import within
from cards.i18n import use
from cards.message import Facts, Field, Inputs, Language, LongText, Message, Paragraph
from cards.safe import clean, cut
from tests.cards.examples import message as with_everything

LANGUAGES: tuple[Language, ...] = ("nb", "nn", "en")
LEAST = 60
"""Bytes that a long text keeps at least (as in ``fit``)."""
PIECES = ("Styret vedtar. ", "æøå ", "😀", '"', "\\", "\n", "  ", "a", "☃️", "\u200d", "{{DATE(x)}} ", "\t", "e\u0301")
words = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=6)), min_size=1, max_size=5).map("".join)
texts = st.builds(lambda piece, length: (piece * length)[:length], words, st.integers(0, 4000))
labels = st.one_of(st.just("Bakgrunn"), words.map(lambda text: text[:30]))
long_texts = st.builds(LongText, labels, texts, st.booleans())
FOLDED = Inputs((Field("note", "text", "Merknad"),), "Mer", folded=True)
others = st.one_of(st.just(FOLDED), st.builds(Paragraph, texts), st.builds(lambda text: Facts((("A", text),)), labels))
cards = st.builds(
    lambda long, other, why: Message("Sak", (*other, *long), why=why),
    st.lists(long_texts, max_size=14),
    st.lists(others, max_size=3),
    labels,
)


def slowly_within(text: str, room: int) -> str:
    """The last cut that has room, of all there are."""
    text = clean(text)
    fitting = [text] if len(orjson.dumps(text)) - 2 <= room else []
    lengths = range(min(len(text) - 1, room), 0, -1)
    fitting += (cut(text, length) for length in lengths if len(orjson.dumps(cut(text, length))) - 2 <= room)
    return next(iter(fitting), cut(text, 1))


def slowly(message: Message, limit: int) -> Message | None:
    """``None`` where cutting the long texts does not help."""

    def cut_to(room: int) -> Message:
        blocks = (replace(b, text=within(b.text, room)) if isinstance(b, LongText) else b for b in message.blocks)
        return replace(message, blocks=tuple(blocks))

    def fits(shortened: Message) -> bool:
        return card_bytes(to_adaptive_card(shortened)) <= limit

    if fits(message):
        return message
    room = _halving(LEAST, limit, lambda room: fits(cut_to(room)))
    return cut_to(room) if fits(cut_to(room)) else None


def _halving(low: int, high: int, fits: Callable[[int], bool]) -> int:
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if fits(middle) else (low, middle - 1)
    return low


@pytest.mark.parametrize("language", LANGUAGES)
@given(message=cards, limit=st.one_of(st.just(24_000), st.integers(2_000, 24_000)))
@settings(max_examples=120)
def test_as_if_every_attempt_was_drawn(language: Language, message: Message, limit: int) -> None:
    with use(language):
        expected = slowly(message, limit)
        if expected is None:
            return
        assert fit(message, limit) == expected
        assert fitted_card(message, limit) == to_adaptive_card(expected)


@pytest.mark.parametrize("piece", PIECES)
def test_a_card_of_every_block_and_fourteen_full_texts(piece: str) -> None:
    """Some thirty ids of its own, fewer where cut texts need no folding."""
    text = (piece * 4000)[:4000]
    every = with_everything("")
    blocks = tuple(LongText(f"Tekst {number}", text, folded=number % 3 == 0) for number in range(14))
    message = replace(every, blocks=(*every.blocks, FOLDED, *blocks))
    for limit in (24_000, 22_000):
        expected = slowly(message, limit)
        assert expected is not None
        assert fit(message, limit) == expected


@given(texts, st.one_of(st.integers(8, 60), st.integers(8, 24_000)))
@settings(max_examples=200)
def test_a_text_is_cut_as_late_as_the_room_allows(text: str, room: int) -> None:
    assert clean(within(text, room)) == slowly_within(text, room)
