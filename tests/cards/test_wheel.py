"""The year wheel as geometry: days at their angles, labels that cover nothing, and text that stays text."""

from __future__ import annotations

import math
import re
from datetime import date, timedelta
from itertools import combinations, pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cards.formats import month_name
from cards.i18n import LANGUAGES, Language, use
from cards.safe import clean
from cards.typst_source import literal, points
from cards.wheel import BAND, COLOURS, GROUND, Mark, Wheel, wheel_typst
from cards.wheel_labels import LINE, SIZE, Box, Label, spread
from cards.wheel_layout import CENTRE, LABELS, LANES, MARGIN, SIDE, Kind, angle_of, layout, point_at

KINDS: tuple[Kind, ...] = ("board", "wg", "office", "deadline", "recurring")
MONTHS = {
    "nb": ["januar", "februar", "mars", "april", "mai", "juni"],
    "nn": ["januar", "februar", "mars", "april", "mai", "juni"],
    "en": ["January", "February", "March", "April", "May", "June"],
}


def wheel(*marks: Mark, year: int = 2026, title: str = "Årshjul", today: date | None = None) -> Wheel:
    return Wheel(year, title, marks, today)


def board(day: date, label: str = "Styremøte 24. september") -> Mark:
    return Mark(day, label, "board")


# ---------------------------------------------------------------- days


def test_the_year_starts_at_the_top_and_goes_clockwise() -> None:
    assert point_at(angle_of(date(2026, 1, 1)), 100).x == pytest.approx(CENTRE.x, abs=1)
    assert point_at(angle_of(date(2026, 1, 1)), 100).y == pytest.approx(CENTRE.y - 100, abs=1)
    assert point_at(angle_of(date(2026, 4, 2)), 100).x == pytest.approx(CENTRE.x + 100, abs=1)
    assert point_at(angle_of(date(2026, 7, 2)), 100).y == pytest.approx(CENTRE.y + 100, abs=1)
    assert point_at(angle_of(date(2026, 10, 1)), 100).x == pytest.approx(CENTRE.x - 100, abs=1)


@pytest.mark.parametrize(("year", "days"), [(2026, 365), (2028, 366), (2100, 365)])
def test_every_day_is_as_wide_as_the_others(year: int, days: int) -> None:
    angles = [angle_of(date(year, 1, 1) + timedelta(number)) for number in range(days)]
    assert angles[0] == pytest.approx(math.tau / days / 2)
    assert math.tau - angles[-1] == pytest.approx(math.tau / days / 2)
    assert all(later - earlier == pytest.approx(math.tau / days) for earlier, later in pairwise(angles))


def test_the_leap_day_lies_between_its_neighbours_and_inside_february() -> None:
    assert angle_of(date(2028, 2, 28)) < angle_of(date(2028, 2, 29)) < angle_of(date(2028, 3, 1))
    march = layout(wheel(year=2028)).months[2]
    assert angle_of(date(2028, 2, 29)) < march.starts < angle_of(date(2028, 3, 1))


@pytest.mark.parametrize("year", [2026, 2028])
def test_months_lie_in_order_and_none_is_upside_down(year: int) -> None:
    months = layout(wheel(year=year)).months
    assert [month.number for month in months] == list(range(1, 13))
    for month in months:
        assert angle_of(date(year, month.number, 1)) - month.starts == pytest.approx(angle_of(date(year, 1, 1)))
        assert -90 <= (month.turn + 180) % 360 - 180 <= 90


def test_what_is_not_of_the_year_is_left_out() -> None:
    placed = layout(wheel(board(date(2025, 12, 31)), board(date(2027, 1, 1)), today=date(2027, 1, 1)))
    assert (placed.dots, placed.labels, placed.hand) == ((), (), None)
    assert layout(wheel(today=date(2026, 8, 3))).hand == angle_of(date(2026, 8, 3))


def test_each_kind_has_its_ring_and_deadlines_are_ticks() -> None:
    day = date(2026, 5, 20)
    placed = layout(wheel(*(Mark(day, "x", kind) for kind in KINDS), Mark(day, "x", "deadline", cancelled=True)))
    rings = [math.dist((dot.at.x, dot.at.y), (CENTRE.x, CENTRE.y)) for dot in placed.dots]
    assert rings == pytest.approx([LANES[dot.mark.kind] for dot in placed.dots])
    assert len(set(LANES.values())) == len(LANES)
    assert placed.ticks == (angle_of(day),)
    assert [placed.dots[label.number].mark.kind for label in placed.labels] == ["board"]


