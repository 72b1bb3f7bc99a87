"""Words for what the rules name by code: states, events, roles, and the mandate file's own labels."""

from __future__ import annotations

from typing import Final

from board.agenda import ItemKind
from board.approval import Conclusion
from board.decision import Outcome
from board.events import Happened
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

_HAPPENED: Final = {
    Happened.CASE_STARTED: noop("{who} begynte på saken {when}"),
    Happened.CASE_SAVED: noop("{who} endret saken {when}"),
    Happened.DOCUMENT_ATTACHED: noop("{who} la ved et dokument {when}"),
    Happened.CASE_SUBMITTED: noop("{who} sendte inn saken {when}"),
    Happened.CASE_CONFIRMED: noop("{who} bekreftet saken {when}"),
    Happened.CASE_DECLINED: noop("{who} sendte saken tilbake {when}"),
    Happened.CASE_ACCEPTED: noop("{who} tok imot saken {when}"),
    Happened.CASE_RETURNED: noop("{who} returnerte saken {when}"),
    Happened.CASE_OUT_OF_SCOPE: noop("{who} avsluttet saken som utenfor mandatet {when}"),
    Happened.CASE_WITHDRAWN: noop("{who} trakk saken {when}"),
    Happened.DOCUMENT_CLASSIFIED: noop("{who} endret klassifiseringen av et dokument {when}"),
    Happened.CASE_SCHEDULED_WG: noop("{who} satte saken på sakslisten til arbeidsutvalget {when}"),
    Happened.CASE_TREATED: noop("Arbeidsutvalget behandlet saken; {who} registrerte det {when}"),
    Happened.CASE_SCHEDULED: noop("{who} satte saken på sakslisten til styret {when}"),
    Happened.CASE_MOVED: noop("{who} flyttet saken til et annet møte {when}"),
    Happened.CASE_DISPATCHED: noop("{who} sendte ut saken til styret {when}"),
    Happened.CASE_RELEASED: noop("{who} avlyste møtet saken sto på, {when}"),
    Happened.CASE_MEETING_MOVED: noop("{who} flyttet møtet saken står på, {when}"),
    Happened.STATEMENT_GIVEN: noop("{who} uttalte seg om saken {when}"),
    Happened.LATE_ASKED: noop("{who} ba om at saken tas inn etter fristen {when}"),
    Happened.LATE_ACCEPTED: noop("{who} godtok at saken kom etter fristen {when}"),
    Happened.LATE_REFUSED: noop("{who} sa nei til å ta inn saken etter fristen {when}"),
    Happened.CONFLICT_DECLARED: noop("{who} svarte om habilitet {when}"),
    Happened.CONFLICT_RULED: noop("{who} avgjorde habiliteten {when}"),
    Happened.AGENDA_BUILT: noop("{who} laget sakslisten {when}"),
    Happened.AGENDA_CHANGED: noop("{who} endret sakslisten {when}"),
    Happened.AGENDA_ASKED: noop("{who} sendte sakslisten til leder {when}"),
    Happened.AGENDA_APPROVED: noop("{who} godkjente sakslisten {when}"),
    Happened.DISPENSATION_ASKED: noop("{who} ba om dispensasjon {when}"),
    Happened.DISPENSATION_GRANTED: noop("{who} ga dispensasjon {when}"),
    Happened.DISPENSATION_REFUSED: noop("{who} sa nei til dispensasjon {when}"),
    Happened.WG_MINUTES_FINISHED: noop("{who} ferdigstilte referatet {when}"),
    Happened.MINUTES_FILED: noop("{who} la inn referatet {when}"),
    Happened.MEETING_STARTED: noop("{who} startet møtet {when}"),
    Happened.ITEM_CALLED: noop("{who} tok opp et punkt {when}"),
    Happened.SEAT_CHANGED: noop("{who} endret hvem som er til stede {when}"),
    Happened.QUORUM_WAIVED: noop("{who} lot møtet gå videre uten at det var vedtaksført {when}"),
    Happened.MEETING_CLOSED: noop("{who} lukket møtet {when}"),
    Happened.MEETING_ARCHIVED: noop("{who} hentet arkivet av møtet {when}"),
    Happened.DECISION_RECORDED: noop("{who} registrerte vedtaket {when}"),
    Happened.DECISION_PUBLISHED: noop("{who} kunngjorde et vedtak fra møtet {when}"),
    Happened.CASE_DECIDED: noop("Styret behandlet saken; {who} registrerte det {when}"),
    Happened.CASE_PUBLISHED: noop("{who} kunngjorde vedtaket {when}"),
    Happened.CASE_MINUTED: noop("Referatet med saken ble godkjent; {who} konkluderte {when}"),
    Happened.CASE_CLOSED: noop("Saken ble avsluttet; siste handling var av {who} {when}"),
    Happened.FOLLOW_UP_OPENED: noop("{who} opprettet en oppfølging {when}"),
    Happened.FOLLOW_UP_REPORTED: noop("{who} meldte om oppfølgingen {when}"),
    Happened.FOLLOW_UP_DONE: noop("{who} meldte oppfølgingen som utført {when}"),
    Happened.MINUTES_DRAFTED: noop("{who} laget utkast til referat {when}"),
    Happened.MINUTES_EDITED: noop("{who} endret referatet {when}"),
    Happened.MINUTES_CIRCULATED: noop("{who} sendte referatet til merknader {when}"),
    Happened.MINUTES_ANSWERED: noop("{who} hadde ingen merknad til referatet {when}"),
    Happened.REMARK_GIVEN: noop("{who} ga en merknad til referatet {when}"),
    Happened.REMARK_ACCEPTED: noop("{who} tok inn en merknad {when}"),
    Happened.REMARK_STAGED: noop("{who} la en merknad inn som rettelse {when}"),
    Happened.REMARK_REFUSED: noop("{who} tok ikke inn en merknad {when}"),
    Happened.ROUND_CLOSED: noop("Merknadsrunden ble lukket {when}"),
    Happened.MINUTES_CALLED: noop("{who} tok opp godkjenning av referatet {when}"),
    Happened.MINUTES_APPROVAL: noop("{who} svarte på godkjenning av referatet {when}"),
    Happened.MINUTES_CONCLUDED: noop("{who} konkluderte om referatet {when}"),
    Happened.MINUTES_LOCKED: noop("Det godkjente referatet ble låst {when}; {who} konkluderte"),
    Happened.MINUTES_CORRECTED: noop("{who} rettet det godkjente referatet {when}"),
    Happened.PACK_SENT: noop("{who} sendte sakspapirene {when}"),
    Happened.PACK_BUILT: noop("Sakspapirene ble ferdige {when}; {who} sendte dem"),
    Happened.PACK_READ: noop("{who} åpnet sakspapirene {when}"),
    Happened.MEETING_PLANNED: noop("{who} satte opp møtet {when}"),
    Happened.MEETING_MOVED: noop("{who} flyttet møtet {when}"),
    Happened.MEETING_CANCELLED: noop("{who} avlyste møtet {when}"),
    Happened.ATTENDANCE_ANSWERED: noop("{who} svarte om oppmøte {when}"),
    Happened.CASE_DELEGATED: noop("{who} satte inn en vara {when}"),
    Happened.DUTY_DONE: noop("{who} tok hånd om det {when}"),
    Happened.DUTY_DELEGATED: noop("{who} ba en vara {when}"),
    Happened.DUTY_RETURNED: noop("{who} kunne ikke være vara {when}"),
    Happened.DUTY_SNOOZED: noop("{who} utsatte påminnelsen {when}"),
    Happened.TOLD_ORALLY: noop("{who} registrerte muntlig varsel {when}"),
    Happened.ANCHOR_ANSWERED: noop("{who} svarte om forankring {when}"),
    Happened.BENEFIT_REPORTED: noop("{who} meldte om gevinstene {when}"),
    Happened.EVALUATION_OPENED: noop("Evalueringen ble åpnet {when}; registrert for {who}"),
    Happened.EVALUATION_CLOSED: noop("Evalueringen ble lukket {when}; registrert for {who}"),
    Happened.ACT_REFUSED: noop("{who} prøvde noe uten å ha rett til det {when}"),
    Happened.CHANNEL_OPENED: noop("{who} åpnet kanalen for milepæler {when}"),
    Happened.CHANNEL_CLOSED: noop("{who} avsluttet milepæler i kanalen {when}"),
    Happened.CALENDAR_OPENED: noop("{who} hentet en kalenderlenke {when}"),
    Happened.CASE_FOLLOWED: noop("{who} ble koblet til registeret, og saken fulgte med, {when}"),
    Happened.PERSON_JOINED: noop("En konto ble koblet til {who} {when}"),
    Happened.PERSON_UNCLEAR: noop("Kontoen til {who} kunne ikke kobles av seg selv, {when}"),
    Happened.JOIN_CODE_USED: noop("{who} brukte en kode som kobler en konto, {when}"),
    Happened.JOIN_CODE_REFUSED: noop("En kode fra {who} ble avvist {when}"),
    Happened.JOIN_CODE_GIVEN: noop("{who} laget en kode som kobler en konto, {when}"),
    Happened.CALENDAR_CLOSED: noop("{who} slettet kalenderlenken sin {when}"),
    Happened.ANSWER_LINK_USED: noop("{who} svarte med lenken i en e-post {when}"),
    Happened.ANSWER_LINK_REFUSED: noop("lenken som {who} fikk på e-post, ble prøvd og avvist {when}"),
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

_CONCLUSIONS: Final = {
    Conclusion.APPROVED: noop("godkjent"),
    Conclusion.WITH_CORRECTIONS: noop("godkjent med rettelser"),
    Conclusion.POSTPONED: noop("utsatt"),
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


def conclusion_name(conclusion: Conclusion) -> str:
    return _(_CONCLUSIONS[conclusion])


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


def happened(what: Happened, who: str, when: str) -> str:
    """«Kari bekreftet saken torsdag …»; for kinds without words of their own, a plain sentence."""
    return _(_HAPPENED.get(what, _HAPPENED[Happened.CASE_SAVED]), who=who, when=when)


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
