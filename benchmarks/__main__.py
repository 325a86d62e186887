"""Run the benchmarks one after the other: ``make bench``, or ``make bench ARGS="verify seating"``.

Each measures against a peer or the limit in the same run and prints ratios. Nothing here passes or fails.
"""

import os
import platform
import subprocess
import sys
from pathlib import Path
from time import perf_counter

HERE = Path(__file__).resolve().parent


def names() -> list[str]:
    """Return the benchmarks by name."""
    return sorted(path.stem for path in HERE.glob("*.py") if not path.stem.startswith("_"))


def main(asked: list[str]) -> int:
    """Run what is asked, or all; return 2 for an unknown name, 1 if one broke."""
    unknown = set(asked) - set(names())
    if unknown:
        print(f"no such benchmark: {', '.join(sorted(unknown))}; there are: {', '.join(names())}", file=sys.stderr)
        return 2
    cores = len(os.sched_getaffinity(0))
    print(f"{platform.platform()}, Python {platform.python_version()}, {cores} cores\n", flush=True)
    broken = 0
    for name in asked or names():
        print(f"== {name}: {summary(name)}", flush=True)
        begun = perf_counter()
        code = subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], cwd=HERE.parent).returncode
        broken |= code != 0
        print(f"   ({perf_counter() - begun:.0f} s{', broken' if code else ''})\n", flush=True)
    return int(broken)


def summary(name: str) -> str:
    """Return the first line of a benchmark's docstring, without importing what it needs."""
    text = (HERE / f"{name}.py").read_text(encoding="utf-8")
    return text.split('"""')[1].strip().splitlines()[0]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
