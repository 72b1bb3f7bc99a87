"""A thread that does one thing after the other for the event loop, so that a database file never blocks it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from queue import SimpleQueue
from typing import Any, TypeVar

T = TypeVar("T")
_Job = tuple["asyncio.Future[Any]", asyncio.AbstractEventLoop, Callable[[], Any]]


class Worker:
    """``call`` hands over a function and gives the future of its answer; calls are done in the order they came."""

    def __init__(self, name: str) -> None:
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._work, name=name, daemon=True)
        self._thread.start()

    def call(self, job: Callable[[], T]) -> asyncio.Future[T]:
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[T] = loop.create_future()
        self._jobs.put((answer, loop, job))
        return answer

    async def stop(self) -> None:
        """Does what is in line, then ends the thread."""
        self._jobs.put(None)
        await asyncio.to_thread(self._thread.join)

    def _work(self) -> None:
        while (item := self._jobs.get()) is not None:
            answer, loop, job = item
            try:
                value = job()
            except BaseException as error:
                _tell(loop, _fail, answer, error)
            else:
                _tell(loop, _settle, answer, value)
            del item, answer, job


def _tell(loop: asyncio.AbstractEventLoop, how: Callable[..., None], answer: Any, what: Any) -> None:
    if not loop.is_closed():  # a loop that ended while we worked has nobody left to tell
        loop.call_soon_threadsafe(how, answer, what)


def _settle(answer: asyncio.Future[Any], value: object) -> None:
    if not answer.done():  # the one who asked was cancelled
        answer.set_result(value)


def _fail(answer: asyncio.Future[Any], error: BaseException) -> None:
    if not answer.done():
        answer.set_exception(error)
