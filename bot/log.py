"""Logs for operators: one JSON line an event, with ids. Never a token, a name, an address or what somebody wrote."""

from __future__ import annotations

import logging
import sys

import structlog


def configure(*, plain: bool = False) -> None:
    """To standard error. ``plain`` is readable by people (local mode); otherwise JSON lines."""
    renderer: structlog.types.Processor = (
        structlog.dev.ConsoleRenderer(colors=False) if plain else structlog.processors.JSONRenderer()
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(levelname)s %(name)s %(message)s")
