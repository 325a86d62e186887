"""A lock on a row that is read with others names the row: PostgreSQL locks no nullable side of a join."""

import re

from tests.architecture.source import modules

UNNAMED = re.compile(
    r"select_for_update\(\)[^=\n]*\.select_related\(|select_related\([^)]*\)[^=\n]*\.select_for_update\(\)"
)


def test_a_lock_on_a_row_read_with_others_names_the_row() -> None:
    found = [str(module.path) for module in modules().values() if UNNAMED.search(module.path.read_text("utf-8"))]
    assert found == []
    assert UNNAMED.search('A.everything.select_for_update().select_related("b").get()')
