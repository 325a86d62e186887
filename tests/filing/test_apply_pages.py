"""The applicant's pages: open to it alone, saved section by section, without JavaScript."""

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories import make_body, make_tree
from tests.filing_factories import make_application, make_call

from gongjiang.accounts.models import User

pytestmark = pytest.mark.django_db


def client_of(actor) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=actor.user_id))
    return client


@pytest.mark.parametrize("state", ["draft", "ready", "submitted"])
@pytest.mark.parametrize("kind", ["first", "addition", "amendment", "renewal", "termination"])
def test_every_kind_has_its_page(kind, state):
    tree = make_tree()
    body = None if kind == "first" else make_body(tree["changchun"])
    if kind == "addition" and state != "draft":
        application, manager = make_application(kind=kind, state=state, body=body, cells=(("6-18-02-04", "4"),))
    else:
        application, manager = make_application(kind=kind, state=state, body=body)
    client = client_of(manager)
    page = client.get(reverse("own-application", args=[application.pk]))
    assert page.status_code == 200
    assert application.number in page.content.decode()
    assert client.get(reverse("filing")).status_code == 200
    assert client.get(reverse("application-new")).status_code == 200


def test_public_pages_of_calls():
    tree = make_tree()
    call = make_call(tree["changchun"])
    client = Client()
    assert call.number in client.get(reverse("calls")).content.decode()
    assert call.title in client.get(reverse("call", args=[call.number])).content.decode()
    assert client.get(reverse("call-pdf", args=[call.number]))["Content-Type"] == "application/pdf"
    assert client.get(reverse("filing-register")).status_code == 200
