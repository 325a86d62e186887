"""A body, its clerk and a batch whose certificates are issued."""

from dataclasses import dataclass

import pytest


@dataclass(frozen=True)
class World:
    tree: dict
    body: object
    clerk: object
    batch: object
    certificates: list


@pytest.fixture
def world(db):
    from tests.factories import make_actor, make_body, make_certificates, make_confirmed_batch, make_tree

    tree = make_tree()
    body = make_body(tree["changchun"])
    clerk = make_actor(body.organisation, "exam_clerk", "certificate_clerk")
    batch = make_confirmed_batch(body, clerk, passed=3, failed=2)
    certificates = make_certificates(batch, clerk)
    batch.refresh_from_db()
    return World(tree, body, clerk, batch, certificates)
