"""What the Teams edge must be told. Values only: the settings read the environment, this never does."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

PUBLIC_HOSTS = frozenset({"botframework.com", "smba.trafficmanager.net", "teams.microsoft.com", "teams.microsoft.us"})
"""Hosts, with their sub-domains, that may call themselves a Connector."""

PUBLIC_METADATA = "https://login.botframework.com/v1/.well-known/openidconfiguration"
PUBLIC_ISSUER = "https://api.botframework.com"
CONNECTOR_RESOURCE = "https://api.botframework.com"


@dataclass(frozen=True, slots=True)
class Secret:
    """A client secret. Never printed: its representation is empty."""

    value: str

    def __repr__(self) -> str:
        return "Secret(…)"


@dataclass(frozen=True, slots=True)
class Certificate:
    """A PEM file with the private key, and the SHA-1 thumbprint of the certificate as Entra shows it."""

    path: Path
    thumbprint: str


@dataclass(frozen=True, slots=True)
class ManagedIdentity:
    """A user-assigned managed identity whose client id is the app id."""


Credential: TypeAlias = Secret | Certificate | ManagedIdentity


@dataclass(frozen=True, slots=True)
class TeamsConfig:
    """One bot registration (single tenant) and whom it listens to.

    ``allowed_tenants`` empty means ``tenant_id`` alone. ``local`` believes every sender, sends no token, and
    speaks to loopback addresses only; it needs no credential. Times are in seconds.

    ``rate_share`` is how much of Microsoft's published rates deliveries use, divided by ``replicas``, the number of
    processes that send under this registration, but at least one call a window. Answers in a turn may use all of the
    rates. 0 switches the pacing off, and with it the rest that a conversation gets after a 429.
    """

    app_id: str
    tenant_id: str
    credential: Credential | None = None
    allowed_tenants: frozenset[str] = frozenset()
    allowed_hosts: frozenset[str] = PUBLIC_HOSTS
    openid_metadata_url: str = PUBLIC_METADATA
    issuer: str = PUBLIC_ISSUER
    authority_host: str = "https://login.microsoftonline.com"
    local: bool = False
    acts_per_minute: int = 60
    rate_share: float = 0.75
    replicas: int = 1
    send_timeout: float = 15.0
    answer_within: float = 10.0
    typing_after: float = 1.0

    def __post_init__(self) -> None:
        if self.local:
            return
        missing = [name for name in ("app_id", "tenant_id", "credential") if not getattr(self, name)]
        if missing:
            raise ValueError(f"the Teams edge needs {', '.join(missing)}; anybody could speak as anybody")

    @property
    def authority(self) -> str:
        """The Entra authority that issues the bot's own tokens."""
        return f"{self.authority_host}/{self.tenant_id}"

    @property
    def bot_account(self) -> str:
        """The bot's own account id in Teams."""
        return f"28:{self.app_id}"

    def admits_tenant(self, tenant: str) -> bool:
        """Whether people of this tenant may speak to the bot."""
        allowed = self.allowed_tenants or frozenset({self.tenant_id})
        return self.local or tenant.lower() in {known.lower() for known in allowed}
