"""Identifiers from the machine's random source."""

from __future__ import annotations

import secrets
import uuid


class RandomIds:
    """Implements ``board.ids.IdSource``."""

    def new(self) -> str:
        return str(uuid.uuid4())

    def secret(self) -> str:
        return secrets.token_urlsafe(32)
