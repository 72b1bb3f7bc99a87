"""What Teams sends: activities of a persona, as JSON, in the shapes of real ones."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Any

TENANT = "99999999-8888-4777-8666-555555555555"
BOT = "28:11111111-2222-4333-8444-555555555555"
_ids = itertools.count(1)


@dataclass(frozen=True)
class Persona:
    """Somebody in Teams. ``digits`` are the last ones of the demo board's directory ids."""

    digits: int
    name: str = "Prosjektleder Demo"
    service_url: str = "http://127.0.0.1:1/"
    tenant: str = TENANT
    locale: str = "nb-NO"

    @property
    def user(self) -> str:
        """The directory id (aadObjectId)."""
        return f"00000000-0000-4000-8000-{self.digits:012d}"

    @property
    def chat(self) -> str:
        """The personal chat with the bot."""
        return f"a:{self.user}"

    def says(self, text: str, **changes: Any) -> dict[str, Any]:
        """A message in personal chat."""
        return self._activity("message", text=text, textFormat="plain") | changes

    def presses(self, verb: str, data: dict[str, Any], message_id: str = "m1", **changes: Any) -> dict[str, Any]:
        """``Action.Execute``: an invoke."""
        action = {"type": "Action.Execute", "verb": verb, "data": data}
        return (
            self._activity(
                "invoke",
                name="adaptiveCard/action",
                value={"action": action, "trigger": "manual"},
                replyToId=message_id,
            )
            | changes
        )

    def submits(self, value: dict[str, Any], message_id: str = "m1", **changes: Any) -> dict[str, Any]:
        """``Action.Submit``: a message with a value and no text."""
        return self._activity("message", value=value, replyToId=message_id) | changes

    def installs(self, action: str = "add", **changes: Any) -> dict[str, Any]:
        """The app was added (``add``) or removed (``remove``)."""
        return self._activity("installationUpdate", action=action) | changes

    def joins(self, **changes: Any) -> dict[str, Any]:
        """The other event of an installation: the bot among ``membersAdded``."""
        members = [{"id": BOT}, {"id": f"29:{self.user}", "aadObjectId": self.user}]
        return self._activity("conversationUpdate", membersAdded=members) | changes

    def sends_file(self, name: str, url: str, text: str = "") -> dict[str, Any]:
        """A file dropped into personal chat."""
        attachment = {
            "contentType": "application/vnd.microsoft.teams.file.download.info",
            "contentUrl": "https://example.sharepoint.com/personal/x/Documents/" + name,
            "name": name,
            "content": {"downloadUrl": url, "uniqueId": "1150D938", "fileType": name.rpartition(".")[2]},
        }
        return self.says(text, attachments=[attachment])

    def in_channel(self, text: str, *, mention: bool = True, thread: str = "1700000000000") -> dict[str, Any]:
        """A message in a channel, with the bot mentioned as Teams spells it."""
        at = "<at>Saksgang</at>"
        entity = {"type": "mention", "text": at, "mentioned": {"id": BOT, "name": "Saksgang"}}
        return self.says(
            f"{at}&nbsp;{text}" if mention else text,
            conversation={
                "id": f"19:channel@thread.tacv2;messageid={thread}",
                "conversationType": "channel",
                "isGroup": True,
                "tenantId": self.tenant,
            },
            channelData={
                "tenant": {"id": self.tenant},
                "team": {"id": "19:team@thread.tacv2"},
                "channel": {"id": "19:channel@thread.tacv2"},
            },
            entities=[entity] if mention else [],
        )

    def _activity(self, kind: str, **more: Any) -> dict[str, Any]:
        return {
            "type": kind,
            "id": f"17000000{next(_ids):05d}",
            "timestamp": "2026-03-02T07:00:00.000Z",
            "localTimezone": "Europe/Oslo",
            "channelId": "msteams",
            "serviceUrl": self.service_url,
            "from": {"id": f"29:{self.user}", "name": self.name, "aadObjectId": self.user},
            "conversation": {"id": self.chat, "conversationType": "personal", "tenantId": self.tenant},
            "recipient": {"id": BOT, "name": "Saksgang"},
            "locale": self.locale,
            "channelData": {"tenant": {"id": self.tenant}},
            "entities": [{"type": "clientInfo", "locale": self.locale, "country": "NO", "platform": "Web"}],
        } | more
