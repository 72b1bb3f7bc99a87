"""Sentences of a meeting under way: what an item is called and what came of it, who is there, why nothing happened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from board.attendance import Quorum
from board.decision import SETTLES, Condition, Decision
from board.errors import Refusal, RefusalCode
from board.events import Happened
from board.ids import PersonId
from board.mandate import Mandate
from board.people import Person
from cards.event_words import happened
from cards.formats import date_time, join_words, short_date, weekday_date
from cards.i18n import _, noop
from cards.labels import decided_name, item_name, outcome_name, the_meeting
from cards.message import Banner
from cards.safe import cut, one_line
from cards.sitting_views import SittingLine, SittingView
from cards.templates.refusals import refusal_banner

TITLE: Final = 120
MOST_NAMED: Final = 12
_NAMED: Final = 600
"""Characters that the titles of what is left may take, beyond what each of them needs."""


def the_sitting(view: SittingView) -> str:
    """«Styremøtet torsdag 16. april 2026»."""
    held = the_meeting(view.meeting.body, first=True)
    return _("{meeting} {day}", meeting=held, day=weekday_date(view.meeting.day))


def title_of(line: SittingLine, length: int = TITLE) -> str:
    """«012-2026 Ny journal»; what every meeting has, by its own name; what is not there for the reader, not at all."""
    if line.is_hidden:
        return _("Et punkt du ikke har tilgang til")
    if line.case is None:
        return item_name(line.item.kind)
    number = f"{line.item.number} " if line.item.number else ""
    return cut(f"{number}{line.case.content.title or _('Sak uten tittel')}", length)


def placed(line: SittingLine, length: int = TITLE) -> str:
    return f"{line.position}. {title_of(line, length)}"


def outcome_of(line: SittingLine) -> str:
    """What came of it, in a word or two; empty where the reader is not told, or nothing did yet."""
    if line.decision:
        return decided_name(line.decision.outcome)
    if line.treatment:
        return outcome_name(line.treatment.outcome)
    if line.was_taken_back:
        return _("trukket av den som meldte den")
    return _("avgjort") if line.is_decided else ""


def room_words(there: Quorum) -> str:
    """«9 av 12 er til stede, vedtaksført fra 7»."""
    counted = {"coming": there.coming, "invited": there.invited, "needed": there.needed}
    if there.is_reached:
        return _("ja: {coming} av {invited} er til stede, vedtaksført fra {needed}", **counted)
    return _("nei: {coming} av {invited} er til stede, vedtaksført fra {needed}", **counted)


def own_presence(view: SittingView) -> str:
    """How the reader is noted; empty for one who has no seat there."""
    seat = view.own_seat
    if seat and seat.stands_for:
        return _("til stede for {who}", who=view.name(seat.stands_for))
    if seat:
        return _("til stede")
    return _("ikke registrert som til stede") if view.viewer.id in view.invited else ""


def condition_line(condition: Condition, names: Mapping[PersonId, Person]) -> str:
    """As it is written in the form: «tekst; eier; dato»."""
    owner = names.get(condition.owner)
    return "; ".join((one_line(condition.text), owner.name if owner else condition.owner, short_date(condition.due)))


def named(view: SittingView, people: Sequence[PersonId]) -> str:
    return join_words([view.name(person) for person in people])


def is_amended(done: Decision) -> bool:
    """Whether it settled something else than was proposed; why a case is put off is no other text of a decision."""
    return done.outcome in SETTLES and bool(done.proposal and done.text) and done.text != done.proposal


def voted(view: SittingView, done: Decision) -> str:
    """«9 til stede. Enstemmig.», or who voted against; who had gone out."""
    said = [_("Til stede: {n}", n=len(done.present))]
    said.append(_("Dissens: {who}", who=named(view, done.dissent)) if done.dissent else _("Enstemmig"))
    if done.left:
        said.append(_("Gikk ut: {who}", who=named(view, done.left)))
    return ". ".join(said) + "."


# -- why nothing happened ----------------------------------------------------------------------------------------------

_SENTENCES: Final = {
    RefusalCode.NOT_FOUND: noop("Jeg finner ikke møtet eller punktet, eller du har ikke tilgang til det."),
    RefusalCode.MEETING_UNFIT: noop("Dette punktet registreres ikke her. Ingenting er endret."),
    RefusalCode.NOT_SENT: noop(
        "Sakspapirene er ikke sendt ut. Uten det kan ikke møtet starte, og en sak kan bare utsettes, sendes tilbake "
        "eller utgå (mandatet § 7)."
    ),
}


def sitting_refusal(
    refusal: Refusal, people: Mapping[PersonId, Person], mandate: Mandate, view: SittingView | None = None
) -> Banner:
    """In words that fit a meeting under way. ``view``: to name the items that it is about."""
    if words := _SENTENCES.get(refusal.code):
        return Banner(_(words), "attention")
    if refusal.code is RefusalCode.AGENDA_APPROVAL:
        return Banner(_agenda(refusal), "attention")
    if refusal.code is RefusalCode.NOT_BEGUN and isinstance(at := refusal.params.get("at"), datetime):
        words = _("Møtet begynner {when}. Det kan startes et kvarter før. Ingenting er endret.", when=date_time(at))
        return Banner(words, "warning")
    if refusal.code is RefusalCode.UNDECIDED and view is not None:
        return Banner(_undecided(view), "attention")
    if refusal.code in (RefusalCode.STALE, RefusalCode.ALREADY):
        return Banner(_moved_on(refusal, people), "warning")
    return refusal_banner(refusal, people, mandate)


def _agenda(refusal: Refusal) -> str:
    if refusal.params.get("missing"):
        return _("Møtet har ingen saksliste. Lag den først: skriv «lag saksliste».")
    return _("Leder har ikke godkjent sakslisten slik den er nå. Det må til før møtet kan starte.")


def _undecided(view: SittingView) -> str:
    """Which items, by place, number and title: they are what is left to do."""
    left = view.undecided
    shown = [placed(line, max(60, _NAMED // len(left))) for line in left[:MOST_NAMED]]
    more = len(left) - len(shown)
    told = [*shown, *([_("og {n} til", n=more)] if more else [])]
    items = told[0] if len(told) == 1 else "".join(f"\n– {one}" for one in told)
    return _("Møtet kan ikke lukkes ennå. Ikke avgjort: {items}.", items=items)


def _moved_on(refusal: Refusal, people: Mapping[PersonId, Person]) -> str:
    what, by, at = (refusal.params.get(key) for key in ("what", "by", "at"))
    if not isinstance(what, Happened) or not isinstance(at, datetime):
        return _("Noe er endret siden du så det. Her er det slik det er nå. Det du skrev, står i feltene.")
    known = people.get(PersonId(str(by)))
    told = happened(what, known.name if known else _("en annen"), date_time(at))
    if refusal.code is RefusalCode.STALE:
        words = _("Punktet er endret siden du så det. Sist: {told}. Ingenting er lagret nå; det du skrev, står der.")
        return words.format(told=told)
    return _("Det er allerede gjort: {told}. Ingenting er gjort nå.", told=told)
