"""Conditions as people write them, one a line: «tekst; eier; dato». Every line that cannot be read is named."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from board.case_content import MAX_LINE
from board.decision import MAX_CONDITIONS, Condition
from board.ids import PersonId
from cards.formats import join_words
from cards.i18n import _
from cards.message import Option
from cards.safe import cut, one_line
from dialogs.dates import read_date
from dialogs.room import Room

_PARTS: Final = re.compile(r"\s*[;|\t]\s*")
_LABEL: Final = re.compile(
    r"^(?:eier|eigar|ansvarlig|ansvarleg|frist|dato|innen|innan|owner|due|by)\s*:\s*", re.IGNORECASE
)
_BULLET: Final = re.compile(r"^\s*(?:[-–•*]|\d{1,2}[.)])\s+")
_ALIKE: Final = 5
_SHOWN: Final = 60


@dataclass(frozen=True, slots=True)
class Unread:
    """Why something was not understood, in words, and in which part."""

    words: str
    part: str = "condition"


async def read_conditions(
    room: Room, text: str, offered: Sequence[Option]
) -> tuple[tuple[Condition, ...], tuple[str, ...]]:
    """Those that were read, and what is wrong with the other lines. ``offered``: people who are likely to be meant."""
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) > MAX_CONDITIONS:
        return (), (_("Det er {n} vilkår; grensen er {limit}.", n=len(lines), limit=MAX_CONDITIONS),)
    found: list[Condition] = []
    wrong: list[str] = []
    for number, line in enumerate(lines, 1):
        read = await _line(room, _BULLET.sub("", line), offered)
        if isinstance(read, Condition):
            found.append(read)
        else:
            wrong.append(_("Linje {n} («{line}»): {why}", n=number, line=cut(one_line(line), _SHOWN), why=read.words))
    return tuple(found), tuple(wrong)


async def _line(room: Room, line: str, offered: Sequence[Option]) -> Condition | Unread:
    """The last two parts are the owner and the day, in whichever order; the text may hold a semicolon."""
    parts = [part for part in _PARTS.split(line.strip().strip(";")) if part]
    if len(parts) < 3:
        return Unread(_("skriv «tekst; eier; dato», med semikolon mellom."))
    *said, owner, due = parts
    if _day(due, room.today) is None and _day(owner, room.today) is not None:
        owner, due = due, owner
    return await read_condition(room, "; ".join(said), owner, due, offered)


async def read_condition(
    room: Room, text: str, owner: str, due: str, offered: Sequence[Option]
) -> Condition | Unread:  # fmt: skip
    words = one_line(text)
    if not words or len(words) > MAX_LINE:
        return Unread(_("teksten mangler, eller er lengre enn {limit} tegn.", limit=MAX_LINE))
    day = _day(due, room.today)
    if day is None:
        return Unread(
            _("jeg forstår ikke datoen «{due}». Skriv for eksempel 16.04.2026.", due=cut(one_line(due), 30)), "due"
        )
    person = await find_person(room, _LABEL.sub("", owner), offered)
    return person if isinstance(person, Unread) else Condition(words, person, day)


def _day(text: str, today: date) -> date | None:
    return read_date(_LABEL.sub("", one_line(text)), today)


async def find_person(room: Room, written: str, offered: Sequence[Option]) -> PersonId | Unread:
    """By name, e-mail or account; nobody is guessed where several fit."""
    words = one_line(written).strip(" .")
    likely = [o for o in offered if words.casefold() in (o.label.casefold(), o.value.casefold())]
    if len(likely) == 1:
        return PersonId(likely[0].value)
    found = await room.work.people.named(words, _ALIKE) if words else ()
    plain = [p for p in found if words.casefold() in (p.id.casefold(), p.email.casefold(), p.name.casefold())]
    fitting = plain or list(found)
    if len(fitting) == 1:
        return fitting[0].id
    if fitting:
        names = join_words([person.name for person in fitting])
        return Unread(_("flere passer: {names}. Skriv fullt navn eller e-post.", names=names), "owner")
    return Unread(_("jeg finner ikke {name} i registeret.", name=cut(words, 40) or _("eieren")), "owner")
