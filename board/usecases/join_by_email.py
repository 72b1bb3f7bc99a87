"""An account nobody has met: joined to the one person in the register who has its verified e-mail, else a guest's.

And the guests of before, when the register gets an e-mail that is theirs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from board.clock import local_day
from board.events import Event, Happened
from board.ids import PersonId
from board.joining import Claim, Unclear, whose
from board.notices import Notice, NoticeKind
from board.people import Account, Actor, Person, Role
from board.ports import Rules, UnitOfWork
from board.usecases._joined import joined


async def meet(account: Account, name: str, email: str, work: UnitOfWork, rules: Rules) -> Actor:
    """``email``: only where the platform vouches for it, else empty."""
    found = await _named(account, email, work, rules) if email else None
    if found is None or isinstance(found, Unclear):
        return await _guest(account, Person(PersonId(rules.ids.new()), name, email), found, work, rules)
    now = rules.clock.now()
    await work.people.join(account, found)
    details = {"channel": account.channel, "way": "email"}
    await work.history.append([Event(Happened.PERSON_JOINED, found, now, found, details=details)])
    actor = await work.people.actor_of(found, local_day(now))
    return actor or Actor(Person(found, name))


async def recognise(guest: Actor, account: Account, email: str, work: UnitOfWork, rules: Rules) -> Actor:
    """A guest whose e-mail the platform could not say before, and says now."""
    if guest.roles or guest.person.email or await work.people.is_registered(guest.id):
        return guest
    found = await _named(account, email, work, rules)
    if found is None or isinstance(found, Unclear):
        await work.people.add(replace(guest.person, email=email))
        if found:
            await _tell_office(guest.id, account.channel, found, work, rules)
        return guest
    person = await work.people.actor_of(found, local_day(rules.clock.now()))
    if person is None:
        return guest
    await joined(guest.id, person.person, {"way": "email"}, person.id, work, rules)
    return person


async def _named(account: Account, email: str, work: UnitOfWork, rules: Rules) -> PersonId | Unclear | None:
    day = local_day(rules.clock.now())
    claims = await work.people.by_email([email], day)
    found = whose(account, claims)
    if found is None or isinstance(found, Unclear):
        return found
    await work.people.lock([found])  # of two accounts that come at the same instant the second sees the first
    return whose(account, await work.people.by_email([email], day))


async def _guest(
    account: Account, guest: Person, unclear: Unclear | None, work: UnitOfWork, rules: Rules
) -> Actor:  # fmt: skip
    now = rules.clock.now()
    await work.people.add(guest, account)
    await work.history.append([Event(Happened.PERSON_MET, guest.id, now, guest.id)])
    if unclear:
        await _tell_office(guest.id, account.channel, unclear, work, rules)
    return Actor(guest)


async def _tell_office(guest: PersonId, channel: str, unclear: Unclear, work: UnitOfWork, rules: Rules) -> None:
    now = rules.clock.now()
    details = {"why": unclear.value, "channel": channel}
    await work.history.append([Event(Happened.PERSON_UNCLEAR, guest, now, guest, details=details)])
    office = (await work.people.holders([Role.OFFICE], local_day(now)))[Role.OFFICE]
    part = f"{unclear.value}:{channel}"
    await work.outbox.tell([Notice(NoticeKind.ACCOUNT_UNCLEAR, guest, 0, person, part) for person in office], now)


async def join_guests(emails: Sequence[str], work: UnitOfWork, rules: Rules) -> int:
    """Guests whose verified e-mail has come into the register: how many were joined."""
    wanted = sorted({email.lower() for email in emails if email})
    if not wanted:
        return 0
    claims = await work.people.by_email(wanted, local_day(rules.clock.now()))
    guests = sorted({claim.person.id for claim in claims if not claim.registered})
    count = 0
    for guest in guests:
        person = _found(guest, claims)
        if person is not None:
            await work.people.lock(sorted((guest, person.id)))
            await joined(guest, person, {"way": "register"}, person.id, work, rules)
            count += 1
    return count


def _found(guest: PersonId, claims: Sequence[Claim]) -> Person | None:
    """The one person whom all of the guest's accounts name; None where one of them does not, or there is none."""
    mine = [claim for claim in claims if claim.person.id == guest]
    email = mine[0].person.email.lower()
    rivals = [claim for claim in claims if claim.person.email.lower() == email and claim.person.id != guest]
    meant = {whose(claim.account, rivals) if claim.account else None for claim in mine}
    people = {claim.person.id: claim.person for claim in rivals}
    only = meant.pop() if len(meant) == 1 else None
    return people.get(only) if only is not None and not isinstance(only, Unclear) else None