# ---------------------------------------------------------------- labels


WORDS = ["Styremøte", "Ekstraordinært", "styremøte", "Arbeidsutvalgsforberedelsesmøte", "24. september", "3. mars", "a"]
LABEL_TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join)
BOARD_MARKS = st.lists(
    st.builds(board, st.dates(date(2026, 1, 1), date(2026, 12, 31)), LABEL_TEXTS | st.text(max_size=60)),
    max_size=14,
)


def cover(one: Box, other: Box) -> bool:
    slack = 1e-6
    return (
        one.x < other.x + other.width - slack
        and other.x < one.x + one.width - slack
        and one.y < other.y + other.height - slack
        and other.y < one.y + one.height - slack
    )


def check_labels(labels: tuple[Label, ...]) -> None:
    for one, other in combinations([label.box for label in labels], 2):
        assert not cover(one, other)
    for label in labels:
        assert label.box.x >= MARGIN - 1
        assert label.box.x + label.box.width <= SIDE - MARGIN + 1
        assert LABELS.top - 1e-6 <= label.box.y <= LABELS.bottom - label.box.height + 1e-6
        edge = label.box.nearest(CENTRE)
        assert math.dist((edge.x, edge.y), (CENTRE.x, CENTRE.y)) >= LABELS.radius - 1e-6
        assert label.box.height == pytest.approx(len(label.lines) * LINE * label.scale)


@given(BOARD_MARKS)
@example([board(date(2026, 1, 1) + timedelta(days)) for days in range(12)])
@example([board(date(2026, 3, 26) + timedelta(days)) for days in range(12)])
@example([board(date(2026, 12, 20) + timedelta(days)) for days in range(12)])
@example([board(date(2026, 1, 8) + timedelta(14 * number)) for number in range(26)])
def test_no_label_covers_another_or_the_wheel(marks: list[Mark]) -> None:
    check_labels(layout(wheel(*marks)).labels)


@given(BOARD_MARKS)
def test_labels_keep_the_order_of_their_days(marks: list[Mark]) -> None:
    placed = layout(wheel(*marks))
    for on_right in (True, False):
        side = [label for label in placed.labels if label.on_right is on_right]
        ordered = sorted(side, key=lambda label: label.box.y)
        heights = [-math.cos(placed.dots[label.number].angle) for label in ordered]
        assert heights == sorted(heights)


def test_an_ordinary_year_is_written_at_full_size() -> None:
    months = ["januar", "mars", "april", "mai", "juni", "september", "november", "desember"]
    days = [date(2026, number, 20) for number in (1, 3, 4, 5, 6, 9, 11, 12)]
    marks = [board(day, f"Styremøte {day.day}. {month}") for day, month in zip(days, months, strict=True)]
    labels = layout(wheel(*marks)).labels
    assert {label.scale for label in labels} == {1.0}
    assert {label.lines for label in labels} == {("Styremøte", f"20.\u00a0{month}") for month in months}


def test_text_is_large_enough_on_a_phone() -> None:
    """350 pixels wide, as a card is on a phone: nothing below 8 pixels, and labels near 10."""
    on_phone = 350 / SIDE
    sizes = [float(size) for size in re.findall(r"size: (\d+)pt", wheel_typst(wheel()))]
    assert min(sizes) * on_phone > 8
    assert on_phone * SIZE > 9.5


@given(st.lists(st.tuples(st.floats(-500, 1500), st.floats(1, 60)), min_size=1, max_size=14))
def test_spreading_moves_only_what_must_move(wanted: list[tuple[float, float]]) -> None:
    tops, heights = [top for top, _ in wanted], [height for _, height in wanted]
    placed = spread(tops, heights, 0, 1000)
    assert placed[0] >= -1e-6
    assert placed[-1] + heights[-1] <= 1000 + 1e-6
    for (top, height), following in zip(zip(placed, heights, strict=True), placed[1:], strict=False):
        assert top + height <= following + 1e-6
    apart = all(top + height <= later for (top, height), later in zip(wanted, tops[1:], strict=False))
    if apart and tops[0] >= 0 and tops[-1] + heights[-1] <= 1000:
        assert placed == pytest.approx(tops)


