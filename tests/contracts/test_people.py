"""``board.people_ports.PeopleRepository``, kept by every implementation."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from board.ids import OrganisationId, PersonId
from board.people import Body, Holding, Organisation, Person, Role
from board.ports import Account, Work
from tests.contracts.samples import HOLDINGS, KARI, LISE, ODD, OLA, PEOPLE, TODAY, account, fill


async def test_an_account_tells_who_acts_and_in_which_roles(work: Work) -> None:
    await fill(work)
    async with work.read() as unit:
        found = await unit.people.actor(account(ODD), TODAY)
        assert found is not None
        assert found.person == PEOPLE[3]
        assert found.roles == {Role.PORTFOLIO_LEAD}
        assert await unit.people.actor_of(ODD, TODAY) == found


async def test_roles_are_judged_on_the_day(work: Work) -> None:
    await fill(work)
    days = {
        date(2024, 12, 31): set(),
        date(2025, 1, 1): {Role.OFFICE},
        date(2026, 6, 30): {Role.OFFICE, Role.PORTFOLIO_LEAD},
        date(2026, 7, 1): {Role.PORTFOLIO_LEAD},
        TODAY: {Role.PORTFOLIO_LEAD},
        TODAY + timedelta(days=1): set(),
    }
    async with work.read() as unit:
        for day, roles in days.items():
            found = await unit.people.actor(account(ODD), day)
            assert found is not None
            assert found.roles == roles, day


async def test_a_stranger_is_nobody(work: Work) -> None:
    await fill(work)
    known = account(KARI)
    async with work.read() as unit:
        for stranger in (replace(known, user="other"), replace(known, tenant="other"), replace(known, channel="slack")):
            assert await unit.people.actor(stranger, TODAY) is None
        assert await unit.people.actor_of(PersonId("nobody"), TODAY) is None


async def test_people_are_got_by_id(work: Work) -> None:
    await fill(work)
    async with work.read() as unit:
        assert await unit.people.get([KARI, PersonId("nobody"), OLA, KARI]) == {KARI: PEOPLE[0], OLA: PEOPLE[1]}
        assert await unit.people.get([KARI, OLA, LISE]) == {p.id: p for p in PEOPLE[:3]}
        assert await unit.people.get([]) == {}


async def test_adding_again_changes_the_person_but_not_the_language_chosen(work: Work) -> None:
    await fill(work)
    slack = Account("slack", "team", "U1")
    async with work.write() as unit:
        await unit.people.add_organisation(Organisation(OrganisationId("ous"), "OUS"))
        await unit.people.set_language(KARI, "en")
        await unit.people.add(Person(KARI, "Kari Ny", "ny@example.org", OrganisationId("ous"), "nb"), slack)
        await unit.commit()
    async with work.read() as unit:
        new = Person(KARI, "Kari Ny", "ny@example.org", OrganisationId("ous"), "en")
        assert await unit.people.get([KARI]) == {KARI: new}
        for one in (slack, account(KARI)):
            found = await unit.people.actor(one, TODAY)
            assert found is not None
            assert found.person == new


async def test_a_holding_is_ended_by_holding_it_again(work: Work) -> None:
    await fill(work)
    async with work.write() as unit:
        await unit.people.hold(Holding(LISE, Role.OFFICE, Body.OFFICE, date(2026, 1, 1), date(2026, 2, 1)))
        await unit.commit()
    async with work.read() as unit:
        assert await unit.people.holders([Role.OFFICE], TODAY) == {Role.OFFICE: []}
        assert await unit.people.holders([Role.OFFICE], date(2026, 2, 1)) == {Role.OFFICE: [LISE, ODD]}


async def test_holders_of_several_roles(work: Work) -> None:
    await fill(work)
    roles = [Role.OFFICE, Role.PORTFOLIO_LEAD, Role.ADMIN]
    async with work.read() as unit:
        found = await unit.people.holders(roles, TODAY)
        assert {role: list(found[role]) for role in roles} == {
            Role.OFFICE: [LISE],
            Role.PORTFOLIO_LEAD: [ODD],
            Role.ADMIN: [],
        }
        assert await unit.people.holders([], TODAY) == {}


async def test_owners_come_in_the_order_of_the_norwegian_alphabet(work: Work) -> None:
    names = ("Zoe", "Åse", "Ærlig", "Øyvind", "anna")
    async with work.write() as unit:
        for n, name in enumerate(names):
            await unit.people.add(Person(PersonId(f"p{n}"), name))
            for body in (Body.BOARD, Body.WORKING_GROUP):
                await unit.people.hold(Holding(PersonId(f"p{n}"), Role.PROJECT_OWNER, body, date(2026, 1, 1)))
        await unit.commit()
    async with work.read() as unit:
        owners = await unit.people.owners(TODAY, 9)
        assert [p.name for p in owners] == ["anna", "Zoe", "Ærlig", "Øyvind", "Åse"]
        assert [p.name for p in await unit.people.owners(TODAY, 2)] == ["anna", "Zoe"]
        assert await unit.people.owners(date(2025, 1, 1), 9) == []


async def test_people_are_found_by_what_they_are_called(work: Work) -> None:
    await fill(work)
    async with work.write() as unit:
        await unit.people.add(Person(PersonId("ola-2"), "Ola Åsen Lie"))
        await unit.commit()
    expected = {
        "kari": [KARI],
        "aad-kari": [KARI],
        "KARI.OSTBY@example.org": [KARI],
        "østby KARI": [KARI],
        "åsen": [OLA, "ola-2"],
        "ola  ÅSEN": [OLA, "ola-2"],
        "ola åsen lie": ["ola-2"],
        "ærl": [LISE],
        "%": [],
        "_": [],
        "": [],
        "nobody": [],
    }
    async with work.read() as unit:
        for words, ids in expected.items():
            assert [p.id for p in await unit.people.named(words, 5)] == ids, words
        assert [p.id for p in await unit.people.named("åsen", 1)] == [OLA]


async def test_deputies_are_judged_on_the_day(work: Work) -> None:
    start = date(2026, 1, 1)
    async with work.write() as unit:
        for person, role, since, until, whose in (
            (ODD, Role.DEPUTY, start, None, KARI),
            (LISE, Role.DEPUTY, start, TODAY, KARI),
            (LISE, Role.PROJECT_OWNER, start, None, KARI),
            (ODD, Role.PROJECT_OWNER, start, TODAY - timedelta(days=1), OLA),
            (OLA, Role.OFFICE, start, None, None),
        ):
            await unit.people.add(next(p for p in PEOPLE if p.id == person))
            await unit.people.hold(Holding(person, role, Body.BOARD, since, until, whose))
        await unit.commit()
    async with work.read() as unit:
        assert await unit.people.deputies(TODAY) == {KARI: [LISE, ODD]}
        assert await unit.people.deputies(TODAY - timedelta(days=1)) == {KARI: [LISE, ODD], OLA: [ODD]}
        assert await unit.people.deputies(date(2025, 1, 1)) == {}


async def test_the_whole_register(work: Work) -> None:
    await fill(work)
    deputy = Holding(KARI, Role.DEPUTY, Body.BOARD, TODAY, None, OLA)
    async with work.write() as unit:
        await unit.people.hold(deputy)
        await unit.commit()
    async with work.read() as unit:
        assert await unit.people.holdings() == [deputy, HOLDINGS[1], HOLDINGS[2], HOLDINGS[3], HOLDINGS[0]]
