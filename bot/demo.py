"""The demo board (``conversation.md``): people named by their role, two board meetings ahead, some cases under way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, cast

from board.case import Changed, Result
from board.clock import OSLO, local_day
from board.commands import AcceptCase, ConfirmCase, ReturnCase, SaveCase, StartCase, SubmitCase
from board.deadlines import working_day_on_or_before
from board.ids import CaseId, MeetingId, OrganisationId, PersonId
from board.meeting import Meeting
from board.notices import Notice
from board.people import BODY_OF, Actor, Body, Holding, Organisation, Person, Role
from board.ports import Account, Rules, UnitOfWork, Work
from board.usecases.accept_case import accept_case
from board.usecases.confirm_case import confirm_case
from board.usecases.return_case import return_case
from board.usecases.save_case import save_case
from board.usecases.start_case import start_case
from board.usecases.submit_case import submit_case

PREFIX: Final = "00000000-0000-4000-8000-"
SINCE: Final = date(2022, 1, 1)
_REGION: Final = OrganisationId("hso-rhf")

_STAFF: Final = (
    (1, "Prosjektleder Demo", (Role.SUBMITTER,)),
    (2, "Prosjekteier Demo", (Role.PROJECT_OWNER,)),
    (3, "Porteføljekontor Demo", (Role.OFFICE,)),
    (4, "Porteføljeansvarlig Demo", (Role.PORTFOLIO_LEAD,)),
    (5, "Leder Demo", (Role.CHAIR,)),
    (6, "Tillitsvalgt Demo", (Role.EMPLOYEE_REP,)),
    (7, "AU-medlem Demo", (Role.WG_MEMBER,)),
    (41, "Arkiv Demo", (Role.ARCHIVIST, Role.ADMIN)),
)
_TRUSTS: Final = (
    "Akershus universitetssykehus",
    "Oslo universitetssykehus",
    "Sunnaas sykehus",
    "Sykehusapotekene",
    "Sykehuset i Vestfold",
    "Sykehuset Innlandet",
    "Sykehuset Telemark",
    "Sykehuset Østfold",
    "Sørlandet sykehus",
    "Vestre Viken",
    "Sykehuspartner",
)


def demo_id(number: int) -> PersonId:
    """A demo person's id, which is the directory id (aadObjectId) as well."""
    return PersonId(f"{PREFIX}{number:012d}")


async def seed(work: Work, rules: Rules, tenant: str, *, empty: bool) -> bool:
    """Fills an empty database; False, changing nothing, where the demo board is there already."""
    async with work.write() as unit:
        if await unit.people.get([demo_id(1)]):
            return False
        await _people(unit, tenant)
        if not empty:
            meetings = await _meetings(unit, rules)
            await _cases(cast(UnitOfWork, _Quiet(unit)), rules, meetings[0])
        await unit.commit()
    return True


async def _people(unit: UnitOfWork, tenant: str) -> None:
    await unit.people.add_organisation(Organisation(_REGION, "Helse Sør-Øst RHF"))
    for number, name, roles in _STAFF:
        await _person(unit, tenant, demo_id(number), name, _REGION)
        for role in roles:
            await unit.people.hold(Holding(demo_id(number), role, BODY_OF[role], SINCE))
    for number, trust in enumerate(_TRUSTS, 11):
        organisation = OrganisationId(f"hf-{number}")
        await unit.people.add_organisation(Organisation(organisation, trust))
        await _person(unit, tenant, demo_id(number), f"Direktør {trust}", organisation)
        await unit.people.hold(Holding(demo_id(number), Role.MEMBER, Body.BOARD, SINCE))
    first = OrganisationId("hf-11")
    await _person(unit, tenant, demo_id(31), f"Vara {_TRUSTS[0]}", first)
    await unit.people.hold(Holding(demo_id(31), Role.DEPUTY, Body.BOARD, SINCE, deputy_for=demo_id(11)))


async def _person(unit: UnitOfWork, tenant: str, person: PersonId, name: str, organisation: OrganisationId) -> None:
    address = name.lower().replace(" ", ".").translate(str.maketrans("æøå", "eoa"))
    await unit.people.add(
        Person(person, name, f"{address}@example.org", organisation), Account("teams", tenant, str(person))
    )


