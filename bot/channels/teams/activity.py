"""Between JSON and the SDK's ``Activity``, without msrest's serialiser, which costs more than the turn."""

from __future__ import annotations

from copy import copy
from typing import Any

from botbuilder.schema import Activity, Attachment, ChannelAccount, ConversationAccount

from bot.channels.payload import Payload, identifier, part, text


class Outgoing(Activity):  # type: ignore[misc]  # the SDK ships no types
    """A message on its way out. ``TurnContext`` copies it in depth; a card just drawn needs no copy."""

    def __deepcopy__(self, memo: dict[int, Any]) -> Outgoing:
        return copy(self)


def to_activity(payload: Payload) -> Any:
    """The SDK's view of an incoming activity: its envelope. What it says was read by ``turns`` already.

    ``deliveryMode`` is left out on purpose: the SDK would keep answers back for whoever sent the activity.
    """
    conversation = part(payload, "conversation")
    return Activity(
        type=text(payload, "type"),
        id=identifier(payload, "id") or None,
        name=text(payload, "name") or None,
        channel_id=text(payload, "channelId"),
        service_url=text(payload, "serviceUrl"),
        locale=text(payload, "locale", 35) or None,
        reply_to_id=identifier(payload, "replyToId") or None,
        from_property=_account(part(payload, "from")),
        recipient=_account(part(payload, "recipient")),
        conversation=ConversationAccount(
            id=text(conversation, "id"),
            conversation_type=text(conversation, "conversationType") or None,
            tenant_id=identifier(conversation, "tenantId") or None,
        ),
    )


def message_activity(attachment: dict[str, Any], summary: str) -> Any:
    """A message that is a card or a picture alone: text beside it would split it in two and lose its id."""
    attached = Attachment(
        content_type=attachment["contentType"],
        content=attachment.get("content"),
        content_url=attachment.get("contentUrl"),
        name=attachment.get("name"),
    )
    return Outgoing(type="message", summary=summary, attachments=[attached])


def to_payload(activity: Any) -> dict[str, Any]:
    """The JSON of an outgoing activity: the properties this bot uses, the others are not sent."""
    payload: dict[str, Any] = {"type": activity.type}
    optional = (
        ("summary", activity.summary),
        ("text", activity.text),
        ("locale", activity.locale),
        ("replyToId", activity.reply_to_id),
        ("value", activity.value),
    )
    payload.update((name, value) for name, value in optional if value is not None)
    if activity.attachments:
        payload["attachments"] = [_attachment(attachment) for attachment in activity.attachments]
    for name, account in (
        ("from", activity.from_property),
        ("recipient", activity.recipient),
        ("conversation", activity.conversation),
    ):
        if account is not None and account.id:
            payload[name] = {"id": account.id}
    return payload


def message_payload(attachment: dict[str, Any], summary: str, bot: str, conversation: str) -> dict[str, Any]:
    """The JSON of a message outside a turn."""
    return {
        "type": "message",
        "summary": summary,
        "from": {"id": bot},
        "conversation": {"id": conversation},
        "attachments": [attachment],
    }


def _account(account: Payload) -> Any:
    return ChannelAccount(
        id=identifier(account, "id"),
        name=text(account, "name") or None,
        aad_object_id=identifier(account, "aadObjectId") or None,
    )


def _attachment(attachment: Any) -> dict[str, Any]:
    optional = (("content", attachment.content), ("contentUrl", attachment.content_url), ("name", attachment.name))
    return {"contentType": attachment.content_type} | {name: value for name, value in optional if value is not None}
