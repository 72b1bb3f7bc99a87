"""Approved minutes: how final they are, the locked file and what it is known by, what a correction changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from board.minutes import minutes_object
from board.minutes_sections import is_decision
from cards import actions
from cards.formats import weekday_date
from cards.i18n import _
from cards.labels import the_meeting
from cards.locked_views import LockedView
from cards.message import About, Act, Banner, Block, Button, Field, Json, LongText, Message, Open, Option, Paragraph
from cards.safe import cut
from cards.templates.differences import marked
from cards.templates.pack_links import link_words

_LINE: Final = 80
_SHOWN: Final = 3500
NOTHING_TYPED: Final[Mapping[str, str]] = {}


def locked_card(view: LockedView, note: Banner | None = None, why: str = "") -> Message:
    title = _title(view)
    blocks: list[Block] = [note] if note else []
    blocks.append(Paragraph(view.standing))
    blocks += [
        LongText(new.heading or _("Endret"), cut(marked(old.text, new.text), _SHOWN)) for old, new in view.changed
    ]
    blocks.append(_known_by(view))
    return Message(
        title=title,
        blocks=tuple(blocks),
        buttons=_buttons(view),
        why=why,
        summary=title,
        about=About(minutes_object(view.meeting.id), view.minutes.rev),
    )


def _title(view: LockedView) -> str:
    what, day = the_meeting(view.meeting.body), weekday_date(view.meeting.day)
    if view.version.corrects:
        return _("Referatet fra {meeting} {day} er rettet", meeting=what, day=day)
    return _("Referatet fra {meeting} {day} er godkjent", meeting=what, day=day)


def _known_by(view: LockedView) -> Paragraph:
    """The whole of it: what a person compares with the file's own."""
    if not view.minutes.sha256:
        return Paragraph(_("Den låste filen lages nå."), small=True)
    words = _("Låst fil, {pages} sider. Kontrollsum (SHA-256): {sha256}", pages=view.minutes.pages,
              sha256=view.minutes.sha256)  # fmt: skip
    return Paragraph(words, small=True)


def _buttons(view: LockedView) -> tuple[Button, ...]:
    data: dict[str, Json] = {"id": view.meeting.id}
    found: list[Button] = []
    if view.minutes.sha256:
        found.append(Act(actions.MINUTES_PDF, _("Åpne referatet (PDF)"), data, "positive", with_inputs=False))
    if view.may_correct:
        found.append(Act(actions.MINUTES_CORRECT, _("Rett referatet"), data, with_inputs=False))
    return tuple(found)


def correction_form(
    view: LockedView, note: Banner | None = None, typed: Mapping[str, str] = NOTHING_TYPED
) -> Message:  # fmt: skip
    """First which part; then how it shall read, and why."""
    chosen = next((one for one in view.sections if one.id == typed.get("section") and not is_decision(one.id)), None)
    data: dict[str, Json] = {"id": view.meeting.id, "version": view.version.version}
    now: tuple[Block, ...] = ()
    if chosen is None:
        fields: tuple[Field, ...] = (_which(view),)
        label = _("Neste")
    else:
        data["section"] = chosen.id
        if note and typed.get("text", chosen.text) != chosen.text:  # it may have been corrected by others since
            now = (LongText(chosen.heading or _("Teksten"), cut(chosen.text, _SHOWN)),)
        fields = (
            Field("text", "long_text", chosen.heading or _("Teksten"), typed.get("text", chosen.text), required=True),
            Field("reason", "long_text", _("Hvorfor rettes det?"), typed.get("reason", ""), required=True),
        )
        label = _("Lag rettet versjon")
    words = _("En rettelse blir en ny versjon som viser tilbake til denne. Alle som fikk referatet, får beskjed.")
    return Message(
        title=_("Rett det godkjente referatet"),
        blocks=(*((note,) if note else ()), Paragraph(words), *now),
        buttons=(
            Act(actions.MINUTES_CORRECT, label, data, "positive", fields, with_inputs=False),
            Act(actions.MINUTES_OPEN, _("Tilbake"), {"id": view.meeting.id}, with_inputs=False),
        ),
        summary=_("Rett det godkjente referatet"),
    )


def _which(view: LockedView) -> Field:
    sections = [one for one in view.sections if not is_decision(one.id) and (one.heading or one.text)]
    options = tuple(Option(one.id, cut(one.heading or one.text, _LINE)) for one in sections)
    first = sections[0].id if sections else ""
    return Field("section", "choice", _("Del av referatet"), first, required=True, options=options)


def pdf_ready(view_title: str, link: str, hours: int, meeting: str, *, left_out: bool) -> Message:
    """One's own address of the PDF."""
    blocks: list[Block] = [Paragraph(link_words(hours), small=True)]
    if left_out:
        blocks.insert(0, Paragraph(_("Deler av referatet er utelatt for deg, fordi du er inhabil i saken.")))
    return Message(
        title=view_title,
        blocks=tuple(blocks),
        buttons=(
            Open(_("Åpne PDF"), link),
            Act(actions.MINUTES_OPEN, _("Vis referatet"), {"id": meeting}, with_inputs=False),
        ),
        summary=view_title,
    )


def pdf_title(meeting_words: str, day: str) -> str:
    return _("Referat fra {meeting} {day}", meeting=meeting_words, day=day)
