"""The first draft of minutes (referat): the record in sentences, section by section, in the board's language.

What was decided and who was there is locked; what was said about it is the office's to word.
"""

from __future__ import annotations

from collections.abc import Iterator

from board.agenda import CASE_KINDS
from board.editable import Section
from board.minutes_sections import (
    ATTENDANCE,
    HEAD,
    NEXT,
    QUORUM,
    conditions_of,
    decision_of,
    follow_ups_of,
    heading_of,
    text_of,
)
from board.people import Body
from cards.formats import date_time, join_words, short_date, time_of_day, weekday_date
from cards.i18n import _
from cards.labels import item_name, kind_name, role_name
from cards.record_views import Attendee, CaseFollowUps, Record, RecordedItem
from cards.templates.minutes_item import item_text


def record_sections(record: Record) -> tuple[Section, ...]:
    return tuple(_sections(record))


def _sections(record: Record) -> Iterator[Section]:
    yield _locked(HEAD, _("Møtet"), _head(record))
    yield _locked(ATTENDANCE, _("Til stede"), _attendance(record))
    if record.meeting.body is Body.BOARD:
        yield _locked(QUORUM, _("Vedtaksførhet"), _quorum(record))
    for item in record.items:
        yield from _item(record, item)
    yield Section(NEXT, _("Neste møte"), _next(record))


def _locked(name: str, heading: str, text: str, level: int = 1) -> Section:
    return Section(name, heading, text, editable=False, level=level)


def _head(record: Record) -> str:
    sitting, meeting = record.sitting, record.meeting
    began = date_time(sitting.started_at)
    ended = time_of_day(sitting.closed_at) if sitting.closed_at else ""
    lines = [
        _("Organ: {body}", body=record.body_name),
        _("Tid: {began} til {ended}", began=began, ended=ended) if ended else _("Tid: {began}", began=began),
        _("Sted: {place}", place=meeting.place) if meeting.place else "",
        _("Møtet ble gjennomført av {who}", who=record.name(sitting.started_by)),
    ]
    return "\n".join(line for line in lines if line)


# -- who was there -----------------------------------------------------------------------------------------------------


def _attendance(record: Record) -> str:
    lines = [f"– {_person(record, one)}" for one in record.present]
    if not lines:
        lines = [_("Ingen er registrert som til stede.")]
    if record.absent:
        lines += [_("Forfall:"), *(f"– {_person(record, one)}" for one in record.absent)]
    return "\n".join(lines)


def _person(record: Record, one: Attendee) -> str:
    role = role_name(one.role) if one.role else ""
    told = ", ".join(part for part in (record.name(one.person), role, one.organisation) if part)
    if one.stands_for:
        told = _("{person}, vara for {member}", person=told, member=record.name(one.stands_for))
    if one.missed:
        told = _("{person} (ikke til stede under {items})", person=told, items=join_words(one.missed))
    return told


def _quorum(record: Record) -> str:
    quorum, sitting = record.quorum, record.sitting
    counted = _("{n} av {all} var til stede.", n=quorum.coming, all=quorum.invited)
    if not sitting.without_quorum:
        return counted if not quorum.is_reached else f"{counted} {_('Styret var vedtaksført.')}"
    went_on = _(
        "{who} lot møtet gå videre uten at styret var vedtaksført. Begrunnelse: {reason}",
        who=record.name(sitting.quorum_by), reason=sitting.without_quorum,
    )  # fmt: skip
    return f"{counted} {went_on}"


# -- items -------------------------------------------------------------------------------------------------------------


def _item(record: Record, item: RecordedItem) -> Iterator[Section]:
    yield _locked(heading_of(item.id), _heading(item), _facts(item))
    yield Section(text_of(item.id), "", item_text(record, item), level=2)
    decision = item.decision
    if decision and decision.text and item.is_case:
        yield _locked(decision_of(item.id), _("Vedtak"), decision.text, 2)
    if decision and decision.conditions:
        lines = [
            _("– {text} (ansvarlig: {who}, frist {day})", text=c.text, who=record.name(c.owner), day=short_date(c.due))
            for c in decision.conditions
        ]
        yield _locked(conditions_of(item.id), _("Vilkår"), "\n".join(lines), 2)
    yield from (_followed_up(record, case) for case in item.follow_ups)


def _heading(item: RecordedItem) -> str:
    if not item.is_case:
        return f"{item.position}. {item_name(item.kind)}"
    return _("Sak {number}: {title}", number=item.number or item.position, title=item.title)


def _facts(item: RecordedItem) -> str:
    kind = kind_name(item.kind).capitalize() if item.is_case and item.kind in CASE_KINDS else ""
    exempt = _("Unntatt offentlighet: {basis}", basis=item.exempt) if item.exempt else ""
    return "\n".join(part for part in (kind, exempt) if part)


def _followed_up(record: Record, case: CaseFollowUps) -> Section:
    lines = []
    for one in case.follow_ups:
        who, day = record.name(one.owner), short_date(one.due)
        line = _("– {text} (ansvarlig: {who}, frist {day})", text=one.text, who=who, day=day)
        lines.append(f"{line}: {one.said}" if one.said else line)
    return _locked(follow_ups_of(case.case), f"{case.number} {case.title}".strip(), "\n".join(lines), 2)


def _next(record: Record) -> str:
    following = record.following
    if following is None:
        return _("Tidspunktet er ikke fastsatt.")
    day = weekday_date(following.day)
    return _("{day} {time}", day=day, time=time_of_day(following.starts_at)).capitalize()
