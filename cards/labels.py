"""Words for what the rules name by code: states, events, roles, and the mandate file's own labels."""

from __future__ import annotations

from typing import Final

from board.agenda import ItemKind
from board.decision import Outcome
from board.mandate import Label
from board.minutes import MinutesState
from board.people import Body, Role
from board.remarks import RemarkClass
from board.states import CaseState
from board.treatment import WgOutcome
from cards.i18n import _, current, noop


def label(words: Label) -> str:
    """A label of the mandate file in the reader's language."""
    return words[current()]


_STATES: Final = {
    CaseState.DRAFT: noop("utkast"),
    CaseState.AWAITING_OWNER: noop("venter på prosjekteier"),
    CaseState.SUBMITTED: noop("hos porteføljekontoret"),
    CaseState.INCOMPLETE: noop("i retur, mangler noe"),
    CaseState.READY_FOR_WG: noop("klar for arbeidsutvalget"),
    CaseState.ON_WG_AGENDA: noop("på sakslisten til arbeidsutvalget"),
    CaseState.WG_TREATED: noop("behandlet i arbeidsutvalget"),
    CaseState.ON_BOARD_AGENDA: noop("på sakslisten til styret"),
    CaseState.DISPATCHED: noop("sendt ut til styret"),
    CaseState.DECIDED: noop("behandlet av styret, ikke kunngjort"),
    CaseState.PUBLISHED: noop("behandlet av styret"),
    CaseState.MINUTED: noop("behandlet, referatet er godkjent"),
    CaseState.CLOSED: noop("avsluttet"),
    CaseState.WITHDRAWN: noop("trukket"),
    CaseState.OUT_OF_SCOPE: noop("utenfor mandatet"),
}

_ROLES: Final = {
    Role.CHAIR: noop("leder"),
    Role.MEMBER: noop("medlem"),
    Role.DEPUTY: noop("vara"),
    Role.PORTFOLIO_LEAD: noop("porteføljeansvarlig"),
    Role.OFFICE: noop("porteføljekontoret"),
    Role.WG_MEMBER: noop("AU-medlem"),
    Role.EMPLOYEE_REP: noop("konserntillitsvalgt"),
    Role.PROJECT_OWNER: noop("prosjekteier"),
    Role.SUBMITTER: noop("prosjektleder"),
    Role.BENEFIT_OWNER: noop("gevinstansvarlig"),
    Role.OBSERVER: noop("observatør"),
    Role.ARCHIVIST: noop("arkivar"),
    Role.ADMIN: noop("administrator"),
}

_DEADLINES: Final = {
    "call": noop("Innkalling til å melde saker"),
    "intake_closes": noop("Siste frist for å melde sak"),
    "completeness_answer": noop("Kontoret svarer om saken er komplett"),
    "wg_papers": noop("Papirer til arbeidsutvalget"),
    "wg_meeting": noop("Arbeidsutvalgets møte"),
    "wg_minutes": noop("Referat fra arbeidsutvalget og endelige papirer"),
    "agenda_approval": noop("Leder godkjenner sakslisten"),
    "pack": noop("Sakspapirene sendes ut"),
    "attendance": noop("Svar om oppmøte og habilitet"),
    "practical": noop("Praktisk påminnelse"),
    "follow_ups": noop("Rapport om oppfølging av vedtak"),
    "draft_minutes": noop("Utkast til referat"),
    "remarks_close": noop("Merknadsrunden lukkes"),
    "wg_practical": noop("Praktisk påminnelse til arbeidsutvalget"),
    "office_practical": noop("Praktisk påminnelse til porteføljekontoret"),
}

_MEETINGS: Final = {
    Body.BOARD: noop("Styremøte"),
    Body.WORKING_GROUP: noop("Møte i arbeidsutvalget"),
    Body.OFFICE: noop("Kontormøte"),
}

_THE_MEETINGS: Final = {
    Body.BOARD: noop("styremøtet"),
    Body.WORKING_GROUP: noop("møtet i arbeidsutvalget"),
    Body.OFFICE: noop("kontormøtet"),
}

_BODIES: Final = {
    Body.BOARD: noop("Styret"),
    Body.WORKING_GROUP: noop("Arbeidsutvalget (AU)"),
    Body.OFFICE: noop("Porteføljekontoret"),
}


