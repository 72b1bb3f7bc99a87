"""A meeting as one reader sees it now: when, where, who comes, what is due before it, and the buttons that work."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final

from board.attendance import Coming
from board.deadlines import Deadline
from board.errors import Refusal, RefusalCode
from board.events import Happened
from board.ids import PersonId
from board.mandate import Mandate
from board.meeting import Meeting
from board.people import Person
from cards import actions
from cards.event_words import happened
from cards.formats import date_time, day_within, join_words, time_of_day, weekday_date
from cards.i18n import _
from cards.labels import deadline_name, meeting_name, role_name
from cards.meeting_views import MeetingView, Typed
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
from cards.templates import attend_texts
from cards.templates.meeting_fields import choice_field, deputy_fields, reason_field, when_fields
from cards.templates.refusals import refusal_banner

MOST_BUTTONS: Final = 6
LONGEST_NAME: Final = 40
"""Characters of a name in a list to choose from."""
_MOST_NAMES: Final = 40
_MOST_CHOICES: Final = 30
NOTHING_TYPED: Final = Typed()


def meeting_title(meeting: Meeting) -> str:
    """«Styremøte torsdag 24. september 2026 kl. 09.00»."""
    return _("{what} {when}", what=meeting_name(meeting.body), when=date_time(meeting.starts_at))


def meeting_card(view: MeetingView, note: Banner | None = None, typed: Typed = NOTHING_TYPED) -> Message:
    """``note`` is a sentence about what the reader just did; ``typed`` stands in the inputs still."""
    meeting = view.meeting
    if view.is_public:
        return public_card(view)
    blocks: list[Block] = [note] if note else []
    if asked := asked_of(view):
        blocks.append(Banner(asked, "warning"))
    if not meeting.is_planned:
        blocks += cancelled_words(view)
    blocks.append(Facts((*place_facts(view), *_answers(view))))
    if names := _names(view):
        blocks.append(LongText(_("Hvem som kommer"), names, folded=True))
    if view.is_ahead and (rows := deadline_rows(view)):
        blocks += [Paragraph(_("Frister framover"), strong=True), Facts(rows)]
    if meeting.changed_by and meeting.changed_at:
        last = happened(meeting.last, view.name(meeting.changed_by), date_time(meeting.changed_at))
        blocks.append(Paragraph(f"{last}.", small=True))
    title = meeting_title(meeting)
    return Message(
        title=title if meeting.is_planned else _("Avlyst: {meeting}", meeting=title),
        blocks=tuple(blocks),
        buttons=card_buttons(view, typed),
        summary=f"{title}. {note.text if note else asked}".strip(". ") if meeting.is_planned else "",
        about=About(meeting.id, meeting.rev),
    )


def public_card(view: MeetingView) -> Message:
    """What a whole channel may read: when and where."""
    title = meeting_title(view.meeting)
    return Message(
        title=title if view.meeting.is_planned else _("Avlyst: {meeting}", meeting=title),
        blocks=(Facts(place_facts(view)),),
        about=About(view.meeting.id, view.meeting.rev),
    )


def place_facts(view: MeetingView) -> tuple[tuple[str, str], ...]:
    meeting = view.meeting
    rows = (
        (_("Når"), date_time(meeting.starts_at)),
        (_("Slutter"), time_of_day(meeting.ends_at)),
        (_("Sted"), meeting.place),
        (_("Forbereder"), meeting_title(view.serves) if view.serves else ""),
        (_("Forberedes i"), meeting_title(view.preparing) if view.preparing and not view.is_public else ""),
    )
    return tuple((name, value) for name, value in rows if value)


def cancelled_words(view: MeetingView) -> list[Block]:
    reason = view.change.reason if view.change else ""
    said: list[Block] = [Paragraph(_("Møtet er avlyst."), tone="warning", strong=True)]
    return [*said, Paragraph(_("Begrunnelse: {reason}", reason=reason))] if reason else said


def deadline_rows(view: MeetingView) -> tuple[tuple[str, str], ...]:
    """What is due from today on; for those who arrange meetings also who owes it, for others only what is theirs."""
    ahead, year = [d for d in view.plan if d.planned >= view.today], view.meeting.day.year
    if view.viewer.is_handler:
        return tuple((day_within(year, d.planned), with_debtor(d)) for d in ahead)
    mine = [d for d in ahead if view.viewer.roles & set(d.offset.owed_by) and not d.offset.is_news]
    return tuple((day_within(year, d.planned), deadline_name(d.offset.id)) for d in mine)


def with_debtor(deadline: Deadline) -> str:
    """«Sakspapirene sendes ut (mandatet § 7) – porteføljekontoret»."""
    name = deadline_name(deadline.offset.id)
    if deadline.offset.paragraph:
        name = _("{what} (mandatet {paragraph})", what=name, paragraph=deadline.offset.paragraph)
    return f"{name} – {join_words([role_name(role) for role in deadline.offset.owed_by])}"


# -- who comes -----------------------------------------------------------------------------------------------------


def asked_of(view: MeetingView) -> str:
    """What the reader is asked now; empty where nothing is asked."""
    if view.stands_in_for and view.counts:
        names = join_words([view.name(person) for person in view.stands_in_for])
        return _("{who} kan ikke, og spør om du møter i stedet. Kommer du?", who=names)
    if view.is_asked and view.duty:
        return _("Kommer du? Svar innen {day}.", day=weekday_date(view.duty.due))
    return ""


def own_answer(view: MeetingView) -> str:
    """What stands as the reader's answer, in words; empty where none does."""
    own = view.own
    if view.deputy_asked:
        return _("{who} er spurt om å møte for deg", who=view.name(view.deputy_asked))
    if own is None:
        return ""
    words = {
        Coming.YES: _("kommer"),
        Coming.NO: _("kommer ikke"),
        Coming.DEPUTY: _("{who} møter for deg", who=view.name(own.deputy)) if own.deputy else _("vara møter"),
    }[own.answer]
    by_another = own.by != view.viewer.id and own.answer is not Coming.DEPUTY
    return _("{answer} (registrert av {who})", answer=words, who=view.name(own.by)) if by_another else words


