"""What Slack posts to an app: bodies and signatures exactly as it writes them."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from dataclasses import dataclass
from typing import Final, Literal
from urllib.parse import urlencode

from tests.fakes.slack.blocks import Json
from tests.fakes.slack.workspace import SIGNING_SECRET

FORM: Final = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Retry:
    """The same event once more: which time, and why."""

    number: int
    reason: str = "http_timeout"


def sign(body: bytes, secret: str = SIGNING_SECRET, timestamp: str | None = None) -> dict[str, str]:
    """The two headers of a signature v0. ``timestamp`` is text, so that a bad one can be sent."""
    when = str(int(time.time())) if timestamp is None else timestamp
    digest = hmac.new(secret.encode(), b"v0:" + when.encode() + b":" + body, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": when, "X-Slack-Signature": f"v0={digest}"}


@dataclass(frozen=True, slots=True)
class SlackRequest:
    """One thing that happened, on its way to the app. ``user`` did it."""

    kind: Literal["event", "command", "interaction"]
    payload: Json
    user: str = ""

    @property
    def type(self) -> str:
        """``view_submission``, ``event_callback`` …; ``command``."""
        return str(self.payload.get("type", self.kind))

    @property
    def trigger(self) -> str:
        return str(self.payload.get("trigger_id", ""))

    def body(self) -> bytes:
        """JSON for events, with slashes and letters escaped as Slack's PHP does; a form for all else."""
        if self.kind == "command":
            return urlencode(self.payload).encode()
        text = json.dumps(self.payload, separators=(",", ":")).replace("/", "\\/")
        return text.encode() if self.kind == "event" else urlencode({"payload": text}).encode()

    def headers(
        self, secret: str = SIGNING_SECRET, timestamp: str | None = None, retry: Retry | None = None
    ) -> dict[str, str]:
        """All headers, signed now unless another time is given."""
        headers = sign(self.body(), secret, timestamp)
        headers |= {"Content-Type": "application/json" if self.kind == "event" else FORM}
        headers |= {"User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)", "Accept": "application/json,*/*"}
        if retry is not None:
            headers |= {"X-Slack-Retry-Num": str(retry.number), "X-Slack-Retry-Reason": retry.reason}
        return headers

    def envelope(self, id_: str, retry: Retry | None = None) -> Json:
        """As it comes over Socket Mode."""
        kinds = {"event": "events_api", "command": "slash_commands", "interaction": "interactive"}
        answers = self.kind == "command" or self.type == "view_submission"
        envelope: Json = {"envelope_id": id_, "payload": self.payload, "type": kinds[self.kind]}
        envelope["accepts_response_payload"] = answers
        if self.kind == "event":
            envelope |= {"retry_attempt": retry.number if retry else 0, "retry_reason": retry.reason if retry else ""}
        return envelope
