"""One decision of a meeting, whole: for everybody there who may know of the case."""

from __future__ import annotations

from board.decision import Decision
from cards import actions
from cards.formats import short_date
from cards.i18n import _
from cards.labels import decided_name
from cards.message import Act, Block, Button, Facts, Json, LongText, Message, Paragraph
from cards.sitting_views import SittingLine, SittingView
from cards.templates.differences import marked
from cards.templates.sitting_texts import is_amended, the_sitting, title_of, voted


def decision_card(view: SittingView, line: SittingLine) -> Message:
    """Word for word. Errors: ``ValueError`` where nothing was decided under the item."""
    done = line.decision
    if done is None:
        raise ValueError(f"nothing was decided under {line.item.id}")
    rows = [(_("Utfall"), decided_name(done.outcome)), (_("Møte"), the_sitting(view))]
    rows.append((_("Stemmer"), voted(view, done)))
    blocks: list[Block] = [Facts(tuple(rows))]
    if done.text:
        blocks.append(LongText(_("Vedtak"), done.text))
    if is_amended(done):
        blocks.append(LongText(_("Endret fra forslaget"), marked(done.proposal, done.text), folded=True))
    if done.conditions:
        lines = [
            _("– {text} ({who}, innen {day})", text=one.text, who=view.name(one.owner), day=short_date(one.due))
            for one in done.conditions
        ]
        blocks.append(LongText(_("Vilkår"), "\n".join(lines)))
    if done.statement:
        blocks.append(LongText(_("Protokolltilførsel"), done.statement))
    if not done.is_published:
        blocks.append(Paragraph(_("Ikke kunngjort ennå."), small=True))
    return Message(title=title_of(line), blocks=tuple(blocks), buttons=_of_decision(view, line, done))


def _of_decision(view: SittingView, line: SittingLine, done: Decision) -> tuple[Button, ...]:
    found: list[Button] = []
    if view.runs and view.by_hand(line) and not done.is_published:
        data: dict[str, Json] = {"id": view.meeting.id, "item": line.item.id, "sheet": True}
        found.append(Act(actions.SITTING_OPEN, _("Rett vedtaket"), data, with_inputs=False))
    back: dict[str, Json] = {"id": view.meeting.id}
    return (*found, Act(actions.SITTING_OPEN, _("Til møtet"), back, with_inputs=False))
