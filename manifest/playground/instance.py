"""One running Playground: found, installed, started and stopped. Standard library only: ``make run`` needs no more."""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
from dataclasses import dataclass
from pathlib import Path

from manifest.playground.personas import Persona, config

HERE = Path(__file__).resolve().parent
CLI = HERE / "node_modules" / "@microsoft" / "m365agentsplayground" / "cli.js"
OLDEST_NODE = 18
STOP_SECONDS = 5.0


class PlaygroundUnavailable(Exception):
    """The Playground cannot run here; the text says what to do."""


def find_node() -> str:
    """The path of Node 18 or newer. Raises :class:`PlaygroundUnavailable`."""
    node = shutil.which("node")
    if node is None:
        raise PlaygroundUnavailable("Node.js finnes ikke på denne maskinen. Installer Node 18 eller nyere.")
    text = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout.strip()
    if int(text.lstrip("v").partition(".")[0]) < OLDEST_NODE:
        raise PlaygroundUnavailable(f"Node.js er {text}. Installer Node {OLDEST_NODE} eller nyere.")
    return node


def install() -> None:
    """Puts the pinned Playground beside this file, once. Raises :class:`PlaygroundUnavailable`."""
    find_node()
    wanted = HERE / "package-lock.json"
    stamp = HERE / "node_modules" / ".saksgang"
    if stamp.exists() and stamp.stat().st_mtime >= wanted.stat().st_mtime:
        return
    npm = shutil.which("npm")
    if npm is None:
        raise PlaygroundUnavailable("npm finnes ikke på denne maskinen. Det følger vanligvis med Node.js.")
    done = subprocess.run([npm, "ci", "--silent"], cwd=HERE, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise PlaygroundUnavailable(f"npm fikk ikke hentet Playground: {done.stderr.strip()[-400:]}")
    stamp.touch()


@dataclass(frozen=True, slots=True)
class Instance:
    """A running Playground for one persona. ``url`` is what a person opens."""

    persona: Persona
    port: int
    process: subprocess.Popen[str]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def stop(self) -> None:
        """Ends it for certain. May be called twice."""
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                pipe.close()


def start(persona: Persona, port: int, endpoint: str, folder: Path) -> Instance:
    """Starts a Playground on 127.0.0.1 and returns when it listens.

    ``endpoint`` is the bot's ``/api/messages``; ``folder`` takes the configuration and the Playground's own log.
    Raises :class:`PlaygroundUnavailable` when it ends at once (the port taken, Node too old).
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / ".m365agentsplayground.yml").write_text(config(persona), encoding="utf-8")
    process = subprocess.Popen(
        _command(port, endpoint),
        cwd=folder,
        env=_environment(folder),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    instance = Instance(persona, port, process)
    said = _wait_until_listening(process, port)
    if said is not None:
        instance.stop()
        raise PlaygroundUnavailable(f"Playground startet ikke på port {port}: {said or _own_log(folder)}")
    threading.Thread(target=_drain, args=(process,), daemon=True).start()
    return instance


def _command(port: int, endpoint: str) -> list[str]:
    service_url = f"http://127.0.0.1:{port}/_connector"
    flags = ["-e", endpoint, "-c", "msteams", "--dt", "-p", str(port), "--service-url", service_url]
    return [find_node(), "--require", str(HERE / "guard.cjs"), str(CLI), "start", *flags]


def _environment(folder: Path) -> dict[str, str]:
    quiet = {
        "BROWSER": "none",
        "TEAMSAPPTESTER_BROWSER": "none",
        "M365_AGENTS_PLAYGROUND_CONFIG_PATH": str(folder / ".m365agentsplayground.yml"),
        "M365_AGENTS_PLAYGROUND_LOGFILE": str(folder / "playground.log"),
    }
    return {**os.environ, **quiet}


def _wait_until_listening(process: subprocess.Popen[str], port: int) -> str | None:
    """Reads the output until the Playground says it listens: ``None``. Otherwise what it said before it ended.

    It takes another port, saying so, when the one it was given is taken: that counts as a refusal.
    """
    said: list[str] = []
    for line in process.stdout or ():
        if line.strip() == f"Listening on {port}":
            return None
        said.append(line.strip())
        if line.startswith("Listening on "):
            return f"porten er opptatt ({line.strip()})"
    return " ".join(said)[-400:]


def _drain(process: subprocess.Popen[str]) -> None:
    """Reads on, so that a full pipe never stops the Playground; its log file holds the same."""
    try:
        for _ in process.stdout or ():
            pass
    except ValueError:
        return  # closed by stop()


def _own_log(folder: Path) -> str:
    log = folder / "playground.log"
    return log.read_text(encoding="utf-8")[-400:] if log.exists() else "ingen forklaring"
