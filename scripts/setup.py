"""Set the project up in .venv: ``python3 scripts/setup.py base`` to run it, ``… dev`` to test it.

Needs Python 3.11 and its standard library only. Everything is pinned with hashes: the Python packages by
requirements/, the front-end assets by frontend/package-lock.json. A second run does only what has changed.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import debian
from progress import Failed, Steps

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / "bin"
STAMPS = VENV / "stamps"
LOG = VENV / "setup.log"
VENDOR = ROOT / "src/gongjiang/static/vendor"
ASSETS = {
    "tabler.min.css": "@tabler/core/dist/css/tabler.min.css",
    "tabler.min.js": "@tabler/core/dist/js/tabler.min.js",
    "echarts.min.js": "echarts/dist/echarts.min.js",
}


def fingerprint(*paths: Path) -> str:
    """Return one hash over the files."""
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in paths)).hexdigest()


def stamped(name: str, value: str) -> bool:
    """Tell whether the step was last done for this value."""
    stamp = STAMPS / name
    return stamp.exists() and stamp.read_text() == value


def stamp(name: str, value: str) -> None:
    """Remember that the step was done for this value."""
    STAMPS.mkdir(parents=True, exist_ok=True)
    (STAMPS / name).write_text(value)


def works(*command: str | Path) -> bool:
    """Tell whether a program answers to --version."""
    return not subprocess.run([*command, "--version"], capture_output=True, stdin=subprocess.DEVNULL).returncode


def make_venv(steps: Steps, kind: str) -> None:
    """Make .venv with the pinned installer."""
    tools = ROOT / "requirements/tools.lock"
    value = fingerprint(tools) + sys.version
    if stamped("tools", value) and (BIN / "uv").exists():
        return steps.done("Python environment", "already there")
    if not debian.has_venv():
        steps.total += 1
        # One line for the administrator, with all that the tests will ask for later.
        later = debian.lacking_for_tests() if kind == "dev" else []
        debian.install(steps, "Python's venv", ["python3-venv", *later])
    create: list[list[str | Path]] = [[sys.executable, "-m", "venv", VENV]]
    if (BIN / "python").exists() and works(BIN / "python", "-m", "pip"):
        create = []
    pip: list[str | Path] = [BIN / "python", "-m", "pip", "--disable-pip-version-check", "--no-input"]
    steps.run("Python environment", *create, [*pip, "install", "--require-hashes", "-r", tools])
    stamp("tools", value)


def index_settings() -> dict[str, str]:
    """Hand pip's own index and certificates on to uv, which does not read pip's configuration."""
    found = {}
    for key, name in [("global.index-url", "UV_DEFAULT_INDEX"), ("global.cert", "SSL_CERT_FILE")]:
        if name not in os.environ:
            command = [BIN / "python", "-m", "pip", "config", "get", key]
            read = subprocess.run(command, capture_output=True, text=True)
            if not read.returncode and read.stdout.strip():
                found[name] = read.stdout.strip()
    return {"UV_LINK_MODE": "copy", "UV_NO_PROGRESS": "1", "UV_HTTP_TIMEOUT": "180", **found}


def locked_state(lock: Path) -> str:
    """Return what the installed packages depend on: the lock, the project's own metadata, where it lies."""
    return f"{fingerprint(lock, ROOT / 'pyproject.toml')} {ROOT}"


def sync_packages(steps: Steps, kind: str) -> None:
    """Install the locked packages and the project itself, editable."""
    lock = ROOT / f"requirements/{kind}.lock"
    what = f"Python packages ({kind})"
    # The development set holds the base set, so a newcomer's `make demo` after `make test` has nothing to do.
    enough = [locked_state(lock), locked_state(ROOT / "requirements/dev.lock")]
    if (BIN / "gongjiang").exists() and any(stamped("packages", state) for state in enough):
        return steps.done(what, "already there")
    uv: list[str | Path] = [BIN / "uv", "pip"]
    steps.run(
        what,
        [*uv, "sync", "--python", BIN / "python", "--require-hashes", lock],
        [*uv, "install", "--python", BIN / "python", "--no-deps", "--no-build-isolation", "--editable", ROOT],
        env=index_settings(),
    )
    stamp("packages", locked_state(lock))


def usable_npm() -> str | None:
    """Return the npm on this machine if it runs."""
    npm = shutil.which("npm")
    return npm if npm and works(npm) else None


def fetch_assets(steps: Steps) -> None:
    """Fetch Tabler and ECharts by their integrity hashes and copy the files that pages use."""
    package, lock = ROOT / "frontend/package.json", ROOT / "frontend/package-lock.json"
    value = fingerprint(package, lock) + " ".join(ASSETS)
    if stamped("assets", value) and all((VENDOR / name).exists() for name in ASSETS):
        return steps.done("Front-end assets", "already there")
    with tempfile.TemporaryDirectory(prefix="gongjiang-assets-") as folder:
        work = Path(folder)
        for file in (package, lock):
            shutil.copy(file, work)
        commands, path = [], os.environ.get("PATH", "")
        npm: str | Path | None = usable_npm()
        if npm is None:
            node = work / "node"
            python = node / "bin/python"
            commands = [
                [sys.executable, "-m", "venv", node],
                [python, "-m", "pip", "install", "--require-hashes", "-r", ROOT / "requirements/node.lock"],
            ]
            npm, path = node / "bin/npm", f"{node / 'bin'}:{path}"
        options = ["--ignore-scripts", "--no-audit", "--no-fund", "--prefix", work, "--cache", work / "cache"]
        label = "Front-end assets" + (" (no npm here: one is borrowed from PyPI)" if commands else "")
        steps.run(label, *commands, [npm, "ci", *options], env={"PATH": path, "HOME": home() or folder})
        VENDOR.mkdir(parents=True, exist_ok=True)
        for name, source in ASSETS.items():
            # The maps stay behind, so their names must go: the manifest of static files follows every address.
            text = (work / "node_modules" / source).read_text()
            (VENDOR / name).write_text(re.sub(r"/[/*][#@] sourceMappingURL=\S+?(\s*\*/|\n|$)", "", text))
    stamp("assets", value)


def home() -> str:
    """Return the home folder if there is one that can be read."""
    named = os.environ.get("HOME", "")
    return named if named and Path(named).is_dir() else ""


def system_packages(steps: Steps) -> None:
    """Install what the tests use from Debian, or say loudly what stays out."""
    lacking = debian.lacking_for_tests()
    if not lacking:
        return steps.done("Debian packages for the tests", "already there")
    try:
        debian.install(steps, "For the tests", lacking)
    except Failed as reason:
        bar = "!" * 78
        print(f"\n{bar}\nTests that need {', '.join(lacking)} will be LEFT OUT.\n{reason}\n{bar}\n", flush=True)


def main(kind: str) -> int:
    """Set up for ``base`` or ``dev``; return the exit code."""
    if sys.version_info < (3, 11):  # noqa: UP036 - an older Python is told so here
        print("Gongjiang needs Python 3.11 or newer; this is", sys.version.split()[0])
        return 1
    begun, steps = time.monotonic(), Steps(5 if kind == "dev" else 4, LOG)
    try:
        make_venv(steps, kind)
        sync_packages(steps, kind)
        fetch_assets(steps)
        steps.run("Chinese and English messages", [BIN / "python", ROOT / "scripts/compile_messages.py"])
        if kind == "dev":
            system_packages(steps)
    except Failed as reason:
        print(f"\nThe set-up stopped. {reason}", file=sys.stderr)
        return 1
    print(f"Set up in {time.monotonic() - begun:.0f} s.", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "base"))
