"""``python -m tests.fakes.slack --port N``."""

from __future__ import annotations

import argparse

from aiohttp import web

from tests.fakes.serving import run_as_program
from tests.fakes.slack import server


def _build(options: argparse.Namespace) -> web.Application:
    return server.FakeSlack(enforce_rates=options.enforce_rates).build_app()


if __name__ == "__main__":
    run_as_program(server.__doc__ or "", _build)
