"""A decision as a plain text for one's own organisation (mandatet § 4), in the reader's language."""

from __future__ import annotations

from datetime import date

from board.case_content import Content
from board.decision import Decision
from board.mandate import Mandate
from cards.after_views import AnchorView
from cards.formats import weekday_date
from cards.i18n import _
from cards.labels import decided_name, label


def forward_text(view: AnchorView, decision: Decision) -> str:
    case = view.case(decision)
    content = case.content if case else None
    return ready_text(decision, content, view.meeting.day, view.mandate, approved=view.approved)


def ready_text(decision: Decision, content: Content | None, day: date, mandate: Mandate, *, approved: bool) -> str:
    """Of an exempt case only its public title: what was decided is not for everybody. ``day``: the meeting's."""
    if content is not None and content.classification == "exempt":
        return "\n\n".join(_exempt(decision, content.public_title, day, mandate, approved=approved))
    parts = [
        _head(decision, content.title if content else "", day, mandate),
        _("Utfall: {outcome}.", outcome=decided_name(decision.outcome)),
    ]
    if decision.text:
        parts.append(_("Vedtak:\n{text}", text=decision.text))
    if decision.conditions:
        lines = "\n".join(
            _("– {text} (frist {day})", text=one.text, day=weekday_date(one.due)) for one in decision.conditions
        )
        parts.append(_("Vilkår:\n{lines}", lines=lines))
    return "\n\n".join([*parts, _standing(approved=approved)])


def _head(decision: Decision, title: str, day: date, mandate: Mandate) -> str:
    words = {"board": label(mandate.board), "day": weekday_date(day), "case": f"{decision.number} {title}".strip()}
    return _("{board} behandlet {day} sak {case}.", **words)


def _exempt(decision: Decision, public_title: str, day: date, mandate: Mandate, *, approved: bool) -> list[str]:
    closed = _("Saken er unntatt offentlighet. Vedtaket sendes ikke videre i tekst.")
    return [_head(decision, public_title, day, mandate), closed, _standing(approved=approved)]


def _standing(*, approved: bool) -> str:
    if approved:
        return _("Referatet fra møtet er godkjent.")
    return _("Foreløpig: referatet fra møtet er ikke godkjent ennå.")
