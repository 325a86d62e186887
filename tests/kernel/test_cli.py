"""The kernel's commands, run as a person runs them, in a database and folder of their own."""

import json
import os
import stat
import subprocess
import sys

import pytest

NOTICE = "date,name,kind\n" + "\n".join(f"2027-{day},样例,holiday" for day in ("01-01", "01-04", "05-01", "10-01"))


@pytest.fixture(scope="module")
def gongjiang(tmp_path_factory):
    folder = tmp_path_factory.mktemp("kernel-cli")

    def run(*arguments, mode="demo", **more):
        env = {**os.environ, "GONGJIANG_DATA_DIR": str(folder), "GONGJIANG_MODE": mode, **more}
        env |= {"PYTHONPATH": os.pathsep.join(sys.path), "DJANGO_SETTINGS_MODULE": "gongjiang.config.settings"}
        env.pop("GONGJIANG_DATABASE_URL", None)
        code = "import sys; from gongjiang.cli import main; sys.exit(main())"
        if arguments[0] == "migrate":
            code = "from django.core.management import execute_from_command_line as run; import sys; run(sys.argv)"
        command = [sys.executable, "-c", code, *arguments]
        return subprocess.run(command, env=env, cwd=folder, capture_output=True, text=True)

    run.folder = folder
    assert run("migrate", "-v", "0").returncode == 0
    return run


def test_a_notice_is_shown_loaded_and_recorded(gongjiang):
    assert gongjiang("calendar", "show", "2026").stdout.splitlines()[-1] == "2026: 248 working days"
    missing = gongjiang("calendar", "show", "2027")
    assert (missing.returncode, missing.stdout.split(":")[0]) == (1, "2027")
    file = gongjiang.folder / "2027.csv"
    file.write_text("date,name,kind\n2027-01-01,样例,holiday\n", encoding="utf-8")
    refused = gongjiang("calendar", "load", str(file), "--year", "2027", "--source", "样例通知")
    assert (refused.returncode, refused.stdout.count("✗")) == (1, 2)
    file.write_text(NOTICE, encoding="utf-8")
    loaded = gongjiang("calendar", "load", str(file), "--year", "2027", "--source", "样例通知")
    assert (loaded.returncode, loaded.stdout) == (0, "2027: loaded, 0 terms recomputed\n")
    assert gongjiang("calendar", "show", "2027").returncode == 0


def test_the_trail_is_signed_exported_and_verified(gongjiang):
    signed = gongjiang("audit", "checkpoint")
    assert (signed.returncode, signed.stdout.split()[3:5]) == (0, ["signed", "with"])
    export, points = gongjiang.folder / "audit.jsonl", gongjiang.folder / "points.json"
    assert gongjiang("audit", "export", str(export), "--checkpoints", str(points)).returncode == 0
    whole = json.loads(gongjiang("audit", "verify", "--json").stdout)
    assert (whole["whole"], whole["entries"], whole["rows"]) == (True, len(export.read_text().splitlines()), [])
    assert json.loads(points.read_text())["checkpoints"][0]["seq"] == whole["entries"]


def test_productions_keys_are_made_once_and_readable_by_the_owner_only(gongjiang):
    first = gongjiang("keys", "init", mode="production", GONGJIANG_SECRET_KEY="s" * 60)
    again = gongjiang("keys", "init", mode="production", GONGJIANG_SECRET_KEY="s" * 60)
    assert (first.returncode, len(first.stdout.splitlines()), again.stdout) == (0, 4, "Every key is there already.\n")
    files = sorted((gongjiang.folder / "keys").rglob("*.pem"))
    assert [stat.S_IMODE(file.stat().st_mode) for file in files] == [0o600] * 3
    listed = gongjiang("keys", "list", mode="production", GONGJIANG_SECRET_KEY="s" * 60).stdout.splitlines()
    assert [line.split()[0] for line in listed] == [file.stem for file in files]
    rotated = gongjiang("keys", "init", "--rotate", mode="production", GONGJIANG_SECRET_KEY="s" * 60)
    assert len(rotated.stdout.splitlines()) == 4
    demo = gongjiang("keys", "list").stdout.splitlines()
    assert [line.startswith("demo-") for line in demo] == [True] * 3


def test_an_unsafe_installation_does_no_work(gongjiang):
    refused = gongjiang("worker", "--once", mode="production", GONGJIANG_SECRET_KEY="s" * 60)
    assert refused.returncode == 1
    assert "FIELD_KEY" in refused.stderr
    assert gongjiang("worker", "--once").returncode == 0
