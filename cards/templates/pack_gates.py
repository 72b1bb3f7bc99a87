"""What must hold before papers go out, and what settles what does not: each gate with its paragraph and its button."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, TypeAlias

from board.dispensation import DISPENSABLE, GateId
from board.errors import Refusal, RefusalCode
from board.ids import CaseId
from board.people import Body
from cards import actions
from cards.formats import join_words, weekday_date
from cards.i18n import _, ngettext_, noop
from cards.message import (
    About,
    Act,
    Banner,
    Block,
    Button,
    Field,
    Json,
    Message,
    Meter,
    MeterItem,
    Paragraph,
)
from cards.pack_views import OfficeView, PackView
from cards.safe import cut
from cards.templates.pack_texts import meeting_day, why
from cards.templates.refusals import refusal_banner

Typed: TypeAlias = Mapping[GateId, str]
"""Why a dispensation was to be asked for, where that was not taken in."""
NOTHING_TYPED: Final[Typed] = {}
MOST_BUTTONS: Final = 6
_LONGEST_TITLE: Final = 80
CODE_OF: Final = {
    GateId.AGENDA_APPROVAL: RefusalCode.AGENDA_APPROVAL,
    GateId.WG_TREATMENT: RefusalCode.WG_TREATMENT,
    GateId.DOCUMENTS: RefusalCode.DOCUMENTS,
    GateId.LATE: RefusalCode.LATE,
    GateId.WG_MINUTES: RefusalCode.WG_MINUTES,
    GateId.PREVIOUS_MINUTES: RefusalCode.PREVIOUS_MINUTES,
    GateId.TEN_DAYS: RefusalCode.TEN_DAYS,
}
_GATE_OF: Final = {code: gate for gate, code in CODE_OF.items()}
_NAMES: Final = {
    GateId.AGENDA_APPROVAL: noop("Sakslisten er godkjent av leder"),
    GateId.WG_TREATMENT: noop("Sakene er behandlet i arbeidsutvalget"),
    GateId.DOCUMENTS: noop("Dokumentene er på plass, eller det står hvorfor de mangler"),
    GateId.LATE: noop("Saker som kom etter fristen, er godtatt"),
    GateId.WG_MINUTES: noop("Referatet fra arbeidsutvalget er med"),
    GateId.PREVIOUS_MINUTES: noop("Referatet fra forrige styremøte er med"),
    GateId.TEN_DAYS: noop("Sendes senest {day}"),
}


def gates_card(view: PackView, note: Banner | None = None, typed: Typed = NOTHING_TYPED) -> Message:
    """Before the first version: all that still stands in the way, or that nothing does."""
    office = view.office or OfficeView()
    lacking = bool(office.refusals)
    title = _("Sakspapirene til {meeting} kan sendes", meeting=meeting_day(view.meeting))
    if lacking:
        title = _("Dette mangler før sakspapirene til {meeting} kan sendes", meeting=meeting_day(view.meeting))
    blocks: list[Block] = [note] if note else []
    if view.meeting.body is Body.BOARD:
        blocks.append(_meter(view, office))
    blocks += lacking_blocks(view, office)
    if not lacking:
        blocks.append(Paragraph(_readiness(view, office)))
    if office.earlier:
        words = _("Referatet fra {meeting} er ikke lagt inn. Det kan være med.", meeting=meeting_day(office.earlier))
        blocks.append(Paragraph(words, small=True))
    return Message(
        title=title,
        blocks=tuple(blocks),
        buttons=tuple(_buttons(view, office, typed)),
        why=why(view),
        summary=f"{title}. {note.text}" if note else title,
        about=About(f"pack:{view.meeting.id}", view.rev),
    )


def lacking_blocks(view: PackView, office: OfficeView) -> list[Block]:
    """Each gate that does not hold, in a sentence that cites its paragraph, and what it is about."""
    found: list[Block] = []
    for refusal in office.refusals:
        words = refusal_banner(refusal, view.people, view.mandate).text
        about = _about(refusal, office)
        found.append(Paragraph(f"{words} {about}".strip(), tone="attention"))
        asked = _asked(refusal, office)
        if asked is not None:
            found.append(Paragraph(_("Leder er spurt om dispensasjon, og har ikke svart ennå."), small=True))
    return found


def settle_buttons(view: PackView, office: OfficeView, typed: Typed = NOTHING_TYPED) -> list[Button]:
    """What settles each gate that does not hold; none where the chair has been asked already."""
    found = [button for refusal in office.refusals for button in _settles(refusal, view, office, typed)]
    if office.earlier:
        data: dict[str, Json] = {"id": office.earlier.id}
        found.append(Act(actions.MINUTES_FILE, _("Legg inn forrige referat"), data, with_inputs=False))
    return found


def send_button(view: PackView) -> Act:
    data: dict[str, Json] = {"id": view.meeting.id, "rev": view.rev}
    count = len(view.office.recipients) if view.office else 0
    words = ngettext_("Send til {n} mottaker", "Send til {n} mottakere", count)
    if view.pack is not None:
        words = _("Send ny versjon")
    return Act(actions.PACK_SEND, words, data, "positive", with_inputs=False)


# -- parts ---------------------------------------------------------------------------------------------------------


def _meter(view: PackView, office: OfficeView) -> Meter:
    refused = {refusal.code for refusal in office.refusals}
    items = []
    for gate, name in _NAMES.items():
        if gate not in view.mandate.gates:
            continue
        cite, day = view.mandate.gates[gate], weekday_date(office.last_day) if office.last_day else ""
        what = _(name, day=day)
        words = _("{what} (mandatet {paragraph})", what=what, paragraph=cite) if cite else what
        items.append(MeterItem(words, CODE_OF[gate] not in refused))
    return Meter(_("Før utsending"), tuple(items))


def _readiness(view: PackView, office: OfficeView) -> str:
    cases = ngettext_("{n} sak", "{n} saker", len(view.lines))
    people = ngettext_("{n} mottaker", "{n} mottakere", len(office.recipients))
    return _("{cases} til {people}. Alle får dem samtidig, i chat eller på e-post.", cases=cases, people=people)


def _about(refusal: Refusal, office: OfficeView) -> str:
    """Which cases or meetings, as far as the reader may know of them."""
    cases = [case for key in ("case", "cases") for case in _ids(refusal.params, key)]
    meetings = [meeting for meeting in _ids(refusal.params, "meetings") if meeting in office.meetings]
    named = [cut(office.titles.get(case, _("en sak")), _LONGEST_TITLE) for case in cases]
    named += [meeting_day(office.meetings[meeting]) for meeting in meetings]
    return _("Det gjelder {what}.", what=join_words(named)) if named else ""


def _ids(params: Mapping[str, object], key: str) -> list[str]:
    value = params.get(key, ())
    return [value] if isinstance(value, str) else [str(one) for one in value] if isinstance(value, tuple) else []


def _asked(refusal: Refusal, office: OfficeView) -> object | None:
    gate = _GATE_OF.get(refusal.code)
    if gate not in DISPENSABLE or gate is None:
        return None
    cases = _ids(refusal.params, "case")
    return office.asked(gate, CaseId(cases[0]) if cases else None)


def _settles(refusal: Refusal, view: PackView, office: OfficeView, typed: Typed) -> list[Button]:
    key: dict[str, Json] = {"id": view.meeting.id, "rev": view.rev}
    cases = [case for name in ("case", "cases") for case in _ids(refusal.params, name) if case in office.titles]
    meetings = _ids(refusal.params, "meetings")
    gate = _GATE_OF.get(refusal.code)
    match refusal.code:
        case RefusalCode.AGENDA_APPROVAL if not office.has_agenda:
            return [Act(actions.AGENDA_BUILD, _("Lag saksliste"), key, "positive", with_inputs=False)]
        case RefusalCode.AGENDA_APPROVAL:
            return [Act(actions.AGENDA_OPEN, _("Saksliste"), key, with_inputs=False)]
        case RefusalCode.WG_TREATMENT | RefusalCode.TEN_DAYS if gate and _asked(refusal, office) is None:
            return [_dispensation(gate, view, cases[0] if cases else "", typed)]
        case RefusalCode.DOCUMENTS | RefusalCode.LATE:
            return [_case_button(case, office) for case in cases[:2]]
        case RefusalCode.WG_MINUTES:
            data: dict[str, Json] = {"id": meetings[0] if meetings else "", "preview": True}
            return [Act(actions.WG_MINUTES, _("Referat fra arbeidsutvalget"), data, with_inputs=False)]
        case RefusalCode.PREVIOUS_MINUTES:
            return [Act(actions.MINUTES_FILE, _("Legg inn forrige referat"), {"id": meetings[0]}, with_inputs=False)]
        case _:
            return []


def _case_button(case: str, office: OfficeView) -> Button:
    return Act(actions.CASE_OPEN, _("Åpne {name}", name=cut(office.titles[case], 28)), {"id": case}, with_inputs=False)


def _dispensation(gate: GateId, view: PackView, case: str, typed: Typed) -> Act:
    cite = view.mandate.gates.get(gate, "")
    words = _("Be om dispensasjon ({paragraph})", paragraph=cite) if cite else _("Be om dispensasjon")
    hint = _("Leder ser begrunnelsen. Leders egne ord skrives ut i sakslisten og referatet.")
    reason = Field(
        "reason", "long_text", _("Hvorfor trengs dispensasjon?"), typed.get(gate, ""), required=True, hint=hint
    )
    data: dict[str, Json] = {"id": view.meeting.id, "rev": view.rev, "gate": str(gate), "case": case}
    return Act(actions.PACK_ASK_DISPENSATION, words, data, fields=(reason,), send=_("Spør leder"))


def _buttons(view: PackView, office: OfficeView, typed: Typed) -> list[Button]:
    data: dict[str, Json] = {"id": view.meeting.id, "rev": view.rev}
    found: list[Button] = [] if office.refusals else [send_button(view)]
    found += settle_buttons(view, office, typed)
    refresh = Act(actions.PACK_OPEN, _("Oppdater"), data, with_inputs=False)
    agenda = Act(actions.AGENDA_OPEN, _("Saksliste"), data, with_inputs=False)
    has = {button.verb for button in found if isinstance(button, Act)}
    if office.has_agenda and actions.AGENDA_OPEN not in has:
        found.append(agenda)
    return [*found[: MOST_BUTTONS - 1], refresh]
