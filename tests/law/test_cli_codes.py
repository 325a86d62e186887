"""The commands of the calendar and the codes: JSON, words for people, exit codes, and no echo of identities."""

import argparse
import io
import json
from types import ModuleType

import pytest

from gongjiang.law import cli_credit_code, cli_deadline, cli_identity, cli_number


def call(command: ModuleType, *arguments: str) -> int:
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    return int(command.run(parser.parse_args(arguments)))


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch):
    """Put bytes on standard input."""

    def put(given: bytes) -> None:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(given), encoding="ascii"))

    return put


@pytest.mark.requirement("MRK-02")
@pytest.mark.parametrize(
    ("start", "days", "answer"),
    [
        ("2025-09-26", "5", {"last_day": "2025-10-10", "provisional": False, "notices": [2025]}),
        ("2026-12-28", "5", {"last_day": "2027-01-04", "provisional": True, "notices": [2026]}),
        ("2027-03-01", "1", {"last_day": "2027-03-02", "provisional": True, "notices": []}),
    ],
)
def test_deadline(capsys: pytest.CaptureFixture[str], start: str, days: str, answer: object) -> None:
    assert call(cli_deadline, start, days, "--json") == 0
    assert json.loads(capsys.readouterr().out) == answer


def test_deadline_shows_people_how_it_was_counted(capsys: pytest.CaptureFixture[str]) -> None:
    assert call(cli_deadline, "2026-06-18", "2") == 0
    assert capsys.readouterr().out.splitlines() == [
        "自 2026-06-18 起 2 个工作日，至 2026-06-23 24:00",
        "2026-06-18 周四       首日，不计",
        "2026-06-19 周五       放假 端午节",
        "2026-06-20 周六       放假 端午节",
        "2026-06-21 周日       放假 端午节",
        "2026-06-22 周一    1  工作日",
        "2026-06-23 周二    2  工作日",
    ]


def test_deadline_warns_people_of_an_estimate(capsys: pytest.CaptureFixture[str]) -> None:
    assert call(cli_deadline, "2026-12-31", "1") == 0
    assert "暂定" in capsys.readouterr().out.splitlines()[0]
    assert call(cli_deadline, "2026-12-31", "1", "--lang", "en") == 0
    assert "provisional" in capsys.readouterr().out.splitlines()[0]


