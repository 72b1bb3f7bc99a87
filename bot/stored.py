"""Where files are kept: by the hash of what is in them, so that the same content is kept once and never changes."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path


def stored_path(folder: Path, sha256: str) -> Path:
    """Where the content with this hash lies in a folder of kept files."""
    return folder / sha256[:2] / sha256


def keep(folder: Path, content: bytes) -> str:
    """Writes the file whole or not at all. Returns its SHA-256 in hex.

    Errors: ``OSError`` where the disk is full or may not be written.
    """
    name = hashlib.sha256(content).hexdigest()
    target = stored_path(folder, name)
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, part = tempfile.mkstemp(dir=target.parent)
        with os.fdopen(handle, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        Path(part).replace(target)
    return name
