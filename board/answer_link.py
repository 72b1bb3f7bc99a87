"""The one-time link that an e-mail carries: how long it lives, what it may answer, and how it is known as ours.

The rule is our own: the mandate says nothing of links. A link says for whom it is and what is asked; role, habilitet
and state are judged when it is used, never from what it says.
"""

from __future__ import annotations

import hashlib
import hmac
from base64 import urlsafe_b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from board.clock import OSLO, local_day
from board.duty import Duty
from board.ids import PersonId
from board.notices import NoticeKind

MOST_DAYS: Final = 30
"""However far away the deadline is."""
DAYS_AFTER: Final = 1
"""From today, where the deadline is over and the answer still owed."""
KEPT_AFTER: Final = timedelta(days=90)
"""A link that has expired is known so much longer: whoever follows it is told why it does not work."""

ANSWERS: Final = frozenset(
    {
        *("case.confirm", "case.decline", "case.accept", "case.return", "case.late_accept", "case.late_refuse"),
        *("wg.statement", "agenda.approve", "pack.grant", "pack.refuse", "meeting.attend"),
        *("conflict.declare", "conflict.rule", "minutes.none", "minutes.remark", "minutes.approve"),
        *("followup.report", "followup.done", "anchor.answer", "benefit.report", "evaluation.answer"),
        *("task.done", "task.delegate"),
    }
)
"""The verbs that answer what is asked. Not those that arrange, look something up or put a question off: these would
spend the link and leave the question unanswered."""

ANONYMOUS: Final = frozenset({"evaluation.answer"})
"""That a link was used for these, and when, is kept nowhere: the link is forgotten instead."""

SEVERAL: Final = frozenset({"conflict.declare", "anchor.answer"})
"""One question with an answer for each case: the receipt carries a new link for what is left."""

CARRIES_NONE: Final = frozenset({NoticeKind.DIGEST, NoticeKind.EVALUATION_CHART})
"""A list of duties asks nothing by itself: each request carried its own link."""

_ID: Final = 32
_TIME: Final = 8
_SIGNATURE: Final = 43
TOKEN_LENGTH: Final = _ID + _TIME + _SIGNATURE


class Why(StrEnum):
    """Why a link did not let an answer through."""

    USED = "used"
    EXPIRED = "expired"
    ALTERED = "altered"
    """The signature is not ours, or something is cut off."""
    UNKNOWN = "unknown"
    """Signed by us, and not kept any more."""
    OVER = "over"
    """Nothing is asked of this person any more: answered elsewhere, withdrawn, no longer in the role, or inhabil."""


@dataclass(frozen=True, slots=True)
class AnswerLink:
    """``kind``, ``object_id``, ``part`` and ``rev`` are the notice's that the mail was. ``used_for``: the verb."""

    id: str
    person: PersonId
    kind: str
    object_id: str
    part: str
    rev: int
    at: datetime
    expires_at: datetime
    used_at: datetime | None = None
    used_for: str = ""

    def refuses(self, now: datetime) -> Why | None:
        """Why it may not be used; what was used stays so when its time is over, too."""
        if self.used_at is not None:
            return Why.USED
        return Why.EXPIRED if now >= self.expires_at else None


def carried_by(kind: str) -> bool:
    return kind not in CARRIES_NONE


def lives_until(duties: Iterable[Duty], person: PersonId, verbs: frozenset[str], now: datetime) -> datetime:
    """The end of the last day to answer, in Oslo, and never later than in 30 days.

    ``duties`` are those about the object. Where the day is over, or nobody set one, see the constants above.
    """
    today = local_day(now)
    longest = today + timedelta(days=MOST_DAYS)
    last = max((duty.due for duty in _of_the_question(duties, person, verbs)), default=longest)
    return _end_of(min(last if last >= today else today + timedelta(days=DAYS_AFTER), longest))


def last_day(until: datetime) -> date:
    """The last day in Oslo on which a link with this end can be used."""
    return local_day(until - timedelta(seconds=1))


def _of_the_question(duties: Iterable[Duty], person: PersonId, verbs: frozenset[str]) -> list[Duty]:
    """The person's open ones; where some are of the very acts that are offered, these alone."""
    owed = [duty for duty in duties if duty.is_open and duty.concerns(person)]
    return [duty for duty in owed if str(duty.kind) in verbs] or owed


def _end_of(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), OSLO).astimezone(UTC)


# -- the token ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Token:
    """What a token says, once it is known to be ours."""

    id: str
    expires_at: datetime


def link_id(key: str, seed: str) -> str:
    """The same for the same delivery, so that a mail that is sent again carries the same link; guessed by nobody."""
    return _digest(key, f"id\0{seed}").hex()[:_ID]


def token_of(link: AnswerLink, key: str) -> str:
    """Id, expiry and signature, in characters that need no escape in an address."""
    told = f"{link.id}{int(link.expires_at.timestamp()):0{_TIME}x}"
    return f"{told}{_signature(told, key)}"


def read_token(text: str, key: str) -> Token | None:
    """None where a single character is another, or the key is. Compared in constant time."""
    told, signature = text[: _ID + _TIME], text[_ID + _TIME :]
    expected = _signature(told, key) if key else ""
    if not hmac.compare_digest(signature.encode("utf-8", "surrogatepass"), expected.encode()):
        return None
    return Token(told[:_ID], datetime.fromtimestamp(int(told[_ID:], 16), UTC))


def id_claimed_by(text: str) -> str:
    """The id that an altered token names: for the log only, never to be believed."""
    return text[:_ID] if len(text) >= _ID and all(c in "0123456789abcdef" for c in text[:_ID]) else ""


def _signature(told: str, key: str) -> str:
    return _base64(_digest(key, f"token\0{told}"))


def _digest(key: str, told: str) -> bytes:
    return hmac.new(bytes.fromhex(key), told.encode("utf-8", "surrogatepass"), hashlib.sha256).digest()


def _base64(digest: bytes) -> str:
    return urlsafe_b64encode(digest).decode().rstrip("=")
