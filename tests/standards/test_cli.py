"""``gongjiang catalogue``: imports, exports, differences and what doesn't join, from the command line."""

import pytest

from gongjiang.cli import main

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("CAT-01")]


@pytest.fixture(autouse=True)
def started(monkeypatch):
    """The tests' own database is set up already."""
    monkeypatch.setattr("gongjiang.standards.cli_catalogue.start", lambda **_told: None)


def test_imports_or_tells_every_problem(tmp_path, capsys):
    bad, good = tmp_path / "bad.csv", tmp_path / "good.csv"
    bad.write_text("职业编码,职业名称\n6-31,电工\n,车工\n", encoding="utf-8")
    good.write_text("职业编码,职业名称\n6-31-01-03,电工\n", encoding="utf-8")
    told = ["catalogue", "import", "--edition", "2015", "--source", "2015年版大典"]

    assert main([*told, str(bad)]) == 1
    assert capsys.readouterr().out.endswith("2 problems; nothing was saved\n")
    assert main([*told, str(good)]) == 0
    assert capsys.readouterr().out == "1 added, 0 changed, 0 the same\n"
    assert main([*told, str(tmp_path / "none.csv")]) == 2
    assert main(["catalogue", "import", "--edition", "1950", "--source", "2015年版大典", str(good)]) == 1


def test_exports_what_it_imports(tmp_path, capsys):
    out = tmp_path / "2022.csv"

    assert main(["catalogue", "export", "2022", str(out)]) == 0
    again = ["catalogue", "import", str(out), "--edition", "2022", "--source", "2022年版大典", "--place", "22"]
    assert main(again) == 0
    assert capsys.readouterr().out == "0 added, 0 changed, 1120 the same\n"
    assert main(["catalogue", "export", "1999", str(out)]) == 1


def test_tells_differences_and_unjoined_rows(capsys):
    assert main(["catalogue", "diff", "2015", "2022"]) == 0
    assert "renamed: 4-14-02-01 公共营养师 → 4-14-02-01 营养师\n" in capsys.readouterr().out
    assert main(["catalogue", "unjoined"]) == 0
    told = capsys.readouterr().out
    assert "class: 2-02-10-09 人工智能工程技术人员 2021\n" in told
    assert sum(int(each.split()[0]) for each in told.splitlines()[-1].split(", ")) == 235
