"""What differs between two texts: exact in both directions, word by word, and bounded for any text."""

from __future__ import annotations

import random
from itertools import pairwise
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from board.editable import EditableDocument, Section
from board.text_diff import Piece, SectionChange, changed_sections, diff

WORDS = [
    "Styret",
    "vedtar",
    "og",
    "å",
    "12,5",
    "mill.",
    ",",
    ".",
    "«ja»",
    "é",
    "e\u0301",
    "👩🏽‍⚕️",
    "–",
    "e-post",
    "§",
    "7",
]
SPACES = [" ", "  ", "\n", "\n\n", "\t", "\u00a0", " \n ", ""]
PROSE = st.lists(st.sampled_from(WORDS + SPACES), max_size=60).map("".join)
TEXTS = st.one_of(PROSE, st.text(max_size=60))


def before_of(pieces: tuple[Piece, ...]) -> str:
    return "".join(piece.text for piece in pieces if piece.kind != "added")


def after_of(pieces: tuple[Piece, ...]) -> str:
    return "".join(piece.text for piece in pieces if piece.kind != "removed")


def marked(pieces: tuple[Piece, ...]) -> str:
    signs = {"same": "{}", "added": "[+{}]", "removed": "[-{}]"}
    return "".join(signs[piece.kind].format(piece.text) for piece in pieces)


@settings(max_examples=400, deadline=None)
@given(TEXTS, TEXTS)
def test_both_texts_are_in_the_pieces(before: str, after: str) -> None:
    pieces = diff(before, after)
    assert before_of(pieces) == before
    assert after_of(pieces) == after
    assert all(piece.text for piece in pieces)
    assert all(one.kind != other.kind for one, other in pairwise(pieces))
    assert all((one.kind, other.kind) != ("added", "removed") for one, other in pairwise(pieces))


@given(TEXTS)
def test_the_same_text_is_one_piece_at_most(text: str) -> None:
    assert diff(text, text) == ((Piece("same", text),) if text else ())


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from("abcdef"), max_size=24), st.lists(st.sampled_from("abcdef"), max_size=24))
def test_no_longer_sequence_of_words_could_have_been_kept(old: list[str], new: list[str]) -> None:
    """Against the textbook's table. Words of four letters are never islands."""
    pieces = diff(" ".join(word * 4 for word in old), " ".join(word * 4 for word in new))
    kept = sum(len(piece.text.split()) for piece in pieces if piece.kind == "same")
    assert kept == longest(old, new)


def longest(old: list[str], new: list[str]) -> int:
    row = [0] * (len(old) + 1)
    for word in new:
        above, row = row, [0]
        for place, other in enumerate(old):
            row.append(above[place] + 1 if word == other else max(above[place + 1], row[place]))
    return row[-1]


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("Styret vedtar rammen.", "Styret vedtar hele rammen.", "Styret vedtar [+hele ]rammen."),
        ("Rammen er 12,5 mill. kr.", "Rammen er 14,5 mill. kr.", "Rammen er [-12,5][+14,5] mill. kr."),
        ("Saken utsettes.", "Saken utsettes", "Saken utsettes[-.]"),
        ("", "Ny tekst", "[+Ny tekst]"),
        ("Gammel tekst", "", "[-Gammel tekst]"),
        ("En\nTo", "En\n\nTo", "En\n[+\n]To"),
        ("En to", "En  to", "En [+ ]to"),
        ("å være her", "å vere her", "å [-være][+vere] her"),
        ("Vi ser, og hører.", "De går, og sover.", "[-Vi ser, og hører][+De går, og sover]."),
        ("vi er her", "vi alltid er nå her", "vi [+alltid ]er [+nå ]her"),
        ("Bra 👩🏽‍⚕️ her", "Bra 👨🏽‍⚕️ her", "Bra [-👩🏽‍⚕️][+👨🏽‍⚕️] her"),
        ("den e\u0301n her", "den en her", "den [-e\u0301n][+en] her"),
        ("Første linje\nAndre linje", "Andre linje", "[-Første linje\n]Andre linje"),
    ],
)
def test_a_change_reads_as_a_person_would_mark_it(before: str, after: str, shown: str) -> None:
    assert marked(diff(before, after)) == shown


