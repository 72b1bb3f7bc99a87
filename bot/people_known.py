"""Who a row of the imported register is about: somebody known already, or somebody new."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from board.clock import local_day
from board.ids import OrganisationId, PersonId
from board.people import Account, Person
from board.ports import Rules, UnitOfWork
from board.usecases._joined import joined


class Named(Protocol):
    """What a row says of a person."""

    @property
    def name(self) -> str: ...
    @property
    def email(self) -> str: ...
    @property
    def aad_object_id(self) -> str: ...
    @property
    def slack_user_id(self) -> str: ...


class TwoPeople(ValueError):
    """A row whose accounts belong to two different people."""


@dataclass(frozen=True, slots=True)
class Places:
    """The directory (tenant) and the Slack workspace that the ids in the file belong to; no workspace: empty."""

    tenant: str
    team: str = ""

    def accounts(self, row: Named) -> list[Account]:
        found = [Account("teams", self.tenant, row.aad_object_id)] if row.aad_object_id else []
        return [*found, Account("slack", self.team, row.slack_user_id)] if row.slack_user_id else found


@dataclass(slots=True)
class Register:
    """The people of the register with their accounts and e-mails, read at once, and kept up with the rows."""

    unit: UnitOfWork
    rules: Rules
    places: Places
    people: dict[PersonId, Person] = field(default_factory=dict)
    owners: dict[Account, PersonId] = field(default_factory=dict)
    added: int = 0
    joined: int = 0

    @classmethod
    async def of(cls, unit: UnitOfWork, rules: Rules, places: Places, rows: Sequence[Named]) -> Register:
        accounts = [account for row in rows for account in places.accounts(row)]
        owners = dict(await unit.people.owners_of(accounts))
        claims = await unit.people.by_email([row.email for row in rows], local_day(rules.clock.now()))
        owners |= {claim.account: claim.person.id for claim in claims if claim.account and claim.registered}
        registered = {holding.person for holding in await unit.people.holdings()}
        wanted = {*owners.values(), *(PersonId(row.aad_object_id) for row in rows if row.aad_object_id)}
        wanted |= {claim.person.id for claim in claims}
        people = await unit.people.get(sorted(wanted & registered))
        return cls(unit, rules, places, dict(people), owners)

    async def person(self, row: Named, organisation: OrganisationId | None) -> PersonId:
        """The person of a row, with the row's accounts. Errors: :class:`TwoPeople`."""
        person = self._known(row)
        if person is None:
            id_ = PersonId(row.aad_object_id or self.rules.ids.new())
            person = Person(id_, row.name, row.email, organisation)
            await self.unit.people.add(person)
            self.added += 1
        elif row.email and not person.email:
            person = Person(person.id, person.name, row.email, person.organisation, person.language)
            await self.unit.people.add(person)
        self.people[person.id] = person
        for account in self.places.accounts(row):
            await self._own(account, person)
        return person.id

    def _known(self, row: Named) -> Person | None:
        """By account; by the directory's id; by e-mail, where no other account speaks against it."""
        accounts = self.places.accounts(row)
        by_account = {owner for one in accounts if (owner := self.owners.get(one)) in self.people}
        if len(by_account) > 1:
            raise TwoPeople("the directory id and the Slack id belong to two different people")
        for found in (*by_account, PersonId(row.aad_object_id)):
            if found in self.people:
                return self.people[found]
        same = [p for p in self.people.values() if row.email and p.email.lower() == row.email.lower()]
        fit = [p for p in same if not self._contradicts(p.id, accounts)]
        return fit[0] if len(fit) == 1 else None

    def _contradicts(self, person: PersonId, accounts: Sequence[Account]) -> bool:
        channels = {account.channel for account in accounts}
        return any(owner == person and one.channel in channels for one, owner in self.owners.items())

    async def _own(self, account: Account, person: Person) -> None:
        """A guest whose account it was turns out to be this person."""
        before = self.owners.get(account)
        if before == person.id:
            return
        if before is None:
            await self.unit.people.join(account, person.id)
        else:
            await self.unit.people.lock([before, person.id])
            await joined(before, person, {"way": "register"}, person.id, self.unit, self.rules)
            self.joined += 1
        self.owners[account] = person.id
