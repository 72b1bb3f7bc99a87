"""All that waits for somebody, as a card: «oppgaver», the morning's digest, and the digest redrawn."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from board.duty import OWN, Duty
from cards import actions
from cards.i18n import _
from cards.labels import label
from cards.message import About, Act, Banner, Block, Button, Json, Message, Paragraph, Say
from cards.safe import cut
from cards.task_views import TaskList
from cards.templates.delivery_cards import missed_button
from cards.templates.duty_texts import done_words, due_words, subject, what
from cards.templates.office_news import NEWS_SHOWN, Row, news
from cards.templates.task_cards import hours, send_deputy, why_button

SHOWN: Final = 12
DO_NOW: Final = 3
BUTTON_TITLE: Final = 32
"""Characters behind «Gjør nå»: a whole line of a phone."""


def task_list(view: TaskList, note: Banner | None = None, *, morning: bool = False, reminds: bool = False) -> Message:
    """All that waits for the reader. ``reminds``: it goes out as the day's digest and says why; ``morning``: early."""
    blocks: list[Block] = [note] if note else []
    blocks += _rows((what(duty, view.names), _said_of(duty, view), duty.due < view.today) for duty in view.mine[:SHOWN])
    if len(view.mine) > SHOWN:
        blocks.append(Paragraph(_("… og {n} til", n=len(view.mine) - SHOWN), small=True))
    blocks += _handed_on(view)
    blocks += _done(view)
    blocks += _office(view)
    if not blocks or blocks == [note]:
        blocks.append(Paragraph(_("Når noe venter på deg, kommer det her.")))
    head = title(view)
    first = _first(view)
    return Message(
        title=f"{_('God morgen.')} {head}" if morning else head,
        blocks=tuple(blocks),
        buttons=_buttons(view),
        why=why(view) if reminds else "",
        summary=f"{_('God morgen.')} {head}. {first}" if morning else f"{head}. {first}".removesuffix(". "),
        about=About(view.object_id, view.rev),
    )


def title(view: TaskList) -> str:
    if len(view.mine) > 1:
        return _("{n} ting venter på deg", n=len(view.mine))
    if view.mine:
        return _("Én ting venter på deg")
    if view.handed_on:
        return _("Det du ble spurt om, venter på svar fra en vara")
    if not view.office.is_empty:
        return _("Dette bør kontoret vite")
    return _("Alt er gjort") if view.done else _("Ingenting venter på deg")


def why(view: TaskList) -> str:
    if not (view.mine or view.handed_on) and not view.office.is_empty:
        return _("Du får denne fordi du er med i {office}.", office=label(view.mandate.office))
    return _(
        "Du får denne fordi noe venter på deg. Den kommer høyst én gang per virkedag, mellom {opens} og {closes}.",
        **hours(view.mandate),
    )


def _first(view: TaskList) -> str:
    """What a notification says of it: the most urgent one and its day."""
    if view.mine:
        duty = view.mine[0]
        return _("Først: {what}, {due}.", what=what(duty, view.names), due=due_words(duty.due, view.today))
    if view.handed_on:
        return _lower_row(what(view.handed_on[0], view.names), _with_deputy(view.handed_on[0], view))
    if view.done:
        return f"{what(view.done[0], view.names)}: {done_words(view.done[0], view.names)}."
    lines = [said for _heading, rows in news(view) for said, _more, _late in rows]
    return f"{lines[0]}." if lines else ""


def _lower_row(said: str, more: str) -> str:
    return f"{said}, {more}."


def _rows(rows: Iterable[Row]) -> list[Block]:
    """What over by when: in two columns a long word breaks on a phone. One that is late carries a sign."""
    return [
        block
        for said, more, late in rows
        for block in (Paragraph(said, strong=True), Paragraph(more, "warning" if late else "default", small=True))
    ]


def _said_of(duty: Duty, view: TaskList) -> str:
    due = due_words(duty.due, view.today)
    if duty.person == view.reader.id:
        return due
    return _("{due}, for {who}", due=due, who=view.names.person(duty.person))


def _with_deputy(duty: Duty, view: TaskList) -> str:
    return _("hos vara {who}, {due}", who=view.names.person(duty.deputy), due=due_words(duty.due, view.today))


def _handed_on(view: TaskList) -> list[Block]:
    if not view.handed_on:
        return []
    rows = ((what(d, view.names), _with_deputy(d, view), d.due < view.today) for d in view.handed_on[:NEWS_SHOWN])
    return [Paragraph(_("Gitt til vara. Du kan fortsatt svare selv."), small=True), *_rows(rows)]


def _done(view: TaskList) -> list[Block]:
    if not view.done:
        return []
    lines = [f"✓ {what(d, view.names)}: {done_words(d, view.names)}" for d in view.done[:NEWS_SHOWN]]
    return [Paragraph(_("Gjort i dag"), strong=True), *(Paragraph(line, small=True) for line in lines)]


def _office(view: TaskList) -> list[Block]:
    return [block for heading, rows in news(view) for block in (Paragraph(heading), *_rows(rows))]


# -- buttons -----------------------------------------------------------------------------------------------------------


def _buttons(view: TaskList) -> tuple[Button, ...]:
    shown = view.mine[:SHOWN]
    data: dict[str, Json] = {"id": view.object_id, "rev": view.rev}
    missed = missed_button(view.office.unreached[:NEWS_SHOWN], view.names, data)
    found: list[Button] = [_do_now(duty, view) for duty in shown[: DO_NOW - bool(missed)]]
    if any(duty.id in view.can_wait for duty in shown):
        found.append(Act(actions.TASK_SNOOZE, _("I morgen"), data, with_inputs=False))
    if own := [duty for duty in shown if duty.person == view.reader.id and duty.kind not in OWN]:
        found.append(send_deputy(own, view.deputies, data, view.names))
    if asked := (*shown, *view.handed_on[:NEWS_SHOWN]):
        found.append(why_button(asked, data, view.names))
    if missed:
        found.append(missed)
    return tuple(found) or (Say(_("Frister"), _("frister")), Say(_("Mine saker"), _("mine saker")))


def _do_now(duty: Duty, view: TaskList) -> Act:
    name = cut(subject(duty, view.names), BUTTON_TITLE)
    data: dict[str, Json] = {"id": duty.id, "rev": view.rev}
    return Act(actions.TASK_OPEN, _("Gjør nå: {title}", title=name), data, "positive", with_inputs=False)