# ---------------------------------------------------------------- the source


STRING = re.compile(r'"(?:[^"\\\n]|\\(?:["\\n]|u\{[0-9a-f]+\}))*"')


def code_of(source: str) -> set[str]:
    """The words of the source that are code: what stands outside its strings."""
    code = STRING.sub(" ", source)
    assert '"' not in code
    assert "\\" not in code
    return set(re.findall(r"[^\W\d][\w-]*|[^\w\s]", re.sub(r"\d+(\.\d+)?(pt|deg)?", " ", code)))


HOSTILE = [
    '") #panic("x',
    '\\") #set page(width: 1pt) //',
    "#read(\"/etc/passwd\")",
    "$x$ *b* _i_ `raw` <label> @ref [c] {d}",
    "\\u{41}\\n\\",
    "a\r\n#pagebreak()\u2028#eval(\"1\")",
    "\u202e#text\u2066\x00\x1b[0m",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(text: str) -> None:
    known = code_of(wheel_typst(every_kind("Styremøte", "Årshjul")))
    assert code_of(wheel_typst(every_kind(text, text))) <= known


@given(st.text())
def test_no_text_becomes_code(text: str) -> None:
    known = code_of(wheel_typst(every_kind("Styremøte", "Årshjul")))
    assert code_of(wheel_typst(every_kind(text, text))) <= known


def every_kind(label: str, title: str) -> Wheel:
    marks = [
        Mark(date(2026, month, 12), label, kind, cancelled=cancelled)
        for month, kind in enumerate(KINDS, start=2)
        for cancelled in (False, True)
    ]
    return wheel(*marks, title=title, today=date(2026, 8, 3))


@given(st.text())
def test_a_literal_is_one_string_on_one_line(text: str) -> None:
    assert STRING.fullmatch(literal(text))
    assert literal(text).isprintable()
    assert literal(clean(text)) == literal(text)


def test_lengths_are_always_written_alike() -> None:
    assert [points(length) for length in (1, 1.005, -0.001, 1e-9, 1024.0)] == [
        "1.00pt", "1.00pt", "0.00pt", "0.00pt", "1024.00pt",
    ]  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_months_are_in_the_readers_language(language: Language) -> None:
    with use(language):
        source = wheel_typst(wheel())
        assert [month_name(number) for number in range(1, 7)] == MONTHS[language]
    assert all(f'"{month}"' in source for month in MONTHS[language])


def test_the_legend_names_what_is_there_and_nothing_else() -> None:
    everything = wheel_typst(every_kind("", ""))
    words = ["styremøte", "arbeidsutvalg", "kontormøte", "frist", "årlig sak", "avlyst", "i dag"]
    assert all(f'"{word}"' in everything for word in words)
    one = wheel_typst(wheel(board(date(2026, 9, 24), "24. september")))
    assert [word for word in words if f'"{word}"' in one] == ["styremøte"]


def test_the_order_of_marks_does_not_matter() -> None:
    marks = every_kind("Styremøte", "Årshjul").marks
    assert wheel_typst(wheel(*marks)) == wheel_typst(wheel(*reversed(marks)))


def test_a_cancelled_meeting_is_told_by_shape_and_struck_words() -> None:
    kept = wheel_typst(wheel(board(date(2026, 9, 24))))
    cancelled = wheel_typst(wheel(Mark(date(2026, 9, 24), "Styremøte 24. september", "board", cancelled=True)))
    assert 'struck("Styremøte")' not in kept
    assert 'struck("Styremøte")' in cancelled
    assert cancelled.count(f'"{GROUND}", "{COLOURS["board"]}"') == 2  # hollow: on the ring and in the legend
    assert kept.count(f'"{GROUND}", "{COLOURS["board"]}"') == 0


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("name", COLOURS)
@pytest.mark.parametrize("ground", [GROUND, BAND])
def test_colours_stand_out_from_their_ground(name: str, ground: str) -> None:
    lighter, darker = sorted((luminance(ground), luminance(COLOURS[name])), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= 4.5
