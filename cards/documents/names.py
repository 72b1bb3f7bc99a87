"""The fixed words that several parts of a document share: kinds of item, when and where a meeting is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from cards.documents.content import Head, ItemKind, Statement
from cards.documents.markup import block, call, prose, title, words
from cards.formats import date_time, weekday_date
from cards.i18n import _, ngettext_, noop

_PAPERS: Final[dict[ItemKind, str]] = {
    "B": noop("Beslutningssak"),
    "D": noop("Diskusjonssak"),
    "O": noop("Orienteringssak"),
}
_KINDS: Final[dict[ItemKind, str]] = {"B": noop("Beslutning"), "D": noop("Diskusjon"), "O": noop("Orientering")}


def paper_kind(kind: ItemKind) -> str:
    """«Beslutningssak»; nothing for an item that is no case."""
    return _(_PAPERS[kind]) if kind else ""


def item_kind(kind: ItemKind) -> str:
    """«Beslutning», as a column has it."""
    return _(_KINDS[kind]) if kind else ""


def case_title(number: str, name: str) -> str:
    """«Sak 012-2026: Felles meldingstjeneste»; a case without a number yet is called by its title."""
    return _("Sak {number}: {title}", number=number, title=name) if number else name


def minutes(count: int) -> str:
    return ngettext_("{n} minutt", "{n} minutter", count)


def heading(level: int, text: str, *, bookmarked: bool = True, outlined: bool = False, anchor: str = "") -> str:
    """A tagged heading. ``outlined``: it stands in the table of contents too; ``anchor``: what links point to."""
    flags = {"outlined": str(outlined).lower(), "bookmarked": str(bookmarked).lower()}
    code = call("heading", title(text), level=str(level), **flags)
    return f"[#{code} <{anchor}>]" if anchor else code


def facts(rows: Iterable[tuple[str, str]]) -> str:
    """Label and value, as a list of terms: typst cannot tag a row's heading without an experimental flag."""
    return call("terms", *(call("fact", words(label), words(value)) for label, value in rows if value.strip()))


def meeting_facts(head: Head) -> tuple[tuple[str, str], ...]:
    length = minutes(head.minutes) if head.minutes else ""
    return (
        (_("Møte"), head.meeting),
        (_("Tid"), date_time(head.starts_at)),
        (_("Varighet"), length),
        (_("Sted"), head.place),
    )


def statements(given: Iterable[Statement]) -> Iterator[str]:
    """Each with who gave it and when, word for word."""
    for statement in given:
        who = _("{who}, {day}", who=statement.who, day=weekday_date(statement.day))
        yield call("block", call("par", call("strong", words(who))), sticky="true", below="0.6em")
        yield call("said", block([prose(statement.text)]))
