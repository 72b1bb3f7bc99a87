"""Cases, people and places to store: small, and different in what a test looks at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from board.case import Case, LastChange
from board.case_content import Content
from board.delivery import Address, Copy
from board.events import Event, Happened
from board.ids import CaseId, PersonId
from board.notices import Notice, NoticeKind
from board.people import Actor, Body, Holding, Person, Role
from board.ports import Account, Work
from board.states import CaseState

NOW = datetime(2026, 11, 2, 8, 30, 0, 123456, tzinfo=UTC)
TODAY = date(2026, 11, 2)
KARI, OLA, LISE, ODD = PersonId("kari"), PersonId("ola"), PersonId("lise"), PersonId("odd")
PEOPLE = (
    Person(KARI, "Kari Østby", "Kari.Ostby@example.org"),
    Person(OLA, "Ola Åsen", "ola@example.org", language="nn"),
    Person(LISE, "Lise Ærlig", "lise@example.org"),
    Person(ODD, "Odd Berg", "odd@example.org"),
)
HOLDINGS = (
    Holding(OLA, Role.PROJECT_OWNER, Body.BOARD, date(2026, 1, 1)),
    Holding(LISE, Role.OFFICE, Body.OFFICE, date(2026, 1, 1)),
    Holding(ODD, Role.OFFICE, Body.OFFICE, date(2025, 1, 1), date(2026, 6, 30)),
    Holding(ODD, Role.PORTFOLIO_LEAD, Body.WORKING_GROUP, date(2026, 1, 1), TODAY),
)
_RECEIVED = frozenset(CaseState) - {CaseState.DRAFT, CaseState.AWAITING_OWNER}


def actor(person: PersonId, *roles: Role) -> Actor:
    return Actor(next(p for p in PEOPLE if p.id == person), frozenset(roles))


def account(person: PersonId) -> Account:
    return Account("teams", "tenant", f"aad-{person}")


def later(minutes: float) -> datetime:
    return NOW + timedelta(minutes=minutes)


def case(
    name: str,
    *,
    by: PersonId = KARI,
    owner: PersonId | None = OLA,
    state: CaseState = CaseState.DRAFT,
    minute: int = 0,
    title: str = "",
    project_ref: str = "",
) -> Case:
    """A case that changed last at ``minute``, with the times that its state implies."""
    at = later(minute)
    return Case(
        id=CaseId(name),
        rev=1,
        state=state,
        delivery_form="decision",
        case_type="bp2",
        sub_portfolio="ikt",
        submitter=by,
        created_at=NOW,
        updated_at=at,
        last=LastChange(Happened.CASE_STARTED, by, NOW),
        content=Content(title=title or f"Sak {name}", project_ref=project_ref, project_owner=owner),
        owner=None if state is CaseState.DRAFT else owner,
        submitted_at=None if state is CaseState.DRAFT else at,
        received_at=at if state in _RECEIVED else None,
    )


def changed(before: Case, minute: int = 1, title: str = "Ny tittel") -> Case:
    content = replace(before.content, title=title)
    return replace(before, rev=before.rev + 1, updated_at=later(minute), content=content)


def event(about: str, rev: int = 1, minute: int = 0) -> Event:
    return Event(Happened.CASE_SAVED, about, later(minute), KARI, rev, "draft", "draft", "fordi", {"b": "å", "a": "1"})


def notice(to: PersonId, about: str = "c1", rev: int = 1) -> Notice:
    return Notice(NoticeKind.REVIEW_REQUESTED, about, rev, to)


def chat(person: PersonId, *, channel: str = "teams", service: str = "https://one.example.org") -> Address:
    return Address(channel, "tenant", service, f"chat-{channel}-{person}", "personal", "bot")


def channel_place(name: str = "general") -> Address:
    return Address("teams", "tenant", "https://one.example.org", f"19:{name}", "channel", "bot", "team")


def copy(person: PersonId, message: str = "m1", about: str = "c1", rev: int = 1, where: Address | None = None) -> Copy:
    return Copy(where or chat(person), message, person, "case.review_requested", about, rev)


async def fill(work: Work, cases: Sequence[Case] = (), reached: Sequence[PersonId] = ()) -> None:
    """The people with their accounts and roles, these cases, and addresses for those who have one."""
    async with work.write() as unit:
        for person in PEOPLE:
            await unit.people.add(person, account(person.id))
        for holding in HOLDINGS:
            await unit.people.hold(holding)
        for one in cases:
            await unit.cases.add(one)
        for somebody in reached:
            await unit.addresses.remember(somebody, chat(somebody), NOW)
        await unit.commit()
