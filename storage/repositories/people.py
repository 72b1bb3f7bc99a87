"""People, their accounts and the roles they hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Executable, Select, and_, bindparam, case, or_, select, update
from sqlalchemy.sql.functions import func

from board.ids import OrganisationId, PersonId
from board.joining import Claim
from board.people import Actor, Body, Holding, Organisation, Person, Role
from board.ports import Account
from storage import records as r
from storage.mapping import PERSON_COLUMNS, person_from
from storage.statements import LIMIT, like, listed, one_of, size_for
from storage.transaction import Row, Tx
from storage.unit import Unit
from storage.upsert import upsert
from storage.words import fold, name_key, words_of

p, a, h = r.people.c, r.accounts.c, r.holdings.c
_DAY = bindparam("day", type_=h.since.type)
_HELD = and_(h.since <= _DAY, or_(h.until.is_(None), h.until >= _DAY))

_ACTORS = select(*PERSON_COLUMNS, h.role).outerjoin(r.holdings, and_(h.person_id == p.id, _HELD))
_ACTOR_OF = _ACTORS.where(p.id == bindparam("person"))
_ACTOR = _ACTORS.join(r.accounts, a.person_id == p.id).where(
    a.channel == bindparam("channel"), a.tenant == bindparam("tenant"), a.user_id == bindparam("user")
)
_OWNERS = (
    select(*PERSON_COLUMNS)
    .where(p.id.in_(select(h.person_id).where(h.role == Role.PROJECT_OWNER.value, _HELD)))
    .order_by(p.name_key, p.id)
    .limit(LIMIT)
)
_DEPUTIES = (
    select(h.deputy_for, h.person_id)
    .where(h.deputy_for.is_not(None), _HELD)
    .distinct()
    .order_by(h.deputy_for, h.person_id)
)
_REGISTER = select(*r.holdings.columns).order_by(h.person_id, h.role, h.body, h.since)
_ADD = upsert(r.people, keep=("language",))
_LINK = upsert(r.accounts)
_HOLD = upsert(r.holdings)
_ORGANISE = upsert(r.organisations)
_LOCK = select(p.id).where(p.id == bindparam("person")).with_for_update(key_share=True)
_REGISTERED = select(h.person_id).where(h.person_id == bindparam("person")).limit(1)
_ACCOUNTS = (
    select(a.channel, a.tenant, a.user_id)
    .where(a.person_id == bindparam("person"))
    .order_by(a.channel, a.tenant, a.user_id)
)
_LANGUAGE = update(r.people).where(p.id == bindparam("person")).values(language=bindparam("language"))


@lru_cache
def _get(size: int) -> Select[Any]:
    return select(*PERSON_COLUMNS).where(one_of(p.id, "person", size))


@lru_cache
def _holders(size: int) -> Select[Any]:
    return select(h.role, h.person_id).where(one_of(h.role, "role", size), _HELD).distinct().order_by(h.person_id)


@lru_cache
def _named(words: int) -> Select[Any]:
    exact = or_(
        p.id == bindparam("typed"),
        func.lower(p.email) == bindparam("folded"),
        p.name_key == bindparam("key"),
        p.id.in_(select(a.person_id).where(a.user_id == bindparam("typed"))),
    )
    holds: list[ColumnElement[bool]] = [p.name_key.like(bindparam(f"word_{n}"), escape="\\") for n in range(words)]
    return (
        select(*PERSON_COLUMNS)
        .where(or_(exact, and_(*holds)))
        .order_by(case((exact, 0), else_=1), p.name_key, p.id)
        .limit(LIMIT)
    )


@lru_cache
def _owners_of(size: int) -> Select[Any]:
    return select(a.channel, a.tenant, a.user_id, a.person_id).where(one_of(a.user_id, "user", size))


@lru_cache
def _by_email(size: int) -> Select[Any]:
    roles = select(h.person_id).where(h.person_id == p.id)
    registered, held = roles.exists(), roles.where(_HELD).exists()
    return (
        select(*PERSON_COLUMNS, a.channel, a.tenant, a.user_id, held, registered)
        .outerjoin(r.accounts, a.person_id == p.id)
        .where(one_of(func.lower(p.email), "email", size))
        .order_by(p.id, a.channel, a.tenant, a.user_id)
    )


@lru_cache
def _organisations(size: int) -> Select[Any]:
    c = r.organisations.c
    return select(c.id, c.name).where(one_of(c.id, "organisation", size))


class People:
    """Implements ``board.people_ports.PeopleRepository``."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    async def actor(self, account: Account, day: date) -> Actor | None:
        params = {"channel": account.channel, "tenant": account.tenant, "user": account.user, "day": day}
        return _actor_from(await self._all(_ACTOR, params))

    async def actor_of(self, person: PersonId, day: date) -> Actor | None:
        return _actor_from(await self._all(_ACTOR_OF, {"person": person, "day": day}))

    async def get(self, people: Sequence[PersonId]) -> Mapping[PersonId, Person]:
        wanted = sorted(set(people))
        if not wanted:
            return {}
        size = size_for(len(wanted))
        rows = await self._all(_get(size), listed("person", wanted, size))
        return {person.id: person for person in map(person_from, rows)}

    async def lock(self, people: Sequence[PersonId]) -> None:
        def step(tx: Tx) -> None:
            for person in sorted(set(people)):
                tx.first(_LOCK, {"person": person})

        await self._unit.ask(step)

    async def is_registered(self, person: PersonId) -> bool:
        return bool(await self._all(_REGISTERED, {"person": person}))

    async def by_email(self, emails: Sequence[str], day: date) -> Sequence[Claim]:
        wanted = sorted({email.lower() for email in emails if email})
        if not wanted:
            return ()
        size = size_for(len(wanted))
        rows = await self._all(_by_email(size), {**listed("email", wanted, size), "day": day})
        return [_claim_from(row) for row in rows]

    async def owners_of(self, accounts: Sequence[Account]) -> Mapping[Account, PersonId]:
        wanted = sorted({account.user for account in accounts})
        if not wanted:
            return {}
        size = size_for(len(wanted))
        rows = await self._all(_owners_of(size), listed("user", wanted, size))
        found = {Account(*account): PersonId(person) for *account, person in rows}
        return {account: found[account] for account in accounts if account in found}

    async def accounts_of(self, person: PersonId) -> Sequence[Account]:
        return [Account(*row) for row in await self._all(_ACCOUNTS, {"person": person})]

    async def join(self, account: Account, person: PersonId) -> None:
        link = {"channel": account.channel, "tenant": account.tenant, "user_id": account.user, "person_id": person}
        self._unit.put(_LINK, link)

    async def add(self, person: Person, account: Account | None = None) -> None:
        """Somebody known already (same id) gets the new name, e-mail, organisation; the language chosen stays."""
        values = {
            "id": person.id,
            "name": person.name,
            "email": person.email,
            "organisation": person.organisation,
            "language": person.language,
            "name_key": name_key(person.name),
        }
        self._unit.put(_ADD, values)
        if account is not None:
            await self.join(account, person.id)

    async def add_organisation(self, organisation: Organisation) -> None:
        values = {"id": organisation.id, "name": organisation.name}
        self._unit.put(_ORGANISE, values)

    async def organisations(self, organisations: Sequence[str]) -> Mapping[str, Organisation]:
        wanted = sorted(set(organisations))
        if not wanted:
            return {}
        size = size_for(len(wanted))
        rows = await self._all(_organisations(size), listed("organisation", wanted, size))
        return {str(id_): Organisation(OrganisationId(id_), name) for id_, name in rows}

    async def hold(self, holding: Holding) -> None:
        """A holding that began the same day is replaced: that is how its end is set."""
        values = {
            "person_id": holding.person,
            "role": holding.role.value,
            "body": holding.body.value,
            "since": holding.since,
            "until": holding.until,
            "deputy_for": holding.deputy_for,
        }
        self._unit.put(_HOLD, values)

    async def set_language(self, person: PersonId, language: str) -> None:
        values = {"person": person, "language": language}
        self._unit.put(_LANGUAGE, values)

    async def holders(self, roles: Sequence[Role], day: date) -> Mapping[Role, Sequence[PersonId]]:
        """Every role that was asked for is in the answer, also one that nobody holds."""
        found: dict[Role, list[PersonId]] = {role: [] for role in roles}
        if roles:
            size = size_for(len(roles))
            values = listed("role", [role.value for role in roles], size)
            for role, person in await self._all(_holders(size), {**values, "day": day}):
                found[Role(role)].append(PersonId(person))
        return found

    async def deputies(self, day: date) -> Mapping[PersonId, Sequence[PersonId]]:
        found: dict[PersonId, list[PersonId]] = {}
        for stands_in_for, deputy in await self._all(_DEPUTIES, {"day": day}):
            found.setdefault(PersonId(stands_in_for), []).append(PersonId(deputy))
        return found

    async def holdings(self) -> Sequence[Holding]:
        return [_holding_from(row) for row in await self._all(_REGISTER, {})]

    async def owners(self, day: date, limit: int) -> Sequence[Person]:
        return [person_from(row) for row in await self._all(_OWNERS, {"day": day, "limit": limit})]

    async def named(self, words: str, limit: int) -> Sequence[Person]:
        """The exact ones first, then by name."""
        parts = words_of(words)
        if not parts:
            return ()
        params: dict[str, Any] = {"typed": words.strip(), "folded": fold(words), "key": name_key(words), "limit": limit}
        params |= {f"word_{n}": like(name_key(part)) for n, part in enumerate(parts)}
        return [person_from(row) for row in await self._all(_named(len(parts)), params)]

    async def _all(self, statement: Executable, params: Mapping[str, Any]) -> Sequence[Row]:
        return await self._unit.ask(lambda tx: tx.all(statement, params))


def _claim_from(row: Row) -> Claim:
    *person, channel, tenant, user, held, registered = row
    account = Account(channel, tenant, user) if channel is not None else None
    return Claim(person_from(person), account, bool(held), bool(registered))


def _holding_from(row: Row) -> Holding:
    person, role, body, since, until, deputy_for = row
    stands_in_for = PersonId(deputy_for) if deputy_for else None
    return Holding(PersonId(person), Role(role), Body(body), since, until, stands_in_for)


def _actor_from(rows: Sequence[Row]) -> Actor | None:
    if not rows:
        return None
    roles = frozenset(Role(row[5]) for row in rows if row[5] is not None)
    return Actor(person_from(rows[0][:5]), roles)
