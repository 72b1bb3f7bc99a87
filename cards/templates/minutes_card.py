"""Minutes as one reader sees them now: how far they are, what they say part by part, and what the reader can do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from board.minutes import MinutesState
from cards import actions
from cards.formats import date_time
from cards.i18n import _, ngettext_
from cards.labels import minutes_state_name
from cards.message import About, Act, Banner, Block, Button, Facts, Field, Inputs, Json, LongText, Message, Say
from cards.minutes_views import MinutesView
from cards.safe import cut
from cards.templates.duty_texts import due_words
from cards.templates.minutes_texts import (
    class_options,
    minutes_name,
    names_of,
    remark_line,
    section_options,
    small,
    version_line,
)

_SHOWN = 40
_HEADING = 90


def minutes_card(
    view: MinutesView, note: Banner | None = None, why: str = "", typed: Mapping[str, str] | None = None
) -> Message:
    """``typed``: what was written in the remark's fields."""
    title, state = minutes_name(view.meeting), minutes_state_name(view.minutes.state)
    blocks: list[Block] = [*([note] if note else []), Facts(tuple(_facts(view)))]
    blocks += _contents(view)
    blocks += _remarks(view)
    if view.sections:
        blocks.append(_choice(view, typed or {}))
    if view.left_out:
        blocks.append(small(_("Det som gjelder saker du er inhabil i, er ikke med.")))
    asks = _asks(view)
    return Message(
        title=title,
        blocks=tuple(blocks),
        buttons=_buttons(view, typed or {}),
        why=why,
        summary=f"{title}: {note.text}" if note else f"{title}: {asks or state}",
        about=About(view.object_id, view.minutes.rev),
    )


def _asks(view: MinutesView) -> str:
    due = view.minutes.remarks_due
    if not (view.may_remark and view.takes_remarks and due) or view.mine:
        return ""
    return _("Har du merknader? Svar {day}", day=due_words(due, view.today))


def _facts(view: MinutesView) -> Iterator[tuple[str, str]]:
    minutes = view.minutes
    yield _("Tilstand"), minutes_state_name(minutes.state).capitalize()
    if view.text:
        yield _("Tekst"), version_line(view, view.text)
    if minutes.state is MinutesState.CIRCULATED and minutes.remarks_due:
        closed = _("Runden er over. Referatet godkjennes i neste møte.")
        yield _("Merknader"), due_words(minutes.remarks_due, view.today) if view.takes_remarks else closed
    if minutes.approved_at:
        yield _("Godkjent"), date_time(minutes.approved_at)
    if minutes.sha256:
        yield _("Filens SHA-256"), minutes.sha256
    if view.mine and view.may_remark:
        said = _("merknad") if view.mine.remarked else _("ingen merknad")
        yield _("Ditt svar"), _("{said}, {when}", said=said, when=date_time(view.mine.at))
    if view.writes and minutes.state is MinutesState.CIRCULATED:
        yield _("Svar"), _answers(view)


def _answers(view: MinutesView) -> str:
    """Who has answered and who has not. Silence is no answer, and approves nothing."""
    said = {one.person for one in view.answers}
    left = [person for person in view.asked if person not in said]
    told = _("{n} av {all} har svart", n=len([p for p in view.asked if p in said]), all=len(view.asked))
    return _("{told}. Ikke svart: {names}", told=told, names=names_of(view, left)) if left else told


def _contents(view: MinutesView) -> list[Block]:
    """The parts by heading; each is read by itself, as the whole is too long for a phone."""
    headings = [cut(one.heading, _HEADING) for one in view.sections if one.level == 1 and one.heading]
    if not headings:
        return []
    shown = [f"• {heading}" for heading in headings[:_SHOWN]]
    if len(headings) > _SHOWN:
        shown.append(_("… og {n} til.", n=len(headings) - _SHOWN))
    return [LongText(_("Innhold ({n} deler)", n=len(headings)), "\n".join(shown), folded=True)]


