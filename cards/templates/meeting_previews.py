"""Before a meeting is planned, moved or cancelled: what would happen, to whom. Nothing is stored yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC
from typing import Final

from board.clock import OSLO
from board.deadlines import Deadline, Shift
from board.ids import MeetingId
from board.meeting import USUAL_MINUTES, Meeting
from board.people import Body
from cards import actions
from cards.formats import date_time, day_within, join_words, short_date, time_of_day, weekday_date
from cards.i18n import _
from cards.labels import body_name, deadline_name, role_name, the_meeting
from cards.meeting_views import Draft, MeetingView, Told, Typed
from cards.message import Act, Banner, Block, Button, Facts, Field, Inputs, Json, Message, Option, Paragraph
from cards.templates.meeting_card import MOST_BUTTONS, NOTHING_TYPED, key, meeting_title, place_facts, with_debtor
from cards.templates.meeting_fields import minutes_field, place_field, reason_field, when_fields

DAY_STARTS: Final = 7
DAY_ENDS: Final = 18
"""Local hours outside which a meeting is more likely a slip of the pen."""


# -- a new one -----------------------------------------------------------------------------------------------------


def new_form(meeting_id: str, typed: Typed, note: Banner | None = None) -> Message:
    """What is missing is asked for; what was understood stands there already."""
    bodies = tuple(Option(body.value, body_name(body)) for body in Body)
    fields = (
        Field(
            *("body", "choice", _("Hvem skal møtes?"), typed.value("body"), True),
            error=typed.error("body"),
            options=bodies,
        ),
        Field(
            *("date", "date", _("Dato"), typed.value("date"), True),
            hint=_("For eksempel «24. september» eller «neste torsdag»"),
            error=typed.error("date"),
            max_length=200,
        ),
        Field(
            *("time", "text", _("Klokkeslett"), typed.value("time"), True),
            hint=_("For eksempel 09.00"),
            error=typed.error("time"),
            max_length=100,
        ),
        place_field(typed),
        minutes_field(typed),
    )
    data: dict[str, Json] = {"id": meeting_id, "rev": 0, "preview": True}
    return Message(
        title=_("Nytt møte"),
        blocks=(*([note] if note else []), Inputs(fields)),
        buttons=(Act(actions.MEETING_CREATE, _("Se planen"), data, "positive"),),
        summary=_("Nytt møte: {what}", what=note.text) if note else _("Nytt møte: hvem, hvilken dag, når?"),
    )


def new_preview(draft: Draft, typed: Typed = NOTHING_TYPED, unread: str = "") -> Message:
    """The whole back-plan, with who owes what and what has passed already."""
    meeting = draft.meeting
    blocks: list[Block] = [Banner(_("Ingenting er lagret ennå. Se over, og trykk «Opprett møtet»."))]
    if unread:
        blocks.append(Banner(_("Dette forsto jeg ikke: «{words}».", words=unread), "warning"))
    blocks += [Banner(words, "warning") for words in warnings(draft)]
    if draft.serves:
        blocks.append(Paragraph(_("Møtet forbereder {meeting}.", meeting=meeting_title(draft.serves))))
    if draft.plan:
        blocks += [Paragraph(_("Plan fram til møtet og etter det"), strong=True), Facts(plan_rows(draft))]
    minutes = typed.value("minutes") or str(meeting.minutes or USUAL_MINUTES)
    shown = Typed({**typed.values, "place": typed.value("place") or meeting.place, "minutes": minutes}, typed.errors)
    blocks.append(Inputs((place_field(shown), minutes_field(shown))))
    starts_at = meeting.starts_at.astimezone(UTC).isoformat()
    data: dict[str, Json] = {"id": meeting.id, "rev": 0, "body": meeting.body.value, "starts_at": starts_at}
    return Message(
        title=_("Nytt: {meeting}", meeting=meeting_title(meeting)),
        blocks=tuple(blocks),
        buttons=(
            Act(actions.MEETING_CREATE, _("Opprett møtet"), data, "positive"),
            Act(actions.MEETING_CREATE, _("Endre"), {**data, "form": True}),
        ),
        summary=_("Opprette? {meeting}", meeting=meeting_title(meeting)),
    )


def plan_rows(draft: Draft) -> tuple[tuple[str, str], ...]:
    """A day a row, the meeting's own among them."""
    ends = time_of_day(draft.meeting.ends_at)
    held = _("Møtet, {start} til {end}", start=time_of_day(draft.meeting.starts_at), end=ends)
    rows = [(d.planned, _with_sign(d, draft)) for d in draft.plan]
    rows.append((draft.meeting.day, held))
    year = draft.meeting.day.year
    return tuple((day_within(year, day), words) for day, words in sorted(rows, key=lambda row: row[0]))


