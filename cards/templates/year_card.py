"""The year wheel (årshjul) in words: the meetings month by month, with the reader's own deadlines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Final, TypeAlias

from board.mandate import Mandate
from board.meeting import Meeting
from board.people import Body
from cards.formats import date_time, day_and_month, day_within, join_words, month_name, short_date, time_of_day
from cards.i18n import _
from cards.labels import deadline_name, label, meeting_name
from cards.message import Block, Button, Facts, Message, Paragraph, Picture, Say
from cards.wheel import Mark, Wheel, wheel_typst

MOST_ROWS: Final = 70
"""More would not fit in a card; the nearest are kept."""


@dataclass(frozen=True, slots=True)
class YearLine:
    """A meeting, or a deadline before one of them. ``mine``: the reader owes it."""

    day: date
    meeting: Meeting
    deadline: str = ""
    mine: bool = False


@dataclass(frozen=True, slots=True)
class YearEvent:
    """What comes every year without a meeting, as the evaluation; ``shown``: in few words, for the picture."""

    day: date
    words: str
    shown: str
    mine: bool = False


Line: TypeAlias = YearLine | YearEvent


def year_card(year: int, lines: Sequence[Line], today: date, mandate: Mandate, years: Sequence[int]) -> Message:
    """``years`` are the others that can be looked at."""
    title = _("Årshjul {year} for {board}", year=year, board=label(mandate.board))
    shown = [line for line in lines if isinstance(line, YearEvent) or not line.deadline or line.mine]
    kept = _nearest(shown, today)
    blocks: list[Block] = []
    for month, in_month in groupby(kept, key=lambda line: line.day.month):
        name = month_name(month).capitalize()
        now = (year, month) == (today.year, today.month)
        blocks.append(Paragraph(_("{month} – nå", month=name) if now else name, strong=True))
        blocks.append(Facts(tuple((day_within(year, line.day), _words(line)) for line in in_month)))
    if not any(isinstance(line, YearLine) for line in shown):
        blocks.append(Paragraph(_("Det er ikke satt opp noen møter i {year} ennå.", year=year)))
    if len(shown) > len(kept):
        blocks.append(Paragraph(_("… og {n} til, lenger unna", n=len(shown) - len(kept)), small=True))
    return Message(title=title, blocks=tuple(blocks), buttons=tuple(_year_button(other) for other in years))


def _nearest(lines: Sequence[Line], today: date) -> Sequence[Line]:
    if len(lines) <= MOST_ROWS:
        return lines
    near = sorted(lines, key=lambda line: (_is_deadline(line), abs((line.day - today).days)))[:MOST_ROWS]
    return sorted(near, key=lambda line: line.day)


def _is_deadline(line: Line) -> bool:
    return isinstance(line, YearLine) and bool(line.deadline)


def _words(line: Line) -> str:
    if isinstance(line, YearEvent):
        return line.words
    meeting = line.meeting
    if line.deadline:
        return _("Din frist: {what}, til møtet {day}", what=deadline_name(line.deadline), day=short_date(meeting.day))
    words = _("{what} {time}", what=meeting_name(meeting.body), time=time_of_day(meeting.starts_at))
    if meeting.place:
        words = f"{words}, {meeting.place}"
    return words if meeting.is_planned else _("{meeting} (avlyst)", meeting=words)


def _year_button(year: int) -> Button:
    words = f"{_('årshjul')} {year}"
    return Say(_("Årshjul {year}", year=year), words)


def year_picture(year: int, lines: Sequence[Line], today: date, mandate: Mandate) -> Message:
    """The same as a picture, with its content in words."""
    title = _("Årshjul {year} for {board}", year=year, board=label(mandate.board))
    source = wheel_typst(Wheel(year, title, tuple(_mark(line) for line in lines), today))
    return Message(title=title, picture=Picture(source, _alternative(title, lines)), summary=title)


def _mark(line: Line) -> Mark:
    if isinstance(line, YearEvent):
        return Mark(line.day, line.shown, "recurring")
    meeting = line.meeting
    if line.deadline:
        return Mark(line.day, deadline_name(line.deadline), "deadline")
    kinds = {Body.BOARD: "board", Body.WORKING_GROUP: "wg", Body.OFFICE: "office"}
    kind = kinds[meeting.body]
    return Mark(line.day, day_and_month(line.day), kind, cancelled=not meeting.is_planned)  # type: ignore[arg-type]  # the table holds kinds of the wheel


def _alternative(title: str, lines: Sequence[Line]) -> str:
    """What the picture shows, for who cannot see it."""
    held = [one.meeting for one in lines if isinstance(one, YearLine) and not one.deadline and one.meeting.is_planned]
    board = [date_time(m.starts_at) for m in held if m.body is Body.BOARD]
    others = len(held) - len(board)
    words = [_("{title}, som et hjul med månedene rundt.", title=title)]
    words.append(_("Styremøter: {days}.", days=join_words(board)) if board else _("Ingen styremøter."))
    if others:
        words.append(_("Andre møter: {n}.", n=others))
    words += [f"{line.words} {day_and_month(line.day)}." for line in lines if isinstance(line, YearEvent)]
    return " ".join(words)
