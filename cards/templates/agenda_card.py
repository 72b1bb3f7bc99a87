"""An agenda as one reader sees it: the items in the mandate's order, by the clock, and what the reader can do."""

from __future__ import annotations

from itertools import groupby
from typing import Final

from board.agenda import ItemKind, agenda_object
from cards import actions
from cards.agenda_views import AgendaLine, AgendaView
from cards.documents.names import minutes
from cards.formats import time_of_day
from cards.i18n import _, ngettext_
from cards.message import About, Act, Banner, Block, Button, Field, Json, Message, Option, Paragraph, Say
from cards.safe import cut
from cards.templates.agenda_texts import (
    group_heading,
    is_too_long,
    notes,
    stamps,
    status,
    the_agenda,
    time_words,
    title_of,
)
from cards.templates.follow_up_card import followed

MOST_BUTTONS: Final = 6
MOST_LINES: Final = 60
"""More stand in the papers alone: a card has room for 24 KB."""
_TITLE: Final = (60, 200, 4_800)
_PRESENTER: Final = (30, 120, 1_600)
_STAMP: Final = (60, 500, 3_600)
"""Characters at least, at most, and in all, shared by the items: a long agenda says each of them shorter."""
FOLLOWED: Final = 6
_FOLLOWED_LINE: Final = 300
"""The papers have the whole of them."""
_CHOICE: Final = (16, 60, 1_600)
LONGEST_NOTE: Final = 800
"""The papers have the whole of it."""


def agenda_card(
    view: AgendaView, note: Banner | None = None, *, why: str = "", own: bool = True, first: tuple[Button, ...] = ()
) -> Message:
    """``note``: what the reader just did. ``own``: nobody else reads it. ``first``: buttons before the usual ones."""
    asks = own and view.may_approve
    blocks: list[Block] = [note] if note else []
    if asks:
        blocks.append(Banner(_("Godkjenn sakslisten, eller be porteføljekontoret endre den."), "accent"))
    if standing := status(view):
        tone = "good" if view.agenda.is_approved else "warning"
        blocks.append(Paragraph(standing, tone=tone, strong=True))  # type: ignore[arg-type]  # both are tones
    blocks += listed(view)
    if not view.is_open:
        blocks.append(Paragraph(time_words(view), tone="warning" if is_too_long(view) else "default", strong=True))
        blocks += [Paragraph(cut(line, LONGEST_NOTE)) for line in notes(view)]
    return Message(
        title=the_agenda(view),
        blocks=tuple(blocks),
        buttons=(*first, *_buttons(view))[:MOST_BUTTONS] if own else (),
        why=why,
        summary=summary(view, asks=asks),
        about=About(agenda_object(view.meeting.id), view.agenda.rev) if own else None,
    )


def summary(view: AgendaView, *, asks: bool) -> str:
    """«Sakslisten til styremøtet torsdag … venter på din godkjenning: 6 saker, 95 minutter»."""
    cases = sum(line.case is not None for line in view.lines)
    counted = ngettext_("{n} sak", "{n} saker", cases)
    if view.is_open:
        return f"{the_agenda(view)}: {counted}"
    what = {"agenda": the_agenda(view), "cases": counted, "time": minutes(view.agenda.minutes)}
    if asks:
        return _("{agenda} venter på din godkjenning: {cases}, {time}", **what)
    return _("{agenda}: {cases}, {time}", **what)


# -- the items ---------------------------------------------------------------------------------------------------------


def listed(view: AgendaView) -> list[Block]:
    """Each item under the heading of its kind; what every meeting has speaks for itself."""
    shown = view.lines[:MOST_LINES]
    blocks: list[Block] = []
    for kind, lines in groupby(shown, key=lambda line: line.item.kind):
        of_kind = list(lines)
        if any(line.case for line in of_kind):
            blocks.append(Paragraph(group_heading(kind), strong=True))
        blocks += [Paragraph(words_of(line, view, len(shown))) for line in of_kind]
        if kind is ItemKind.FOLLOW_UP and view.follow_ups:
            blocks += [Paragraph(cut(line, _FOLLOWED_LINE), small=True) for line in followed(view.follow_ups, FOLLOWED)]
    if len(view.lines) > len(shown):
        rest = len(view.lines) - len(shown)
        blocks.append(Paragraph(_("… og {n} til", n=rest), small=True))
    return blocks


def words_of(line: AgendaLine, view: AgendaView, among: int = 1) -> str:
    """Place, number and title on one line; when, how long and by whom on the next; then its stamps.

    ``among``: how many items share the card.
    """
    item = line.item
    number = f"{item.number} " if item.number else ""
    title = cut(title_of(line, view), _share(_TITLE, among))
    said = [f"{line.position}. {number}{title}"]
    if not view.is_open:
        presenter = cut(item.presenter, _share(_PRESENTER, among))
        said.append(
            " · ".join(part for part in (time_of_day(line.starts_at), minutes(item.minutes), presenter) if part)
        )
        said += [cut(stamp, _share(_STAMP, among)) for stamp in stamps(line, view)]
    return "\n".join(said)


def _share(room: tuple[int, int, int], among: int) -> int:
    least, most, total = room
    return max(least, min(most, total // max(among, 1)))


# -- buttons -----------------------------------------------------------------------------------------------------------


def key(view: AgendaView) -> dict[str, Json]:
    return {"id": view.meeting.id, "rev": view.agenda.rev}


def _buttons(view: AgendaView) -> tuple[Button, ...]:
    found: list[Button] = []
    if view.may_approve:
        found.append(Act(actions.AGENDA_APPROVE, _("Godkjenn sakslisten"), key(view), "positive", with_inputs=False))
    if view.may_arrange:
        found += _arranging(view)
    elif not found:
        following = Say(_("Årshjul"), _("årshjul")) if view.is_open else Say(_("Sakspapirer"), _("sakspapirer"))
        found += [Say(_("Frister"), _("frister")), following]
    return tuple(found)


def _arranging(view: AgendaView) -> list[Button]:
    found: list[Button] = []
    if view.is_board and not view.agenda.is_approved:
        found.append(Act(actions.AGENDA_ASK, _("Send til leder for godkjenning"), key(view), with_inputs=False))
    if options := item_options(view):
        field = Field("item", "choice", _("Hvilket punkt?"), required=True, options=options)
        found.append(Act(actions.AGENDA_ITEM, _("Endre et punkt"), key(view), fields=(field,), send=_("Vis punktet")))
    found.append(Act(actions.AGENDA_BUILD, _("Ta med nye saker"), {"id": view.meeting.id}, with_inputs=False))
    if view.agenda.is_approved or not view.is_board:
        found.append(Say(_("Send sakspapirene"), _("send pakke")))
    return found


def item_options(view: AgendaView) -> tuple[Option, ...]:
    """The items to choose from, in order. A choice is never cut by what sends the card: it is short from the start."""
    shown = view.lines[:MOST_LINES]
    room = _share(_CHOICE, len(shown))
    return tuple(
        Option(line.item.id, cut(f"{line.position}. {line.item.number} {title_of(line, view)}", room)) for line in shown
    )
