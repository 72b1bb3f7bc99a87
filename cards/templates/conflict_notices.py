"""What goes out about habilitet: to who rules, and to the one it is about; and what is left of a card one has lost."""

from __future__ import annotations

from board.case import Case
from board.conflicts import Conflict, Ruling
from board.meeting import Meeting
from board.people import Role
from cards import actions
from cards.conflict_views import RulingView, named
from cards.formats import date_time, weekday_date
from cards.i18n import _
from cards.labels import the_meeting
from cards.message import Act, Banner, Block, Button, Facts, Json, LongText, Message, Paragraph, Say
from cards.templates.conflict_texts import NOTHING, ByButton, answer_words, reason_field, ruling_words


def ruling_card(view: RulingView, note: Banner | None = None, typed: ByButton = NOTHING) -> Message:
    """To who rules: what was said, by whom, of which case, and the two answers."""
    conflict, case = view.conflict, named(view.case, view.case.board_number or view.case.wg_number)
    blocks: list[Block] = [note] if note else []
    if conflict.awaits_ruling:
        blocks.append(Banner(_("Avgjør om {who} er habil i saken.", who=view.who), "warning"))
    rows = [
        (_("Hvem"), f"{view.who} ({view.roles})" if view.roles else view.who),
        (_("Sak"), case),
        (_("Møte"), _meeting_words(view.meeting) if view.meeting else ""),
        (_("Svar"), answer_words(conflict.answer)),
        (_("Avgjort"), _ruled(view)),
    ]
    blocks.append(Facts(tuple((name, value) for name, value in rows if value)))
    if conflict.note:
        blocks.append(LongText(_("Hva det gjelder"), conflict.note))
    if conflict.reason:
        blocks.append(Paragraph(_("Begrunnelse: {reason}", reason=conflict.reason)))
    blocks.append(Paragraph(_("Den som er inhabil, får verken papirer, knapper eller varsler om saken."), small=True))
    title = _("Habilitet: {who}, {case}", who=view.who, case=case)
    return Message(title, tuple(blocks), _buttons(view, typed), _why(view), _summary(view, case))


def _summary(view: RulingView, case: str) -> str:
    if view.conflict.awaits_ruling:
        return _("{who} melder et mulig forhold i {case}. Avgjør om {who} er habil.", who=view.who, case=case)
    return _("{who}, {case}: {answer}", who=view.who, case=case, answer=answer_words(view.conflict.answer))


def _ruled(view: RulingView) -> str:
    conflict = view.conflict
    if conflict.ruling is None or conflict.ruled_at is None:
        return ""
    words = {"ruling": ruling_words(conflict.ruling), "who": view.ruled_by, "when": date_time(conflict.ruled_at)}
    return _("{ruling}, av {who} {when}", **words)


def _buttons(view: RulingView, typed: ByButton) -> tuple[Button, ...]:
    conflict = view.conflict
    key: dict[str, Json] = {"id": conflict.case, "rev": conflict.rev, "person": conflict.person}
    found: list[Button] = []
    if conflict.ruling is not Ruling.ABLE and conflict.person != view.viewer.id:
        fields = (reason_field(typed.get(str(Ruling.ABLE), {})),)
        able: dict[str, Json] = {**key, "ruling": str(Ruling.ABLE)}
        found.append(Act(actions.CONFLICT_RULE, _("Habil"), able, "positive", fields, send=_("Registrer: habil")))
    if conflict.ruling is not Ruling.EXCLUDED:
        fields = (reason_field(typed.get(str(Ruling.EXCLUDED), {})),)
        out: dict[str, Json] = {**key, "ruling": str(Ruling.EXCLUDED)}
        found.append(Act(actions.CONFLICT_RULE, _("Inhabil"), out, "destructive", fields, send=_("Registrer: inhabil")))
    if view.may_open:
        found.append(Act(actions.CASE_OPEN, _("Vis saken"), {"id": conflict.case}, with_inputs=False))
    return tuple(found)


def _why(view: RulingView) -> str:
    if Role.CHAIR in view.viewer.roles:
        return _("Du får denne fordi du er leder og avgjør habilitet.")
    return _("Du får denne fordi leder ikke kan avgjøre dette selv, og du er vara for leder.")


# -- to the one it is about --------------------------------------------------------------------------------------------


def ruled_out(meeting: Meeting | None) -> Message:
    """Without a word of the case: it is not there for the reader any more."""
    which = _("i en sak på {meeting}", meeting=_meeting_words(meeting)) if meeting else _("i en sak")
    said = _("Du er vurdert som inhabil {which}. Du får verken papirer, knapper eller varsler om den.", which=which)
    after = _("Saken står ikke i listene dine lenger. Spør lederen av styret om du lurer på noe.")
    return Message(
        title=_("Habiliteten din er vurdert"),
        blocks=(Banner(said, "warning"), Paragraph(after)),
        buttons=_elsewhere(),
        why=_mine(),
        summary=said,
    )


def ruled_able(case: Case, conflict: Conflict) -> Message:
    which = named(case, case.board_number or case.wg_number)
    said = _("Du er vurdert som habil i {case}.", case=which)
    blocks: list[Block] = [Banner(said, "good")]
    if conflict.reason:
        blocks.append(Paragraph(_("Begrunnelse: {reason}", reason=conflict.reason)))
    show = Act(actions.CASE_OPEN, _("Vis saken"), {"id": case.id}, with_inputs=False)
    return Message(_("Habiliteten din er vurdert"), tuple(blocks), (show,), _mine(), said)


def out_of_sight() -> Message:
    """In place of a card that showed a case its reader may not see any more."""
    return Message(
        title=_("Du har ikke lenger tilgang til denne saken"),
        blocks=(Paragraph(_("Det som sto her, er tatt bort.")),),
        buttons=_elsewhere(),
    )


def _mine() -> str:
    return _("Du får denne fordi vurderingen gjelder deg.")


def _elsewhere() -> tuple[Button, ...]:
    return (Say(_("Mine saker"), _("mine saker")), Say(_("Oppgaver"), _("oppgaver")))


def _meeting_words(meeting: Meeting) -> str:
    return _("{meeting} {day}", meeting=the_meeting(meeting.body), day=weekday_date(meeting.day))
