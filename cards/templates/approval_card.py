"""*Godkjenning av referat*: the question to each seat, the tally for who leads, and how it was concluded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from board.approval import Conclusion, Said
from board.minutes import minutes_object
from board.remarks import Remark
from cards import actions
from cards.approval_views import ApprovalView
from cards.formats import date_time, join_words, weekday_date
from cards.i18n import _
from cards.labels import the_meeting
from cards.message import About, Act, Banner, Block, Button, Field, Inputs, Json, LongText, Message, Option, Paragraph
from cards.safe import cut
from cards.templates.differences import marked
from cards.templates.minutes_texts import section_name

_SHOWN: Final = 2600
_LINE: Final = 80
_SHORT: Final = 12
"""Letters of a digest that a person can compare."""


def approval_card(view: ApprovalView, note: Banner | None = None, why: str = "", typed: str = "") -> Message:
    """One question. ``typed``: a remark that was not taken in stands there still."""
    day = weekday_date(view.meeting.day)
    title = _("Godkjenne referatet fra {meeting} {day}?", meeting=the_meeting(view.meeting.body), day=day)
    blocks: list[Block] = [note] if note else []
    blocks += _own(view)
    if view.runs:
        blocks += _tally(view)
    blocks += _remarks(view)
    blocks.append(LongText(_("Referatet, versjon {n}", n=view.version.version), text_of(view), folded=True))
    digest = view.minutes.called_digest[:_SHORT]
    blocks.append(
        Paragraph(_("Svaret gjelder akkurat denne teksten (kontrollsum {digest}).", digest=digest), small=True)
    )
    return Message(
        title=title,
        blocks=tuple(blocks),
        buttons=_buttons(view, typed),
        why=why,
        summary=title,
        about=About(minutes_object(view.minutes.meeting), view.minutes.rev),
    )


def text_of(view: ApprovalView) -> str:
    """The sections, one after the other, without what this reader may not see."""
    shown = [section for section in view.version.sections if section.id not in view.hidden]
    parts = [f"{section.heading}\n{section.text}".strip() for section in shown if section.text or section.heading]
    return cut("\n\n".join(parts), _SHOWN)


def _own(view: ApprovalView) -> list[Block]:
    own = view.own
    if own is None:
        return []
    when = date_time(own.at)
    if own.said is Said.APPROVE:
        return [Banner(_("Du godkjente {when}.", when=when), "good")]
    return [Banner(_("Du ga en merknad {when}.", when=when), "warning"), Paragraph(own.note)]


def tally_words(view: ApprovalView) -> str:
    """«9 av 12 har svart: 8 godkjenner, 1 merknad. 7 må godkjenne.»"""
    approved = sum(one.said is Said.APPROVE for one in view.answers)
    return _(
        "{answered} av {seats} har svart: {approved} godkjenner, {remarks} har merknad. {needed} må godkjenne.",
        answered=len(view.answers), seats=view.ground.seats, approved=approved,
        remarks=len(view.answers) - approved, needed=view.ground.needed,
    )  # fmt: skip


def _tally(view: ApprovalView) -> list[Block]:
    """Who said what, as lines: a column would break long names on a phone."""
    agreed = [view.name(one.person) for one in view.answers if one.said is Said.APPROVE]
    lines = [_("Godkjenner: {who}.", who=join_words(agreed))] if agreed else []
    lines += [
        _("{who} har merknad: «{note}»", who=view.name(one.person), note=cut(one.note, 120))
        for one in view.answers
        if one.said is Said.REMARK
    ]
    if view.silent:
        lines.append(_("Ikke svart: {who}.", who=join_words([view.name(person) for person in view.silent])))
    return [Paragraph(tally_words(view), strong=True), *(Paragraph(line) for line in lines)]


def _remarks(view: ApprovalView) -> list[Block]:
    waiting = [
        LongText(_("Åpen merknad fra {who}", who=view.name(one.person)), _about(view, one))
        for one in _seen(view.waiting, view)
    ]
    staged = [
        LongText(_("Rettelse som tas inn ({who})", who=view.name(one.person)), _correction(view, one))
        for one in _seen(view.staged, view)
    ]
    return [*waiting, *staged]


def _correction(view: ApprovalView, remark: Remark) -> str:
    """The lines that become others, with what is added and removed in them; the rest is in the text already."""
    section = view.version.section(remark.section)
    before, after = (section.text if section else "").splitlines(), remark.new_text.splitlines()
    gone = [line for line in before if line not in after]
    new = [line for line in after if line not in before]
    return marked("\n".join(gone), "\n".join(new))


def _seen(remarks: Sequence[Remark], view: ApprovalView) -> list[Remark]:
    """Without those about a case that is not there for the reader."""
    return [one for one in remarks if one.section not in view.hidden]


def _about(view: ApprovalView, remark: Remark) -> str:
    if not remark.section:
        return remark.text
    return f"{section_name(view.version.sections, remark.section)}: {remark.text}"


def _buttons(view: ApprovalView, typed: str) -> tuple[Button, ...]:
    data: dict[str, Json] = {"id": view.minutes.meeting, "rev": view.minutes.rev, "digest": view.minutes.called_digest}
    found: list[Button] = []
    if view.may_answer:
        remark = Field("note", "long_text", _("Merknad"), typed, required=True)
        found.append(
            Act(actions.MINUTES_APPROVE, _("Godkjenn"), {**data, "answer": "approve"}, "positive", with_inputs=False)
        )
        found.append(
            Act(
                actions.MINUTES_APPROVE, _("Merknad"), {**data, "answer": "remark"}, fields=(remark,), with_inputs=False
            )
        )
    if view.runs and (view.waiting or view.staged):
        found.append(_stage(view, data))
    if view.concludes:
        found.append(_conclude(view, data))
    whole: dict[str, Json] = {"id": view.minutes.meeting, "rev": view.minutes.rev}
    found.append(Act(actions.MINUTES_PDF, _("Les hele (PDF)"), whole, with_inputs=False))
    return tuple(found)


def _stage(view: ApprovalView, data: dict[str, Json]) -> Act:
    """Who writes the minutes goes from remark to remark; the chair has them in one form."""
    words = _("Ta inn rettelse")
    if not view.reader.is_handler:
        return Act(actions.MINUTES_ACCEPT_REMARK, words, {**data, "stage": True}, with_inputs=False)
    first = (*_seen(view.waiting, view), *_seen(view.staged, view))
    remark = str(first[0].id) if first else ""
    return Act(actions.MINUTES_OPEN, words, {**data, "remark": remark}, with_inputs=False)


def _conclude(view: ApprovalView, data: dict[str, Json]) -> Act:
    best = Conclusion.WITH_CORRECTIONS if view.staged else Conclusion.APPROVED
    options = (
        *((Option(Conclusion.APPROVED, _("Godkjent")),) if not view.staged else ()),
        *((Option(Conclusion.WITH_CORRECTIONS, _("Godkjent med rettelser")),) if view.staged else ()),
        Option(Conclusion.POSTPONED, _("Utsatt til neste møte")),
    )
    result = Field("result", "choice", _("Konklusjon"), best, required=True, options=options)
    return Act(actions.MINUTES_CONCLUDE, _("Konkluder"), data, fields=(result,), with_inputs=False)


def staging_card(view: ApprovalView, note: Banner | None = None, typed: Mapping[str, str] | None = None) -> Message:
    """For who runs the meeting: which remark, which section, and what that section becomes."""
    typed = typed or {}
    remarks = _seen([*view.waiting, *view.staged], view)
    about = (LongText(view.name(one.person), _about(view, one)) for one in remarks)
    fields = _staging_fields(view, remarks, typed)
    shown = next(field.value for field in fields if field.id == "section")
    take_in = Act(
        actions.MINUTES_ACCEPT_REMARK,
        _("Ta inn"),
        {"id": view.minutes.meeting, "rev": view.minutes.rev, "digest": view.minutes.called_digest, "shown": shown},
        "positive",
    )
    back = Act(actions.MINUTES_OPEN, _("Tilbake"), {"id": view.minutes.meeting}, with_inputs=False)
    return Message(
        title=_("Ta inn en rettelse"),
        blocks=(*((note,) if note else ()), *about, Inputs(fields)),
        buttons=(take_in, back),
        summary=_("Ta inn en rettelse i referatet"),
    )


def _staging_fields(view: ApprovalView, remarks: Sequence[Remark], typed: Mapping[str, str]) -> tuple[Field, ...]:
    """Begins with the first remark and the text of the section it is about, or of what was typed."""
    sections = [one for one in view.version.sections if one.id not in view.hidden and (one.text or one.heading)]
    first = remarks[0] if remarks else None
    section = typed.get("section") or (first.section if first else "") or (sections[0].id if sections else "")
    target = view.version.section(section)
    text = (
        typed.get("text")
        or (first.new_text if first and section == first.section else "")
        or (target.text if target else "")
    )
    of_remarks = tuple(Option(one.id, cut(f"{view.name(one.person)}: {one.text}", _LINE)) for one in remarks)
    of_sections = tuple(Option(one.id, cut(section_name(sections, one.id), _LINE)) for one in sections)
    chosen = typed.get("remark") or (first.id if first else "")
    return (
        Field("remark", "choice", _("Merknad"), chosen, required=True, options=of_remarks),
        Field("section", "choice", _("Del av referatet"), section, required=True, options=of_sections),
        Field("text", "long_text", _("Slik skal delen lyde"), text, required=True),
    )


def concluded_words(conclusion: Conclusion) -> str:
    words = {
        Conclusion.APPROVED: _("Referatet er godkjent. Den låste filen lages nå."),
        Conclusion.WITH_CORRECTIONS: _("Referatet er godkjent med rettelser. Den låste filen lages nå."),
        Conclusion.POSTPONED: _("Godkjenningen er utsatt til neste møte."),
    }
    return words[conclusion]
