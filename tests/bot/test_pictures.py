"""Pictures drawn by typst itself."""

from __future__ import annotations

import json
import struct
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
import typst
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.pictures import FULLEST, MOST_BYTES, PictureError, draw_wheel
from cards.safe import clean, one_line
from cards.typst_source import literal, width
from cards.wheel import Mark, Wheel, wheel_typst

PNG = b"\x89PNG\r\n\x1a\n"
LETTERS = "abcdefghijklmnopqrstuvwxyzæøåABCDEFGHIJKLMNOPQRSTUVWXYZÆØÅ0123456789.,:;-–«»()/áčđŋšžéö…%&"


def size_of(png: bytes) -> tuple[int, int]:
    assert png.startswith(PNG)
    assert png[12:16] == b"IHDR"
    wide, high = struct.unpack(">II", png[16:24])
    return wide, high


def year(boards: int = 8, deadlines: int = 80, label: str = "Styremøte 24. september") -> Wheel:
    first = date(2028, 1, 20)
    marks = [Mark(first + timedelta(41 * number), label, "board", cancelled=number == 3) for number in range(boards)]
    marks += [Mark(first + timedelta(41 * number - 19), "AU", "wg") for number in range(boards)]
    marks += [Mark(date(2028, 1, 2) + timedelta(number * 4 % 366), "frist", "deadline") for number in range(deadlines)]
    marks += [Mark(date(2028, 1, 5) + timedelta(14 * number), "RPK", "office") for number in range(26)]
    return Wheel(2028, "Årshjul for regionalt porteføljestyre", tuple(marks), date(2028, 2, 29))


@pytest.mark.parametrize(
    "wheel", [year(boards=6, deadlines=40), year(boards=1, deadlines=10), Wheel(2026, "", (), None)]
)
def test_the_picture_fits_a_chat(wheel: Wheel) -> None:
    png = draw_wheel(wheel_typst(wheel))
    assert size_of(png) in [(683, 683), (597, 597), (512, 512)]
    assert len(png) <= MOST_BYTES


def test_also_the_fullest_year_fits() -> None:
    days = [date(2028, 1, 1) + timedelta(number) for number in range(366)]
    marks = [Mark(day, "Ekstraordinært styremøte 24. september", "board") for day in days[::9]]
    marks += [Mark(day, "", kind) for day in days for kind in ("deadline", "wg", "office", "recurring")]
    assert len(draw_wheel(wheel_typst(Wheel(2028, "Wæ" * 500, tuple(marks), days[200])))) <= FULLEST


def test_the_picture_goes_into_one_request_with_room_for_its_words() -> None:
    """A card has 24,000 bytes, a request 100 KiB; a picture is a third larger in base64."""
    assert MOST_BYTES * 4 / 3 < 24_000 - 600
    assert FULLEST * 4 / 3 + 6_000 < 100 * 1024


def test_the_same_wheel_is_the_same_picture_also_in_two_threads_at_once() -> None:
    sources = [wheel_typst(year()), wheel_typst(year(boards=2))]
    alone = [draw_wheel(source) for source in sources]
    assert alone[0] != alone[1]
    with ThreadPoolExecutor(2) as threads:
        assert list(threads.map(draw_wheel, sources * 2)) == alone * 2


@settings(max_examples=10, deadline=None)
@given(st.text(max_size=80))
@example('") #panic("x')
@example('\\") #set page(width: 1pt) //')
@example('#read("/etc/passwd") $x$ *b* `raw` <label> @ref')
def test_any_text_can_be_drawn(text: str) -> None:
    wheel = Wheel(2026, text, (Mark(date(2026, 9, 24), text, "board"),), None)
    assert size_of(draw_wheel(wheel_typst(wheel))) == (683, 683)


def ask_typst(source: str) -> Any:
    found = typst.query(source.encode(), "<answer>", field="value", one=True, ignore_system_fonts=True)
    return json.loads(found)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.text(), min_size=1, max_size=30))
def test_typst_reads_a_literal_as_the_text_it_was(texts: list[str]) -> None:
    source = f"#metadata(({', '.join(map(literal, texts))},)) <answer>"
    assert ask_typst(source) == [clean(text) for text in texts]


def measured(lines: list[str]) -> list[float]:
    """Widths in ems, as typst sets the lines."""
    source = (
        '#set text(font: "Libertinus Serif", weight: 600, size: 1pt)\n'
        f"#context [#metadata(({', '.join(map(literal, lines))},).map(line => measure(line).width.pt())) <answer>]"
    )
    widths: list[float] = ask_typst(source)
    return widths


def test_no_letter_is_wider_than_the_layout_takes_it_to_be() -> None:
    """Before any other letter, kerning included: so no line is wider either."""
    alone = dict(zip(LETTERS, measured(list(LETTERS)), strict=True))
    pairs = list(product(LETTERS, LETTERS))
    widths = measured([first + second for first, second in pairs])
    for (first, second), wide in zip(pairs, widths, strict=True):
        assert wide - alone[second] <= width(first, 1) + 1e-6, first + second


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text(LETTERS + " ", max_size=40).map(one_line), min_size=1, max_size=30))
def test_no_line_is_wider_than_the_layout_takes_it_to_be(lines: list[str]) -> None:
    for line, wide in zip(lines, measured(lines), strict=True):
        assert wide <= width(line, 1) + 1e-6, line


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("#nothing-by-that-name", "unknown variable"),
        ("a\n#pagebreak()\nb", "2 pages"),
        ("#set page(width: 6000pt, height: 6000pt)\n#for i in range(4000) [#i ]", "bytes"),
    ],
)
def test_a_source_that_makes_no_picture_is_named(source: str, said: str) -> None:
    with pytest.raises(PictureError, match=said):
        draw_wheel(source)
