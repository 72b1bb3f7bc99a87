"""The pack as a PDF: how long it takes, whether many cases cost more each, and what the event loop feels of it."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Final

from bot.documents.press import Built, Press
from bot.scheduler import LagProbe
from cards.documents.content import Pack, Printed
from tests.benchmarks.report import Row, ratio_row
from tests.bot.documents import pdfs

FEW: Final = 5
MANY: Final = 40
ENCLOSED: Final = 10
"""Pages of each case's enclosure."""
_TEXT: Final = "Innføringen krever opplæring av alle som dokumenterer, og prøves ved to sykehus først. "
_GOAL: Final = 1.2


def a_pack(cases: int, files: Path) -> Pack:
    """Every case with an enclosure of its own and three sections of half a page."""
    papers = []
    for number in range(1, cases + 1):
        paper = pdfs.paper(pdfs.typeset(ENCLOSED, words=f"Vedlegg {number}"), files=files, number=f"{number:03}-2026")
        sections = tuple((heading, _TEXT * 15) for heading in ("Bakgrunn", "Vurdering og alternativer", "Økonomi"))
        papers.append(replace(paper, sections=sections))
    return pdfs.pack(*papers)


async def pack_rows(files: Path, rounds: int) -> list[Row]:
    """Few and many in turns; the loop's lag is that of all of them."""
    few, many = [Printed(await asyncio.to_thread(a_pack, cases, files)) for cases in (FEW, MANY)]
    press, probe = Press(files), LagProbe()
    seconds: dict[int, list[float]] = {FEW: [], MANY: []}
    probe.start()
    try:
        built = await press.build(few)  # not counted: what the system reads from disk once
        for _ in range(rounds):
            for cases, printed in ((FEW, few), (MANY, many)):
                began = perf_counter()
                built = await press.build(printed)
                seconds[cases].append(perf_counter() - began)
        lag = probe.longest
    finally:
        probe.stop()
        await press.close()
    return _rows(seconds, built, lag)


def _rows(seconds: dict[int, list[float]], built: Built, lag: float) -> list[Row]:
    what = f"pack, {MANY} cases and {MANY * ENCLOSED} enclosed pages"
    took = seconds[MANY]
    words = f"{median(took):.1f} s ({min(took):.1f} to {max(took):.1f}) · {built.pages} pages"
    each = [(long / MANY) / (short / FEW) for long, short in zip(seconds[MANY], seconds[FEW], strict=True)]
    return [
        Row(what, words, figures={"seconds": seconds[MANY], "pages": built.pages, "bytes": built.size}),
        ratio_row(f"pack of {MANY} cases / of {FEW}, time per case", each, _GOAL, at_most=True),
        Row(f"event loop lag while a {what} is made", f"{lag * 1000:.0f} ms", "≤ 100 ms", lag <= 0.1, {"lag": lag}),
    ]