def _answers(view: MeetingView) -> Iterable[tuple[str, str]]:
    if own := own_answer(view):
        yield _("Ditt svar"), own
    if view.invited and view.counts:
        counted = {
            "yes": len(view.who(Coming.YES)),
            "no": len(view.who(Coming.NO)),
            "deputy": len(view.who(Coming.DEPUTY)),
            "silent": len(view.who(None)),
        }
        yield (
            _("Oppmøte"),
            _("{yes} kommer, {deputy} sender vara, {no} kommer ikke, {silent} har ikke svart", **counted),
        )
    if there := view.quorum:
        yield _("Vedtaksført"), attend_texts.quorum_words(there)


def _names(view: MeetingView) -> str:
    """Who answered what, a line a person."""
    if not view.counts:
        return ""
    words = {
        Coming.YES: _("kommer"),
        Coming.NO: _("kommer ikke"),
        Coming.DEPUTY: _("sender vara"),
        None: _("har ikke svart"),
    }
    lines = []
    for person in view.invited[:_MOST_NAMES]:
        given = view.answer_of(person)
        said = words[given.answer if given else None]
        if given and given.deputy:
            said = _("{who} møter", who=view.name(given.deputy))
        lines.append(f"{view.name(person)}: {said}")
    return "\n".join(lines)


# -- buttons -------------------------------------------------------------------------------------------------------


def key(view: MeetingView) -> dict[str, Json]:
    return {"id": view.meeting.id, "rev": view.meeting.rev}


def card_buttons(view: MeetingView, typed: Typed) -> tuple[Button, ...]:
    found: list[Button] = [*attend_buttons(view, typed)]
    if view.may_arrange:
        found += arrange_buttons(view, typed)
    if view.has_group_minutes:
        data = {**key(view), "preview": True}
        found.append(Act(actions.WG_MINUTES, _("Referat"), data, with_inputs=False))
    if not found:
        found += [Say(_("Frister"), _("frister")), Say(_("Årshjul"), _("årshjul"))]
    return tuple(found[:MOST_BUTTONS])