_ITEMS: Final = {
    ItemKind.AGENDA: noop("Godkjenning av innkalling og saksliste"),
    ItemKind.MINUTES: noop("Godkjenning av referat fra forrige møte"),
    ItemKind.FOLLOW_UP: noop("Oppfølging av vedtak"),
    ItemKind.DECISION: noop("Beslutningssaker"),
    ItemKind.DISCUSSION: noop("Diskusjonssaker"),
    ItemKind.ORIENTATION: noop("Orienteringssaker"),
    ItemKind.OTHER: noop("Eventuelt"),
}

_KINDS: Final = {
    ItemKind.DECISION: noop("beslutningssak"),
    ItemKind.DISCUSSION: noop("diskusjonssak"),
    ItemKind.ORIENTATION: noop("orienteringssak"),
}

LETTERS: Final = {ItemKind.DECISION: "B", ItemKind.DISCUSSION: "D", ItemKind.ORIENTATION: "O"}
"""Beslutning, diskusjon, orientering: the same letters in every language, as on the board's own papers."""

_OUTCOMES: Final = {
    WgOutcome.RECOMMENDED: noop("anbefalt"),
    WgOutcome.WITH_REMARKS: noop("anbefalt med merknader"),
    WgOutcome.NOT_RECOMMENDED: noop("ikke anbefalt"),
    WgOutcome.POSTPONED: noop("utsatt"),
    WgOutcome.SENT_BACK: noop("sendt tilbake"),
}


_DECIDED: Final = {
    Outcome.ADOPTED: noop("vedtatt"),
    Outcome.ADOPTED_AMENDED: noop("vedtatt med endringer"),
    Outcome.ADOPTED_WITH_CONDITIONS: noop("vedtatt med vilkår"),
    Outcome.REJECTED: noop("ikke vedtatt"),
    Outcome.POSTPONED: noop("utsatt"),
    Outcome.SENT_BACK: noop("sendt tilbake"),
    Outcome.NOTED: noop("tatt til orientering"),
    Outcome.DISCUSSED: noop("drøftet"),
    Outcome.WITHDRAWN: noop("utgår"),
}

_MINUTES: Final = {
    MinutesState.DRAFT: noop("utkast"),
    MinutesState.CIRCULATED: noop("sendt til merknader, ikke godkjent"),
    MinutesState.APPROVED: noop("godkjent"),
    MinutesState.FILED: noop("lagt inn som PDF"),
}

_CLASSES: Final = {
    RemarkClass.EDITORIAL: noop("redaksjonell"),
    RemarkClass.SUBSTANTIVE: noop("innholdsmessig"),
}


def decided_name(outcome: Outcome) -> str:
    """What the meeting decided."""
    return _(_DECIDED[outcome])


def minutes_state_name(state: MinutesState) -> str:
    return _(_MINUTES[state])


def remark_class_name(cls: RemarkClass) -> str:
    return _(_CLASSES[cls])


def item_name(kind: ItemKind) -> str:
    """The heading of a kind of items; for what every meeting has, the item itself."""
    return _(_ITEMS[kind])


def kind_name(kind: ItemKind) -> str:
    """«beslutningssak»; only for cases."""
    return _(_KINDS[kind])


def outcome_name(outcome: WgOutcome) -> str:
    return _(_OUTCOMES[outcome])


def state_name(state: CaseState) -> str:
    return _(_STATES[state])


def role_name(role: Role) -> str:
    return _(_ROLES[role])


def deadline_name(deadline_id: str) -> str:
    """The name of a deadline; one that only another board's file knows keeps its id as name."""
    source = _DEADLINES.get(deadline_id)
    return _(source) if source else deadline_id.replace("_", " ")


def meeting_name(body: Body) -> str:
    """«Styremøte»."""
    return _(_MEETINGS[body])


def the_meeting(body: Body, *, first: bool = False) -> str:
    """«styremøtet»; ``first``: «Styremøtet», as a sentence begins."""
    words = _(_THE_MEETINGS[body])
    return words[:1].upper() + words[1:] if first else words


def body_name(body: Body) -> str:
    return _(_BODIES[body])
