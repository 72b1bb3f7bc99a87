"""The working group's minutes as a card: what they will say before they are finished, and what they say after."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from board.case_content import MAX_TEXT
from board.minutes_sections import ATTENDANCE, REMARKS
from cards import actions
from cards.formats import date_time, join_words, weekday_date
from cards.group_views import GroupMinutesView, Treated
from cards.i18n import _
from cards.labels import outcome_name
from cards.meeting_views import Typed
from cards.message import Act, Banner, Block, Button, Facts, Field, Inputs, Json, LongText, Message, Paragraph, Say
from cards.safe import cut

NOTHING_TYPED: Final = Typed()
_TITLE: Final = 120
_SHOWN: Final = 40


def minutes_card(view: GroupMinutesView, note: Banner | None = None, typed: Typed = NOTHING_TYPED) -> Message:
    """Finished or not: what was treated, and what came of it."""
    blocks: list[Block] = [note] if note else []
    if view.untreated:
        blocks += _untreated(view)
    blocks += [block for treated in view.treated[:_SHOWN] for block in _case(treated, view)]
    if view.hidden:
        one = _("Én sak vises ikke, fordi du ikke har tilgang til den.")
        more = _("{n} saker vises ikke, fordi du ikke har tilgang til dem.", n=view.hidden)
        words = one if view.hidden == 1 else more
        blocks.append(Paragraph(words, small=True))
    if not view.treated and not view.untreated and not view.hidden:
        blocks.append(Paragraph(_("Møtet hadde ingen saker.")))
    blocks += _finished(view) if view.minutes else _inputs(view, typed)
    title = _("Referat fra arbeidsutvalget {day}", day=weekday_date(view.meeting.day))
    return Message(
        title=title if view.minutes else _("Utkast: {title}", title=title),
        blocks=tuple(blocks),
        buttons=_buttons(view),
        summary=note.text if note else "",
    )


def minutes_notice(view: GroupMinutesView) -> Message:
    """That they are finished; what they say is read by pressing, as each reader may see it then."""
    title = _("Referatet fra arbeidsutvalget {day} er ferdig", day=weekday_date(view.meeting.day))
    rows = [(_("Møte"), date_time(view.meeting.starts_at))]
    if view.minutes:
        rows.append((_("Ferdigstilt av"), view.name(view.minutes.by)))
    return Message(
        title=title,
        blocks=(Facts(tuple(rows)), Paragraph(_("Det følger med sakspapirene til styret (mandatet § 5)."), small=True)),
        buttons=(Act(actions.WG_MINUTES, _("Les referatet"), {**_key(view), "preview": True}, with_inputs=False),),
        why=_("Du får denne fordi du er med i arbeidsutvalget."),
        summary=title,
    )


def _key(view: GroupMinutesView) -> dict[str, Json]:
    return {"id": view.meeting.id, "rev": view.meeting.rev}


def _untreated(view: GroupMinutesView) -> list[Block]:
    words = _("Disse sakene er ikke behandlet ennå. Referatet kan ferdigstilles når de er det.")
    lines = [f"{number} {cut(title, _TITLE)}" for number, title in view.untreated[:_SHOWN]]
    return [Banner(words, "warning"), *(Paragraph(line) for line in lines)]


def _case(treated: Treated, view: GroupMinutesView) -> list[Block]:
    done = treated.treatment
    found: list[Block] = [
        Paragraph(f"{done.number} {cut(treated.title, _TITLE)}", strong=True),
        Paragraph(_("Arbeidsutvalget: {outcome}", outcome=outcome_name(done.outcome))),
    ]
    if done.remarks:
        found.append(LongText(_("Merknader"), done.remarks))
    for statement in treated.statements:
        who = view.name(statement.person)
        found.append(LongText(_("Uttalelse fra {who}", who=who), statement.text, folded=True))
    return found


def _finished(view: GroupMinutesView) -> list[Block]:
    if view.minutes is None:
        return []
    found: list[Block] = []
    rows = []
    if there := [line.removeprefix("– ") for line in view.said(ATTENDANCE).splitlines() if line]:
        rows.append((_("Til stede"), join_words(there)))
    rows.append((_("Ferdigstilt"), f"{view.name(view.minutes.by)}, {date_time(view.minutes.at)}"))
    found.append(Facts(tuple(rows)))
    if remarks := view.said(REMARKS):
        found.append(LongText(_("Andre merknader"), remarks))
    return found


def _inputs(view: GroupMinutesView, typed: Typed) -> list[Block]:
    """Those of the group stand there, to be taken out who were not."""
    names = "\n".join(person.name for person in view.invited)
    present = Field(
        *("present", "long_text", _("Til stede, ett navn per linje"), typed.values.get("present", names)),
        hint=_("Ta ut dem som ikke var der. Andre fra registeret kan skrives til."),
        error=typed.error("present"),
        max_length=MAX_TEXT,
    )
    remarks = Field(
        *("remarks", "long_text", _("Andre merknader til referatet"), typed.value("remarks")),
        error=typed.error("remarks"),
        max_length=MAX_TEXT,
    )
    return [Inputs((present, remarks))] if not view.untreated and view.viewer.is_handler else []


def _buttons(view: GroupMinutesView) -> tuple[Button, ...]:
    if view.minutes or not view.viewer.is_handler:
        return (Say(_("Frister"), _("frister")),)
    if view.untreated:
        data: Mapping[str, Json] = {**_key(view), "preview": True}
        return (Act(actions.WG_MINUTES, _("Se på nytt"), data, with_inputs=False),)
    return (Act(actions.WG_MINUTES, _("Ferdigstill referatet"), _key(view), "positive"),)


def ask_for_minutes(view: GroupMinutesView, note: Banner | None = None) -> Message:
    """The PDF of the minutes of a board meeting from before the bot's time."""
    day = weekday_date(view.meeting.day)
    return Message(
        title=_("Send referatet fra styremøtet {day} som PDF", day=day),
        blocks=(
            *((note,) if note else ()),
            Paragraph(_("Den neste PDF-en du sender her i chatten, legges inn som referatet fra møtet.")),
            Paragraph(_("Skriv «avbryt» om du ikke vil likevel."), small=True),
        ),
        buttons=(Say(_("Avbryt"), _("avbryt")),),
    )


def minutes_filed(view: GroupMinutesView) -> Message:
    day = weekday_date(view.meeting.day)
    name = view.minutes.name if view.minutes else ""
    return Message(
        title=_("Referatet fra styremøtet {day} er lagt inn", day=day),
        blocks=(Facts(((_("Fil"), name),)), Paragraph(_("Det følger med de neste sakspapirene, til godkjenning."))),
        buttons=(Say(_("Sakspapirer"), _("sakspapirer")), Say(_("Saksliste"), _("saksliste"))),
    )
