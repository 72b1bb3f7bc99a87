"""The series of case numbers. A row of the database holds the last one, and its lock keeps the series without gaps."""

from __future__ import annotations

from sqlalchemy import Integer, bindparam
from sqlalchemy.dialects.postgresql import insert

from storage import case_records as r
from storage.transaction import Tx
from storage.unit import Unit

n = r.numbers.c
_COUNT = bindparam("count", type_=Integer())
_FIRST = insert(r.numbers).values(
    series=bindparam("of_series", type_=n.series.type), year=bindparam("of_year", type_=Integer()), last=_COUNT
)
_TAKE = _FIRST.on_conflict_do_update(index_elements=["series", "year"], set_={"last": n.last + _COUNT}).returning(
    n.last
)


class Numbers:
    """Implements ``board.agenda_ports.NumberSeries``.

    On PostgreSQL the row stays locked until the unit of work ends; SQLite has one writer.
    """

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    async def take(self, series: str, year: int, count: int) -> int:
        params = {"of_series": series, "of_year": year, "count": count}

        def step(tx: Tx) -> int:
            row = tx.first(_TAKE, params)
            if row is None:
                raise LookupError(f"the database gave no number of {series} {year}")
            return int(row[0])

        return await self._unit.write(step) - count + 1
