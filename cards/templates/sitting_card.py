"""A meeting under way as it follows each one in the room: which item, what was decided so far, one's own presence."""

from __future__ import annotations

from typing import Final

from board.people import Role
from board.sitting import sitting_object
from cards import actions
from cards.formats import time_of_day
from cards.i18n import _, ngettext_
from cards.message import About, Act, Banner, Block, Button, Facts, Field, Json, Message, Option, Paragraph, Say
from cards.safe import cut
from cards.sitting_views import SittingLine, SittingView
from cards.templates.sitting_texts import (
    outcome_of,
    own_presence,
    placed,
    room_words,
    the_sitting,
    title_of,
)

MOST_LINES: Final = 60
_TITLES: Final = (24, 100, 4_800)
"""Characters of a title at least, at most, and in all: a long agenda says each of them shorter."""
_REASON: Final = 400


def sitting_card(view: SittingView, note: Banner | None = None, *, why: str = "") -> Message:
    """``note``: what the reader just did."""
    blocks: list[Block] = [note] if note else []
    if view.may_go_on:
        blocks.append(Banner(_("Styret er ikke vedtaksført. Skal møtet gå videre likevel, må du si det."), "warning"))
    blocks += _now(view)
    blocks.append(Facts(_facts(view)))
    if view.sitting.without_quorum:
        reason = cut(view.sitting.without_quorum, _REASON)
        blocks.append(Paragraph(_("Leder lot møtet gå videre uten at det er vedtaksført: {reason}", reason=reason)))
    blocks += _so_far(view)
    title = _title(view)
    return Message(
        title=title,
        blocks=tuple(blocks),
        buttons=_buttons(view),
        why=why,
        summary=_summary(view, title),
        about=About(sitting_object(view.meeting.id), view.sitting.rev),
    )


def started(view: SittingView) -> Message:
    """As it comes to somebody when the meeting is opened, or when he or she comes late."""
    return sitting_card(view, why=_why(view))


def _why(view: SittingView) -> str:
    if view.own_seat:
        return _("Du får denne fordi du er med i møtet.")
    if Role.CHAIR in view.viewer.roles:
        return _("Du får denne fordi du er leder i styret.")
    return _("Du får denne fordi du gjennomfører møtet.")


def _title(view: SittingView) -> str:
    if not view.sitting.is_open:
        return _("{meeting} er lukket", meeting=the_sitting(view))
    return _("{meeting} er i gang", meeting=the_sitting(view))


def _summary(view: SittingView, title: str) -> str:
    line = view.current
    if line is None or not view.sitting.is_open:
        return title
    return _("{title}. Nå: {item}", title=title, item=placed(line, 60))


def _now(view: SittingView) -> list[Block]:
    line = view.current
    if line is None or not view.sitting.is_open:
        return []
    total = len(view.sitting.items)
    found: list[Block] = [Paragraph(_("Nå: punkt {n} av {total}", n=line.position, total=total), small=True)]
    found.append(Paragraph(title_of(line), strong=True))
    if line.item.presenter and not line.is_hidden:
        found.append(Paragraph(_("Legges fram av {who}", who=cut(line.item.presenter, 120)), small=True))
    return found


def _facts(view: SittingView) -> tuple[tuple[str, str], ...]:
    sitting = view.sitting
    rows = [(_("Startet"), time_of_day(sitting.started_at))]
    if sitting.closed_at:
        rows.append((_("Lukket"), time_of_day(sitting.closed_at)))
    if view.is_board:
        rows.append((_("Vedtaksført"), room_words(view.quorum)))
    else:
        there = _("{coming} av {invited}", coming=view.quorum.coming, invited=view.quorum.invited)
        rows.append((_("Til stede"), there))
    if own := own_presence(view):
        rows.append((_("Du"), own))
    return tuple(rows)


def _so_far(view: SittingView) -> list[Block]:
    """One line each, without those that are not there for the reader; how many are left counts them all."""
    done = [line for line in view.lines if outcome_of(line) and not line.is_hidden]
    found: list[Block] = []
    if done:
        found.append(Paragraph(_("Avgjort så langt") if view.sitting.is_open else _("Avgjort"), strong=True))
        found.append(Paragraph("\n".join(_line(line, len(done)) for line in done[:MOST_LINES])))
        if len(done) > MOST_LINES:
            found.append(Paragraph(_("… og {n} til", n=len(done) - MOST_LINES), small=True))
    if view.sitting.is_open:
        left = len(view.undecided)
        words = ngettext_("{n} punkt gjenstår.", "{n} punkter gjenstår.", left) if left else _("Alt er avgjort.")
        found.append(Paragraph(words, small=True))
    return found


def _line(line: SittingLine, among: int) -> str:
    return f"{placed(line, share(_TITLES, among))}: {outcome_of(line)}"


def share(room: tuple[int, int, int], among: int) -> int:
    least, most, total = room
    return max(least, min(most, total // max(among, 1)))


# -- buttons -----------------------------------------------------------------------------------------------------------


def key(view: SittingView) -> dict[str, Json]:
    return {"id": view.meeting.id, "rev": view.sitting.rev}


def _buttons(view: SittingView) -> tuple[Button, ...]:
    found: list[Button] = []
    if view.may_go_on:
        found.append(go_on(view))
    if view.runs:
        found += _running(view)
    if options := item_options(view, [line for line in view.lines if line.decision]):
        item = Field("item", "choice", _("Hvilket punkt?"), required=True, options=options)
        found.append(Act(actions.DECISION_OPEN, _("Les et vedtak"), key(view), fields=(item,), send=_("Vis vedtaket")))
    if not view.runs:
        found += [
            Say(_("Saksliste"), _said(view, _("saksliste"))),
            Say(_("Sakspapirer"), _said(view, _("sakspapirer"))),
        ]
    return tuple(found)


def _running(view: SittingView) -> list[Button]:
    if view.sitting.is_open:
        return [
            Act(actions.SITTING_OPEN, _("Åpne kjøreplanen"), {**key(view), "sheet": True}, "positive"),
            presence(view),
        ]
    waiting = any(not decision.is_published for decision in view.decisions.values()) and view.is_board
    publish = Act(actions.DECISION_PUBLISH, _("Kunngjør vedtakene"), {"id": view.meeting.id}, "positive")
    minutes = Say(_("Skriv referat"), _said(view, _("skriv referat")))
    return [*([publish] if waiting else []), minutes]


def _said(view: SittingView, words: str) -> str:
    return words if view.is_board else f"{words} {_('au')}"


def presence(view: SittingView) -> Act:
    data = {**key(view), "presence": True}
    return Act(actions.SITTING_OPEN, _("Hvem er til stede"), data, with_inputs=False)


def go_on(view: SittingView) -> Act:
    reason = Field("reason", "long_text", _("Hvorfor går møtet videre? Det kommer i referatet."), required=True)
    return Act(actions.SITTING_GO_ON, _("Gå videre"), key(view), fields=(reason,), send=_("Møtet går videre"))


def item_options(view: SittingView, lines: list[SittingLine]) -> tuple[Option, ...]:
    length = share((16, 60, 1_600), len(lines))
    return tuple(Option(line.item.id, placed(line, length)) for line in lines[:MOST_LINES] if not line.is_hidden)
