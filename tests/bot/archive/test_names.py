"""File names in the ZIP: plain, safe on Windows, unique, never longer than they may be."""

from __future__ import annotations

from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.archive.names import LONGEST, Names, plain_name, plain_suffix

TEXT = st.text(st.characters(codec=None, exclude_categories=()), max_size=300)
TRICKS = st.sampled_from(
    ["../../etc/passwd", "C:\\x", "con", "NUL", "aux.txt", "a/b", "~", ".", "..", "", "COM1", "x" * 500]
)
LABEL = TEXT | TRICKS


@given(st.lists(st.tuples(LABEL, LABEL, LABEL), max_size=30))
def test_names_are_unique_and_safe(labels: list[tuple[str, str, str]]) -> None:
    names = Names()
    given = [names.give(("dokumenter", folder), label, suffix) for folder, label, suffix in labels]
    assert len({name.lower() for name in given}) == len(labels)
    for name in given:
        assert len(name) <= LONGEST
        assert name.isascii()
        path = PurePosixPath(name)
        assert path.parts[0] == "dokumenter"
        assert len(path.parts) == 3
        assert not set(path.parts) & {"", ".", ".."}
        assert not any(PureWindowsPath(part).is_reserved() for part in path.parts)
        assert not set(name) & set('\\:*?"<>|') | {c for c in name if ord(c) < 32}
        assert not any(part.endswith((".", " ")) for part in path.parts)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("SF 012-2026 Sluttrapport", "SF-012-2026-Sluttrapport"),
        ("Møte på Ås: «ærlig»", "Moete-paa-AAs-aerlig"),
        ("Café crème", "Cafe-creme"),
        ("../../etc/passwd", "etc-passwd"),
        ("😀", "fil"),
        ("con", "x-con"),
    ],
)
def test_a_name_stays_readable(text: str, name: str) -> None:
    assert plain_name(text) == name


@pytest.mark.parametrize(
    ("suffix", "ending"), [(".pdf", ".pdf"), ("DOCX", ".docx"), ("", ""), (".tar.gz", ".gz"), ("./x", ""), (".æ", "")]
)
def test_an_ending_is_an_ending_or_nothing(suffix: str, ending: str) -> None:
    assert plain_suffix(suffix) == ending


def test_the_same_label_gets_a_number_also_where_only_capitals_differ() -> None:
    names = Names()
    assert names.give(("d",), "Vedlegg", ".pdf") == "d/Vedlegg.pdf"
    assert names.give(("d",), "VEDLEGG", ".PDF") == "d/VEDLEGG-2.pdf"
    assert names.give(("d",), "Vedlegg", ".docx") == "d/Vedlegg.docx"


def test_a_folder_too_deep_is_refused() -> None:
    with pytest.raises(ValueError, match="no room"):
        Names().give(("x" * 30,) * 5, "a", ".pdf")
