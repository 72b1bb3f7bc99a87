"""What the cards about minutes say alike: titles, sources, headings, and how a text is folded."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Final

from board.editable import Section
from board.ids import PersonId
from board.meeting import Meeting
from board.minutes_sections import ATTENDANCE, HEAD, QUORUM
from board.minutes_text import Source, Version
from board.people import Body
from board.remarks import Remark, RemarkClass, RemarkState
from cards.formats import date_time, weekday_date
from cards.i18n import _, noop
from cards.labels import remark_class_name
from cards.message import LongText, Option, Paragraph
from cards.minutes_views import MinutesView, SectionChange
from cards.safe import cut
from cards.templates.differences import marked

LONGEST_LABEL: Final = 70
LONGEST_OPTION: Final = 44
_CHUNK: Final = 4_000
_FIELD: Final = 16_100
"""Bytes; a text of 4,000 characters always fits."""
_OFFERED: Final = 36
_APART: Final = 5
"""Differences with a fold of their own; the others share one."""

_SOURCES: Final = {
    Source.RECORD: noop("laget av det som ble registrert i møtet"),
    Source.CHAT: noop("skrevet om i samtalen"),
    Source.WORD: noop("tatt inn fra Word"),
    Source.REMARK: noop("merknad tatt inn"),
    Source.APPROVAL: noop("rettelser som møtet tok inn"),
    Source.CORRECTION: noop("rettet etter godkjenning"),
}
_STATES: Final = {
    RemarkState.OPEN: noop("ikke behandlet"),
    RemarkState.STAGED: noop("legges fram som rettelse"),
    RemarkState.ACCEPTED: noop("tatt inn"),
    RemarkState.REFUSED: noop("ikke tatt inn"),
}


def minutes_name(meeting: Meeting) -> str:
    """«Referat fra styremøtet torsdag 16. april 2026»."""
    words = {
        Body.BOARD: noop("Referat fra styremøtet {day}"),
        Body.WORKING_GROUP: noop("Referat fra arbeidsutvalget {day}"),
    }
    return _(words.get(meeting.body, "Referat {day}"), day=weekday_date(meeting.day))


def source_name(source: Source) -> str:
    return _(_SOURCES[source])


def remark_state_name(state: RemarkState) -> str:
    return _(_STATES[state])


def version_line(view: MinutesView, version: Version) -> str:
    """«Versjon 3: Kari Nordmann, torsdag … (tatt inn fra Word)»."""
    return _(
        "Versjon {n}: {who}, {when} ({source})",
        n=version.version, who=view.name(version.by), when=date_time(version.at), source=source_name(version.source),
    )  # fmt: skip


def section_name(sections: Sequence[Section], section_id: str) -> str:
    """Its heading; one without names the one above: «Sak 012-2026: … – referat»."""
    above = ""
    for one in sections:
        if one.id == section_id:
            return _joined(above, one)
        above = one.heading if one.level == 1 and one.heading else above
    return _("hele referatet") if not section_id else _("en del som ikke er der lenger")


def _joined(above: str, one: Section) -> str:
    if one.level == 1 or not above:
        return one.heading or _("Uten overskrift")
    return f"{above} – {one.heading or _('det som ble sagt og gjort')}"


def section_options(sections: Sequence[Section], chosen: str = "") -> tuple[Option, ...]:
    """To choose one from: what is worded, and who was there. From there the others are a step away.

    ``chosen``: also that one, whatever it is.
    """
    offered = [one for one in sections if one.editable or one.id in (HEAD, ATTENDANCE, QUORUM, chosen)]
    return tuple(Option(one.id, _short(sections, one)) for one in offered[:_OFFERED])


def _short(sections: Sequence[Section], one: Section) -> str:
    """The heading of its item: what was said there is meant unless it is named otherwise."""
    name = section_name(sections, one.id)
    return cut(name.removesuffix(f" – {_('det som ble sagt og gjort')}"), LONGEST_OPTION)


def fits(text: str) -> bool:
    """Whether a field can hold it: a card has to be small, and what stands in a field is never cut."""
    return len(json.dumps(text, ensure_ascii=False).encode()) <= _FIELD


def folded(label: str, text: str) -> Iterator[LongText]:
    """A text of any length behind *vis mer*, in pieces that a card can hold."""
    pieces = [text[start : start + _CHUNK] for start in range(0, len(text), _CHUNK)]
    for number, piece in enumerate(pieces, start=1):
        name = _("{label} ({n} av {all})", label=label, n=number, all=len(pieces)) if len(pieces) > 1 else label
        yield LongText(name, piece, folded=True)


def change_block(change: SectionChange) -> LongText:
    """The difference, marked with words."""
    return LongText(cut(change.heading, LONGEST_LABEL), marked(change.before, change.after) or _("(tom)"))


def change_blocks(changes: Sequence[SectionChange], apart: int = _APART) -> Iterator[LongText]:
    """All of them, however many: those that have no fold of their own share one."""
    yield from (change_block(change) for change in changes[:apart])
    rest = [f"{one.heading}\n{marked(one.before, one.after)}" for one in changes[apart:]]
    if rest:
        yield LongText(_("… og {n} til.", n=len(rest)), "\n\n".join(rest))


def remark_line(view: MinutesView, remark: Remark) -> str:
    return _(
        "{who} ({cls}, {state}), {place}: «{text}»",
        who=view.name(remark.person), cls=remark_class_name(remark.cls), state=remark_state_name(remark.state),
        place=section_name(view.sections, remark.section), text=cut(remark.text, 300),
    )  # fmt: skip


def class_options() -> tuple[Option, ...]:
    return (
        Option(RemarkClass.EDITORIAL, _("Redaksjonell: skrivefeil, navn, språk")),
        Option(RemarkClass.SUBSTANTIVE, _("Innholdsmessig: det som ble sagt eller vedtatt")),
    )


def small(text: str) -> Paragraph:
    return Paragraph(text, small=True)


def names_of(view: MinutesView, people: Sequence[PersonId]) -> str:
    return ", ".join(sorted(view.name(person) for person in people))
