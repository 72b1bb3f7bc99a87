from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.safe import clean, cut, escape_markdown, is_markdown_free, one_line
from tests.cards.reading_cards import after_markdown, bare_links

TEXT = st.text(st.characters(), max_size=60)
MARKUP = st.text(st.sampled_from("*_`~[]()<>#+-=.!|\\&;:/@ \n1aæ{}\"'"), max_size=30)


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        ("Én «sak» – 12,5 mill 😀", "Én «sak» – 12,5 mill 😀"),
        ("a\tb", "a b"),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("a\x00\x1b[31mb", "a[31mb"),
        ("gro\u202egpj.exe", "grogpj.exe"),
        ("a\u200bb\ufeffc\u2060d", "abcd"),
        ("e\u0301", "é"),
        ("a\n\n\n\n\n \n b", "a\n\n\n b"),
        ("a\n\n\nb", "a\n\n\nb"),
        ("\ud83d", ""),
        ("👩\u200d👧 12\u00a0000", "👩\u200d👧 12\u00a0000"),
    ],
)
def test_clean(typed: str, cleaned: str) -> None:
    assert clean(typed) == cleaned


@given(TEXT)
def test_cleaning_twice_changes_nothing(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    cleaned.encode()


@given(st.one_of(TEXT, MARKUP))
def test_escaped_text_is_shown_as_written(text: str) -> None:
    escaped = escape_markdown(text)
    lines = [" ".join(line.split()) for line in clean(text).split("\n")]
    shown = after_markdown(escaped)
    assert shown is not None
    assert not bare_links(escaped)
    assert shown.split() == " ".join(lines).split()


@given(st.one_of(TEXT, MARKUP).map(one_line))
def test_text_called_free_of_markdown_is(text: str) -> None:
    if is_markdown_free(text):
        shown = after_markdown(text)
        assert shown is not None
        assert shown.split() == text.split()


@pytest.mark.parametrize(
    "title", ["Sak 012-2026: HELIKS – ny plattform (BP2)", "Kostnad 12,5 mill. kr, 16. april", "A & B?"]
)
def test_ordinary_titles_are_free_of_markdown(title: str) -> None:
    assert is_markdown_free(title)
    assert escape_markdown(title) == title


@given(TEXT, st.integers(1, 40))
def test_a_cut_text_is_short_and_says_so(text: str, length: int) -> None:
    short = cut(text, length)
    assert len(short) <= length
    assert short == text or short.endswith("…")


def test_a_cut_ends_at_a_word() -> None:
    assert cut("Dagens løsning er utgått", 18) == "Dagens løsning…"