def _with_sign(deadline: Deadline, draft: Draft) -> str:
    words = with_debtor(deadline)
    return _("{what} (har passert)", what=words) if deadline.planned < draft.today else words


def warnings(draft: Draft) -> Sequence[str]:
    """What somebody should know before saying yes; none of it forbids anything."""
    meeting, found = draft.meeting, []
    hour = meeting.starts_at.astimezone(OSLO).hour
    if draft.day_off:
        found.append(_("{day} er en fridag.", day=_capital(weekday_date(meeting.day))))
    if not DAY_STARTS <= hour < DAY_ENDS:
        found.append(_("Møtet begynner {time}, utenom vanlig arbeidstid.", time=time_of_day(meeting.starts_at)))
    found += [_("Det er alt et møte samme dag: {meeting}.", meeting=meeting_title(other)) for other in draft.same_day]
    found += [
        _("«{what}» faller i romjula: {day}.", what=deadline_name(d.offset.id), day=weekday_date(d.planned))
        for d in draft.plan
        if d.in_yule
    ]
    for deadline in draft.plan:
        if deadline.offset.hard and deadline.limit < draft.today:
            found.append(
                _(
                    "«{what}» skulle vært gjort {day} (mandatet {paragraph}). Bare leder kan gi dispensasjon.",
                    what=deadline_name(deadline.offset.id),
                    day=weekday_date(deadline.limit),
                    paragraph=deadline.offset.paragraph,
                )
            )
    if draft.wg_due and draft.serves and meeting.day > draft.wg_due:
        board, due = short_date(draft.serves.day), weekday_date(draft.wg_due)
        found.append(_("Det er senere enn planen for styremøtet {board}, som sier {day}.", board=board, day=due))
    return found


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


# -- moved ---------------------------------------------------------------------------------------------------------


def which_field(meetings: Sequence[Meeting], typed: Typed) -> Field:
    options = tuple(Option(m.id, meeting_title(m)) for m in meetings)
    return Field(
        *("meeting", "choice", _("Hvilket møte?"), typed.value("meeting"), True),
        error=typed.error("meeting"),
        options=options,
    )


def move_form(meetings: Sequence[Meeting], typed: Typed = NOTHING_TYPED, note: Banner | None = None) -> Message:
    """Which meeting, and where to. With one meeting only, it is that one."""
    blocks: list[Block] = [note] if note else []
    blocks.append(Inputs((which_field(meetings, typed), *when_fields(typed))))
    data: dict[str, Json] = {"id": "", "rev": 0, "preview": True}
    return Message(
        title=_("Flytt et møte"),
        blocks=tuple(blocks),
        buttons=(Act(actions.MEETING_MOVE, _("Se hva som skjer"), data, "positive"),),
        summary=_("Flytt et møte: {what}", what=note.text) if note else _("Flytt et møte: hvilket, og til når?"),
    )


def move_preview(
    view: MeetingView, draft: Draft, changes: Sequence[Shift], told: Told, typed: Typed = NOTHING_TYPED
) -> Message:
    """Each deadline from its old day to its new one, and who gets word."""
    old, new = view.meeting, draft.meeting
    blocks: list[Block] = [Banner(_("Ingenting er endret ennå, og ingen har fått beskjed."))]
    blocks += [Banner(words, "warning") for words in warnings(draft)]
    blocks.append(Facts(((_("Gammel tid"), date_time(old.starts_at)), (_("Ny tid"), date_time(new.starts_at)))))
    moving = [s for s in changes if s.moved]
    if moving:
        blocks += [Paragraph(_("Frister som flyttes"), strong=True), Facts(shift_rows(moving, new.day.year))]
    if still := [s for s in changes if not s.moved]:
        blocks += [Paragraph(_("Frister som ikke flyttes"), strong=True), Facts(shift_rows(still, new.day.year))]
    if passed := sum(s.passed for s in changes):
        blocks.append(Paragraph(_("Frister som har passert: {n}. De blir ikke varslet på nytt.", n=passed)))
    if view.preparing:
        words = _("{meeting} blir stående. Flytt det for seg om det trengs.", meeting=meeting_title(view.preparing))
        late = draft.wg_due is not None and view.preparing.day > draft.wg_due
        blocks.append(Paragraph(words, "warning" if late else "default"))
    blocks.append(Paragraph(told_words(told)))
    if view.counts:
        blocks.append(Paragraph(_("Alle blir spurt på nytt om de kommer. Svarene for den gamle dagen gjelder ikke.")))
    data: dict[str, Json] = {**key(view), "starts_at": new.starts_at.astimezone(UTC).isoformat()}
    again: dict[str, Json] = {**key(view), "preview": True}
    return Message(
        title=_("Flytte {meeting} til {when}?", meeting=the_meeting(old.body), when=date_time(new.starts_at)),
        blocks=tuple(blocks),
        buttons=(
            Act(actions.MEETING_MOVE, _("Flytt møtet"), data, "positive", with_inputs=False),
            Act(actions.MEETING_MOVE, _("Velg en annen tid"), again, fields=when_fields(typed)),
            keep_button(view),
        ),
    )


