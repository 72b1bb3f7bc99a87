"""What a person is told about the file they sent: in every language, for all that can be found."""

from __future__ import annotations

from typing import get_args

import pytest

from cards.documents.word_package import Unfit
from cards.documents.word_words import problem_words, unfit_words
from cards.documents.word_zones import Problem, ProblemKind
from cards.i18n import LANGUAGES, Language, use

HEADINGS = {"closing": "Avslutning"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_and_problem_has_words(language: Language) -> None:
    with use(language):
        reasons = [unfit_words(reason) for reason in Unfit]
        problems = [problem_words(Problem(kind, "closing", "Noe"), HEADINGS) for kind in get_args(ProblemKind)]
    assert len({*reasons, *problems}) == len(Unfit) + len(get_args(ProblemKind))
    assert all("{" not in words for words in (*reasons, *problems))
    assert all("Avslutning" in words or "Noe" in words for words in problems)


def test_a_problem_says_where_it_is() -> None:
    said = problem_words(Problem("outside", "closing", "Husk\nkaken"), HEADINGS)
    assert said == "Tekst utenfor feltene, etter «Avslutning», er ikke med: Husk kaken"
    assert problem_words(Problem("outside", "", "Husk"), HEADINGS).startswith("Tekst øverst i filen")
    assert "«øverst i filen»" in problem_words(Problem("picture", "", ""), HEADINGS)


def test_a_long_text_is_cut() -> None:
    assert len(problem_words(Problem("outside", "closing", "ord " * 4000), HEADINGS)) < 400
