"""Refusals at the edge: what the client sees, and what stays in the trail when the view's writes are undone."""

import json
from datetime import datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.http import Http404
from django.test import RequestFactory

from gongjiang.kernel import audit, middleware
from gongjiang.kernel.actor import PUBLIC, Actor
from gongjiang.kernel.http import client_address
from gongjiang.kernel.models import AuditEntry, Counter, HolidayNotice
from gongjiang.kernel.refusal import Ground, NotAllowed, Refused

pytestmark = pytest.mark.django_db
AT = datetime(2026, 6, 15, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
CLERK = Actor(kind="staff", user_id=7, name="丁卯春", roles=frozenset({"exam_clerk"}), path="/1/4/")


def ask(view, *, actor=CLERK, accept="text/html", kwargs=None, htmx=False):
    request = RequestFactory().post("/x/", headers={"accept": accept})
    request.actor, request.htmx = actor, htmx
    request.resolver_match = SimpleNamespace(view_name="planning:batch", kwargs=kwargs or {})
    edge = middleware.RefusalMiddleware(view)
    try:
        return edge(request)
    except Exception as exception:
        return edge.process_exception(request, exception)


def refusing_view(request):
    with transaction.atomic():
        notice = HolidayNotice.objects.create(year=2027, days_off=[], make_up=[], source="样例", loaded_at=AT)
        audit.record(actor=CLERK, action="calendar.load", subject=notice, at=AT)
        raise Refused("Issue", [Ground("丁卯春 has no score", "Enter it", code="score-missing")])


def test_the_views_writes_are_undone_and_only_the_refusal_stays():
    response = ask(refusing_view, accept="application/json")
    assert response.status_code == 409
    assert json.loads(response.content) == {
        "refused": True,
        "asked": "Issue",
        "grounds": [
            {"why": "丁卯春 has no score", "way_on": "Enter it", "cites": [], "url": "", "code": "score-missing"}
        ],
    }
    assert HolidayNotice.objects.count() == 0
    entry = AuditEntry.objects.get()
    assert (entry.seq, entry.action, entry.outcome, entry.actor_id) == (1, "request.planning:batch", "refused", 7)
    assert entry.facts == {"codes": ["score-missing"], "status": 409}
    assert "丁卯春" not in json.dumps(audit.content(entry), ensure_ascii=False)


def test_a_refused_entry_names_the_act_and_the_record_but_not_the_state_that_was_undone():
    counter = Counter.objects.create(name="样例", last=3)

    def view(request):
        with transaction.atomic():
            counter.last = 9
            counter.save()
            raise NotAllowed("Take", [Ground("no", "ask")], subject=counter, action="counter.take")

    assert ask(view, accept="application/json").status_code == 403
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.subject_kind, entry.subject_id) == ("counter.take", "kernel.counter", "样例")
    assert entry.state_hash == ""


@pytest.mark.parametrize("htmx", [False, True])
def test_a_page_says_what_was_asked_why_not_and_the_way_on(htmx):
    page = ask(refusing_view, htmx=htmx).content.decode()
    for words in ("Issue", "丁卯春 has no score", "Enter it"):
        assert words in page
    assert ("<html" in page) is not htmx


@pytest.mark.requirement("GOV-01")
def test_a_foreign_record_is_404_and_the_try_is_recorded_without_personal_data():
    def view(request, pk):
        raise Http404

    assert ask(lambda request: view(request, 41), kwargs={"pk": 41, "name": "丁卯春"}) is None
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.outcome) == ("scope.not_found", "refused")
    assert entry.facts == {"url": "planning:batch", "pk": 41}


def test_a_stranger_writes_nothing_to_the_trail():
    def missing(request):
        raise Http404

    ask(missing, actor=PUBLIC, kwargs={"pk": 41})
    ask(refusing_view, actor=PUBLIC, accept="application/json")
    assert AuditEntry.objects.count() == 0


def test_other_exceptions_pass():
    def broken(request):
        raise ZeroDivisionError

    assert ask(broken) is None


@pytest.mark.parametrize(
    ("proxies", "peer", "forwarded", "expected"),
    [
        ([], "203.0.113.5", "198.51.100.1", "203.0.113.5"),
        (["10.0.0.0/8"], "10.0.0.2", "198.51.100.1", "198.51.100.1"),
        (["10.0.0.0/8"], "10.0.0.2", "1.2.3.4, 198.51.100.1, 10.0.0.9", "198.51.100.1"),
        (["10.0.0.0/8"], "203.0.113.5", "198.51.100.1", "203.0.113.5"),
        (["10.0.0.0/8"], "10.0.0.2", "junk", "10.0.0.2"),
        (["10.0.0.0/8"], "10.0.0.2", "", "10.0.0.2"),
    ],
)
def test_a_forwarded_address_counts_only_behind_a_trusted_proxy(settings, proxies, peer, forwarded, expected):
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR=peer, HTTP_X_FORWARDED_FOR=forwarded)
    assert client_address(request) == expected
