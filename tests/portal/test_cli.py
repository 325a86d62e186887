"""``gongjiang demo`` and ``gongjiang serve``: what they refuse, what they start."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from gongjiang.portal import cli_demo, cli_serve

ROOT = Path(__file__).resolve().parents[2]


def gongjiang(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("GONGJIANG_", "DJANGO_"))}
    return subprocess.run(
        [sys.executable, "-m", "gongjiang", *words],
        env={**clean, "PYTHONPATH": str(ROOT / "src"), **environment},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_the_demo_stays_off_a_production_installation(tmp_path: Path) -> None:
    done = gongjiang("demo", "--no-serve", "--data", str(tmp_path / "data"), GONGJIANG_MODE="production")
    assert (done.returncode, (tmp_path / "data").exists()) == (2, False)
    assert "real data" in done.stderr


def test_the_demo_stays_off_a_database_with_other_people(tmp_path: Path) -> None:
    data = str(tmp_path / "data")
    settings = {"GONGJIANG_MODE": "demo", "GONGJIANG_DATA_DIR": data}
    (tmp_path / "data").mkdir()
    assert gongjiang("manage", "migrate", "-v", "0", **settings).returncode == 0
    code = "from gongjiang.accounts.models import User; User.objects.create_user(username='somebody')"
    assert gongjiang("manage", "shell", "-v", "0", "-c", code, **settings).returncode == 0
    done = gongjiang("demo", "--no-serve", "--data", data)
    assert done.returncode == 2
    assert "aren't the demo's" in done.stderr


def test_reloading_never_removes_what_no_demo_made(tmp_path: Path) -> None:
    (tmp_path / "letters.txt").write_text("mine")
    with pytest.raises(SystemExit) as stopped:
        cli_demo.throw_away(tmp_path)
    assert stopped.value.code == 2
    assert (tmp_path / "letters.txt").read_text() == "mine"


def test_reloading_removes_the_demos_own_folder(tmp_path: Path) -> None:
    data = tmp_path / "data"
    (data / "files").mkdir(parents=True)
    (data / "gongjiang.sqlite3").write_text("")
    cli_demo.throw_away(data)
    cli_demo.throw_away(data)
    assert not data.exists()


def test_production_serves_only_where_it_is_safe(tmp_path: Path) -> None:
    done = gongjiang("serve", GONGJIANG_DATA_DIR=str(tmp_path), GONGJIANG_MODE="production")
    assert done.returncode not in (0, None)
    assert "SECRET_KEY" in done.stderr + done.stdout


def test_the_server_speaks_wsgi() -> None:
    command = cli_serve.server_command(host="127.0.0.1", port=8123, workers=2, threads=4)
    assert command[:5] == [sys.executable, "-m", "granian", "--interface", "wsgi"]
    assert command[command.index("--port") + 1] == "8123"
    assert command[-1] == "gongjiang.config.wsgi:application"
