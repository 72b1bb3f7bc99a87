"""``python -m bot.documents.worker``: makes one document and ends. A job comes in as JSON, words go out line by line.

It reads strangers' PDFs, so it knows no secret, has bounds on memory and processor time, and can be killed anywhere:
what it wrote is there whole or not at all. Its words, one JSON object a line: ``{"reading": sha256}`` before and
``{"read": sha256}`` after each enclosure, then ``{"built": …}`` or ``{"failed": "…"}``, which never holds what people
wrote.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import traceback
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from bot.documents.limits import INFLATED

_OURS: Final = tuple(Path(__file__).resolve().parents[2] / name for name in ("bot", "cards"))
_NICE: Final = 10
"""The bot's own work comes first."""

Say = Callable[[Mapping[str, Any]], None]


def main() -> int:
    """Exit code 0 also where the document failed: then the last line says so."""
    job = json.load(sys.stdin)
    _bound(int(job["memory"]), int(job["seconds"]))
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as out:
        os.dup2(2, 1)  # what libraries print is not an answer

        def say(words: Mapping[str, Any]) -> None:
            out.write(json.dumps(words) + "\n")
            out.flush()

        try:
            say({"built": _build(job, say)})
        except Exception as error:
            say({"failed": _place(error)})
    return 0


def _bound(memory: int, seconds: int) -> None:
    """Before anything of a stranger's is read. Where the system has no such bounds, the time on the wall is left."""
    with suppress(OSError, AttributeError):
        os.nice(_NICE)
    try:
        import resource  # noqa: PLC0415  # not to be had on Windows
    except ImportError:
        return
    for which, most in (("RLIMIT_DATA", memory), ("RLIMIT_AS", 3 * memory), ("RLIMIT_CPU", seconds)):
        with suppress(OSError, ValueError, AttributeError):
            resource.setrlimit(getattr(resource, which), (most, most))
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _build(job: Mapping[str, Any], say: Say) -> dict[str, Any]:
    """Imports late: the bounds hold for the libraries too."""
    from pikepdf.settings import set_qpdf_limits  # noqa: PLC0415  # after the bounds

    from bot.documents.compose import compose, enclosed_hashes  # noqa: PLC0415  # after the bounds
    from bot.documents.enclosed import Enclosures  # noqa: PLC0415  # after the bounds
    from bot.stored import keep  # noqa: PLC0415  # after the bounds
    from cards import i18n  # noqa: PLC0415  # after the bounds
    from cards.documents.codec import printed_from_json  # noqa: PLC0415  # after the bounds

    set_qpdf_limits(
        flate_max_memory=INFLATED,
        png_max_memory=INFLATED,
        tiff_max_memory=INFLATED,
        dct_max_memory=INFLATED,
        run_length_max_memory=INFLATED,
    )
    i18n.install(i18n.load())
    printed, files = printed_from_json(job["printed"]), Path(job["files"])
    with tempfile.TemporaryDirectory(prefix="saksgang-") as folder:
        enclosures = Enclosures(Path(folder))
        pages, skipped = _take(enclosures, files, enclosed_hashes(printed.document), frozenset(job["skip"]), say)
        content, count = compose(printed, pages, enclosures)
        made = {"sha256": keep(files, content), "pages": count, "size": len(content), "skipped": skipped}
        return {**made, "enclosed": sum(len(there) for there in pages.values())}


def _take(
    enclosures: Any, files: Path, hashes: Sequence[str], skip: frozenset[str], say: Say
) -> tuple[dict[str, Any], list[str]]:
    from bot.documents.enclosed import NotTakenIn  # noqa: PLC0415  # after the bounds
    from bot.stored import stored_path  # noqa: PLC0415  # after the bounds

    pages: dict[str, Any] = {}
    for sha256 in hashes:
        if sha256 in skip:
            continue
        say({"reading": sha256})
        with suppress(NotTakenIn):
            pages[sha256] = enclosures.take(stored_path(files, sha256))
        say({"read": sha256})
    return pages, [sha256 for sha256 in hashes if sha256 not in pages]


def _place(error: Exception) -> str:
    """What kind of error, and where in our code: its message may hold what people wrote."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if any(Path(frame.filename).is_relative_to(folder) for folder in _OURS)]
    last = (ours or frames)[-1]
    return f"{type(error).__name__} in {Path(last.filename).name}:{last.lineno}"


if __name__ == "__main__":
    raise SystemExit(main())
