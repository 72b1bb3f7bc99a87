"""What a reader may do with a case now, the likeliest first. What is no longer possible has no button."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from board.people import HANDLERS
from board.states import EDITABLE, CaseAct
from cards import actions
from cards.adaptive import field_bytes
from cards.i18n import _
from cards.labels import label
from cards.message import Act, Button, Field, Json, Open, Option, Say
from cards.safe import cut
from cards.templates.case_fields import link_fields
from cards.templates.classify_card import classify_button
from cards.templates.group_buttons import Typed, group_buttons, group_side_buttons, key
from cards.views import CaseView

MOST_BUTTONS = 6
TYPED_BYTES = 8_000
"""Of what was typed, beside which the case itself has no room in the 25 kB of a card."""


def buttons(view: CaseView, typed: Typed, *, has_texts: bool) -> tuple[Button, ...]:
    """``has_texts``: there is something to read that the card folds or cuts."""
    acts = [button for act in view.acts if (button := _button(act, view, typed))]
    last = [button for button in acts if button.verb == actions.CASE_WITHDRAW]
    found: list[Button] = [*group_buttons(view, typed), *(button for button in acts if button not in last)]
    if _is_asked(view):
        found.append(_cannot(view))
    found += [*group_side_buttons(view, typed), *classify_button(view)]
    found += _decided(view)
    room = MOST_BUTTONS - len(last)
    links = open_buttons(view)
    if len(found) + len(links) < room:
        found += links
    if (has_texts or links) and len(found) < room:
        found.append(Act(actions.CASE_TEXT, _("Les alt"), {"id": view.case.id}, with_inputs=False))
    return (*found[:room], *last)


def _decided(view: CaseView) -> list[Say]:
    """The way to what the board decided, once it is told."""
    case = view.case
    told = case.published_at is not None and case.board_number
    return [Say(_("Vis vedtaket"), _("vis vedtak {what}", what=case.board_number))] if told else []


def kept_buttons(view: CaseView, typed: Typed) -> tuple[Act, ...]:
    """Those with what was typed under them, where that is so long that a card holds nothing else."""
    found = [b for b in buttons(view, typed, has_texts=False) if isinstance(b, Act) and b.verb in typed]
    size = sum(field_bytes(field) for button in found for field in button.fields)
    return tuple(found) if size > TYPED_BYTES else ()


def _is_asked(view: CaseView) -> bool:
    """Whether the case waits for the reader to take a stand; who stands in for somebody passes it on no further."""
    owner = CaseAct.CONFIRM in view.acts and view.viewer.id == view.case.owner
    return owner or CaseAct.ACCEPT in view.acts


def _cannot(view: CaseView) -> Act:
    """*Kan ikke*: somebody of the register answers instead."""
    who = Field("deputy_name", "text", _("Hvem kan svare i stedet? Skriv navn eller e-post."), required=True)
    return Act(actions.TASK_DELEGATE, _("Kan ikke"), key(view), fields=(who,), send=_("Spør"))


def open_buttons(view: CaseView) -> tuple[Open, ...]:
    """One for each document that is a link, called what it is."""
    kinds = view.mandate.document_type
    links = [d for d in view.case.documents if d.url.startswith("https://")]
    names = [label(kinds[d.type].label) if d.type in kinds else d.name or _("dokumentet") for d in links]
    return tuple(Open(_("Åpne {name}", name=cut(name, 28)), d.url) for name, d in zip(names, links, strict=True))


def _button(act: CaseAct, view: CaseView, typed: Typed) -> Act | None:
    data = key(view)
    reason = Field("reason", "long_text", "", required=True)
    match act:
        case CaseAct.CONFIRM:
            return Act(actions.CASE_CONFIRM, _("Bekreft saken"), data, "positive")
        case CaseAct.DECLINE:
            fields = (replace(reason, label=_("Hva må rettes?")),)
            button = Act(actions.CASE_DECLINE, _("Send tilbake"), data, "destructive", fields)
        case CaseAct.ACCEPT:
            return Act(actions.CASE_ACCEPT, _("Ta imot"), data, "positive")
        case CaseAct.RETURN:
            button = _return(data, reason)
        case CaseAct.OUT_OF_SCOPE if view.roles & HANDLERS:
            button = _out_of_scope(view, data)
        case CaseAct.SAVE if view.case.state in EDITABLE:
            return Act(actions.CASE_EDIT, _("Fyll ut og send inn"), data, "positive")
        case CaseAct.SAVE:
            return Act(actions.CASE_EDIT, _("Endre tekstene"), data)
        case CaseAct.ATTACH if view.case.state not in EDITABLE:
            return Act(
                actions.CASE_ATTACH,
                _("Legg ved lenke"),
                data,
                fields=link_fields(view, typed.get(actions.CASE_ATTACH, {})),
            )
        case CaseAct.WITHDRAW:
            fields = (replace(reason, label=_("Hvorfor trekkes saken?")),)
            button = Act(actions.CASE_WITHDRAW, _("Trekk saken"), data, "destructive", fields)
        case _:
            return None
    return _as_typed(button, typed.get(button.verb, {}))


def _as_typed(button: Act, was: Mapping[str, str]) -> Act:
    return replace(button, fields=tuple(replace(f, value=was.get(f.id, f.value)) for f in button.fields))


def _return(data: dict[str, Json], reason: Field) -> Act:
    day = Field("deadline", "date", _("Ny frist"), required=True, hint=_("For eksempel «neste torsdag» eller 16.04."))
    fields = (replace(reason, label=_("Hva mangler?")), day)
    return Act(actions.CASE_RETURN, _("Returner"), data, fields=fields)


def _out_of_scope(view: CaseView, data: dict[str, Json]) -> Act:
    options = tuple(Option(e.id, label(e.label)) for e in view.mandate.exclusions)
    which = Field("exclusion", "choice", _("Hvilket unntak i mandatet gjelder?"), required=True, options=options)
    return Act(actions.CASE_OUT_OF_SCOPE, _("Utenfor mandatet"), data, "destructive", (which,))
