"""The pages of scores, results, notices and objections, as each role gets them."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories import at, make_body, make_marking_batch, make_scored_batch, make_user

from gongjiang.accounts.models import User
from gongjiang.accounts.queries import actor_for
from gongjiang.kernel import clock
from gongjiang.kernel.models import AuditEntry, Objection
from gongjiang.results import actions, queries
from gongjiang.results.models import Score, ScoreSheet

pytestmark = pytest.mark.django_db


@pytest.fixture
def now(monkeypatch):
    """Set what time it is for the pages."""
    state = {"now": at("2026-06-16 10:00")}
    monkeypatch.setattr(clock, "now", lambda: state["now"])
    return lambda text: state.update(now=at(text))


@pytest.fixture
def browser(body, settings):
    """A client signed in with roles of the body."""
    settings.DEMO = True

    def signed_in(*roles, organisation=None, user=None):
        client = Client()
        client.force_login(user or make_user(organisation or body.organisation, *roles))
        return client

    return signed_in


@pytest.fixture
def candidate_user(tree, noticed):
    result = queries.results_in(noticed).get(enrolment__scores__value="58.5")
    user = make_user(tree["province"])
    user.person_key = result.enrolment.candidate.person_key
    user.save()
    return user, result


def page(client, name, *args, **more):
    return client.get(reverse(name, args=args), **more)


def test_scores_are_entered_by_hand(body, browser, now):
    now("2026-06-05 10:00")
    batch = make_marking_batch(body, candidates=3)
    one, two, three = queries.examinees(batch).order_by("pk")
    client = browser("scorer")
    assert page(client, "score-entry", batch.pk, "theory").status_code == 200

    form = {"key": "k", f"score-{one.pk}": "78.5", f"score-{two.pk}": "", f"score-{three.pk}": "abc"}
    answer = client.post(reverse("score-entry", args=[batch.pk, "theory"]), form)
    assert answer.status_code == 409
    assert b'value="abc"' in answer.content
    assert b'value="78.5"' in answer.content
    assert Score.objects.count() == 0
    assert AuditEntry.objects.get(outcome="refused").facts["codes"] == ["out-of-range"]

    form[f"score-{three.pk}"] = "60"
    answer = client.post(reverse("score-entry", args=[batch.pk, "theory"]), form)
    assert (answer.status_code, answer["Location"]) == (302, reverse("batch-scores", args=[batch.pk]))
    assert sorted(Score.objects.values_list("enrolment", "value")) == [
        (one.pk, Decimal("78.50")),
        (three.pk, Decimal("60.00")),
    ]


def test_a_second_person_compares_and_confirms(body, browser, now):
    now("2026-06-05 10:00")
    batch = make_marking_batch(body, candidates=1)
    first = make_user(body.organisation, "scorer")
    rows = [actions.ScoreRow(queries.examinees(batch).get(), Decimal(70))]
    sheet = actions.enter_scores(
        actor=actor_for(first, on=date(2026, 6, 5)),
        at=at("2026-06-05"),
        batch=batch,
        part="theory",
        scores=rows,
        key="k",
    )
    own = page(browser(user=first), "score-sheet", sheet.pk)
    assert "same-person" in [ground.code for ground in own.context["grounds"]]

    client = browser("scorer")
    assert page(client, "score-sheet", sheet.pk).context["grounds"] == []
    assert client.post(reverse("score-sheet-confirm", args=[sheet.pk])).status_code == 302
    assert ScoreSheet.everything.get().confirmed_at == at("2026-06-05 10:00")


def test_a_bad_file_is_shown_row_by_row(body, browser, now, sheet_of):
    now("2026-06-05 10:00")
    batch = make_marking_batch(body, candidates=1)
    one = queries.examinees(batch).get()
    content = sheet_of([(one.candidate.identity, one.name, "理论", "101", "")])
    client = browser("scorer")

    answer = client.post(reverse("score-import", args=[batch.pk]), {"key": "k", "file": content})
    assert answer.status_code == 409
    assert [row.number for row in answer.context["bad"]] == [2]
    assert one.candidate.identity not in answer.content.decode()
    content.seek(0)
    report = client.post(reverse("score-import", args=[batch.pk]), {"key": "k", "file": content, "report": "1"})
    assert report.content[:2] == b"PK"
    assert page(client, "score-template", batch.pk).content[:2] == b"PK"


def test_the_public_sees_masked_names_while_the_notice_runs(noticed, now):
    notice = queries.public_notices().get()
    people = list(queries.examinees(noticed))
    for name, args in (("notices", ()), ("notice", (notice.pk,))):
        text = page(Client(), name, *args).content.decode()
        assert [each.name for each in people if each.name in text] == []
        assert [each for each in people if each.candidate.identity in text] == []
    assert all(f"{each.name[0]}*{each.name[2]}" in text for each in people)
    assert all(each.candidate.identity_masked in text for each in people)
    assert page(Client(), "notice-pdf", notice.pk).content.startswith(b"%PDF")

    now("2026-06-24 00:00")
    text = page(Client(), "notice", notice.pk).content.decode()
    assert [each for each in people if each.candidate.identity_masked in text] == []
    assert page(Client(), "notice-pdf", notice.pk).status_code == 404


def test_a_candidate_objects_online_and_sees_the_reply(noticed, browser, now, candidate_user):
    user, result = candidate_user
    client = browser(user=user)
    shown = page(client, "result", result.pk)
    assert (shown.status_code, shown.context["objects"], shown.context["history"]) == (200, True, [])

    form = {"key": "o1", "text": "接线图第 3 处我画对了。"}
    client.post(reverse("result-object", args=[result.pk]), form)
    client.post(reverse("result-object", args=[result.pk]), form)
    objection = Objection.objects.get()
    manager = browser("body_manager")
    now("2026-06-22 09:00")
    assert page(manager, "objection", objection.pk).context["grounds"] == []
    answer = manager.post(
        reverse("objection-reply", args=[objection.pk]),
        {"text": "复核后改正。", "upheld": "yes", "score_practical": "66"},
    )
    assert answer.status_code == 302
    shown = page(client, "result", result.pk)
    assert "复核后改正。" in shown.content.decode()
    assert shown.context["result"].outcome == "passed"
    assert shown.context["due"].last_day == date(2026, 6, 29)


def test_a_candidate_finds_no_other_result(noticed, browser, candidate_user):
    user, own = candidate_user
    other = queries.results_in(noticed).exclude(pk=own.pk)[0]

    assert page(browser(user=user), "result", other.pk).status_code == 404
    assert page(browser(user=user), "batch-results", noticed.pk).status_code == 403


def test_another_bodys_people_get_404(tree, noticed, browser, candidate_user, staff):
    other = make_body(tree["jilin_city"], code="S000022999051", credit_code="91440300708461136T", name="别家（样例）")
    _user, result = candidate_user
    objection = actions.object_to_result(
        actor=staff["exam_clerk"], at=at("2026-06-16"), result=result, text="漏评", key="o"
    )
    client = browser("body_manager", "exam_clerk", "scorer", organisation=other.organisation)
    sheet = ScoreSheet.everything.first()

    for name, args in (
        ("batch-scores", (noticed.pk,)),
        ("score-entry", (noticed.pk, "theory")),
        ("batch-results", (noticed.pk,)),
        ("results-post", (noticed.pk,)),
        ("result", (result.pk,)),
        ("score-sheet", (sheet.pk,)),
        ("objection", (objection.pk,)),
    ):
        assert page(client, name, *args).status_code == 404, name
    assert client.post(reverse("results-confirm", args=[noticed.pk])).status_code == 404


def test_confirming_too_early_is_a_refusal_with_its_way_on(noticed, browser, now):
    answer = browser("body_manager").post(reverse("results-confirm", args=[noticed.pk]))

    assert answer.status_code == 409
    assert "2026-06-24 00:00" in answer.content.decode()
    assert AuditEntry.objects.get(outcome="refused").facts["codes"] == ["notice-running"]


def test_posting_shows_its_days_before(body, browser, now):
    now("2026-06-15 16:30")
    batch = make_scored_batch(body)
    client = browser("exam_clerk")
    shown = page(client, "results-post", batch.pk)
    assert (shown.context["due"].last_day, shown.context["grounds"]) == (date(2026, 6, 23), [])

    assert client.post(reverse("results-post", args=[batch.pk])).status_code == 302
    batch.refresh_from_db()
    assert batch.state == "on_notice"
    shown = page(client, "batch", batch.pk)
    assert shown.status_code == 200
    assert "2026-06-23" in shown.content.decode()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_opens_in_both_languages(noticed, browser, candidate_user, staff, now, language):
    _user, result = candidate_user
    objection = actions.object_to_result(
        actor=staff["exam_clerk"], at=at("2026-06-16"), result=result, text="漏评", key="o"
    )
    client = browser("body_manager", "exam_clerk", "scorer")
    client.cookies["django_language"] = language
    for name, args in (
        ("batch", (noticed.pk,)),
        ("batch-scores", (noticed.pk,)),
        ("score-import", (noticed.pk,)),
        ("batch-results", (noticed.pk,)),
        ("result", (result.pk,)),
        ("score-sheet", (ScoreSheet.everything.first().pk,)),
        ("objection-list", ()),
        ("objection", (objection.pk,)),
        ("notices", ()),
        ("notice", (objection.notice_id,)),
    ):
        answer = page(client, name, *args)
        assert answer.status_code == 200, name
        assert f'lang="{language}"' in answer.content.decode().lower()


def test_lists_ask_as_much_for_three_rows_as_for_one(body, browser, staff, now):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from tests.factories import make_noticed_batch

    def count(url, client):
        client.get(url)
        with CaptureQueriesContext(connection) as found:
            assert client.get(url).status_code == 200
        return len(found)

    client = browser("exam_clerk", "body_manager", "scorer")
    batch = make_noticed_batch(body, theory=(60,), practical=(50,))
    result = queries.results_in(batch).get()
    actions.object_to_result(actor=staff["exam_clerk"], at=at("2026-06-16"), result=result, text="a", key="o0")
    lists = [reverse(name) for name in ("notices", "objection-list")]
    before = [count(url, client) for url in lists]
    for n in (1, 2):
        more = make_noticed_batch(body, theory=(60,), practical=(50,))
        result = queries.results_in(more).get()
        actions.object_to_result(actor=staff["exam_clerk"], at=at("2026-06-16"), result=result, text="a", key=f"o{n}")
    assert [count(url, client) for url in lists] == before

    small, large = make_noticed_batch(body, theory=(60,), practical=(60,)), batch
    large = make_noticed_batch(body, theory=(60, 61, 62), practical=(60, 61, 62))
    for name in ("batch-results", "batch-scores"):
        one, three = (count(reverse(name, args=[each.pk]), client) for each in (small, large))
        assert one == three, name
    one, three = (count(reverse("notice", args=[queries.notices_in(each).get().pk]), client) for each in (small, large))
    assert one == three


def test_the_queue_says_who_is_to_do_what(body, noticed, staff, candidate_user):
    from gongjiang.kernel.queue import items_for

    _user, result = candidate_user
    objection = actions.object_to_result(
        actor=staff["exam_clerk"], at=at("2026-06-16"), result=result, text="漏评", key="o"
    )
    keys = [item.key for item in items_for(staff["exam_clerk"], date(2026, 6, 17))]
    assert f"objection:{objection.pk}" in keys
    assert f"confirm:{noticed.pk}" not in keys
    assert f"confirm:{noticed.pk}" in [item.key for item in items_for(staff["exam_clerk"], date(2026, 6, 24))]
    chosen = User.objects.get(pk=staff["assessor"].user_id)
    actions.assign_reply(actor=staff["exam_clerk"], at=at("2026-06-17"), objection=objection, user=chosen)
    due = [item for item in items_for(staff["assessor"], date(2026, 6, 17)) if item.key == f"objection:{objection.pk}"]
    assert [item.deadline for item in due] == [date(2026, 6, 24)]


@pytest.mark.requirement("MRK-03")
def test_an_overdue_reply_escalates_to_the_authority(tree, noticed, staff, candidate_user):
    from tests.factories import make_actor

    from gongjiang.kernel.queue import items_for

    _user, result = candidate_user
    objection = actions.object_to_result(
        actor=staff["exam_clerk"], at=at("2026-06-16"), result=result, text="漏评", key="o"
    )
    city = make_actor(tree["changchun"], "city_officer")
    elsewhere = make_actor(tree["jilin_city"], "city_officer")
    late = f"late:{objection.pk}"
    assert late not in [item.key for item in items_for(city, date(2026, 6, 24))]
    assert late in [item.key for item in items_for(city, date(2026, 6, 25))]
    assert late not in [item.key for item in items_for(elsewhere, date(2026, 6, 25))]


def test_the_pilots_centre_reviews_on_its_pages(tree, browser, now):
    now("2026-06-13 10:00")
    body = make_body(
        tree["changchun"],
        kind="employer",
        regime="22-2019",
        code="Y000022999052",
        credit_code="91440300708461136T",
        name="样例厂（样例）",
    )
    batch = make_scored_batch(body)
    clerk, centre = browser("exam_clerk", organisation=body.organisation), make_user(tree["centre"], "centre_officer")
    officer = browser(user=centre)

    assert clerk.post(reverse("results-submit", args=[batch.pk])).status_code == 302
    assert page(officer, "batch-results", batch.pk).status_code == 200
    assert page(officer, "results-return", batch.pk).status_code == 200
    assert clerk.post(reverse("results-approve", args=[batch.pk])).status_code == 403
    assert officer.post(reverse("results-approve", args=[batch.pk])).status_code == 302
    batch.refresh_from_db()
    assert (batch.state, batch.results_approved_on) == ("scored", date(2026, 6, 13))


def test_the_reply_is_assigned_on_the_page_to_those_only_who_may(body, noticed, browser, now, candidate_user, staff):
    _user, result = candidate_user
    objection = actions.object_to_result(
        actor=staff["exam_clerk"], at=at("2026-06-16"), result=result, text="漏评", key="o"
    )
    clerk = browser("exam_clerk")
    offered = set(page(clerk, "objection", objection.pk).context["assign"].fields["user"].queryset)
    behind = set(User.objects.filter(pk__in=queries.people_behind(result)))
    assert offered & behind == set()
    assert staff["assessor"].user_id in {user.pk for user in offered}

    url = reverse("objection-assign", args=[objection.pk])
    clerk.post(url, {"user": behind.pop().pk})
    objection.refresh_from_db()
    assert objection.assigned_to_id is None
    clerk.post(url, {"user": staff["assessor"].user_id})
    objection.refresh_from_db()
    assert objection.assigned_to_id == staff["assessor"].user_id


def test_a_bad_new_score_is_shown_and_nothing_is_replied(noticed, browser, now, candidate_user, staff):
    _user, result = candidate_user
    objection = actions.object_to_result(
        actor=staff["exam_clerk"], at=at("2026-06-16"), result=result, text="漏评", key="o"
    )
    answer = browser("body_manager").post(
        reverse("objection-reply", args=[objection.pk]), {"text": "改正。", "upheld": "yes", "score_practical": "101"}
    )
    objection.refresh_from_db()
    assert (answer.status_code, objection.replied_at) == (409, None)
    assert "101" in str(answer.context["form"].non_field_errors())


def test_the_views_are_open_to_the_roles_of_the_table():
    from tests.architecture.test_urls import table

    from gongjiang.results.urls import urlpatterns

    agreed = {pattern.name: getattr(pattern.callback, "required_roles", "public") for pattern in urlpatterns}
    told = {name: who if isinstance(who, str) else frozenset(who) for name, who in table().items() if name in agreed}
    assert agreed == told
