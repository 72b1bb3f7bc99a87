"""The keys that sign what the Bot Framework sends: fetched without holding up the loop, kept while they can be.

Kept 24 hours, then refreshed in the background; used up to 5 days when no refresh succeeds (``platform.md``).
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import Any

import aiohttp
import orjson
import structlog
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from jwt.algorithms import RSAAlgorithm

from board.clock import Clock
from bot.channels.teams.hosts import is_loopback

FRESH = timedelta(hours=24)
USABLE = timedelta(days=5)
REFRESH_GAP = timedelta(minutes=1)
FIRST_GAP = timedelta(seconds=5)
FETCH_SECONDS = 5.0
_LARGEST = 1_000_000
_SMALLEST_KEY = 2048

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A public key and the channels it may speak for."""

    key: RSAPublicKey
    endorsements: frozenset[str]


class Missing(Enum):
    """Why there is no key: it is not in the set, or there is no set."""

    UNKNOWN = auto()
    UNAVAILABLE = auto()


Fetch = Callable[[], Awaitable[Mapping[str, SigningKey]]]


class SigningKeys:
    """The key set with its ages. ``fetch`` may raise; the set that was there stays."""

    def __init__(self, fetch: Fetch, clock: Clock) -> None:
        self._fetch = fetch
        self._clock = clock
        self._keys: Mapping[str, SigningKey] = {}
        self._fetched_at: datetime | None = None
        self._tried_at: datetime | None = None
        self._running: asyncio.Task[None] | None = None

    async def find(self, kid: str) -> SigningKey | Missing:
        """The key with this id, after at most one refresh a minute for an id that is not known."""
        if not self._usable():
            await self._refresh(FIRST_GAP)
            if not self._usable():
                return Missing.UNAVAILABLE
        elif self._age() > FRESH:
            self._start(REFRESH_GAP)
        if kid not in self._keys:
            await self._refresh(REFRESH_GAP)
        return self._keys.get(kid, Missing.UNKNOWN)

    async def close(self) -> None:
        """Stop a refresh that is under way."""
        if self._running is not None:
            self._running.cancel()
            await asyncio.gather(self._running, return_exceptions=True)

    def _usable(self) -> bool:
        return self._fetched_at is not None and self._age() <= USABLE

    def _age(self) -> timedelta:
        return self._clock.now() - self._fetched_at if self._fetched_at else timedelta.max

    async def _refresh(self, gap: timedelta) -> None:
        running = self._start(gap)
        if running is not None:
            await asyncio.shield(running)

    def _start(self, gap: timedelta) -> asyncio.Task[None] | None:
        """The refresh under way, a new one, or none when the last attempt was less than ``gap`` ago."""
        if self._running is not None and not self._running.done():
            return self._running
        now = self._clock.now()
        if self._tried_at is not None and timedelta(0) <= now - self._tried_at < gap:
            return None
        self._tried_at = now
        self._running = asyncio.create_task(self._load(), name="teams-signing-keys")
        return self._running

    async def _load(self) -> None:
        try:
            async with asyncio.timeout(FETCH_SECONDS):
                keys = await self._fetch()
        except Exception as error:  # whatever the network or the document did, the old keys still hold
            _log.warning("signing_keys_not_fetched", error=type(error).__name__, kept=len(self._keys))
            return
        self._keys = keys
        self._fetched_at = self._clock.now()
        _log.info("signing_keys_fetched", keys=len(keys))


def fetch_from(session: aiohttp.ClientSession, metadata_url: str) -> Fetch:
    """A fetch of the key set that an OpenID metadata document points to.

    Raises ``ValueError`` for a document without a usable key or an address that is not https (or loopback).
    """

    async def fetch() -> Mapping[str, SigningKey]:
        metadata = await _document(session, metadata_url)
        return read_keys(await _document(session, str(metadata.get("jwks_uri", ""))))

    return fetch


async def _document(session: aiohttp.ClientSession, url: str) -> dict[str, Any]:
    if not (url.startswith("https://") or is_loopback(url)):
        raise ValueError("signing keys are fetched over https only")
    async with session.get(url, allow_redirects=False) as response:
        response.raise_for_status()
        document = orjson.loads(await response.content.read(_LARGEST))
    if response.status != 200 or not isinstance(document, dict):
        raise ValueError("not a key document")
    return document


def read_keys(document: Mapping[str, Any]) -> Mapping[str, SigningKey]:
    """The usable RSA keys of a JWKS document, by id; a key that cannot be read is left out."""
    entries = document.get("keys")
    found = [_read_key(entry) for entry in entries] if isinstance(entries, list) else []
    keys = dict(pair for pair in found if pair is not None)
    if not keys:
        raise ValueError("the key document holds no usable key")
    return keys


def _read_key(entry: object) -> tuple[str, SigningKey] | None:
    if not isinstance(entry, dict) or entry.get("kty") != "RSA" or not isinstance(entry.get("kid"), str):
        return None
    try:
        key = RSAAlgorithm.from_jwk({"kty": "RSA", "n": entry["n"], "e": entry["e"]})
    except Exception:  # a damaged key must not take the others with it
        return None
    if not isinstance(key, RSAPublicKey) or key.key_size < _SMALLEST_KEY:
        return None
    endorsements = entry.get("endorsements")
    names = endorsements if isinstance(endorsements, list) else []
    return entry["kid"], SigningKey(key, frozenset(name for name in names if isinstance(name, str)))
