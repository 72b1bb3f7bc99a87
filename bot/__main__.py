"""The program ``saksgang`` and its subcommands; ``saksgang --help`` tells them."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence


def parser() -> argparse.ArgumentParser:
    root = argparse.ArgumentParser(prog="saksgang", description="Runs a portfolio board's cases in chat.")
    commands = root.add_subparsers(dest="command", required=True)

    def add(name: str, words: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=words, description=words)
        command.add_argument("--database", metavar="URL", help="instead of SAKSGANG_DATABASE_URL")
        return command

    serve = add("serve", "Start the bot.")
    serve.add_argument("--host", default=None, help="default 127.0.0.1 with --local, else 0.0.0.0")
    serve.add_argument("--port", type=int, default=3978)
    serve.add_argument("--local", action="store_true", help="no credentials, loopback only, every sender believed")
    serve.add_argument("--now", metavar="ISO", help="local mode: where the clock starts")
    add("migrate", "Bring the database to this version's schema.")
    seed = add("seed-demo", "Fill an empty database with the demo board.")
    seed.add_argument("--empty", action="store_true", help="people only: no meetings, no cases")
    seed.add_argument("--now", metavar="ISO", help="the day the meetings lie ahead of")
    people = add("import-people", "Add people and roles from a CSV file.")
    people.add_argument("file", metavar="FILE.csv")
    ahead = add("rehearse", "List every notice that would go out in a period, sending nothing.")
    ahead.add_argument("--from", dest="since", metavar="DATE", required=True, help="the first day, like 2026-12-01")
    ahead.add_argument("--to", dest="until", metavar="DATE", required=True, help="the last day")
    ahead.add_argument("--json", action="store_true", help="for another program")
    audit = add("audit", "The log that nobody can rewrite.")
    audit.add_argument("what", choices=["verify"])
    export = add("export", "The archive of meetings: documents, checksums and Noark 5 metadata, a ZIP each.")
    which = export.add_mutually_exclusive_group(required=True)
    which.add_argument("--meeting", metavar="ID", help="one meeting")
    which.add_argument("--all", action="store_true", help="every meeting that has begun")
    export.add_argument("--to", dest="folder", metavar="FOLDER", required=True, help="where the ZIPs go")
    export.add_argument("--schema", metavar="FOLDER", help="check the metadata against arkivstruktur.xsd in it")
    add("doctor", "Check settings, texts, mandate and database without starting.")
    return root


def main(arguments: Sequence[str] | None = None) -> int:
    given = parser().parse_args(arguments)
    from bot import cli  # the parser answers --help without loading the bot

    return cli.run(given)


if __name__ == "__main__":
    sys.exit(main())
