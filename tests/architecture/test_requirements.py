"""The obligations of docs/requirements.csv against the tests that carry their ids."""

import ast

from scripts import requirements_coverage as coverage


def ids() -> set[str]:
    """Return every id of the list."""
    return {row["id"] for row in coverage.obligations()}


def test_markers_name_obligations_that_exist() -> None:
    assert {each: tests for each, tests in coverage.marked_tests().items() if each not in ids()} == {}


def test_what_is_called_met_exists_and_is_tested() -> None:
    assert sorted(coverage.met() - ids()) == []
    assert sorted(coverage.met() - set(coverage.marked_tests())) == []


def test_every_id_stands_once() -> None:
    listed = [row["id"] for row in coverage.obligations()]
    assert len(listed) == len(set(listed)) > 80


def test_the_table_has_a_row_for_each_obligation(capsys: object) -> None:
    text = coverage.table()
    print(text)
    assert [row["id"] for row in coverage.obligations() if f"| {row['id']} |" not in text] == []


def test_the_search_reads_decorators() -> None:
    tree = ast.parse('@pytest.mark.requirement("FIL-06", "FIL-07")\n@mark.requirement(x)\ndef test(): ...')
    assert coverage.marked_ids(tree) == ["FIL-06", "FIL-07"]
