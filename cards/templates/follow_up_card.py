"""A follow-up of a decision: what was asked for, by when, what has been said of it, and the two ways to answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from board.follow_up import FollowUp
from cards import actions
from cards.follow_up_views import FollowUpList, FollowUpView
from cards.formats import date_time, weekday_date
from cards.i18n import _
from cards.message import About, Act, Banner, Block, Button, Facts, Field, Json, LongText, Message, Paragraph, Say
from cards.safe import cut
from cards.templates.duty_texts import due_words

_SHOWN: Final = 12
_REPORTS: Final = 5
_TEXT: Final = 300


def follow_up_card(
    view: FollowUpView,
    note: Banner | None = None,
    why: str = "",
    typed: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
) -> Message:
    """``typed`` and ``errors``: what was written in the report, and what was wrong with it."""
    one = view.one
    rows = [
        (_("Sak"), " ".join(part for part in (one.number, view.title) if part) or _("saken")),
        (_("Ansvarlig"), view.name(one.owner)),
        (_("Frist"), due_words(one.due, view.today) if one.is_open else weekday_date(one.due)),
    ]
    if one.done_at:
        rows.append((_("Utført"), _("{who}, {when}", who=view.name(one.done_by), when=date_time(one.done_at))))
    blocks: tuple[Block, ...] = (
        *((note,) if note else ()),
        Paragraph(one.text),
        Facts(tuple(rows)),
        *_said(view),
    )
    asked = _("Oppfølging: {text}", text=cut(one.text, 80))
    return Message(
        title=_("Oppfølging av vedtak {number}", number=one.number).strip(),
        blocks=blocks,
        buttons=_buttons(view, typed or {}, errors or {}),
        why=why,
        summary=f"{asked}, {due_words(one.due, view.today)}" if one.is_open else asked,
        about=About(one.id, one.rev),
    )


def _said(view: FollowUpView) -> tuple[Block, ...]:
    latest = view.one.reports[-_REPORTS:]
    return tuple(
        LongText(_("{who}, {when}", who=view.name(report.by), when=date_time(report.at)), report.note)
        for report in reversed(latest)
    )


def _buttons(view: FollowUpView, typed: Mapping[str, str], errors: Mapping[str, str]) -> tuple[Button, ...]:
    if not view.may_act:
        return (Say(_("Oppfølging"), _("oppfølging")),)
    data: dict[str, Json] = {"id": view.one.id, "rev": view.one.rev}
    note = Field("note", "long_text", _("Hvordan står det til?"), typed.get("note", ""), required=True,
                 error=errors.get("note", ""))  # fmt: skip
    later = Field("new_date", "text", _("Ny frist, om det tar lengre tid"), typed.get("new_date", ""),
                  hint=_("For eksempel «16. april»"), error=errors.get("new_date", ""), max_length=60)  # fmt: skip
    done = Field("note", "long_text", _("Hva er gjort?"), typed.get("note", ""), required=True,
                 error=errors.get("note", ""))  # fmt: skip
    return (
        Act(actions.FOLLOW_UP_REPORT, _("Meld status"), data, "positive", (note, later), with_inputs=False),
        Act(actions.FOLLOW_UP_DONE, _("Utført"), data, fields=(done,), with_inputs=False),
        Say(_("Oppfølging"), _("oppfølging")),
    )


def follow_up_list(view: FollowUpList) -> Message:
    """Those open, the earliest due first, each with a button."""
    if not view.follow_ups:
        return Message(
            _("Ingen åpne oppfølginger"),
            (Paragraph(_("Når styret vedtar noe med vilkår, står vilkårene her til de er utført.")),),
            (Say(_("Hjelp"), _("hjelp")),),
        )
    shown = view.follow_ups[:_SHOWN]
    left = len(view.follow_ups) - len(shown)
    lines: list[Block] = [Paragraph(_line(view, one)) for one in shown]
    if left:
        lines.append(Paragraph(_("… og {n} til.", n=left), small=True))
    title = _("Dine oppfølginger") if view.own else _("Oppfølging av vedtak")
    return Message(
        title=title,
        blocks=tuple(lines),
        buttons=tuple(
            Act(actions.FOLLOW_UP_OPEN, cut(f"{one.number} {one.text}", 32), {"id": one.id, "rev": one.rev})
            for one in shown[:6]
        ),
        summary=_("{title}: {n} åpne", title=title, n=len(view.follow_ups)),
    )


def followed(view: FollowUpList, most: int) -> list[str]:
    """As an agenda lists them: a line each, and how many more there are."""
    lines = [_line(view, one) for one in view.follow_ups[:most]]
    left = len(view.follow_ups) - len(lines)
    return [*lines, *([_("… og {n} til. Skriv «oppfølging» for å se alle.", n=left)] if left > 0 else [])]


def _line(view: FollowUpList, one: FollowUp) -> str:
    known = view.people.get(one.owner)
    who = known.name if known else ""
    named = view.titles.get(one.case, "")
    about = f"{one.number} {named}".strip()
    last = f" «{cut(one.reports[-1].note, 120)}»" if one.reports else ""
    return f"{about}: {cut(one.text, _TEXT)} ({who}, {due_words(one.due, view.today)}).{last}"
