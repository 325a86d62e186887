"""``gongjiang law``: what it prints and how it exits."""

import json
import subprocess
import sys

import pytest

from gongjiang import cli


def run(capsys: pytest.CaptureFixture[str], *argv: str) -> tuple[int, str, str]:
    code = cli.main(argv)
    out, err = capsys.readouterr()
    return code, out, err


def test_an_answer_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("law", "ask", "RESULT_NOTICE_WORKING_DAYS", "--place", "22", "--day", "2025-09-01", "--json")
    code, out, _ = run(capsys, *asked)

    assert code == 0
    assert json.loads(out) == {"value": 5, "cites": ["JL-2024-5§25"], "place": "22", "day": "2025-09-01"}


def test_an_answer_by_kind(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("law", "ask", "levels-by-body-kind", "--place", "1409", "--day", "2025-09-01", "--kind", "college")
    code, out, _ = run(capsys, *asked, "--json")

    assert code == 0
    assert json.loads(out) == {
        "value": ["5", "4", "3", "2", "1"],
        "cites": ["XZ-2024-2§8"],
        "place": "1409",
        "day": "2025-09-01",
        "kind": "college",
    }


def test_an_answer_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "law", "ask", "成绩公示工作日数", "--place", "2201", "--day", "2025-09-01")

    assert code == 0
    assert out.splitlines()[:3] == [
        "成绩公示工作日数：不少于5个工作日",
        "长春市，公示开始日 2025-09-01（RESULT_NOTICE_WORKING_DAYS）",
        "依据：吉人社规〔2024〕5号 第25条（JL-2024-5§25）",
    ]
    assert "    第二十五条 评价机构应按阅卷评分的有关规定" in out


def test_silence_exits_3(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("law", "ask", "RESULT_NOTICE_WORKING_DAYS", "--place", "00", "--day", "2025-09-01")
    code, out, _ = run(capsys, *asked)
    json_code, json_out, _ = run(capsys, *asked, "--json")

    assert (code, json_code) == (3, 3)
    assert out == "没有文件答复：成绩公示工作日数，全国，2025-09-01。\n"
    assert json.loads(json_out)["value"] is None


@pytest.mark.parametrize(
    ("argv", "why"),
    [
        (("law", "ask", "RESULT_NOTICE", "--place", "22", "--day", "2025-09-01"), "RESULT_NOTICE_WORKING_DAYS"),
        (("law", "ask", "FILING_TERM_YEARS", "--place", "99", "--day", "2025-09-01"), "no place has the code"),
        (("law", "ask", "FILING_TERM_YEARS", "--place", "22", "--day", "2025-13-01"), "not a day"),
        (("law", "ask", "SERVICE_SCOPE", "--place", "22", "--day", "2025-09-01"), "employer, college, social"),
        (("law", "ask", "FILING_TERM_YEARS", "--place", "22"), "--day"),
        (("law",), "ask|list"),
        (("nothing",), "invalid choice"),
        ((), "COMMAND"),
    ],
)
def test_misuse_exits_2_and_says_why(capsys: pytest.CaptureFixture[str], argv: tuple[str, ...], why: str) -> None:
    code, out, err = run(capsys, *argv)

    assert (code, out) == (2, "")
    assert why in err


def test_list_tells_every_question(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "law", "list", "--json")
    listed = {each["name"]: each for each in json.loads(out)}

    assert code == 0
    assert listed["FILING_TERM_YEARS"]["asked_on"] == "备案通知日"
    assert listed["FILING_TERM_YEARS"]["answers"] == [
        {
            "value": 3,
            "kind": None,
            "place": "22",
            "since": "2025-07-01",
            "until": None,
            "cites": ["JL-2025-1§7(5)"],
        }
    ]


def test_list_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "law", "list")

    assert code == 0
    assert "    吉林省 2025-07-01 起  3年  JL-2025-1§7(5)" in out.splitlines()


def test_the_law_needs_no_django() -> None:
    script = (
        "import sys; from gongjiang.cli import main; code = main(['law', 'list', '--json']);"
        "sys.exit(code or ('django' in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False)

    assert done.returncode == 0, done.stderr.decode()


def test_a_command_that_is_not_installed_is_not_listed(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cli, "COMMANDS", (*cli.COMMANDS[:1], ("ghost", "gongjiang.ghosts.cli_ghost", "never")))

    code, out, _ = run(capsys, "--help")

    assert code == 0
    assert "law" in out
    assert "ghost" not in out
