"""One workspace: who is in it, and the conversations the bot may write in."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, Final, Literal

TEAM: Final = "T0FONDSSTYR"
DOMAIN: Final = "fondsstyret"
APP: Final = "A0SAKSGANG"
BOT: Final = "B0SAKSGANG"
BOT_USER: Final = "U0SAKSGANG"
BOT_TOKEN: Final = "xoxb-local-bot"
APP_TOKEN: Final = "xapp-local-app"
SIGNING_SECRET: Final = "8f742231b10e8888abcd99yyyzzz85a5"


@dataclass(frozen=True, slots=True)
class User:
    """An account. ``refuses`` is the error word that writing to this person gives, e.g. ``cannot_dm_bot``.

    ``restricted`` is a guest in several channels, ``ultra_restricted`` in one; a ``stranger`` is of another workspace,
    seen through a shared channel.
    """

    id: str
    name: str
    real_name: str = ""
    email: str = ""
    email_confirmed: bool = True
    is_bot: bool = False
    deleted: bool = False
    restricted: bool = False
    ultra_restricted: bool = False
    stranger: bool = False
    team: str = TEAM
    locale: str = "nb-NO"
    tz: str = "Europe/Oslo"
    refuses: str = ""

    @property
    def dm(self) -> str:
        """The person's conversation with the bot, once it is opened."""
        return "D" + self.id[1:]

    def as_json(self, *, with_locale: bool, with_email: bool) -> dict[str, Any]:
        """As ``users.info`` shows it."""
        profile = {"real_name": self.real_name or self.name, "display_name": self.name, "team": self.team}
        shown: dict[str, Any] = {
            "id": self.id,
            "team_id": self.team,
            "name": self.name,
            "deleted": self.deleted,
            "profile": profile | ({"email": self.email} if self.email and with_email else {}),
            "is_bot": self.is_bot,
            "updated": 1767225600,
        }
        if self.deleted:
            return shown
        shown |= {"real_name": profile["real_name"], "tz": self.tz, "is_email_confirmed": self.email_confirmed}
        shown |= {"is_admin": False, "is_owner": False, "is_app_user": False, "is_restricted": self.restricted}
        shown |= {"is_ultra_restricted": self.ultra_restricted}
        shown |= {"is_stranger": True} if self.stranger else {}
        return shown | ({"locale": self.locale} if with_locale else {})


@dataclass(frozen=True, slots=True)
class Channel:
    """A conversation. ``user`` is the other one in a direct message."""

    id: str
    name: str
    kind: Literal["im", "channel", "group"] = "channel"
    user: str = ""
    has_bot: bool = True
    archived: bool = False

    def as_json(self) -> dict[str, Any]:
        """As ``conversations.info`` shows it."""
        shown: dict[str, Any] = {"id": self.id, "created": 1767225600, "is_archived": self.archived}
        if self.kind == "im":
            return shown | {"is_im": True, "is_org_shared": False, "user": self.user, "is_user_deleted": False}
        return shown | {
            "name": self.name,
            "is_channel": True,
            "is_im": False,
            "is_group": self.kind == "group",
            "is_private": self.kind == "group",
            "is_member": self.has_bot,
            "is_ext_shared": False,
        }


@dataclass
class Workspace:
    """``scopes`` are those the app was granted; None: every one it could want."""

    users: dict[str, User] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    scopes: frozenset[str] | None = None

    def __post_init__(self) -> None:
        self.users.setdefault(BOT_USER, User(BOT_USER, "saksgang", "Saksgang", is_bot=True))

    def add(self, user: User) -> User:
        """Somebody joins, or is known otherwise than before."""
        self.users[user.id] = user
        return user

    def change(self, user_id: str, **changes: Any) -> User:
        """E.g. ``deleted=True``."""
        return self.add(replace(self.users[user_id], **changes))

    def add_channel(self, channel: Channel) -> Channel:
        self.channels[channel.id] = channel
        return channel

    def open_dm(self, user_id: str) -> Channel:
        """The person's conversation with the bot. Raises ``KeyError`` for an unknown one."""
        user = self.users[user_id]
        return self.channels.get(user.dm) or self.add_channel(Channel(user.dm, "directmessage", "im", user_id))

    def by_email(self, email: str) -> User | None:
        wanted = email.casefold()
        return next((user for user in self.users.values() if user.email.casefold() == wanted), None)

    def may(self, scope: str) -> bool:
        return self.scopes is None or not scope or scope in self.scopes
