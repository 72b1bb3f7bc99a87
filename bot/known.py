"""Which addresses this process has stored lately, so that a turn that only reads writes nothing.

Entries live for a minute: an address that was put out of use meanwhile, perhaps by another process, heals then.
"""

from __future__ import annotations

from collections import OrderedDict
from datetime import datetime, timedelta

from board.clock import Clock
from board.delivery import Address
from board.ports import Account

MOST = 20_000
LIFETIME = timedelta(minutes=1)


class KnownAddresses:
    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._until: OrderedDict[tuple[Account, Address], datetime] = OrderedDict()

    def holds(self, account: Account, address: Address) -> bool:
        until = self._until.get((account, address))
        return until is not None and until > self._clock.now()

    def note(self, account: Account, address: Address) -> None:
        key = (account, address)
        self._until[key] = self._clock.now() + LIFETIME
        self._until.move_to_end(key)
        while len(self._until) > MOST:
            self._until.popitem(last=False)

    def forget(self, address: Address) -> None:
        for key in [key for key in self._until if key[1].conversation == address.conversation]:
            del self._until[key]
