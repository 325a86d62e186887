"""Resolve the dependencies anew: requirements/*.lock with hashes, and frontend/package-lock.json without addresses."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv/bin"
COMPILE = [
    BIN / "uv", "pip", "compile", "--quiet", "--universal", "--python-version", "3.11",
    "--generate-hashes", "--no-header", "--no-annotate",
]  # fmt: skip
LOCKS = {
    "base": ["pyproject.toml", "--group", "setup"],
    "dev": ["pyproject.toml", "--group", "setup", "--group", "dev"],
    "node": ["--group", "node"],
}


def python_locks(upgrade: bool) -> None:
    """Write the Python locks; the set-up's own installer is held to the version in the others."""
    more = ["--upgrade"] if upgrade else []
    for name, arguments in LOCKS.items():
        subprocess.run([*COMPILE, *arguments, *more, "-o", f"requirements/{name}.lock"], cwd=ROOT, check=True)
    tools = [*COMPILE, "-", "-c", "requirements/dev.lock", "-o", "requirements/tools.lock"]
    subprocess.run(tools, cwd=ROOT, check=True, input="uv\n", text=True)


def front_end_lock() -> None:
    """Write the front end's lock and take the addresses out: the integrity hashes are what matters."""
    npm = shutil.which("npm")
    if npm is None:
        print("no npm here: frontend/package-lock.json is left as it is", file=sys.stderr)
        return
    subprocess.run(
        [npm, "install", "--package-lock-only", "--no-audit", "--no-fund"], cwd=ROOT / "frontend", check=True
    )
    path = ROOT / "frontend/package-lock.json"
    lock = json.loads(path.read_text())
    for package in lock["packages"].values():
        package.pop("resolved", None)
        package.pop("funding", None)
    path.write_text(json.dumps(lock, indent=2) + "\n")


if __name__ == "__main__":
    python_locks(upgrade="--upgrade" in sys.argv)
    front_end_lock()
