"""``python -m tests.benchmarks [--quick] [--only PART] [--out FILE]``. Under 8 minutes; ``--quick`` under 90 s."""

from __future__ import annotations

import argparse
import asyncio
from pathlib import Path
from time import perf_counter

import uvloop

from tests.benchmarks.report import table, write
from tests.benchmarks.run import FULL, PARTS, QUICK, Run


def main() -> int:
    parser = argparse.ArgumentParser(prog="tests.benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer rounds, a tenth of the big board")
    parser.add_argument("--only", action="append", choices=sorted(PARTS), help="may be given several times")
    parser.add_argument("--out", type=Path, default=Path("bench.json"))
    given = parser.parse_args()
    size, began = QUICK if given.quick else FULL, perf_counter()
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        rows = runner.run(Run(size).all(given.only or sorted(PARTS)))
    print(table(rows))
    write(given.out, rows, size.settings(), perf_counter() - began)
    missed = sum(row.met is False for row in rows)
    print(f"\n{missed} of {sum(row.met is not None for row in rows)} goals missed; the figures are in {given.out}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
