"""A dispensation: what the office asks the chair to dispense from, why, and what the chair said."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from board.dispensation import GateId
from cards import actions
from cards.formats import date_time
from cards.i18n import _, noop
from cards.labels import label
from cards.message import About, Act, Banner, Block, Button, Facts, Field, Json, LongText, Message, Paragraph
from cards.pack_views import DispensationView
from cards.templates.meeting_card import meeting_title
from cards.templates.pack_texts import meeting_day

NOTHING: Final[Mapping[str, str]] = {}
_GATES: Final = {
    GateId.TEN_DAYS: noop("fristen for å sende sakspapirene"),
    GateId.WG_TREATMENT: noop("behandling i arbeidsutvalget"),
}


def dispensation_card(
    view: DispensationView, note: Banner | None = None, typed: Mapping[str, str] = NOTHING
) -> Message:
    """The chair's question with its buttons; else how it stands. ``typed``: a reason that was not taken in, by verb."""
    asked = view.dispensation
    blocks: list[Block] = [note] if note else []
    if asked.is_open and view.may_rule:
        words = _("Gi dispensasjon eller si nei, med en begrunnelse. Den skrives ut i sakslisten og i referatet.")
        blocks.append(Banner(words, "accent"))
    elif asked.is_open:
        blocks.append(Paragraph(_("Leder er spurt, og har ikke svart ennå.")))
    else:
        blocks.append(Paragraph(outcome(view), strong=True, tone="good" if asked.is_granted else "attention"))
    blocks.append(Facts(tuple((name, value) for name, value in _rows(view) if value)))
    blocks.append(LongText(_("Hvorfor det bes om"), asked.reason))
    if asked.ruling:
        blocks.append(LongText(_("Leders begrunnelse"), asked.ruling))
    title = _("Dispensasjon fra {gate}, {meeting}", gate=_(_GATES[asked.gate]), meeting=meeting_day(view.meeting))
    return Message(
        title=title,
        blocks=tuple(blocks),
        buttons=_buttons(view, typed),
        why=_why(view),
        summary=f"{title}. {outcome(view)}" if not asked.is_open else _question(view),
        about=About(f"dispensation:{asked.id}", asked.rev),
    )


def outcome(view: DispensationView) -> str:
    """«Leder Demo ga dispensasjon torsdag …»."""
    ruled = view.dispensation
    if ruled.ruled_at is None:
        return ""
    who, when = view.name(ruled.ruled_by), date_time(ruled.ruled_at)
    if ruled.is_granted:
        return _("{who} ga dispensasjon {when}.", who=who, when=when)
    return _("{who} sa nei til dispensasjon {when}.", who=who, when=when)


def _question(view: DispensationView) -> str:
    who, gate = view.name(view.dispensation.by), _(_GATES[view.dispensation.gate])
    return _("{who} ber om dispensasjon fra {gate}, {meeting}.", who=who, gate=gate, meeting=meeting_day(view.meeting))


def _rows(view: DispensationView) -> tuple[tuple[str, str], ...]:
    asked = view.dispensation
    paragraph = view.mandate.gates.get(asked.gate, "")
    return (
        (_("Møte"), meeting_title(view.meeting)),
        (_("Sak"), view.case),
        (_("Fra"), _("mandatet {paragraph}", paragraph=paragraph) if paragraph else _(_GATES[asked.gate])),
        (_("Spurt av"), _("{who}, {when}", who=view.name(asked.by), when=date_time(asked.at))),
    )


def _buttons(view: DispensationView, typed: Mapping[str, str]) -> tuple[Button, ...]:
    asked = view.dispensation
    meeting: dict[str, Json] = {"id": view.meeting.id, "rev": 0}
    if not (asked.is_open and view.may_rule):
        return (Act(actions.PACK_OPEN, _("Vis sakspapirene"), meeting, with_inputs=False),)
    data: dict[str, Json] = {"id": asked.id, "rev": asked.rev}
    return (
        Act(actions.PACK_GRANT, _("Gi dispensasjon"), data, "positive", (_reason(typed, actions.PACK_GRANT),)),
        Act(actions.PACK_REFUSE, _("Si nei"), data, "destructive", (_reason(typed, actions.PACK_REFUSE),)),
    )


def _reason(typed: Mapping[str, str], verb: str) -> Field:
    return Field("reason", "long_text", _("Begrunnelse, som skrives ut"), typed.get(verb, ""), required=True)


def _why(view: DispensationView) -> str:
    if view.may_rule:
        return _("Du får denne fordi bare leder kan gi dispensasjon.")
    return _("Du får denne fordi du er med i {office}.", office=label(view.mandate.office))
