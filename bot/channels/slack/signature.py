"""Whether a request was signed by Slack for this app, lately. Nothing of an unsigned request is read.

Our own, as the SDK's verifier raises for a time that is no number and for a signature that is not ASCII.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from typing import Final, Literal, TypeAlias

from board.clock import Clock

TIMESTAMP: Final = "X-Slack-Request-Timestamp"
SIGNATURE: Final = "X-Slack-Signature"
WINDOW: Final = 300
"""Seconds that a request may be old, or ahead of our clock; one sent again after that is not Slack's."""
_LONGEST: Final = 20

Refusal: TypeAlias = Literal["unsigned", "timestamp", "too_old", "ahead", "signature"]


class Signatures:
    """``v0`` of Slack's signing: HMAC-SHA256 over the version, the time and the body as it came.

    ``clocks``: the window of any of them will do. There are two in local mode alone, where one is moved by hand.
    """

    def __init__(self, secret: str, *clocks: Clock) -> None:
        if not secret:
            raise ValueError("without a signing secret anybody could speak as anybody")
        self._secret, self._clocks = secret.encode(), clocks

    def refusal(self, timestamps: Sequence[str], signatures: Sequence[str], body: bytes) -> Refusal | None:
        """Why the request is refused, or None. Each header is expected exactly once."""
        if len(timestamps) != 1 or len(signatures) != 1:
            return "unsigned"
        (timestamp,), (signature,) = timestamps, signatures
        if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= _LONGEST):
            return "timestamp"
        age = min((clock.now().timestamp() - int(timestamp) for clock in self._clocks), key=abs)
        if abs(age) > WINDOW:
            return "too_old" if age > 0 else "ahead"
        expected = self._sign(timestamp, body)
        return None if hmac.compare_digest(expected, signature.encode("utf-8", "surrogateescape")) else "signature"

    def _sign(self, timestamp: str, body: bytes) -> bytes:
        signed = b"v0:" + timestamp.encode() + b":" + body
        return b"v0=" + hmac.new(self._secret, signed, hashlib.sha256).hexdigest().encode()