async def _meetings(unit: UnitOfWork, rules: Rules) -> list[Meeting]:
    """The board on two Thursdays ahead, far enough that the first intake is open; the working group before each."""
    wg_days = next((o.days for o in rules.mandate.offsets if o.id == "wg_meeting"), -19)
    day = local_day(rules.clock.now()) + timedelta(days=44)
    day += timedelta(days=(3 - day.weekday()) % 7)
    found = []
    for number in (1, 2):
        while not rules.calendar.is_working_day(day):
            day += timedelta(days=7)
        board = Meeting(MeetingId(f"demo-board-{number}"), Body.BOARD, _at(day, 9), 180, "Hamar")
        wg_day = working_day_on_or_before(day + timedelta(days=wg_days), rules.calendar)
        group = Meeting(
            MeetingId(f"demo-wg-{number}"), Body.WORKING_GROUP, _at(wg_day, 12), 120, "Teams", serves=board.id
        )
        for meeting in (board, group):
            await unit.meetings.add(meeting)
        found.append(board)
        day += timedelta(days=56)
    return found


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), OSLO).astimezone(UTC)


async def _cases(unit: UnitOfWork, rules: Rules, meeting: Meeting) -> None:
    """Cases in four states, brought there by the same acts as anybody's; nobody is told of them."""
    submitter = Actor(Person(demo_id(7), "AU-medlem Demo"), frozenset({Role.WG_MEMBER}))
    owner = Actor(Person(demo_id(2), "Prosjekteier Demo"), frozenset({Role.PROJECT_OWNER}))
    office = Actor(Person(demo_id(3), "Porteføljekontor Demo"), frozenset({Role.OFFICE}))
    drafts = [await _filled(unit, rules, submitter, title, meeting) for title in _TITLES]
    for draft in drafts[1:]:
        _done(await submit_case(SubmitCase(draft), submitter, unit, rules))
    for draft in drafts[2:]:
        _done(await confirm_case(ConfirmCase(draft), owner, unit, rules))
    deadline = working_day_on_or_before(local_day(rules.clock.now()) + timedelta(days=7), rules.calendar)
    _done(await return_case(ReturnCase(drafts[3], "Gevinstplanen mangler tall.", deadline), office, unit, rules))
    _done(await accept_case(AcceptCase(drafts[4]), office, unit, rules))


_TITLES: Final = (
    "Regional løsning for elektronisk kurve",
    "Felles plattform for bildediagnostikk",
    "Modernisering av laboratoriedatasystemer",
    "Regional forskningsplattform",
    "Samhandling med kommunene om legemiddellister",
)


async def _filled(unit: UnitOfWork, rules: Rules, submitter: Actor, title: str, meeting: Meeting) -> CaseId:
    scope = {exclusion.id: False for exclusion in rules.mandate.exclusions}
    case = _done(await start_case(StartCase("project", "bp1", "", scope), submitter, unit, rules)).case
    values: dict[str, str | int | None] = {
        "title": title,
        "project_owner": demo_id(2),
        "proposed_decision": "Styret godkjenner oppstart av konseptfasen.",
        "summary": "Saken gjelder oppstart av en konseptutredning.",
        "background": "Behovet er meldt av flere helseforetak.",
        "cost_investment": 4_500_000,
        "wanted_meeting": meeting.id,
        "reason_incomplete": "Mandatet for konseptfasen ettersendes.",
    }
    return _done(await save_case(SaveCase(case.id, values), submitter, unit, rules)).case.id


def _done(result: Result) -> Changed:
    if not isinstance(result, Changed):
        raise RuntimeError(f"the demo board breaks a rule: {result}")
    return result


@dataclass(frozen=True, slots=True)
class _Silence:
    """An outbox that tells nobody."""

    async def tell(self, notices: Sequence[Notice], now: datetime) -> None:
        return None

    async def knows(self, keys: Sequence[str]) -> frozenset[str]:
        return frozenset()

    async def redraw(self, object_id: str, rev: int, now: datetime) -> None:
        return None


class _Quiet:
    """The unit of work with a silent outbox: what is seeded is no news to anybody."""

    def __init__(self, unit: UnitOfWork) -> None:
        self._unit = unit
        self.outbox = _Silence()

    def __getattr__(self, name: str) -> object:
        return getattr(self._unit, name)