def attend_buttons(view: MeetingView, typed: Typed = NOTHING_TYPED) -> tuple[Button, ...]:
    """*Kommer, kommer ikke, vara*: without the one that stands already."""
    if view.counts and view.stands_in_for:
        data = {**key(view), "person": view.stands_in_for[0]}
        return (
            Act(actions.MEETING_ATTEND, _("Jeg kommer"), {**data, "answer": "yes"}, "positive", with_inputs=False),
            Act(actions.MEETING_ATTEND, _("Jeg kan ikke"), {**data, "answer": "no"}, with_inputs=False),
        )
    if not view.may_answer:
        return ()
    stands = view.own.answer if view.own and not view.deputy_asked else None
    found: list[Button] = []
    if stands is not Coming.YES:
        yes = {**key(view), "answer": "yes"}
        found.append(Act(actions.MEETING_ATTEND, _("Kommer"), yes, "positive", with_inputs=False))
    if stands is not Coming.NO:
        found.append(Act(actions.MEETING_ATTEND, _("Kommer ikke"), {**key(view), "answer": "no"}, with_inputs=False))
    deputy = {**key(view), "answer": "deputy"}
    fields = deputy_fields(view.deputies, typed)
    found.append(Act(actions.MEETING_ATTEND, _("Vara"), deputy, fields=fields, send=_("Spør vara")))
    return tuple(found)


def arrange_buttons(view: MeetingView, typed: Typed) -> list[Button]:
    preview = {**key(view), "preview": True}
    found: list[Button] = [
        Act(actions.MEETING_MOVE, _("Flytt møtet"), preview, fields=when_fields(typed)),
        Act(actions.MEETING_CANCEL, _("Avlys møtet"), preview, "destructive", (reason_field(typed),)),
    ]
    if view.counts and view.invited:
        people = tuple(Option(person, cut(view.name(person), LONGEST_NAME)) for person in view.invited[:_MOST_CHOICES])
        answers = (
            Option("yes", _("Kommer")),
            Option("no", _("Kommer ikke")),
            Option("deputy", _("Vara")),
        )
        fields = (
            choice_field("person", _("For hvem?"), people, typed),
            choice_field("answer", _("Svar"), answers, typed),
            Field(
                *("deputy_name", "text", _("Hvem er vara?"), typed.value("deputy_name")),
                hint=_("Navn eller e-post, når svaret er vara"),
                error=typed.error("deputy_name"),
                max_length=200,
            ),
        )
        found.insert(0, Act(actions.MEETING_ATTEND, _("Svar for noen"), key(view), fields=fields))
    return found


# -- refusals ------------------------------------------------------------------------------------------------------


def meeting_refusal(
    refusal: Refusal, people: Mapping[PersonId, Person], mandate: Mandate, *, begun: bool = False
) -> Banner:
    """Why an act on a meeting had no effect. ``begun``: it is too late for anything."""
    what, by, at = (refusal.params.get(k) for k in ("what", "by", "at"))
    if refusal.code is RefusalCode.NOT_FOUND:
        return Banner(_("Jeg finner ikke møtet, eller du har ikke tilgang til det."), "attention")
    if refusal.code is RefusalCode.ALREADY and begun:
        return Banner(_("Møtet har alt begynt. Ingenting er endret."), "warning")
    if refusal.code is RefusalCode.STALE or (refusal.code is RefusalCode.ALREADY and at is None):
        if not isinstance(what, Happened) or not isinstance(at, datetime):
            return Banner(_("Møtet er endret siden denne knappen ble laget. Her er det slik det er nå."), "warning")
        known = people.get(PersonId(str(by)))
        told = happened(what, known.name if known else _("en annen"), date_time(at))
        return Banner(_("Møtet er endret siden du så det. Sist: {told}. Ingenting er gjort nå.", told=told), "warning")
    return refusal_banner(refusal, people, mandate)
