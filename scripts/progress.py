"""Run long commands with a step number, the time they take and a sign of life; keep their output in a log."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

HEARTBEAT_SECONDS = 15


class Failed(Exception):
    """A step could not be done; the message says why and what to do."""


class Steps:
    """Print ``[n/m] what … seconds`` for each step.

    On a terminal the line counts the seconds; elsewhere a line every 15 s shows that the work goes on.
    """

    def __init__(self, total: int, log: Path) -> None:
        self.total, self.log, self.number = total, log, 0
        self.begun = time.monotonic()

    def done(self, what: str, note: str) -> None:
        """Tell of a step that needed no work."""
        self.number += 1
        print(f"[{self.number}/{self.total}] {what}: {note}", flush=True)

    def run(self, what: str, *commands: Sequence[str | Path], env: Mapping[str, str] | None = None) -> None:
        """Run the commands one after another as one step.

        :raises Failed: with the last lines of the command that failed.
        """
        self.number += 1
        head, begun = f"[{self.number}/{self.total}] {what}", time.monotonic()
        print(f"{head} …", end="" if sys.stdout.isatty() else "\n", flush=True)
        for command in commands:
            self._one(command, head, begun, env)
        line = f"{head}: {time.monotonic() - begun:.0f} s"
        print(f"\r{line}   " if sys.stdout.isatty() else line, flush=True)

    def _one(self, command: Sequence[str | Path], head: str, begun: float, env: Mapping[str, str] | None) -> None:
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("w") as out:
            child = subprocess.Popen(
                [str(part) for part in command],
                stdout=out,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                env={**os.environ, **(env or {})},
            )
            self._wait(child, head, begun)
        if child.returncode:
            tail = "\n".join(self.log.read_text(errors="replace").splitlines()[-15:])
            raise Failed(f"{' '.join(str(part) for part in command)}\nended with {child.returncode}:\n{tail}")

    def _wait(self, child: subprocess.Popen[bytes], head: str, begun: float) -> None:
        every = 1 if sys.stdout.isatty() else HEARTBEAT_SECONDS
        while True:
            try:
                child.wait(every)
                return
            except subprocess.TimeoutExpired:
                spent = f"{head} … {time.monotonic() - begun:.0f} s"
                print(f"\r{spent}" if sys.stdout.isatty() else f"{spent} so far", end="", flush=True)
                print("" if sys.stdout.isatty() else "\n", end="", flush=True)
