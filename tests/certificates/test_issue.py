"""Numbers and papers: who gets one, when, and what stands against it."""

from datetime import date, timedelta

import pytest
from django.db import connection
from pypdf import PdfReader
from tests.factories import (
    at,
    make_actor,
    make_body,
    make_candidate,
    make_catalogue,
    make_certificates,
    make_confirmed_batch,
    make_tree,
    make_user,
)

from gongjiang.certificates import actions, queries
from gongjiang.certificates.models import Certificate, CertificateCopy, NumberCounter

ISSUE = "2026-06-15 10:00"


@pytest.fixture
def world(db):
    tree = make_tree()
    body = make_body(tree["changchun"])
    clerk = make_actor(body.organisation, "exam_clerk", "certificate_clerk", "body_manager")
    return tree, body, clerk


def test_smoke(world):
    tree, body, clerk = world
    batch = make_confirmed_batch(body, clerk, passed=3, failed=2)
    found = actions.number_certificates(actor=clerk, at=at(ISSUE), batch=batch, key="k1")
    assert [c.number for c in found] == [f"S00002299901726400000{n}" for n in (1, 2, 3)]
    assert batch.state == "issued"
    assert actions.make_papers(actor=clerk, at=at(ISSUE), batch=batch) == 3
    from gongjiang.certificates import signing
    from gongjiang.certificates.offline import verify
    from gongjiang.kernel import files

    for c in CertificateCopy.objects.all():
        pdf = files.read(c.file)
        print(len(pdf), verify(pdf, keys=signing.key_set(), register=queries.Register(at(ISSUE))))
