"""Write every generated page under docs/: the law, the coverage of the obligations, the tables of states."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HEAD = """# Tables of states

Written by `make docs` from the tables in each app's `states.py`: the same data that draws the buttons and refuses what
isn't in it. An arrow's roles, and the question of the law that it rests on (docs/law), stand in the table below each
diagram.
"""


def workflows() -> Iterator[object]:
    """Yield the table of each kind of record that has states, ordered by name."""
    os.environ.setdefault("GONGJIANG_MODE", "test")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongjiang.config.settings")
    sys.path.insert(0, str(ROOT / "src"))
    import django
    from django.apps import apps

    django.setup()
    found = {model.workflow.name: model.workflow for model in apps.get_models() if hasattr(model, "workflow")}
    yield from (found[name] for name in sorted(found))


def states_page() -> str:
    """Return docs/states.md."""
    lines = [HEAD]
    for workflow in workflows():
        lines += [f"## {workflow.name}", "", "```mermaid", workflow.to_mermaid(), "```", ""]  # type: ignore[attr-defined]
        lines += ["| action | from | to | roles | rests on |", "|---|---|---|---|---|"]
        lines += [
            f"| {t.action} | {', '.join(sorted(t.source))} | {t.target} | {', '.join(sorted(t.roles))} "
            f"| {', '.join(f'`{q.identifier}`' for q in t.rests_on)} |"
            for t in workflow.arrows  # type: ignore[attr-defined]
        ]
        lines.append("")
    return "\n".join(lines)


def main() -> int:
    """Write all pages; return the worst exit code of the generators."""
    codes = [
        subprocess.run([sys.executable, ROOT / "scripts" / name], cwd=ROOT, stdout=subprocess.DEVNULL).returncode
        for name in ("law_docs.py", "requirements_coverage.py")
    ]
    (ROOT / "docs/states.md").write_text(states_page(), encoding="utf-8")
    return max(codes)


if __name__ == "__main__":
    sys.exit(main())