def shift_rows(changes: Sequence[Shift], year: int) -> tuple[tuple[str, str], ...]:
    """«mandag 14. september → mandag 21. september», in the year of the title; what has passed says so."""
    return tuple((deadline_name(s.after.offset.id), shift_words(s, year)) for s in changes)


def shift_words(change: Shift, year: int) -> str:
    words = day_within(year, change.after.planned)
    if change.moved:
        words = f"{day_within(year, change.before.planned)} → {words}"
    return _("{what} (har passert)", what=words) if change.passed else words


def told_words(told: Told) -> str:
    """«16 får beskjed: leder (1), medlem (11) …»"""
    if not told.people:
        return _("Ingen andre får beskjed.")
    roles = [_("{role} ({n})", role=role_name(role), n=n) for role, n in told.roles.items()]
    others = told.people - sum(told.roles.values())
    if others:
        roles.append(_("andre ({n})", n=others))
    return _("Én melding til hver av disse {n}: {roles}.", n=told.people, roles=join_words(roles))


def keep_button(view: MeetingView) -> Act:
    return Act(actions.MEETING_OPEN, _("La det stå"), key(view), with_inputs=False)


# -- cancelled -----------------------------------------------------------------------------------------------------


def cancel_form(meetings: Sequence[Meeting], typed: Typed = NOTHING_TYPED, note: Banner | None = None) -> Message:
    blocks: list[Block] = [note] if note else []
    blocks.append(Inputs((which_field(meetings, typed), reason_field(typed))))
    data: dict[str, Json] = {"id": "", "rev": 0, "preview": True}
    return Message(
        title=_("Avlys et møte"),
        blocks=tuple(blocks),
        buttons=(Act(actions.MEETING_CANCEL, _("Se hva som skjer"), data),),
        summary=_("Avlys et møte: {what}", what=note.text) if note else _("Avlys et møte: hvilket, og hvorfor?"),
    )


def cancel_preview(
    view: MeetingView, told: Told, cases: int, typed: Typed = NOTHING_TYPED, note: Banner | None = None
) -> Message:
    """``note``: why the last press had no effect."""
    meeting = view.meeting
    blocks: list[Block] = [
        note or Banner(_("Ingenting er endret ennå, og ingen har fått beskjed.")),
        Facts(place_facts(view)),
        Paragraph(_("Fristene fram til møtet faller bort. Det kan ikke angres; et nytt møte må settes opp.")),
        Paragraph(told_words(told)),
    ]
    if cases:
        blocks.append(Paragraph(_("Saker som ønsker dette møtet: {n}. De som meldte dem, får vite det.", n=cases)))
    if view.preparing:
        words = _("{meeting} blir stående. Avlys det for seg om det trengs.", meeting=meeting_title(view.preparing))
        blocks.append(Paragraph(words))
    blocks.append(Inputs((reason_field(typed),)))
    buttons: tuple[Button, ...] = (
        Act(actions.MEETING_CANCEL, _("Avlys møtet"), key(view), "destructive"),
        keep_button(view),
    )
    title = _("Avlyse {meeting} {when}?", meeting=the_meeting(meeting.body), when=date_time(meeting.starts_at))
    return Message(title=title, blocks=tuple(blocks), buttons=buttons)


def none_ahead() -> Message:
    return Message(
        title=_("Det er ingen møter framover"),
        blocks=(Paragraph(_("Skriv for eksempel «nytt møte styret 24. september kl 9».")),),
    )


def may_schedule_wg(view: MeetingView, due: Deadline | None, new_id: MeetingId) -> Act | None:
    """After a board meeting is planned: the working group's meeting that prepares it, on its planned day."""
    if due is None or view.preparing or due.planned < view.today or not view.may_arrange:
        return None
    data: dict[str, Json] = {
        "id": new_id,
        "rev": 0,
        "preview": True,
        "body": Body.WORKING_GROUP.value,
        "date": due.planned.isoformat(),
        "time": "09.00",
    }
    return Act(actions.MEETING_CREATE, _("Sett opp AU-møtet"), data, with_inputs=False)


def with_first_button(card: Message, button: Button) -> Message:
    """The likeliest next step before the others."""
    return replace(card, buttons=(button, *card.buttons)[:MOST_BUTTONS])
