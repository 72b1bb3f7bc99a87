"""``make run``: the bot in local mode and one persona's Playground, until Ctrl-C. Standard library only."""

from __future__ import annotations

import argparse
import signal
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from types import FrameType
from typing import TypeAlias

from manifest.playground import instance
from manifest.playground.personas import DEFAULT, PERSONAS, Persona

AnyProcess: TypeAlias = subprocess.Popen[bytes] | subprocess.Popen[str]

READY_SECONDS = 60.0
STOP_SECONDS = 30.0
FOLDER = Path("var") / "playground"

READY = """
Saksgang kjører på {bot}, bare på denne maskinen.

  Åpne   {page}   – du er {name}
  Skriv  hjelp · meld sak · mine saker · frister

Flere roller, hver i sitt vindu og sin egen terminal:
  make playground PERSONA=eier PORT=56151
  make playground PERSONA=kontor PORT=56152
  ({others})

Prosjekteier og porteføljekontor får meldinger først når vinduet deres er åpnet en gang.
Avslutt med Ctrl-C. Databasen ligger i var/.
"""

WITHOUT_PLAYGROUND = """
Saksgang kjører på {bot}, bare på denne maskinen.

Playground, der du kan snakke med den, er ikke med: {reason}
Avslutt med Ctrl-C. Databasen ligger i var/.
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Returns 0 after Ctrl-C, otherwise the exit code of what ended by itself."""
    options = _options(arguments)
    for asked_to_end in (signal.SIGINT, signal.SIGTERM):
        signal.signal(asked_to_end, _interrupt)
    bot = f"http://127.0.0.1:{options.bot_port}"
    with ExitStack() as ending:
        try:
            watched: list[AnyProcess] = []
            if not options.no_bot:
                serving = _start_bot(options.bot_port, ending)
                watched.append(serving)
                if not _wait_until_ready(bot, serving):
                    return serving.poll() or 1
            playground = _start_playground(options.persona, options.port, bot, ending)
            if playground is not None:
                watched.append(playground)
            return _wait_for_first(watched)
        except KeyboardInterrupt:
            print("\nAvslutter.")
            return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="launch", description=__doc__)
    parser.add_argument("--bot-port", type=int, default=3978)
    parser.add_argument("--port", type=int, default=56150, help="the Playground's")
    parser.add_argument("--persona", default=DEFAULT.key, choices=[one.key for one in PERSONAS])
    parser.add_argument("--no-bot", action="store_true", help="a bot runs already")
    options = parser.parse_args(arguments)
    options.persona = next(one for one in PERSONAS if one.key == options.persona)
    return options


def _start_bot(port: int, ending: ExitStack) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "bot", "serve", "--local", "--host", "127.0.0.1", "--port", str(port)]
    bot = subprocess.Popen(command)
    ending.callback(_end, bot)
    return bot


def _start_playground(persona: Persona, port: int, bot: str, ending: ExitStack) -> subprocess.Popen[str] | None:
    """Says what to open. ``None`` where it cannot run here: the bot does without it."""
    try:
        instance.install()
        running = instance.start(persona, port, f"{bot}/api/messages", FOLDER / persona.key)
    except instance.PlaygroundUnavailable as unavailable:
        print(WITHOUT_PLAYGROUND.format(bot=bot, reason=unavailable), flush=True)
        return None
    ending.callback(running.stop)
    others = ", ".join(one.key for one in PERSONAS)
    print(READY.format(bot=bot, page=running.url, name=persona.name, others=others), flush=True)
    return running.process


def _wait_until_ready(bot: str, process: subprocess.Popen[bytes]) -> bool:
    """Asks ``/readyz`` until it answers. Says so when the bot ends first or takes too long."""
    pause = threading.Event()
    for _ in range(int(READY_SECONDS / 0.1)):
        if process.poll() is not None:
            print("Saksgang avsluttet før den var klar; grunnen står over.", file=sys.stderr)
            return False
        try:
            with urllib.request.urlopen(f"{bot}/readyz", timeout=5):
                return True
        except (urllib.error.URLError, OSError):
            pause.wait(0.1)
    print(f"Saksgang ble ikke klar på {READY_SECONDS:.0f} sekunder.", file=sys.stderr)
    return False


def _wait_for_first(watched: Sequence[AnyProcess]) -> int:
    """The exit code of the first process that ends."""
    if not watched:
        return 1
    ended = threading.Event()

    def announce(process: AnyProcess) -> None:
        process.wait()
        ended.set()

    for process in watched:
        threading.Thread(target=announce, args=(process,), daemon=True).start()
    ended.wait()
    return next((code for process in watched if (code := process.poll()) is not None), 1)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ctrl-C reached the bot too, where there is a terminal; a second request does no harm."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
    process.wait()


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    """The first request ends everything in order; make and the terminal often send a second."""
    for asked_to_end in (signal.SIGINT, signal.SIGTERM):
        signal.signal(asked_to_end, signal.SIG_IGN)
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
