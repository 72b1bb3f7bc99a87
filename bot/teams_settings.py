"""What the Teams edge is told, from the settings."""

from __future__ import annotations

from typing import Final

from bot.channels.teams.config import PUBLIC_HOSTS, Certificate, Credential, ManagedIdentity, Secret, TeamsConfig
from bot.settings import Settings, words

LOCAL_TENANT: Final = "local"
"""The one tenant of local mode."""


def teams_config(settings: Settings, *, local: bool) -> TeamsConfig:
    return TeamsConfig(
        app_id=settings.app_id or ("local" if local else ""),
        tenant_id=settings.tenant_id or (LOCAL_TENANT if local else ""),
        credential=None if local else _credential(settings),
        allowed_tenants=settings.tenants,
        allowed_hosts=PUBLIC_HOSTS | words(settings.connector_hosts),
        openid_metadata_url=settings.openid_metadata_url,
        issuer=settings.token_issuer,
        authority_host=settings.authority_host,
        local=local,
        acts_per_minute=settings.acts_per_minute,
        rate_share=rate_share(settings, local=local),
        replicas=settings.replicas,
    )


def rate_share(settings: Settings, *, local: bool) -> float:
    """Local mode speaks to no Microsoft service: nothing to keep below, unless somebody asks for it."""
    asked = not local or "outgoing_share" in settings.model_fields_set
    return settings.outgoing_share if asked else 0.0


def _credential(settings: Settings) -> Credential | None:
    if settings.managed_identity:
        return ManagedIdentity()
    if settings.app_certificate:
        return Certificate(settings.app_certificate, settings.app_certificate_thumbprint)
    return Secret(settings.app_secret) if settings.app_secret else None
