"""What the rules need of the register of people. Owned here, implemented by ``storage`` and ``tests/fakes``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol

from board.ids import PersonId
from board.joining import Claim
from board.people import Account, Actor, Holding, Organisation, Person, Role


class PeopleRepository(Protocol):
    async def actor(self, account: Account, day: date) -> Actor | None:
        """Who the account belongs to, with the roles held on ``day``; one query."""
        ...

    async def actor_of(self, person: PersonId, day: date) -> Actor | None: ...

    async def get(self, people: Sequence[PersonId]) -> Mapping[PersonId, Person]:
        """Those of the people that exist, in one query."""
        ...

    async def lock(self, people: Sequence[PersonId]) -> None:
        """Until the end of the unit of work nobody else joins accounts to these people, or tries codes as them."""
        ...

    async def is_registered(self, person: PersonId) -> bool:
        """Whether the person holds, has held or will hold a role; a guest never."""
        ...

    async def by_email(self, emails: Sequence[str], day: date) -> Sequence[Claim]:
        """Everybody who has one of these e-mails, in whichever case, one row an account; one query."""
        ...

    async def owners_of(self, accounts: Sequence[Account]) -> Mapping[Account, PersonId]:
        """Whose those of the accounts are that are known, guests' too; one query."""
        ...

    async def accounts_of(self, person: PersonId) -> Sequence[Account]: ...

    async def join(self, account: Account, person: PersonId) -> None:
        """The account is this person's from now on, whosever it was."""
        ...

    async def add(self, person: Person, account: Account | None = None) -> None: ...

    async def add_organisation(self, organisation: Organisation) -> None: ...

    async def hold(self, holding: Holding) -> None: ...

    async def organisations(self, organisations: Sequence[str]) -> Mapping[str, Organisation]:
        """Those of them that exist, in one query."""
        ...

    async def set_language(self, person: PersonId, language: str) -> None: ...

    async def holders(self, roles: Sequence[Role], day: date) -> Mapping[Role, Sequence[PersonId]]: ...

    async def deputies(self, day: date) -> Mapping[PersonId, Sequence[PersonId]]:
        """Who is registered as whose deputy on ``day``: the deputies by whom they stand in for."""
        ...

    async def holdings(self) -> Sequence[Holding]:
        """The whole register, for a rehearsal."""
        ...

    async def owners(self, day: date, limit: int) -> Sequence[Person]:
        """Those registered as project owners on ``day``, by name."""
        ...

    async def named(self, words: str, limit: int) -> Sequence[Person]:
        """People whose id, account, e-mail or name is these words, or whose name holds all of them."""
        ...