def worst(size: int) -> list[tuple[str, str]]:
    chance = random.Random(5)
    signs = "".join(chance.choices(",.;:", k=size)), "".join(chance.choices(",.;:", k=size))
    few = (
        " ".join(chance.choices(["en", "to", "tre"], k=size // 4)),
        " ".join(chance.choices(["en", "to"], k=size // 4)),
    )
    return [signs, few, ("a " * (size // 2), "b " * (size // 2)), (", " * (size // 2), "," * size)]


def test_the_worst_text_takes_at_most_the_time_that_its_length_allows() -> None:
    """Four times the text, at most sixteen times the pairs of words; measured as a ratio, with room for noise."""
    small, large = (max(seconds(*pair) for pair in worst(size)) for size in (1000, 4000))
    assert large < 60 * small


def test_a_text_far_beyond_any_minutes_is_still_told_apart() -> None:
    before, after = ("Likt. " + "a " * 50_000 + "Slutt."), ("Likt. " + "b " * 50_000 + "Slutt.")
    pieces = diff(before, after)
    assert [piece.kind for piece in pieces] == ["same", "removed", "added", "same"]
    assert (before_of(pieces), after_of(pieces)) == (before, after)


def seconds(before: str, after: str) -> float:
    times = []
    for _try in range(3):
        start = process_time()
        diff(before, after)
        times.append(process_time() - start)
    return min(times)


DRAFT = EditableDocument(
    "m1",
    3,
    "d1",
    "nb",
    "Referat",
    (
        Section("attendance", "Til stede", "Elleve medlemmer", editable=False),
        Section("item:1:decision", "Vedtak", "Styret godkjenner."),
        Section("closing", "Avslutning", "Møtet ble hevet."),
    ),
)
UNTOUCHED = {section.id: section.text for section in DRAFT.sections}


def test_a_draft_that_came_back_as_it_went_has_no_change() -> None:
    assert changed_sections(DRAFT, UNTOUCHED) == ()


def test_each_section_that_changed_is_told_in_the_order_of_the_draft() -> None:
    back = {
        "closing": "Møtet ble hevet kl. 15.",
        "item:1:decision": "Styret utsetter.",
        "attendance": "Elleve medlemmer",
    }
    assert changed_sections(DRAFT, back) == (
        SectionChange("item:1:decision", "Styret godkjenner.", "Styret utsetter."),
        SectionChange("closing", "Møtet ble hevet.", "Møtet ble hevet kl. 15."),
    )


def test_what_nobody_words_anew_is_told_and_not_taken() -> None:
    (change,) = changed_sections(DRAFT, UNTOUCHED | {"attendance": "Tolv medlemmer"})
    assert change == SectionChange("attendance", "Elleve medlemmer", "Tolv medlemmer", "locked")


def test_a_section_that_did_not_come_back_is_told_and_keeps_its_text() -> None:
    back = {key: text for key, text in UNTOUCHED.items() if key != "closing"}
    assert changed_sections(DRAFT, back) == (
        SectionChange("closing", "Møtet ble hevet.", "Møtet ble hevet.", "missing"),
    )


def test_a_section_emptied_is_a_change_and_not_a_missing_one() -> None:
    (change,) = changed_sections(DRAFT, UNTOUCHED | {"closing": ""})
    assert (change.after, change.kind) == ("", "changed")


def test_a_section_of_another_text_is_told() -> None:
    (change,) = changed_sections(DRAFT, UNTOUCHED | {"item:9:text": "Noe annet"})
    assert change == SectionChange("item:9:text", "", "Noe annet", "unknown")
