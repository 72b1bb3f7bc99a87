"""The bot's own token for the Connector: one MSAL application for the process, off the event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

import msal
import requests  # noqa: TID251  # MSAL's own transport, used in its thread alone
import structlog

from board.clock import Clock
from bot.channels.teams.config import (
    CONNECTOR_RESOURCE,
    Certificate,
    ManagedIdentity,
    Secret,
    TeamsConfig,
)

REFRESH_BEFORE = timedelta(minutes=10)
"""How long before its end a token is renewed; the old one serves meanwhile."""

RETRY_GAP = timedelta(seconds=30)
_TIMEOUT = 10.0

_log = structlog.get_logger()


class TokenUnavailable(Exception):
    """No token could be had. ``code`` is Entra's error code, for operators; it holds no secret."""

    def __init__(self, code: str) -> None:
        super().__init__(f"no token from Entra: {code}")
        self.code = code


@dataclass(frozen=True, slots=True)
class Token:
    value: str
    expires_at: datetime


class Tokens(Protocol):
    """Where the connector gets its bearer token from."""

    async def get(self) -> str:
        """A token that holds now. Raises :class:`TokenUnavailable`."""
        ...

    def drop(self, value: str) -> None:
        """Forget a token that the platform refused."""
        ...


Acquire = Callable[[], dict[str, Any]]
"""Asks Entra, blocking. Returns MSAL's result: ``access_token`` and ``expires_in`` (s), or ``error``."""


class OutboundTokens:
    """One token, renewed ten minutes before its end by one request, however many are waiting."""

    def __init__(self, acquire: Acquire, clock: Clock) -> None:
        self._acquire = acquire
        self._clock = clock
        self._token: Token | None = None
        self._running: asyncio.Task[Token] | None = None
        self._tried_at: datetime | None = None

    async def get(self) -> str:
        token = self._token
        now = self._clock.now()
        if token is None or token.expires_at <= now:
            return (await asyncio.shield(self._renew())).value
        if token.expires_at - now <= REFRESH_BEFORE and not self._tried_lately(now):
            self._renew()
        return token.value

    def drop(self, value: str) -> None:
        if self._token is not None and self._token.value == value:
            self._token = None

    async def close(self) -> None:
        """Wait for a request under way: its thread cannot be stopped."""
        if self._running is not None:
            await asyncio.gather(self._running, return_exceptions=True)

    def _tried_lately(self, now: datetime) -> bool:
        # also after a success: a managed identity may hand out the same token again until its last minutes
        return self._tried_at is not None and timedelta(0) <= now - self._tried_at < RETRY_GAP

    def _renew(self) -> asyncio.Task[Token]:
        if self._running is None or self._running.done():
            self._running = asyncio.create_task(self._request(), name="teams-token")
            self._running.add_done_callback(_seen)
        return self._running

    async def _request(self) -> Token:
        asked_at = self._tried_at = self._clock.now()
        try:
            token = _read(await asyncio.to_thread(self._acquire), asked_at)
        except Exception as error:  # MSAL raises many kinds: network, discovery, an unreadable key file
            code = error.code if isinstance(error, TokenUnavailable) else type(error).__name__
            _log.warning("token_not_renewed", error=code)
            raise TokenUnavailable(code) from error
        self._token = token
        return token


def msal_acquire(config: TeamsConfig, http_client: object | None = None) -> Acquire:
    """The blocking request for the configured credential. MSAL's application is built on first use."""
    if isinstance(config.credential, ManagedIdentity):
        return _managed(config, http_client)
    return _confidential(config, http_client)


def _confidential(config: TeamsConfig, http_client: object | None) -> Acquire:
    kept: list[Any] = []

    def acquire() -> dict[str, Any]:
        if not kept:
            kept.append(
                msal.ConfidentialClientApplication(
                    config.app_id,
                    client_credential=_client_credential(config),
                    authority=config.authority,
                    http_client=http_client,
                    timeout=None if http_client else _TIMEOUT,
                )
            )
        # MSAL's own cache would hand out the old token until five minutes before its end
        kept[0].remove_tokens_for_client()
        result: dict[str, Any] = kept[0].acquire_token_for_client([f"{CONNECTOR_RESOURCE}/.default"])
        return result

    return acquire


def _managed(config: TeamsConfig, http_client: object | None) -> Acquire:
    kept: list[Any] = []

    def acquire() -> dict[str, Any]:
        if not kept:
            identity = msal.UserAssignedManagedIdentity(client_id=config.app_id)
            kept.append(msal.ManagedIdentityClient(identity, http_client=http_client or _session()))
        result: dict[str, Any] = kept[0].acquire_token_for_client(resource=CONNECTOR_RESOURCE)
        return result

    return acquire


def _session() -> object:
    return requests.Session()


def _client_credential(config: TeamsConfig) -> object:
    credential = config.credential
    if isinstance(credential, Secret):
        return credential.value
    if isinstance(credential, Certificate):
        return {"private_key": credential.path.read_text("utf-8"), "thumbprint": credential.thumbprint}
    raise TokenUnavailable("no_credential")


def _read(result: dict[str, Any], asked_at: datetime) -> Token:
    value, seconds = result.get("access_token"), result.get("expires_in")
    if not isinstance(value, str) or not value:
        raise TokenUnavailable(str(result.get("error", "unknown"))[:80])
    return Token(value, asked_at + timedelta(seconds=int(seconds or 0)))


def _seen(task: asyncio.Task[Token]) -> None:
    """A background renewal that failed has been logged; asyncio need not complain a second time."""
    if not task.cancelled():
        task.exception()
