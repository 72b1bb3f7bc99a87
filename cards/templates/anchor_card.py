"""Anchoring receipts: a member's answers for the own organisation, the map for the board, the text to send on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from board.anchoring import Anchored, anchor_object
from board.case_content import MAX_TEXT
from board.decision import Decision
from cards import actions
from cards.after_views import AnchorView
from cards.i18n import _, noop
from cards.message import (
    About,
    Act,
    Banner,
    Block,
    Button,
    Facts,
    Field,
    Json,
    LongText,
    Message,
    Option,
    Paragraph,
    Say,
)
from cards.safe import cut
from cards.templates.duty_texts import due_words, meeting_name
from cards.templates.forward_text import forward_text

REST: Final = "rest"
_OPTION: Final = 70
_SHORT_OPTION: Final = 26
"""Where there are many, and each is there four times."""
_FEW: Final = 6
_ROW: Final = 80
_NOTES: Final = 3500
_MOST_SHOWN: Final = 16
_ANSWERS: Final = {
    Anchored.YES: noop("✓ forankret og informert"),
    Anchored.PARTLY: noop("◐ delvis"),
    Anchored.NO: noop("○ ikke ennå"),
}
_SHORT: Final = {Anchored.YES: noop("✓ ja"), Anchored.PARTLY: noop("◐ delvis"), Anchored.NO: noop("○ ikke ennå")}
_BUTTONS: Final = {
    Anchored.YES: noop("Forankret og informert"),
    Anchored.PARTLY: noop("Delvis"),
    Anchored.NO: noop("Ikke ennå"),
}

Typed = Mapping[str, Mapping[str, str]]
"""What was typed under each button, by its answer."""


def anchor_card(view: AnchorView, note: Banner | None = None, typed: Typed | None = None, why: str = "") -> Message:
    """For a member: each decision with what one has said of it, and the answers."""
    own = _own(view)
    title = _("Forankring av vedtakene i {meeting}", meeting=meeting_name(view.meeting))
    blocks: list[Block] = [note] if note else []
    if view.left:
        blocks.append(Paragraph(_asks(view)))
    blocks.append(
        Facts(tuple((cut(view.name(d), _ROW), own.get(d.item, _("ikke svart"))) for d in view.asked[:_MOST_SHOWN]))
    )
    if len(view.asked) > _MOST_SHOWN:
        blocks.append(Paragraph(_("… og {n} til", n=len(view.asked) - _MOST_SHOWN), small=True))
    return Message(
        title=title,
        blocks=tuple(blocks),
        buttons=_buttons(view, typed or {}),
        why=why,
        summary=_summary(view, title),
        about=About(anchor_object(view.meeting.id), 1),
    )


def why_asked() -> str:
    return _("Du får denne fordi medlemmene forankrer vedtakene i egen virksomhet (mandatet § 4).")


def _asks(view: AnchorView) -> str:
    if view.due is None:
        return _("Er vedtakene forankret i virksomheten din, og er de som trenger det, informert?")
    due = due_words(view.due, view.today)
    return _("Er vedtakene forankret i virksomheten din, og er de som trenger det, informert? Svar {due}.", due=due)


def _summary(view: AnchorView, title: str) -> str:
    if not view.left:
        return _("{title}: du har svart.", title=title)
    return _("{title}: {n} gjenstår.", title=title, n=len(view.left))


def _own(view: AnchorView) -> dict[str, str]:
    return {item: _(_ANSWERS[anchor.answer]) for (item, unit), anchor in view.answers.items() if unit == view.unit}


def _buttons(view: AnchorView, typed: Typed) -> tuple[Button, ...]:
    """Where something was typed and not taken in, that button alone: nothing of it is cut."""
    key: dict[str, Json] = {"id": view.meeting.id}
    found: list[Button] = []
    kept = [answer for answer in Anchored if str(answer) in typed] or list(Anchored)
    for answer in kept if view.unit and view.asked else ():
        was = typed.get(str(answer), {})
        fields = (*_which(view, was), _note(was))
        style = "positive" if answer is Anchored.YES else "default"
        data: dict[str, Json] = {**key, "answer": str(answer)}
        found.append(Act(actions.ANCHOR_ANSWER, _(_BUTTONS[answer]), data, style, fields, send=_("Send svaret")))  # type: ignore[arg-type]  # the two words are styles
    if not typed:
        found += _forward(view, key)
    if view.may_read and view.units:
        found.append(Act(actions.ANCHOR_MAP, _("Alle helseforetakene"), key, with_inputs=False))
    return tuple(found)


def _forward(view: AnchorView, key: dict[str, Json]) -> list[Button]:
    if not view.told:
        return []
    if len(view.told) == 1:
        one: dict[str, Json] = {**key, "item": view.told[0].item}
        return [Act(actions.ANCHOR_TEXT, _("Tekst å sende videre"), one, with_inputs=False)]
    which = Field("item", "choice", _("Hvilket vedtak?"), options=_options(view, view.told), required=True)
    return [Act(actions.ANCHOR_TEXT, _("Tekst å sende videre"), key, fields=(which,), send=_("Vis teksten"))]


def _which(view: AnchorView, was: Mapping[str, str]) -> tuple[Field, ...]:
    options = _options(view, view.asked)
    if len(view.left) > 1:
        options = (Option(REST, _("Alle som gjenstår ({n})", n=len(view.left))), *options)
    stands = was.get("item", "") or options[0].value
    return (Field("item", "choice", _("Hvilket vedtak?"), stands, required=True, options=options),)


def _options(view: AnchorView, decisions: Sequence[Decision]) -> tuple[Option, ...]:
    """Those that are not answered first, where there are more than a card holds."""
    length = _OPTION if len(decisions) <= _FEW else _SHORT_OPTION
    left = {decision.item for decision in view.left}
    ordered = (
        sorted(decisions, key=lambda decision: decision.item not in left) if len(decisions) > _MOST_SHOWN else decisions
    )
    return tuple(Option(decision.item, cut(view.name(decision), length)) for decision in ordered[:_MOST_SHOWN])


def _note(was: Mapping[str, str]) -> Field:
    hint = _("Valgfri. Hele styret, porteføljeansvarlig og kontoret ser den.")
    return Field("note", "long_text", _("Merknad"), was.get("note", ""), hint=hint, max_length=MAX_TEXT)


# -- the map -----------------------------------------------------------------------------------------------------------


def map_card(view: AnchorView, note: Banner | None = None) -> Message:
    """Each organisation's answers, a row each, and each decision's sum."""
    title = _("Forankring i helseforetakene: {meeting}", meeting=meeting_name(view.meeting))
    blocks: list[Block] = [note] if note else []
    shown = view.asked[:_MOST_SHOWN]
    if not shown:
        blocks.append(Paragraph(_("Ingen av vedtakene på møtet skal forankres.")))
    for decision in shown:
        blocks += [Paragraph(view.name(decision), strong=True), Paragraph(_sum(view, decision), small=True)]
    if shown:
        blocks.append(Facts(tuple((name, _row(view, unit, shown)) for unit, name in view.units.items())))
    if notes := _notes(view):
        blocks.append(LongText(_("Merknader"), notes))
    buttons: list[Button] = []
    if view.unit and view.asked:
        own: dict[str, Json] = {"id": view.meeting.id}
        buttons.append(Act(actions.ANCHOR_OPEN, _("Svar for min virksomhet"), own, with_inputs=False))
    buttons += _forward(view, {"id": view.meeting.id})
    return Message(
        title=title,
        blocks=tuple(blocks),
        buttons=(*buttons, Say(_("Vedtak"), _("vedtak"))),
        summary=_("{title}. {n} vedtak.", title=title, n=len(view.asked)),
    )


def _sum(view: AnchorView, decision: Decision) -> str:
    counts = {answer: view.count(decision, answer) for answer in (*Anchored, None)}
    said = [f"{_(_SHORT[answer])}: {counts[answer]}" for answer in Anchored]
    return " · ".join([*said, _("– ikke svart: {n}", n=counts[None])])


def _row(view: AnchorView, unit: str, decisions: Sequence[Decision]) -> str:
    said = []
    for decision in decisions:
        anchor = view.answers.get((decision.item, unit))
        words = _(_SHORT[anchor.answer]) if anchor else _("– ikke svart")
        said.append(f"{decision.number} {words}")
    return "\n".join(said)


def _notes(view: AnchorView) -> str:
    numbers = {decision.item: decision.number for decision in view.asked}
    lines = [
        _("{who}, {number}: {note}", who=view.units.get(unit, ""), number=numbers[item], note=anchor.note)
        for (item, unit), anchor in view.answers.items()
        if anchor.note and item in numbers
    ]
    return cut("\n".join(lines), _NOTES)


# -- to send on --------------------------------------------------------------------------------------------------------


def text_message(view: AnchorView, decision: Decision) -> Message:
    """The text alone, to be copied; above it whether the minutes stand behind it yet."""
    blocks: list[Block] = []
    if not view.approved:
        words = _("Foreløpig: referatet er ikke godkjent ennå. Det står i teksten også.")
        blocks.append(Banner(words, "warning"))
    blocks.append(Paragraph(forward_text(view, decision)))
    return Message(
        title=_("Til å sende videre: {case}", case=view.name(decision)),
        blocks=tuple(blocks),
        buttons=(Act(actions.ANCHOR_MAP, _("Forankring"), {"id": view.meeting.id}, with_inputs=False),),
        summary=_("Tekst til å sende videre: {case}", case=view.name(decision)),
    )


def nothing_decided() -> Message:
    said = _("Styret har ikke vedtatt noe her ennå. Når et vedtak er meddelt, ser du her hvordan det er forankret.")
    buttons = (Say(_("Frister"), _("frister")), Say(_("Oppgaver"), _("oppgaver")))
    return Message(_("Ingen vedtak å forankre ennå"), (Paragraph(said),), buttons)
