"""Joining an account to the person it belongs to: by verified e-mail, or by a code that the office gives.

The mandate says nothing of it: all of this is our own rule. Its page is ``docs/rules/joining.md``.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from board.case import Case, Changed
from board.errors import Refusal, RefusalCode
from board.events import Event, Happened
from board.ids import PersonId
from board.people import HANDLERS, Account, Actor, Person, Role

ALPHABET: Final = "34679CDFGHJKMNPQRTWX"
"""No sign that looks like another (0 O, 1 I L, 2 Z, 5 S, 8 B, U V), and no vowel, so that no word comes out of it."""
LENGTH: Final = 10
"""20 · 19⁹ codes, some 43 bits: far beyond what the tries of a few days can find."""
LIFETIME: Final = timedelta(hours=72)
"""What is given on a Friday can be used on the Monday."""
MOST_WRONG: Final = 5
"""Wrong codes that an account may try on one local day."""
GIVERS: Final = HANDLERS
LEADS_OWN: Final = frozenset({Role.CHAIR, Role.PORTFOLIO_LEAD, Role.ADMIN})
"""Who decides over the office: a code for one of these comes from the portfolio lead, never from the office."""
_HALF: Final = LENGTH // 2


class Unfit(StrEnum):
    """Why a code does nothing."""

    UNKNOWN = "unknown"
    USED = "used"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    """Its giver may not give it any more, or its person is no longer in the register."""
    LOCKED = "locked"


class Unclear(StrEnum):
    """Why a verified e-mail does not say whose account it is."""

    SHARED = "shared"
    """Several people in the register have it."""
    TAKEN = "taken"
    """Another account of the same channel has it, or is that person's."""


@dataclass(frozen=True, slots=True)
class JoinCode:
    """A code without the code itself: whose it is, who gave it, and for how long it holds."""

    person: PersonId
    by: PersonId
    at: datetime
    expires_at: datetime
    used_at: datetime | None = None

    def unfit(self, now: datetime) -> Unfit | None:
        if self.used_at is not None:
            return Unfit.USED
        return Unfit.EXPIRED if self.expires_at <= now else None


@dataclass(frozen=True, slots=True)
class Claim:
    """Somebody who has an e-mail, with one of that person's accounts (None: no account at all).

    ``held``: a role on the day that was asked about; ``registered``: a role on any day.
    """

    person: Person
    account: Account | None
    held: bool
    registered: bool


# -- the code ----------------------------------------------------------------------------------------------------------


def make_code(secret: str) -> str:
    """A code out of a long random secret. No two signs alike beside each other: it is read aloud and typed off."""
    number = int.from_bytes(hashlib.sha256(secret.encode()).digest())
    code = ""
    for _place in range(LENGTH):
        choice = [sign for sign in ALPHABET if sign != code[-1:]]
        number, which = divmod(number, len(choice))
        code += choice[which]
    return code


def in_halves(code: str) -> str:
    """As it is shown: «CDFGH-JKMNP»."""
    return f"{code[:_HALF]}-{code[_HALF:]}"


def read_code(typed: str) -> str:
    """The code in what was typed, with blanks, hyphens and small letters as they come; empty where it can be none."""
    signs = [sign for sign in unicodedata.normalize("NFKC", typed).upper() if sign.isalnum()]
    return "".join(signs) if len(signs) == LENGTH and set(signs) <= set(ALPHABET) else ""


def digest_of(code: str) -> str:
    """What is kept of a code (SHA-256, hex)."""
    return hashlib.sha256(code.encode()).hexdigest()


def may_give(giver: Actor, to: Actor) -> Refusal | None:
    """Nobody gets more rights than the giver may hand out, and nobody gives a code to himself or herself."""
    if not giver.roles & GIVERS:
        return Refusal(RefusalCode.NOT_ALLOWED, {"act": "join_code", "roles": tuple(sorted(GIVERS))})
    if not to.roles:
        return Refusal(RefusalCode.NOT_REGISTERED, {"act": "join_code"})
    if giver.id == to.id:
        return Refusal(RefusalCode.OWN_CODE, {"act": "join_code"})
    if to.roles & LEADS_OWN and Role.PORTFOLIO_LEAD not in giver.roles:
        return Refusal(RefusalCode.NOT_ALLOWED, {"act": "join_code", "roles": (Role.PORTFOLIO_LEAD,)})
    return None


# -- the e-mail --------------------------------------------------------------------------------------------------------


def whose(account: Account, claims: Sequence[Claim]) -> PersonId | Unclear | None:
    """The one person in the register that ``account``'s verified e-mail names; why it is not clear; or nobody's.

    ``claims`` are all who have that e-mail. Where there is the least doubt nobody is joined: the office is told.
    """
    people = {claim.person.id for claim in claims if claim.held}
    if not people:
        return None
    if len(people) > 1:
        return Unclear.SHARED
    others = {one for claim in claims if (one := claim.account) and one.channel == account.channel and one != account}
    return Unclear.TAKEN if others else people.pop()


# -- what follows ------------------------------------------------------------------------------------------------------


def followed(case: Case, guest: PersonId, person: Person, now: datetime) -> Changed:
    """The case with ``person`` in the place of the guest that the person was until now."""

    def new(one: PersonId) -> PersonId:
        return person.id if one == guest else one

    after = replace(
        case,
        rev=case.rev + 1,
        updated_at=now,
        submitter=new(case.submitter),
        last=replace(case.last, by=new(case.last.by)),
        documents=tuple(replace(document, by=new(document.by)) for document in case.documents),
        excluded=frozenset(new(one) for one in case.excluded),
    )
    about = {"guest": str(guest)}
    states = {"from_state": case.state, "to_state": case.state}
    return Changed(after, (Event(Happened.CASE_FOLLOWED, case.id, now, person.id, after.rev, **states, details=about),))
