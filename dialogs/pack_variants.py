"""What is printed of a frozen version: the whole, without the cases somebody may not see, or one case's paper."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, Final

from board.ids import CaseId
from cards.documents.codec import from_json
from cards.documents.content import AgendaSheet, GroupMinutes, MinutesSheet, Pack, Printed
from cards.i18n import Language
from dialogs.pack_papers import CHANGES, DOCUMENT, LANGUAGE, NUMBERS

WORDS_A_MINUTE: Final = 200
"""How fast case papers are read (chosen)."""
PAGES_A_MINUTE: Final = 1
"""How fast enclosed pages are looked through (chosen)."""


def whole(frozen: Mapping[str, Any], without: Collection[CaseId] = ()) -> Printed:
    """The pack, with no trace of the cases it is ``without``: no paper, no line of the agenda, nothing of minutes."""
    pack, language = _pack(frozen)
    if not without:
        return Printed(pack, language)
    hidden = _numbers(frozen, without)
    new = tuple(words for case, words in frozen.get(CHANGES, ()) if case not in without)
    return Printed(
        replace(
            pack,
            agenda=_sheet(pack.agenda, hidden),
            papers=tuple(paper for paper in pack.papers if paper.number not in hidden),
            group_minutes=tuple(_minutes(one, hidden) for one in pack.group_minutes),
            minutes=tuple(_without(one, hidden) for one in pack.minutes),
            changes=new,
        ),
        language,
    )


def single(frozen: Mapping[str, Any], case: CaseId) -> Printed | None:
    """One case's paper; None where this version has none."""
    pack, language = _pack(frozen)
    numbers = _numbers(frozen, [case])
    paper = next((paper for paper in pack.papers if paper.number in numbers), None)
    return Printed(paper, language) if paper else None


def reading_minutes(printed: Printed, enclosed_pages: int) -> int:
    """About how long it takes to read, in minutes; at least one."""
    count = sum(len(text.split()) for text in _texts(printed.document))
    return max(1, round(count / WORDS_A_MINUTE + enclosed_pages / PAGES_A_MINUTE))


def _pack(frozen: Mapping[str, Any]) -> tuple[Pack, Language]:
    pack = from_json(frozen[DOCUMENT])
    if not isinstance(pack, Pack):
        raise TypeError(f"a frozen pack holds a {type(pack).__name__}")
    language: Language = frozen[LANGUAGE]
    return pack, language


def _numbers(frozen: Mapping[str, Any], cases: Collection[CaseId]) -> frozenset[str]:
    known = frozen.get(NUMBERS, {})
    return frozenset(number for case in cases for number in known.get(case, ()) if number)


def _sheet(sheet: AgendaSheet, hidden: frozenset[str]) -> AgendaSheet:
    """The other items keep their places: everybody in the meeting means the same by «punkt 5»."""
    groups = ((name, tuple(line for line in lines if line.number not in hidden)) for name, lines in sheet.groups)
    return replace(sheet, groups=tuple((name, lines) for name, lines in groups if lines))


def _minutes(minutes: GroupMinutes, hidden: frozenset[str]) -> GroupMinutes:
    return replace(minutes, cases=tuple(one for one in minutes.cases if one.number not in hidden))


def _without(sheet: MinutesSheet, hidden: frozenset[str]) -> MinutesSheet:
    return replace(sheet, parts=tuple(part for part in sheet.parts if part.number not in hidden))


def _texts(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from _texts(one)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _texts(getattr(value, field.name))