@pytest.mark.parametrize(
    "arguments",
    [("2026-02-30", "5"), ("2026-06-15", "0"), ("2026-06-15", "-1"), ("2026-06-15", "x"), ("2026-06-15",)],
)
def test_deadline_misused(arguments: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as stopped:
        call(cli_deadline, *arguments)
    assert stopped.value.code == 2


@pytest.mark.requirement("CRT-01")
def test_number_of_a_level(capsys: pytest.CaptureFixture[str]) -> None:
    assert call(cli_number, "parse", "s000022000123243000045", "--json") == 0
    assert json.loads(capsys.readouterr().out) == {
        "valid": True,
        "kind": "level",
        "category": "S",
        "body": "0000",
        "province": "22",
        "site": "000123",
        "body_code": "S000022000123",
        "year": 2024,
        "level": "3",
        "sequence": "000045",
        "reasons": [],
    }


@pytest.mark.parametrize(
    ("text", "exit_code", "kind"),
    [
        ("YT00002200000125000001", 0, "special"),
        ("1210012003300017", 0, "legacy16"),
        ("RSNGN220101001243000", 1, "unknown"),
        ("J000022000001255000001", 1, "level"),
    ],
)
def test_number_of_other_forms(capsys: pytest.CaptureFixture[str], text: str, exit_code: int, kind: str) -> None:
    assert call(cli_number, "parse", text, "--json") == exit_code
    answer = json.loads(capsys.readouterr().out)
    assert (answer["kind"], answer["valid"], bool(answer["reasons"])) == (kind, not exit_code, bool(exit_code))


def test_number_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    assert call(cli_number, "parse", "Y000066000001256000001", "--lang", "en") == 1
    told = capsys.readouterr().out
    assert "✗ 66 is no province of GB/T 2260" in told
    assert "✗ level 6 isn't 1 to 5" in told
    assert call(cli_number, "parse", "Y000066000001255000001", "--allow-province", "66") == 0
    assert "  核发年份  2025" in capsys.readouterr().out.splitlines()


@pytest.mark.requirement("CNF-01")
def test_identity_answers_line_by_line_and_echoes_none(capsys: pytest.CaptureFixture[str], typed) -> None:
    numbers = ["11010519491231002x", "110101199001011234", "", "810000199408230021", "911124198108030024"]
    typed(("\ufeff" + "\r\n".join(numbers) + "\n\n").encode())
    assert call(cli_identity, "check", "--json") == 1
    out, err = capsys.readouterr()
    assert json.loads(out) == [
        {"valid": True, "kind": "resident", "reasons": []},
        {"valid": False, "kind": "resident", "reasons": ["末位校验位不符，请对照证件核对"]},
        {"valid": False, "kind": None, "reasons": ["没有证件号码"]},
        {"valid": True, "kind": "hmt", "reasons": []},
        {"valid": True, "kind": "foreign", "reasons": []},
    ]
    assert err == ""


@pytest.mark.requirement("CNF-01")
@pytest.mark.parametrize("flags", [(), ("--json",), ("--lang", "en")])
def test_identity_shows_no_part_of_what_it_read(
    capsys: pytest.CaptureFixture[str], typed, flags: tuple[str, ...]
) -> None:
    typed(b"229102199003077\xff77\n22910219900307\n1999AB9999999\n")
    assert call(cli_identity, "check", *flags) == 1
    told = "".join(capsys.readouterr())
    assert not any(part in told for part in ("2291", "1990", "0307", "AB99", "9999"))


def test_identity_of_valid_numbers_only(capsys: pytest.CaptureFixture[str], typed) -> None:
    typed(b"11010519491231002X\n")
    assert call(cli_identity, "check") == 0
    assert capsys.readouterr().out == "   1  有效  居民身份证\n"


def test_identity_is_checked_on_the_day_given(capsys: pytest.CaptureFixture[str], typed) -> None:
    typed(b"110101199001011237\n")
    assert call(cli_identity, "check", "--today", "1989-12-31") == 1
    assert "晚于今天" in capsys.readouterr().out


def test_identity_without_input_is_misuse(typed) -> None:
    typed(b" \n")
    assert call(cli_identity, "check") == 2


@pytest.mark.requirement("FIL-02")
def test_credit_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert call(cli_credit_code, "check", "91350100m000100y43", "--json") == 0
    assert json.loads(capsys.readouterr().out) == {"valid": True, "reasons": []}
    assert call(cli_credit_code, "check", "91350100M000100Y44", "--json", "--lang", "en") == 1
    assert json.loads(capsys.readouterr().out) == {
        "valid": False,
        "reasons": ["the check character should be 3"],
    }


def test_credit_code_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    assert call(cli_credit_code, "check", "91350100M000100Y4Z") == 1
    assert capsys.readouterr().out.splitlines() == [
        "91350100M000100Y4Z  无效",
        "  ✗ 含不允许的字符 Z（代码不用字母 I、O、S、V、Z）",
    ]


@pytest.mark.requirement("CNF-01")
@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("110101199001011237",),
        ("check", "110101199001011237"),
        ("check", "--json", "110101199001011237"),
    ],
)
def test_identity_misused_echoes_nothing(capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]) -> None:
    assert cli_identity.main(arguments) == 2
    out, err = capsys.readouterr()
    assert (out, "1101" in err) == ("", False)


def test_identity_with_a_number_for_a_day_echoes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli_identity.main(["check", "--today", "110101199001011237"])
    assert (stopped.value.code, "1101" in capsys.readouterr().err) == (2, False)


@pytest.mark.parametrize("command", [cli_number, cli_credit_code])
def test_a_command_without_its_verb_is_misuse(command: ModuleType) -> None:
    with pytest.raises(SystemExit) as stopped:
        call(command)
    assert stopped.value.code == 2
