"""A first filing from the call to the submission: every step by the law, every refusal with its article."""

from datetime import date

import pytest
from tests.factories import make_tree
from tests.filing_factories import gaps, make_application

pytestmark = pytest.mark.django_db


def test_smoke():
    tree = make_tree()
    application, manager = make_application(state="ready")
    assert gaps(application, date(2026, 3, 2)) == []
    application, manager = make_application()
    assert application.state == "submitted", tree
