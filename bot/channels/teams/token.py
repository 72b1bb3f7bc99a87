"""Is the caller the Bot Framework, speaking for our bot? (``platform.md``, "Inbound token")

The answer is a value: what the token says, or why it is refused. Nothing a caller sends makes it raise.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import jwt

from board.clock import Clock
from bot.channels.teams.config import TeamsConfig
from bot.channels.teams.hosts import is_connector
from bot.channels.teams.jwks import Missing, SigningKey, SigningKeys

LEEWAY = 300.0
"""Seconds that two clocks may differ."""

_LONGEST = 16_384
_REMEMBERED = 1_000
_FOREVER = 1e12

Reason: TypeAlias = Literal[
    "no_token",
    "not_bearer",
    "oversize",
    "malformed",
    "algorithm",
    "unknown_key",
    "signature",
    "issuer",
    "audience",
    "expired",
    "not_yet_valid",
    "no_channel",
    "not_endorsed",
    "no_service_url",
    "service_url",
    "host",
    "keys_unavailable",
]


@dataclass(frozen=True, slots=True)
class Accepted:
    """The claims of a token that holds."""

    claims: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Rejected:
    """Why a caller is refused, for the log and the metrics; the caller gets ``status`` alone."""

    reason: Reason
    status: Literal[401, 403, 503]


@dataclass(frozen=True, slots=True)
class _Verified:
    kid: str
    claims: Mapping[str, Any]


class InboundTokens:
    """The validator. A verified token is remembered by its hash, so the next turn costs microseconds."""

    def __init__(self, config: TeamsConfig, keys: SigningKeys, clock: Clock) -> None:
        self._config = config
        self._keys = keys
        self._clock = clock
        self._known: OrderedDict[bytes, _Verified] = OrderedDict()

    async def check(self, authorization: str | None, channel_id: object, service_url: object) -> Accepted | Rejected:
        """Judge the ``Authorization`` header of an activity that claims this channel and service address."""
        token = _bearer(authorization)
        if isinstance(token, Rejected):
            return token
        digest = hashlib.sha256(token.encode("utf-8", "surrogateescape")).digest()
        verified = self._known.get(digest) or _kid(token)
        if isinstance(verified, Rejected):
            return verified
        key = await self._keys.find(verified.kid)
        if isinstance(key, Missing):
            return _no_key(key)
        if not verified.claims:
            verified = _verify(token, verified.kid, key)
            if isinstance(verified, Rejected):
                return verified
        refusal = self._claims(verified.claims)
        refusal = refusal or self._binding(verified.claims, key, channel_id, service_url)
        if refusal is not None:
            return refusal
        self._remember(digest, verified)
        return Accepted(verified.claims)

    def _claims(self, claims: Mapping[str, Any]) -> Rejected | None:
        """Who issued it, for whom, and when it holds."""
        now = self._clock.now().timestamp()
        expires, begins = _time(claims.get("exp")), _time(claims.get("nbf", 0))
        if claims.get("iss") != self._config.issuer:
            return Rejected("issuer", 401)
        if claims.get("aud") != self._config.app_id:
            return Rejected("audience", 401)
        if expires is None or now > expires + LEEWAY:
            return Rejected("expired", 401)
        if begins is None or now < begins - LEEWAY:
            return Rejected("not_yet_valid", 401)
        return None

    def _binding(
        self, claims: Mapping[str, Any], key: SigningKey, channel_id: object, service_url: object
    ) -> Rejected | None:
        """Whether this token may carry this activity."""
        if not isinstance(channel_id, str) or not channel_id:
            return Rejected("no_channel", 403)
        if channel_id not in key.endorsements:
            return Rejected("not_endorsed", 403)
        claimed = claims.get("serviceurl")
        if not isinstance(service_url, str) or not service_url or not isinstance(claimed, str):
            return Rejected("no_service_url", 403)
        if claimed.rstrip("/") != service_url.rstrip("/"):
            return Rejected("service_url", 403)
        return None if is_connector(service_url, self._config) else Rejected("host", 403)

    def _remember(self, digest: bytes, verified: _Verified) -> None:
        self._known[digest] = verified
        self._known.move_to_end(digest)
        while len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)


def _bearer(authorization: str | None) -> str | Rejected:
    if not authorization:
        return Rejected("no_token", 401)
    if len(authorization) > _LONGEST:
        return Rejected("oversize", 401)
    scheme, _, token = authorization.partition(" ")
    return token if scheme.lower() == "bearer" and token else Rejected("not_bearer", 401)


def _kid(token: str) -> _Verified | Rejected:
    """The key id that the token names; nothing else of an unverified token is looked at."""
    try:
        header = jwt.get_unverified_header(token)
    except Exception:  # a forged header can break any layer of the parser; all of it means the same
        return Rejected("malformed", 401)
    if header.get("alg") != "RS256":
        return Rejected("algorithm", 401)
    kid = header.get("kid")
    return _Verified(kid, {}) if isinstance(kid, str) and kid else Rejected("unknown_key", 401)


def _verify(token: str, kid: str, key: SigningKey) -> _Verified | Rejected:
    """The claims, when the key signed them. What they claim is judged afterwards, by our own clock."""
    try:
        claims = jwt.decode(
            token,
            key.key,
            algorithms=["RS256"],
            options={
                "verify_exp": False,
                "verify_nbf": False,
                "verify_iat": False,
                "verify_aud": False,
                "verify_iss": False,
            },
        )
    except jwt.InvalidSignatureError:
        return Rejected("signature", 401)
    except Exception:  # see _kid
        return Rejected("malformed", 401)
    return _Verified(kid, claims)


def _no_key(missing: Missing) -> Rejected:
    if missing is Missing.UNAVAILABLE:
        return Rejected("keys_unavailable", 503)
    return Rejected("unknown_key", 401)


def _time(value: object) -> float | None:
    """Seconds since 1970, or None for what is no such number."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not -_FOREVER < value < _FOREVER:
        return None
    return float(value)
