"""Settings from ``SAKSGANG_*`` and a ``.env`` file. Every problem is reported at once, naming the variable."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.channels.email.mailbox import is_mailbox

LOOPBACK = ("127.0.0.1", "::1", "localhost")
SHIPPED_MANDATE = Path(__file__).resolve().parent.parent / "board" / "mandates" / "helse_sor_ost.toml"


class Settings(BaseSettings):
    """What a hospital's IT department sets. Lists are comma-separated."""

    model_config = SettingsConfigDict(env_prefix="SAKSGANG_", env_file=".env", extra="ignore")

    app_id: str = ""
    tenant_id: str = ""
    app_secret: str = Field(default="", repr=False)
    app_certificate: Path | None = None
    app_certificate_thumbprint: str = ""
    managed_identity: bool = False
    allowed_tenants: str = ""
    database_url: str = "sqlite+aiosqlite:///var/saksgang.db"
    mandate: Path = SHIPPED_MANDATE
    files: Path = Path("var/files")
    urn_keys: Path | None = None
    """The folder of the evaluations' keys: not backed up, shared by all replicas; by default beside SQLite's file."""
    public_url: str = ""
    link_hours: int = Field(default=24, ge=1, le=720)
    """How long an address of papers opens them."""
    file_hosts: str = "sharepoint.com"
    acts_per_minute: int = Field(default=60, ge=0)
    outgoing_share: float = Field(default=0.75, ge=0, le=1)
    replicas: int = Field(default=1, ge=1)
    openid_metadata_url: str = "https://login.botframework.com/v1/.well-known/openidconfiguration"
    token_issuer: str = "https://api.botframework.com"  # noqa: S105  # an issuer's name, no secret
    authority_host: str = "https://login.microsoftonline.com"
    connector_hosts: str = ""
    slack_team: str = ""
    """The workspace's id (``T…``). Empty, as the two below: no Slack."""
    slack_signing_secret: str = Field(default="", repr=False)
    slack_bot_token: str = Field(default="", repr=False)
    slack_app_token: str = Field(default="", repr=False)
    """Socket Mode, for those behind a firewall: the app-level token (``xapp-…``)."""
    slack_api_url: str = "https://slack.com/api/"
    smtp_host: str = ""
    """Empty: no e-mail."""
    smtp_port: int = Field(default=587, ge=1, le=65535)
    smtp_security: Literal["starttls", "tls", "none"] = "starttls"
    smtp_user: str = ""
    smtp_password: str = Field(default="", repr=False)
    mail_from: str = ""
    inbox_days: int = Field(default=30, ge=1)
    outbox_days: int = Field(default=90, ge=1)
    proof_days: int = Field(default=1830, ge=1)
    """That a notice was sent, to whom and how: five years."""
    log: Literal["json", "plain"] = "json"

    @property
    def tenants(self) -> frozenset[str]:
        return words(self.allowed_tenants)


def words(text: str) -> frozenset[str]:
    """The entries of a comma-separated setting."""
    return frozenset(part.strip() for part in text.split(",") if part.strip())


class Problems(Exception):  # several problems, not one error
    """Why the process does not start: one sentence a problem, all of them."""

    def __init__(self, sentences: tuple[str, ...]) -> None:
        super().__init__(sentences)
        self.sentences = sentences

    def __str__(self) -> str:
        return "\n".join(f"- {sentence}" for sentence in self.sentences)


def load_settings(**overrides: object) -> Settings:
    """The settings in force. Errors: :class:`Problems` naming every variable that cannot be read."""
    try:
        return Settings(**{k: v for k, v in overrides.items() if v is not None})  # type: ignore[arg-type]  # names of settings, checked by pydantic
    except ValidationError as error:
        found = (
            f"SAKSGANG_{'_'.join(str(p) for p in e['loc']).upper()}: {e['msg']}"
            for e in error.errors(include_input=False, include_url=False)
        )
        raise Problems(tuple(found)) from None


def uses_teams(settings: Settings) -> bool:
    """Whether anything of Teams is set. Then all that it needs must be: half of an edge is never opened."""
    return bool(
        settings.app_id
        or settings.tenant_id
        or settings.app_secret
        or settings.app_certificate
        or settings.app_certificate_thumbprint
        or settings.managed_identity
        or settings.tenants
    )


def uses_slack(settings: Settings) -> bool:
    """Whether anything of Slack is set; what must be set with it: ``bot.slack_settings.slack_problems``."""
    return bool(
        settings.slack_team or settings.slack_bot_token or settings.slack_signing_secret or settings.slack_app_token
    )


def missing_credentials(settings: Settings) -> tuple[str, ...]:
    """What must be set before the bot may speak to Microsoft: an unauthenticated public bot is impossible.

    A board that is in Slack alone, with nothing of Teams set, needs none of it.
    """
    if uses_slack(settings) and not uses_teams(settings):
        return ()
    missing = []
    if not settings.app_id:
        missing.append("SAKSGANG_APP_ID is missing: the app registration's client id")
    if not settings.tenant_id:
        missing.append("SAKSGANG_TENANT_ID is missing: the directory (tenant) id of the registration")
    if not (settings.app_secret or settings.app_certificate or settings.managed_identity):
        missing.append(
            "no credential: set SAKSGANG_APP_SECRET, SAKSGANG_APP_CERTIFICATE or SAKSGANG_MANAGED_IDENTITY=true"
        )
    if settings.app_certificate and not settings.app_certificate_thumbprint:
        missing.append("SAKSGANG_APP_CERTIFICATE_THUMBPRINT is missing: Entra shows it beside the certificate")
    if not settings.tenants:
        missing.append("SAKSGANG_ALLOWED_TENANTS is missing: the tenants whose people may use the bot")
    if not uses_teams(settings):
        missing[0] += "; a board in Slack alone sets SAKSGANG_SLACK_TEAM and its secrets instead of all these"
    return tuple(missing)


def local_problems(host: str, settings: Settings) -> tuple[str, ...]:
    """Why local mode may not start like this: it believes every sender, so nobody outside may reach it."""
    found = []
    if host not in LOOPBACK:
        found.append(f"--local binds loopback only, not {host}: it believes every sender's id")
    if settings.app_secret or settings.app_certificate or settings.managed_identity:
        found.append("--local is for trying out without credentials: unset SAKSGANG_APP_SECRET and its alternatives")
    return tuple(found)


def mail_problems(settings: Settings, *, local: bool) -> tuple[str, ...]:
    """Why e-mail cannot be sent like this: no sender, or words and passwords in the clear over a network."""
    host = settings.smtp_host
    if not host:
        return ()
    found = []
    if any(character.isspace() for character in host):
        found.append("SAKSGANG_SMTP_HOST holds white space: a server's name or address alone")
    if not settings.mail_from:
        found.append("SAKSGANG_MAIL_FROM is missing: the address that mails come from")
    elif not is_mailbox(settings.mail_from):
        found.append("SAKSGANG_MAIL_FROM is not one plain address, such as saksgang@example.org")
    if bool(settings.smtp_user) != bool(settings.smtp_password):
        found.append("SAKSGANG_SMTP_USER and SAKSGANG_SMTP_PASSWORD belong together: set both or neither")
    if local and host not in LOOPBACK:
        found.append(f"--local sends mail to loopback only, not {host}: it is for trying out")
    if not local and settings.smtp_security == "none" and host not in LOOPBACK:
        found.append("SAKSGANG_SMTP_SECURITY=none is for a server on loopback alone: set starttls or tls")
    return tuple(found)
