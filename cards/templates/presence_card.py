"""Who is in the room, for who runs the meeting: come, gone, and whether enough are there."""

from __future__ import annotations

from typing import Final

from board.ids import PersonId
from board.sitting import Seat
from cards import actions
from cards.i18n import _
from cards.message import Act, Banner, Block, Field, Inputs, Json, Message, Option, Paragraph
from cards.safe import cut
from cards.sitting_views import SittingView
from cards.templates.sitting_card import go_on, key
from cards.templates.sitting_texts import room_words, the_sitting

_NAME: Final = 60
_MOST: Final = 60


def presence_card(view: SittingView, note: Banner | None = None, person: str = "", error: str = "") -> Message:
    """``person``: who was chosen last. No copy of the meeting's card: it would be drawn anew under the finger."""
    blocks: list[Block] = [note] if note else []
    if view.is_board:
        tone = "good" if view.quorum.is_reached else "warning"
        words = _("Vedtaksført: {there}", there=room_words(view.quorum))
        blocks.append(Paragraph(words, tone=tone, strong=True))  # type: ignore[arg-type]  # both are tones
    blocks.append(Paragraph("\n".join(_lines(view))))
    is_open = view.sitting.is_open
    if is_open:
        options = tuple(Option(seat.person, _named(view, seat)) for seat in view.coming[:_MOST])
        who = Field("person", "choice", _("Hvem?"), person, required=True, error=error, options=options)
        blocks.append(Inputs((who,)))
    title = _("Til stede i {meeting}", meeting=the_sitting(view)[:1].lower() + the_sitting(view)[1:])
    return Message(title=title, blocks=tuple(blocks), buttons=_buttons(view) if is_open else ())


def _lines(view: SittingView) -> tuple[str, ...]:
    """Each seat in the order of the register: who sits on it, or that it is empty. Columns would break long names."""
    taken = {seat.member: seat for seat in view.sitting.seats}
    lines = [_seat(view, member, taken.get(member)) for member in view.invited[:_MOST]]
    others = [seat for seat in view.sitting.seats if seat.member not in view.invited]
    return (*lines, *(_seat(view, seat.member, seat) for seat in others))


def _seat(view: SittingView, member: PersonId, seat: Seat | None) -> str:
    name = cut(view.name(member), _NAME)
    if seat is None:
        return _("○ {who}: ikke til stede", who=name)
    if seat.stands_for:
        return _("✓ {deputy}: til stede for {who}", deputy=cut(view.name(seat.person), _NAME), who=name)
    return _("✓ {who}: til stede", who=name)


def _named(view: SittingView, seat: Seat) -> str:
    name = cut(view.name(seat.person), _NAME)
    return (
        _("{deputy} (vara for {who})", deputy=name, who=cut(view.name(seat.stands_for), _NAME))
        if seat.stands_for
        else name
    )


def _buttons(view: SittingView) -> tuple[Act, ...]:
    come: dict[str, Json] = {**key(view), "present": "true"}
    gone: dict[str, Json] = {**key(view), "present": "false"}
    found = [
        Act(actions.SITTING_SEAT, _("Har kommet"), come, "positive"),
        Act(actions.SITTING_SEAT, _("Har gått"), gone),
    ]
    return (*found, *([go_on(view)] if view.may_go_on else []))
