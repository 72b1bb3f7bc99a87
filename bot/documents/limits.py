"""How much of a stranger's PDF is taken in, and what its reading may cost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

PAGES_OF_ONE: Final = 300
"""An enclosure with more pages is left out of the document."""
PAGES_OF_ALL: Final = 1_500
"""Enclosed pages of one document; what comes after is left out."""
TEXT: Final = 8_000
"""Characters of a page's text in its alternative text."""
CONTENT: Final = 2 * 2**20
"""Bytes of one content stream, decoded. A page with more becomes a picture: it would be slow to draw as well."""
PROFILE: Final = 4 * 2**20
"""Bytes of one colour profile, character map or the like, decoded."""
INFLATED: Final = 128 * 2**20
"""Bytes that any one stream may grow to while it is decoded."""
NESTING: Final = 10
"""Drawings within drawings."""
RESOLUTION: Final = 150.0
"""Dots an inch of a page that becomes a picture."""
LONGEST_SIDE: Final = 2_400
"""Pixels of such a picture: 16 inches at :data:`RESOLUTION`."""
SHORTEST: Final = 3.0
LONGEST: Final = 14_400.0
"""Points of a page's side (ISO 19005-2, 6.1.13)."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a build may take. Times in seconds, memory in bytes.

    ``enclosure_seconds``: one enclosure's reading. ``seconds``: all the rest, and the processor's time of a worker.
    """

    seconds: float = 240.0
    enclosure_seconds: float = 60.0
    memory: int = 1_536 * 2**20
