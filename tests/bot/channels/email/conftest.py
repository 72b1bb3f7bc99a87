from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.channels.email.channel import EmailChannel
from tests.bot.channels.email.support import channel_to
from tests.fakes.smtp import FakeSmtp


@pytest.fixture
async def smtp() -> AsyncIterator[FakeSmtp]:
    async with FakeSmtp() as running:
        yield running


@pytest.fixture
async def channel(smtp: FakeSmtp) -> AsyncIterator[EmailChannel]:
    async with channel_to(smtp.port) as running:
        yield running
