"""How words of the decision register are compared: forms of one word are one, whoever wrote them and how."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.register_words import (
    MAX_WORD,
    fold_word,
    joined,
    parts,
    spellings,
    stem,
    stems,
    terms_of,
    tokens,
    words_asked,
)

ONE_WORD = (
    "sykehus sykehuset sykehusets sykehusene sykehusenes SYKEHUS sjukehus sjukehuset sjukehusa",
    "foretak foretaket foretakene føretak føretaka foretakets",
    "løsning løsningen løsninger løsningene løysing løysingar",
    "årsmøte årsmøtet aarsmoete Årsmøter",
    "prosjekt prosjektet prosjekter prosjektene prosjektets project projects",
    "journal journalen journaler journals",
    "utvalg utvalget utval utvalet",
    "budsjett budsjettet budsjetter",
    "résumé resume",
)
WORDS = st.text(st.characters(categories=("Ll", "Lu", "Nd"), max_codepoint=0x17F), min_size=1, max_size=40)
TEXTS = st.text(max_size=200)


@pytest.mark.parametrize("forms", ONE_WORD)
def test_forms_of_a_word_have_one_stem(forms: str) -> None:
    assert len({stem(fold_word(form)) for form in forms.split()}) == 1


@pytest.mark.parametrize(
    ("compound", "made_of"),
    [
        ("pasientjournalsystemene", {"pasient", "journal", "system"}),
        ("heliksprosjektet", {"heliks", "prosjekt"}),
        ("driftsbudsjettet", {"drift", "budsjett"}),
        ("porteføljestyringen", {"portefølj", "styring"}),
        ("skyplattform", {"sky", "plattform"}),
    ],
)
def test_a_compound_is_found_by_its_parts(compound: str, made_of: set[str]) -> None:
    assert made_of <= set(parts(compound))


@pytest.mark.parametrize("simple", ["sykehus", "system", "strategi", "oslo", "abc", ""])
def test_a_simple_word_has_no_parts(simple: str) -> None:
    assert parts(simple) == ()


@given(WORDS)
def test_case_accents_and_ways_of_writing_do_not_matter(word: str) -> None:
    folded = fold_word(word)
    assert fold_word(folded) == folded
    assert fold_word(unicodedata.normalize("NFD", word)) == folded
    assert fold_word(word.upper().casefold()) == fold_word(word.casefold())
    assert len(folded) <= MAX_WORD


CONSONANT = st.sampled_from("bcdfghjklmnpqrstvwxz")


@given(
    st.lists(st.tuples(CONSONANT, st.sampled_from("aeiouyæøå")), max_size=12).map(lambda p: "".join(map("".join, p)))
)
def test_letters_of_norwegian_may_be_written_in_two(word: str) -> None:
    spelt = word.replace("æ", "ae").replace("ø", "oe").replace("å", "aa")
    assert fold_word(spelt) == fold_word(word)


@given(TEXTS)
def test_a_text_is_found_by_each_of_its_words(text: str) -> None:
    kept = terms_of(text, joins=False)
    for word in words_asked(text.split()):
        assert kept & set(stems(word)), word
    assert kept <= terms_of(text, joins=True)
    assert all(0 < len(term) <= MAX_WORD + 3 for term in kept)


@given(st.lists(st.sampled_from(["kurve", "sky", "heliks", "lege", "plan"]), min_size=2, max_size=5, unique=True))
def test_two_words_written_together_are_found_apart_and_the_other_way(words: list[str]) -> None:
    title = terms_of(" ".join(words), joins=True)
    for attempt in joined(words):
        assert all(set(stems(word)) & title for word in attempt)


@given(WORDS, st.data())
def test_words_one_slip_apart_share_a_spelling(word: str, data: st.DataObject) -> None:
    folded = fold_word(word)
    at = data.draw(st.integers(0, len(folded)))
    letter = data.draw(st.sampled_from("abcdeiklmnorst"))
    for slip in (
        folded[:at] + letter + folded[at:],
        folded[:at] + letter + folded[at + 1 :],
        folded[:at] + folded[at + 1 :],
    ):
        assert set(spellings(folded)) & set(spellings(slip)), slip


@given(TEXTS)
def test_any_text_can_be_kept_and_asked_for(text: str) -> None:
    assert list(tokens(text)) == list(tokens(text))
    assert all(word for word in words_asked([text]))
