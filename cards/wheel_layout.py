"""Where everything on the year wheel stands: January at the top, the year goes clockwise. Lengths are pixels."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal, TypeAlias

from cards.wheel_labels import Label, Point, Room, Wanted, place

Kind: TypeAlias = Literal["board", "wg", "office", "deadline", "recurring"]

SIDE: Final = 1024.0
MARGIN: Final = 11.0
CENTRE: Final = Point(SIDE / 2, 480.0)
HUB: Final = 92.0
MONTHS: Final = (220.0, 266.0)
"""The inner and outer radius of the band with the names of the months."""

TICKS: Final = (195.0, 215.0)
LANES: Final[dict[Kind, float]] = {"board": 287.0, "wg": 174.0, "office": 144.0, "recurring": 115.0}
LABELS: Final = Room(CENTRE, radius=312.0, top=84.0, bottom=876.0, width=SIDE / 2 - 312.0 - MARGIN)


@dataclass(frozen=True, slots=True)
class Mark:
    """One day on the wheel. ``label`` (short words in the reader's language) is drawn for board meetings."""

    day: date
    label: str
    kind: Kind
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Wheel:
    """What the picture tells. Marks of other years are left out, as is ``today`` where it is in another year."""

    year: int
    title: str
    marks: tuple[Mark, ...]
    today: date | None


@dataclass(frozen=True, slots=True)
class Dot:
    mark: Mark
    angle: float
    at: Point


@dataclass(frozen=True, slots=True)
class Month:
    """``turn`` is how far its name is turned, in degrees: never upside down."""

    number: int
    starts: float
    at: Point
    turn: float


@dataclass(frozen=True, slots=True)
class Layout:
    """``hand`` is the angle of today. ``ticks`` are the angles of deadlines. A label's number is its dot's place."""

    months: tuple[Month, ...]
    dots: tuple[Dot, ...]
    ticks: tuple[float, ...]
    labels: tuple[Label, ...]
    hand: float | None


def angle_of(day: date) -> float:
    """Radians clockwise from the top, at noon of the day: a leap year's days are a little narrower."""
    return _turned((day - date(day.year, 1, 1)).days + 0.5, day.year)


def _turned(days: float, year: int) -> float:
    return math.tau * days / (date(year + 1, 1, 1) - date(year, 1, 1)).days


def point_at(angle: float, radius: float) -> Point:
    return Point(CENTRE.x + radius * math.sin(angle), CENTRE.y - radius * math.cos(angle))


def layout(wheel: Wheel) -> Layout:
    """Deadlines that were cancelled are left out: nobody has to keep them."""
    marks = sorted(
        (mark for mark in wheel.marks if mark.day.year == wheel.year),
        key=lambda mark: (mark.day, mark.kind, mark.label, mark.cancelled),
    )
    dots = tuple(_dot(mark) for mark in marks if mark.kind != "deadline")
    ticks = {angle_of(mark.day) for mark in marks if mark.kind == "deadline" and not mark.cancelled}
    wanted = [
        Wanted(number, dot.angle, dot.mark.label)
        for number, dot in enumerate(dots)
        if dot.mark.kind == "board" and dot.mark.label.strip()
    ]
    return Layout(
        months=tuple(_month(wheel.year, number) for number in range(1, 13)),
        dots=dots,
        ticks=tuple(sorted(ticks)),
        labels=place(wanted, LABELS),
        hand=angle_of(wheel.today) if wheel.today is not None and wheel.today.year == wheel.year else None,
    )


def _dot(mark: Mark) -> Dot:
    angle = angle_of(mark.day)
    return Dot(mark, angle, point_at(angle, LANES[mark.kind]))


def _month(year: int, number: int) -> Month:
    first = date(year, number, 1)
    following = (first + timedelta(days=31)).replace(day=1)
    starts = _turned((first - date(year, 1, 1)).days, year)
    middle = starts + _turned((following - first).days, year) / 2
    below = math.cos(middle) < 0
    return Month(number, starts, point_at(middle, sum(MONTHS) / 2), math.degrees(middle) - (180 if below else 0))
