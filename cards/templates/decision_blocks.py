"""What the board decided in a case, as its card shows it: the latest decision whole, earlier ones in a line."""

from __future__ import annotations

from typing import Final

from board.clock import local_day
from board.decision import Decision
from board.follow_up import FollowUp
from board.states import ENDED
from cards.formats import date_time, weekday_date
from cards.i18n import _
from cards.labels import decided_name
from cards.message import Block, LongText, Paragraph
from cards.safe import cut
from cards.templates.forward_text import ready_text
from cards.views import CaseView

_FOLLOWED: Final = 12
_NOTE: Final = 200


def decision_blocks(view: CaseView, *, to_send_on: bool = False) -> tuple[Block, ...]:
    """``to_send_on``: with the decision as a text that its reader can pass on."""
    if not view.decisions:
        return ()
    *earlier, latest = view.decisions
    blocks = [*_whole(view, latest), *_followed(view)]
    if to_send_on and latest.is_published:
        blocks.append(LongText(_("Tekst du kan sende videre"), _ready(view, latest), folded=True))
    return (*blocks, *(Paragraph(_line(view, one), small=True) for one in reversed(earlier)), *_numbers(view))


def _numbers(view: CaseView) -> tuple[Block, ...]:
    """A case that was put off: from its earlier number to what came of it, where both can be opened by either."""
    case, earlier = view.case, view.case.earlier_numbers
    if not earlier:
        return ()
    before = ", ".join(earlier)
    if case.state in ENDED:
        said = _("Tidligere nummer: {before}.", before=before)
    elif case.board_number:
        said = _("Tidligere nummer: {before}. Nå er saken {number}.", before=before, number=case.board_number)
    else:
        said = _("Tidligere nummer: {before}. Den får et nytt nummer på neste saksliste.", before=before)
    return (Paragraph(said, small=True),)


def _followed(view: CaseView) -> tuple[Block, ...]:
    """Every follow-up with how it stands and what was said of it last."""
    shown = view.follow_ups[:_FOLLOWED]
    if not shown:
        return ()
    lines = [f"– {_state_of(view, one)}" for one in shown]
    if left := len(view.follow_ups) - len(shown):
        lines.append(_("… og {n} til.", n=left))
    return (LongText(_("Oppfølging"), "\n".join(lines)),)


def _state_of(view: CaseView, one: FollowUp) -> str:
    words = {"text": cut(one.text, _NOTE), "who": view.name(one.owner)}
    last = f" «{cut(one.reports[-1].note, _NOTE)}»" if one.reports else ""
    if one.done_at:
        return _("Utført {when}: {text} ({who}).", when=date_time(one.done_at), **words) + last
    return _("Åpen, frist {day}: {text} ({who}).", day=weekday_date(one.due), **words) + last


def _ready(view: CaseView, one: Decision) -> str:
    held = view.meetings.get(one.meeting)
    day = held.day if held else local_day(one.recorded_at)
    return ready_text(one, view.case.content, day, view.mandate, approved=one.meeting in view.minuted)


def _whole(view: CaseView, one: Decision) -> tuple[Block, ...]:
    blocks: list[Block] = [Paragraph(_line(view, one), strong=True)]
    if one.text:
        blocks.append(LongText(_("Vedtak"), one.text))
    conditions = [
        _("{text} (ansvarlig: {who}, frist {day})", text=c.text, who=view.name(c.owner), day=weekday_date(c.due))
        for c in one.conditions
    ]
    if conditions:
        blocks.append(LongText(_("Vilkår"), "\n".join(f"– {line}" for line in conditions)))
    if one.statement:
        blocks.append(LongText(_("Protokolltilførsel"), one.statement, folded=True))
    blocks.append(Paragraph(_how_final(view, one), small=True))
    return tuple(blocks)


def _line(view: CaseView, one: Decision) -> str:
    held = view.meetings.get(one.meeting)
    day = weekday_date(held.day if held else local_day(one.recorded_at))
    return _("Sak {number} i styret {day}: {outcome}.", number=one.number, day=day, outcome=decided_name(one.outcome))


def _how_final(view: CaseView, one: Decision) -> str:
    """*Foreløpig, referat ikke godkjent* until the minutes that hold it are approved (``process.md``)."""
    if not one.is_published:
        return _("Ikke kunngjort ennå.")
    if one.meeting in view.minuted:
        return _("Referatet er godkjent.")
    return _("Foreløpig: referatet er ikke godkjent.")
