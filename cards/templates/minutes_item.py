"""One item of the minutes in sentences: who presented it, what came of it, who took part and who did not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from board.agenda import ItemKind
from board.decision import SETTLES, Decision, Outcome
from board.treatment import Treatment, WgOutcome
from cards.formats import join_words
from cards.i18n import _, noop
from cards.record_views import Record, RecordedItem

_CASE: Final = {
    Outcome.ADOPTED: noop("Forslaget til vedtak ble vedtatt."),
    Outcome.ADOPTED_AMENDED: noop("Saken ble vedtatt med endringer i forslaget."),
    Outcome.ADOPTED_WITH_CONDITIONS: noop("Saken ble vedtatt med vilkår."),
    Outcome.REJECTED: noop("Forslaget til vedtak ble ikke vedtatt."),
    Outcome.POSTPONED: noop("Saken ble utsatt."),
    Outcome.SENT_BACK: noop("Saken ble sendt tilbake."),
    Outcome.NOTED: noop("Saken ble tatt til orientering."),
    Outcome.DISCUSSED: noop("Saken ble drøftet."),
    Outcome.WITHDRAWN: noop("Saken utgår, og ble ikke behandlet."),
}
_AGENDA: Final = {
    Outcome.ADOPTED: noop("Innkalling og saksliste ble godkjent."),
    Outcome.ADOPTED_AMENDED: noop("Innkalling og saksliste ble godkjent med endringer."),
}
_MINUTES: Final = {
    Outcome.ADOPTED: noop("Referatet fra forrige møte ble godkjent."),
    Outcome.ADOPTED_AMENDED: noop("Referatet fra forrige møte ble godkjent med rettelser."),
    Outcome.POSTPONED: noop("Godkjenningen av referatet fra forrige møte ble utsatt."),
    Outcome.NOTED: noop("Det var ikke noe referat å godkjenne."),
}
_FOLLOW_UP: Final = {Outcome.NOTED: noop("Status for tidligere vedtak ble tatt til orientering.")}
_OTHER: Final = {
    Outcome.NOTED: noop("Det ble ikke meldt noe under eventuelt."),
    Outcome.DISCUSSED: noop("Dette ble tatt opp under eventuelt:"),
}
_BY_KIND: Final = {
    ItemKind.AGENDA: _AGENDA,
    ItemKind.MINUTES: _MINUTES,
    ItemKind.FOLLOW_UP: _FOLLOW_UP,
    ItemKind.OTHER: _OTHER,
}
_GROUP: Final = {
    WgOutcome.RECOMMENDED: noop("Arbeidsutvalget anbefaler saken."),
    WgOutcome.WITH_REMARKS: noop("Arbeidsutvalget anbefaler saken med merknader."),
    WgOutcome.NOT_RECOMMENDED: noop("Arbeidsutvalget anbefaler ikke saken."),
    WgOutcome.POSTPONED: noop("Saken ble utsatt."),
    WgOutcome.SENT_BACK: noop("Saken ble sendt tilbake."),
}


def item_text(record: Record, item: RecordedItem) -> str:
    """Paragraphs, one a line."""
    return "\n".join(part for part in _paragraphs(record, item) if part)


def _paragraphs(record: Record, item: RecordedItem) -> Iterator[str]:
    if item.presenter:
        yield _("{who} la fram saken.", who=item.presenter)
    if item.kind is ItemKind.AGENDA:
        yield from _of_the_agenda(record)
    yield from item.notes
    if item.decision:
        yield from _decided(record, item, item.decision)
    if item.treatment:
        yield from _treated(item.treatment)
    yield from _took_part(record, item)
    for said in item.statements:
        yield _("Uttalelse fra {who}: «{text}»", who=record.name(said.person), text=said.text)


def _of_the_agenda(record: Record) -> Iterator[str]:
    """By number only: who is inhabil in one of them gets this section too."""
    yield from record.notes
    if record.late:
        yield _("Ettersendt og bekreftet: {cases}.", cases=join_words(record.late))
    if record.withdrawn:
        yield _("Utgår: {cases}.", cases=join_words(record.withdrawn))


def _decided(record: Record, item: RecordedItem, decision: Decision) -> Iterator[str]:
    words = _BY_KIND.get(item.kind, _CASE).get(_told_as(item, decision))
    yield _(words) if words else ""
    if decision.text and not item.is_case:
        yield decision.text
    if item.is_case and decision.outcome in SETTLES:
        against = join_words(record.names(decision.dissent))
        yield _("{who} stemte imot.", who=against) if against else _("Vedtaket var enstemmig.")
    if decision.statement:
        yield _("Protokolltilførsel: «{text}»", text=decision.statement)


def _told_as(item: RecordedItem, decision: Decision) -> Outcome:
    """What was said under «eventuelt» was brought up there, whatever it is called."""
    said = item.kind is ItemKind.OTHER and bool(decision.text)
    return Outcome.DISCUSSED if said else decision.outcome


def _treated(treatment: Treatment) -> Iterator[str]:
    yield _(_GROUP[treatment.outcome])
    if treatment.remarks:
        yield _("Merknader: {text}", text=treatment.remarks)


def _took_part(record: Record, item: RecordedItem) -> Iterator[str]:
    out = set(item.excluded)
    left = [person for person in (item.decision.left if item.decision else ()) if person not in out]
    if excluded := join_words(record.names(item.excluded)):
        yield _("Inhabil, og ikke med i behandlingen: {who}.", who=excluded)
    if gone := join_words(record.names(left)):
        yield _("Ikke i rommet under behandlingen: {who}.", who=gone)
