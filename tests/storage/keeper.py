"""Runs a program until standard input closes, which it does when the one who started it ends, killed or not.

``python keeper.py USER GROUP PROGRAM ARGUMENT…`` (ids, or -1 to stay who one is). So a test run that dies leaves no
database server behind.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading


def keep(user: int, group: int, command: list[str]) -> int:
    who = {} if user < 0 else {"user": user, "group": group}
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL, cwd="/", **who)  # type: ignore[call-overload]  # user or nothing

    def end_with_starter() -> None:
        while os.read(0, 1024):
            pass
        child.send_signal(signal.SIGINT)  # PostgreSQL's fast shutdown

    threading.Thread(target=end_with_starter, daemon=True).start()
    return int(child.wait())


if __name__ == "__main__":
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    raise SystemExit(keep(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]))
