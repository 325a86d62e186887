"""How fast is the audit trail verified from its export, against bare hashing of the same lines?

100,000 entries are made in memory as the platform writes them, exported, and read by the stand-alone verifier in a
process of its own. The limit is SHA-256 over the same bytes.
"""

import argparse
import hashlib
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from gongjiang.kernel import canonical, verify_audit

VERIFIER = Path(verify_audit.__file__)
AIM = 2.5  # seconds for 100,000 entries


def trail(count: int) -> list[bytes]:
    """Return the exported lines of a chain of invented entries."""
    previous, lines = verify_audit.GENESIS, []
    for seq in range(1, count + 1):
        entry = {
            "seq": seq,
            "at": "2026-06-15T01:00:00.000000+00:00",
            "actor": {"kind": "staff", "id": seq % 97, "roles": ["exam_clerk"]},
            "action": "certificate.publish",
            "outcome": "done",
            "subject": ["certificates.certificate", str(seq)],
            "about": ["planning.batch", str(seq % 20)],
            "cites": ["JL-2024-5§26"],
            "reason": "",
            "facts": {"number": f"S0000229990172630{seq:05}", "generation": 1},
            "state_hash": hashlib.sha256(str(seq).encode()).hexdigest(),
            "previous": previous,
        }
        text = canonical.dumps(entry).encode()
        previous = hashlib.sha256(text).hexdigest()
        lines.append(verify_audit.line_of(text, previous))
    return lines


def main() -> None:
    """Measure three times and print the best of each with its ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=100_000)
    count = parser.parse_args().entries
    lines = trail(count)
    with tempfile.TemporaryDirectory() as folder:
        export = Path(folder) / "audit.jsonl"
        export.write_bytes(b"".join(lines))
        verified = min(_verify(export) for _ in range(3))
        bare = min(_hash(lines) for _ in range(3))
    mebibytes = sum(map(len, lines)) / 2**20
    print(f"{count:,} entries, {mebibytes:.0f} MiB")
    print(f"verifier, process and all: {verified:.2f} s ({count / verified:,.0f} entries/s); the aim is {AIM} s")
    print(f"SHA-256 alone over the same lines: {bare:.2f} s; the verifier takes {verified / bare:.1f} times that")


def _verify(export: Path) -> float:
    begun = perf_counter()
    done = subprocess.run([sys.executable, VERIFIER, export, "--json"], capture_output=True, check=False)
    took = perf_counter() - begun
    answer = json.loads(done.stdout)
    if done.returncode or answer.get("problems"):
        raise SystemExit(f"the trail didn't verify: {done.stdout[:300]!r} {done.stderr[:300]!r}")
    return took


def _hash(lines: list[bytes]) -> float:
    begun = perf_counter()
    for line in lines:
        hashlib.sha256(line).hexdigest()
    return perf_counter() - begun


if __name__ == "__main__":
    main()
