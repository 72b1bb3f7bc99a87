"""The log of a case, a meeting or minutes: who saw, sent, answered and decided what, and when; newest first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from board.case_ports import CaseLine
from board.decision import Outcome
from board.events import Event, Happened
from board.log_page import LogEntry, LogOf, LogPage
from board.treatment import WgOutcome
from cards import actions
from cards.event_words import happened
from cards.formats import date_time
from cards.i18n import _
from cards.labels import decided_name, outcome_name
from cards.message import Act, Block, Button, Json, Message, Paragraph, Say
from cards.safe import cut
from cards.task_views import Names
from cards.templates.delivery_cards import became
from cards.templates.duty_texts import told_of

SHOWN: Final = 15
_REASON: Final = 160
_TITLE: Final = 26
_PRIVATE: Final = frozenset({Happened.CONFLICT_DECLARED, Happened.CONFLICT_RULED})
"""Of these only that it was done."""
_OF_GROUP: Final[Mapping[str, WgOutcome]] = {one.value: one for one in WgOutcome}
_OF_BOARD: Final[Mapping[str, Outcome]] = {one.value: one for one in Outcome}


def log_card(of: LogOf, object_id: str, name: str, page: LogPage, names: Names, *, further: bool) -> Message:
    """``further``: it is not the first page."""
    lines: list[Block] = [Paragraph(line_of(one, names)) for one in page.entries]
    if not lines:
        lines = [Paragraph(_("Det står ikke mer i loggen.") if further else _("Det står ikke noe i loggen ennå."))]
    buttons: list[Button] = []
    if page.below:
        data = {**key(of, object_id), "seq": str(page.below.seq), "row": str(page.below.row)}
        buttons.append(Act(actions.LOG_OPEN, _("Vis flere"), data, with_inputs=False))
    if further:
        buttons.append(Act(actions.LOG_OPEN, _("De nyeste"), key(of, object_id), with_inputs=False))
    return Message(
        title=_("Logg: {what}", what=name),
        blocks=(Paragraph(_("Det nyeste står først."), small=True), *lines),
        buttons=(*buttons, Say(_("Hjelp"), _("hjelp"))),
        summary=_("Logg: {what}", what=name),
    )


def key(of: LogOf, object_id: str) -> dict[str, Json]:
    return {"id": object_id, "of": str(of)}


def line_of(entry: LogEntry, names: Names) -> str:
    if entry.event:
        return _event(entry.event, names)
    if entry.sent is None:
        raise ValueError("an entry that is nothing")
    who, what = names.person(entry.sent.proof.person), told_of(entry.sent.about, names)
    came = became(entry.sent.proof)
    return _("Til {who}: {what}. {became}.", who=who, what=what, became=came[:1].upper() + came[1:])


def _event(event: Event, names: Names) -> str:
    said = happened(event.what, names.person(event.by), date_time(event.at)) + "."
    if event.what in _PRIVATE:
        return said
    if outcome := _outcome(event):
        said += " " + _("Utfall: {outcome}.", outcome=outcome)
    if version := event.details.get("version") if event.what is Happened.PACK_READ else "":
        said += " " + _("Versjon {n}.", n=version)
    if event.reason:
        said += " " + _("Begrunnelse: {reason}", reason=cut(event.reason, _REASON))
    return said


def _outcome(event: Event) -> str:
    code = event.details.get("outcome", "")
    if event.what is Happened.CASE_TREATED:
        return outcome_name(_OF_GROUP[code]) if code in _OF_GROUP else ""
    return decided_name(_OF_BOARD[code]) if code in _OF_BOARD else ""


def which_log(lines: Sequence[CaseLine], words: str) -> Message:
    """Several cases fit: which one was meant?"""
    return Message(
        title=_("Hvilken sak vil du se loggen for?"),
        blocks=tuple(Paragraph(f"{line.number} {line.title}".strip()) for line in lines),
        buttons=tuple(
            Act(
                actions.LOG_OPEN,
                _("Logg: {title}", title=cut(line.title, _TITLE)),
                key(LogOf.CASE, line.id),
                with_inputs=False,
            )
            for line in lines[:6]
        ),
        summary=_("Flere saker passer med «{words}»", words=cut(words, 60)),
    )


def no_log(words: str) -> Message:
    title = _("Jeg finner ingen logg for «{words}»", words=cut(words, 60)) if words else _("Hvilken logg vil du se?")
    return Message(
        title=title,
        blocks=(
            Paragraph(_("Skriv «logg» og saksnummeret eller et ord fra tittelen, for eksempel «logg 012-2026».")),
            Paragraph(_("For et møte: «logg styret 16. april». For referatet: «logg referat 16. april».")),
        ),
        buttons=(Say(_("Mine saker"), _("mine saker")),),
    )
