import io

import pytest
from tests.factories import make_actor, make_body, make_noticed_batch, make_tree

from gongjiang.kernel.sheets.write import write_table


@pytest.fixture
def tree():
    return make_tree()


@pytest.fixture
def body(tree):
    return make_body(tree["changchun"])


@pytest.fixture
def staff(body):
    """One actor per role of the body."""
    roles = ("exam_clerk", "scorer", "body_manager", "assessor", "certificate_clerk")
    return {role: make_actor(body.organisation, role) for role in roles}


@pytest.fixture
def noticed(body):
    return make_noticed_batch(body)


@pytest.fixture
def sheet_of():
    """Make a sheet of scores from rows, as a file with a name."""

    def made(rows):
        out = io.BytesIO()
        write_table(out, ("证件号码", "姓名", "科目", "成绩", "评分人"), rows)
        out.name = "scores.xlsx"
        out.seek(0)
        return out

    return made
