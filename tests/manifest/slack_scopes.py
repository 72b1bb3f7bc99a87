"""What Slack's reference says a bot must be granted for each event and each method (docs.slack.dev/reference)."""

from __future__ import annotations

from collections.abc import Mapping


def for_events() -> Mapping[str, tuple[str, ...]]:
    """Where the kind of conversation decides, those that the bot is in: channels, open and private."""
    return {
        "app_home_opened": (),
        "app_mention": ("app_mentions:read",),
        "app_uninstalled": (),
        "channel_archive": ("channels:read",),
        "channel_left": ("channels:read",),
        "file_shared": ("files:read",),
        "group_left": ("groups:read",),
        "member_joined_channel": ("channels:read", "groups:read"),
        "member_left_channel": ("channels:read", "groups:read"),
        "message.channels": ("channels:history",),
        "message.im": ("im:history",),
        "tokens_revoked": (),
        "user_change": ("users:read",),
    }


def for_methods() -> Mapping[str, tuple[str, ...]]:
    return {
        "auth.test": (),
        "chat.delete": ("chat:write",),
        "chat.postEphemeral": ("chat:write",),
        "chat.postMessage": ("chat:write",),
        "chat.update": ("chat:write",),
        "conversations.info": ("channels:read", "groups:read", "im:read"),
        "conversations.open": ("im:write",),
        "conversations.members": ("channels:read", "groups:read", "im:read"),
        "files.completeUploadExternal": ("files:write",),
        "files.getUploadURLExternal": ("files:write",),
        "files.info": ("files:read",),
        "team.info": ("team:read",),
        "users.info": ("users:read",),
        "users.lookupByEmail": ("users:read.email",),
        "views.open": (),
        "views.publish": (),
        "views.push": (),
        "views.update": (),
    }