def _remarks(view: MinutesView) -> list[Block]:
    if not view.remarks:
        return []
    name = _("Merknader ({n})", n=len(view.remarks)) if view.writes else _("Dine merknader")
    return [LongText(name, "\n\n".join(remark_line(view, one) for one in view.remarks))]


# -- buttons -----------------------------------------------------------------------------------------------------------


def _buttons(view: MinutesView, typed: Mapping[str, str]) -> tuple[Button, ...]:
    data: dict[str, Json] = {"id": view.meeting.id, "rev": view.minutes.rev}
    if view.text is None:
        return (Act(actions.MEETING_OPEN, _("Vis møtet"), {"id": view.meeting.id}, with_inputs=False),)
    buttons: list[Button] = []
    if view.may_remark and view.takes_remarks and not view.is_draft:
        buttons += remark_buttons(view, typed)
    buttons.append(_choose(view, data))
    if view.writes and view.is_draft:
        buttons.append(Act(actions.MINUTES_CIRCULATE, _("Send til merknader"), data, "positive", with_inputs=False))
        buttons.append(Act(actions.MINUTES_WORD, _("Rediger i Word"), data, with_inputs=False))
    if view.writes and view.open_remarks:
        n = len(view.open_remarks)
        label = ngettext_("Behandle {n} merknad", "Behandle {n} merknader", n)
        first: dict[str, Json] = {**data, "remark": view.open_remarks[0].id}
        buttons.append(Act(actions.MINUTES_OPEN, label, first, with_inputs=False))
    buttons.append(Act(actions.MINUTES_PDF, _("PDF"), data, with_inputs=False))
    buttons.append(Act(actions.MINUTES_VERSIONS, _("Versjoner"), data, with_inputs=False))
    return tuple(buttons)


def _choose(view: MinutesView, data: Mapping[str, Json]) -> Act:
    """What is chosen stands in the card, for this button and for *Merknad*."""
    label = _("Les eller skriv om delen") if view.writes and view.is_draft else _("Les delen")
    return Act(actions.MINUTES_SECTION, label, data)


def _choice(view: MinutesView, typed: Mapping[str, str]) -> Inputs:
    """Where a remark was typed, which takes room, only the part it was about."""
    chosen = typed.get("section", "")
    offered = section_options(view.sections, chosen)
    if typed.get("remark"):
        offered = tuple(one for one in offered if one.value == chosen)
    hint = _("La den stå tom for hele referatet.") if view.may_remark and view.takes_remarks else ""
    return Inputs((Field("section", "choice", _("Hvilken del?"), chosen, hint=hint, options=offered),))


def remark_buttons(view: MinutesView, typed: Mapping[str, str], section: str = "") -> list[Button]:
    """*Ingen merknad* and *Merknad*; ``section``: the one that is shown, so that it need not be chosen."""
    version = view.text.version if view.text else 0
    data: dict[str, Json] = {"id": view.meeting.id, "rev": view.minutes.rev, "version": version}
    cls = Field(
        "class", "choice", _("Hva slags merknad?"), typed.get("class", ""), required=True, options=class_options()
    )
    text = Field(
        "remark", "long_text", _("Merknaden"), typed.get("remark", ""), required=True,
        hint=_("Skriv gjerne hva det skal stå i stedet."),
    )  # fmt: skip
    if section:
        data["section"] = section
    remark = Act(
        actions.MINUTES_REMARK, _("Merknad"), data, fields=(cls, text), with_inputs=not section,
        send=_("Send merknaden"),
    )  # fmt: skip
    if section:
        return [remark]
    return [Act(actions.MINUTES_NONE, _("Ingen merknad"), data, "positive", with_inputs=False), remark]


def no_minutes(*, writes: bool) -> Message:
    words = _("Når et møte er lukket, kan du skrive «skriv referat».") if writes else _("Det er ingen referater ennå.")
    return Message(_("Ingen referater å vise"), (small(words),), (Say(_("Frister"), _("frister")),))
