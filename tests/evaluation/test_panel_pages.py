"""The pages of experts, officers and the applicant; and that no page shows a mark before all sheets are opened."""

from decimal import Decimal
from io import BytesIO

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from PIL import Image
from tests.evaluation.panels import (
    agree,
    arrive_all,
    full_marks,
    make_begun,
    make_opened,
    panel_of,
    write,
    write_and_seal,
)
from tests.evaluation_factories import ELECTRICIAN, expert_actor, make_officer
from tests.factories import at, make_body, make_tree, make_user

from gongjiang.evaluation import actions, materials
from gongjiang.evaluation.models import Evaluation, Mark, Photo, Rectification, Sheet
from gongjiang.kernel import clock, files
from gongjiang.kernel.models import AuditEntry
from gongjiang.kernel.queue import items_for

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("FIL-05")]
# Pages near an evaluation; and what nobody but its writer may read, told in one sheet only.
NEAR = ("evaluation", "draw", "public-draw", "expert", "panelist", "criteria", "home", "inbox", "search", "audit")
SECRET = {"points": "90.7", "reason": "密 2 号机位", "opinion": "密 题量不足"}


@pytest.fixture(autouse=True)
def now(monkeypatch, settings):
    settings.DEMO = True
    state = {"now": at("2026-05-20 15:00")}
    monkeypatch.setattr(clock, "now", lambda: state["now"])
    return lambda text: state.update(now=at(text))


@pytest.fixture
def tree(db):
    return make_tree()


@pytest.fixture
def officer(tree):
    return make_officer(tree["province"])


def client_of(user) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


def jpeg() -> bytes:
    out = BytesIO()
    Image.new("RGB", (64, 48), "grey").save(out, format="JPEG")
    return out.getvalue()


def at_site(tree, officer) -> Evaluation:
    evaluation = make_begun(tree["province"], officer=officer, stages=["technical"])
    arrive_all(evaluation)
    return evaluation


def form_of(evaluation, **changes) -> dict[str, str]:
    """Return a whole technical sheet as a page sends it."""
    told = {"version": "0", "key": "form-1", "opinion": "具备条件"}
    for mark in full_marks(evaluation, "technical"):
        if mark.points is None:
            told[f"met-{mark.code}"] = "no"
        else:
            told[f"points-{mark.code}"] = str(mark.points)
        told[f"reason-{mark.code}"] = ""
    return {**told, **changes}


def test_a_sheet_is_a_plain_form_saved_checked_and_sealed(tree, officer):
    evaluation = at_site(tree, officer)
    one = panel_of(evaluation)[0]
    client = client_of(one.expert.user)
    url = reverse("evaluation-sheet", args=[evaluation.pk, "technical"])
    assert client.get(url).status_code == 200
    answer = client.post(url, form_of(evaluation, **{"points-1.1": "3.5", "reason-1.1": "职责不清"}))
    assert (answer.status_code, answer["Location"]) == (302, url)
    page = client.get(url).content.decode()
    assert 'value="3.5"' in page
    assert "职责不清" in page
    sealing = reverse("evaluation-seal", args=[evaluation.pk, "technical"])
    assert "99.5" in client.get(sealing).content.decode()
    answer = client.post(sealing, {"version": "1"})
    assert answer["Location"] == reverse("evaluation-place", args=[evaluation.pk])
    assert Sheet.objects.get().sealed_at == at("2026-05-20 15:00")
    page = client.get(answer["Location"]).content.decode()
    assert f'data-forget="{one.expert.user_id}.{evaluation.pk}.technical"' in page


def test_what_is_no_number_is_shown_again_with_the_reason(tree, officer):
    evaluation = at_site(tree, officer)
    client = client_of(panel_of(evaluation)[0].expert.user)
    url = reverse("evaluation-sheet", args=[evaluation.pk, "technical"])
    answer = client.post(url, form_of(evaluation, **{"points-1.1": "drei", "points-1.2": "99"}))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert 'value="drei"' in page
    assert 'value="99"' in page
    assert Mark.objects.count() == 0


def test_a_second_page_shows_both_and_keeps_the_one_saved_again(tree, officer):
    evaluation = at_site(tree, officer)
    one = panel_of(evaluation)[0]
    client = client_of(one.expert.user)
    url = reverse("evaluation-sheet", args=[evaluation.pk, "technical"])
    client.post(url, form_of(evaluation, key="tablet", **{"points-1.1": "1.5", "reason-1.1": "平板所写"}))
    answer = client.post(url, form_of(evaluation, key="phone", **{"points-1.1": "2.5", "reason-1.1": "手机所写"}))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert 'value="2.5"' in page
    assert "1.5 · 平板所写" in page
    assert Mark.objects.get(criterion__code="1.1").reason == "平板所写"
    assert 'name="version" value="1"' in page
    client.post(url, form_of(evaluation, key="phone-2", version="1", **{"points-1.1": "2.5", "reason-1.1": "手机所写"}))
    assert Mark.objects.get(criterion__code="1.1").reason == "手机所写"


def test_a_device_is_told_in_json(tree, officer):
    evaluation = at_site(tree, officer)
    client = client_of(panel_of(evaluation)[0].expert.user)
    url = reverse("evaluation-sheet", args=[evaluation.pk, "technical"])
    accept = {"headers": {"accept": "application/json"}}
    told = client.post(url, form_of(evaluation), **accept).json()
    assert told == {"version": 1, "clock": "15:00"}
    assert client.post(url, form_of(evaluation), **accept).json() == told
    answer = client.post(url, form_of(evaluation, key="other", **{"points-1.1": "2"}), **accept)
    moved = answer.json()
    assert (answer.status_code, moved["moved"], moved["version"]) == (409, True, 1)
    assert moved["values"]["points-1.1"] == "4"
    answer = client.post(url, form_of(evaluation, key="bad", version="1", **{"points-1.1": "5"}), **accept)
    assert [ground["code"] for ground in answer.json()["grounds"]] == ["points"]


def test_a_photo_is_kept_once_with_what_the_device_said(tree, officer):
    evaluation = at_site(tree, officer)
    one = panel_of(evaluation)[0]
    client = client_of(one.expert.user)
    url = reverse("evaluation-photo-add", args=[evaluation.pk])

    def send(**changes):
        told = {
            "key": "p1", "criterion": "4.2", "taken_at": "2026-05-20T10:31:00+08:00", "latitude": "43.880001",
            "longitude": "125.320002", "where": "三层 305", "photo": BytesIO(jpeg()), **changes,
        }  # fmt: skip
        return client.post(url, told, headers={"accept": "application/json"})

    first, again = send().json(), send().json()
    assert first == again
    photo = Photo.objects.get()
    assert (photo.criterion.code, photo.taken_at, photo.where) == ("4.2", at("2026-05-20 10:31"), "三层 305")
    assert (str(photo.latitude), str(photo.longitude)) == ("43.880001", "125.320002")
    assert client.get(first["url"])["Content-Type"] == "image/jpeg"
    bad = send(key="p2", latitude="143", taken_at="gestern").json()
    odd = Photo.objects.get(pk=bad["photo"])
    assert (odd.latitude, odd.longitude, odd.taken_at) == (None, None, None)
    assert [g["code"] for g in send(key="p3", photo=BytesIO(b"%PDF-1.4")).json()["grounds"]] == ["file-kind"]
    assert [g["code"] for g in send(key="p4", criterion="9.9").json()["grounds"]] == ["unknown-item"]
    assert client.post(url, {"key": "p5"}).status_code == 409
    other = client_of(panel_of(evaluation)[1].expert.user)
    assert other.get(first["url"]).status_code == 404
    write_and_seal(one, "technical", full_marks(evaluation, "technical"))
    assert [g["code"] for g in send(key="p6").json()["grounds"]] == ["sealed"]
    assert Photo.objects.count() == 2


def secret_sheet(evaluation) -> None:
    """Have 甲 write what could leak, and a photo with it; all but 戊 seal."""
    first, *others = panel_of(evaluation)
    marks = [
        actions.MarkSpec(m.code, points=m.points - 1, reason=SECRET["reason"]) if m.code == "1.1" else m
        for m in full_marks(evaluation, "technical", g2=Decimal("16.7"))
    ]
    photo = actions.PhotoSpec(jpeg(), criterion="1.1")
    actions.add_photo(actor=expert_actor(first), at=clock.now(), panelist=first, spec=photo, key="secret")
    write_and_seal(first, "technical", marks, opinion=SECRET["opinion"])
    for each in others[:3]:
        write_and_seal(each, "technical", full_marks(evaluation, "technical"))


def every_page(client: Client, evaluation, photo) -> dict[str, str]:
    """Return every page of the site that takes the evaluation's number, or none, as this reader gets it."""
    found = {}
    for pattern in patterns(get_resolver("gongjiang.config.urls")):
        kwargs = {"pk": evaluation.pk, "row": photo.pk, "stage": "technical", "key": "x", "code": "1", "turn": 1}
        kwargs["number"] = evaluation.number
        takes = {name: kwargs[name] for name in pattern.pattern.converters if name in kwargs}
        if len(takes) != len(pattern.pattern.converters) or not pattern.name.startswith(NEAR):
            continue
        answer = client.get(reverse(pattern.name, kwargs=takes), headers={"accept": "text/html,application/json;q=0.9"})
        told = b"".join(answer.streaming_content) if answer.streaming else answer.content
        found[pattern.name] = f"{answer.status_code} " + told.decode(errors="replace")
    return found


def patterns(resolver):
    for each in resolver.url_patterns:
        if isinstance(each, URLPattern):
            if each.name and not each.name.startswith(("account", "mfa", "law", "api")):
                yield each
        elif not each.namespace:
            yield from patterns(each)


def leaks(pages: dict[str, str]) -> list[tuple[str, str]]:
    return [(name, word) for name, text in pages.items() for word in SECRET.values() if word in text]


def test_no_page_shows_a_mark_before_all_sheets_are_opened(tree, officer):
    evaluation = at_site(tree, officer)
    secret_sheet(evaluation)
    photo = Photo.objects.get()
    first, second, *_rest, last = panel_of(evaluation)
    applicant = make_body(tree["changchun"], scope=((ELECTRICIAN, "4"),)).organisation
    readers = {
        "another expert who sealed": second.expert.user,
        "another expert who hasn't": last.expert.user,
        "officer": make_user(tree["province"], "provincial_officer"),
        "approver": make_user(tree["province"], "provincial_approver"),
        "supervisor": make_user(tree["province"], "supervisor"),
        "applicant": make_user(applicant, "body_manager"),
    }
    for who, user in readers.items():
        pages = every_page(client_of(user), evaluation, photo)
        assert (who, leaks(pages)) == (who, [])
        assert (who, pages["evaluation-photo"][:3]) in ((who, "404"), (who, "403"))
    assert leaks(every_page(Client(), evaluation, photo)) == []
    own = every_page(client_of(first.expert.user), evaluation, photo)
    assert {"evaluation-sheet", "evaluation-photo"} & {name for name, _word in leaks(own)} == {"evaluation-sheet"}
    assert own["evaluation-photo"].startswith("200")
    trail = " ".join(str(entry.facts) for entry in AuditEntry.objects.all())
    assert [word for word in SECRET.values() if word in trail] == []


def test_once_opened_everybody_concerned_sees_and_the_applicant_by_letters(tree, officer):
    evaluation = at_site(tree, officer)
    secret_sheet(evaluation)
    write_and_seal(panel_of(evaluation)[4], "technical", full_marks(evaluation, "technical"))
    client = client_of(make_user(tree["province"], "provincial_officer"))
    answer = client.post(reverse("evaluation-open-sheets", args=[evaluation.pk, "technical"]))
    assert answer["Location"].endswith("#scores")
    page = client.get(reverse("evaluation-panel", args=[evaluation.pk])).content.decode()
    assert SECRET["reason"] in page
    assert SECRET["opinion"] in page
    assert client.get(reverse("evaluation-photo", args=[evaluation.pk, Photo.objects.get().pk])).status_code == 200
    applicant = make_body(tree["changchun"], scope=((ELECTRICIAN, "4"),)).organisation
    page = client_of(make_user(applicant, "body_manager")).get(reverse("evaluation-own", args=[evaluation.pk]))
    names = [each.expert.name for each in panel_of(evaluation)]
    assert page.status_code == 200
    assert [name for name in names if name in page.content.decode()] == []


def test_the_way_through_from_confirming_to_the_opinion(tree, officer, now):
    evaluation = make_opened(tree["province"], officer=officer, vetoes={"丙": "V4"})
    pk = evaluation.pk
    agree(evaluation)
    keeper = client_of(make_user(tree["province"], "provincial_officer"))
    concluding = reverse("evaluation-conclude", args=[pk])
    assert keeper.get(concluding).status_code == 200
    assert keeper.post(concluding, {"verdict": "yes", "opinion": "具备条件"}).status_code == 409
    order = {"criterion": "V4", "what": "2 号机位有死角", "due_on": "2026-05-27"}
    keeper.post(reverse("evaluation-rectify", args=[pk]), order)
    row = Rectification.objects.get()
    manager = make_user(make_body(tree["changchun"]).organisation, "body_manager")
    applicant = client_of(manager)
    assert "2 号机位有死角" in applicant.get(reverse("evaluation-own", args=[pk])).content.decode()
    assert reverse("evaluation-own", args=[pk]) in applicant.get(reverse("evaluation-own-list")).content.decode()
    told = {"key": "a1", "answer": "已补装", "proof": BytesIO(jpeg())}
    applicant.post(reverse("evaluation-answer", args=[pk, row.pk]), told)
    proof = reverse("evaluation-proof", args=[pk, row.pk])
    third = client_of(panel_of(evaluation)[2].expert.user)
    assert {each.get(proof).status_code for each in (keeper, applicant, third)} == {200}
    third.post(reverse("evaluation-recheck", args=[pk, row.pk]), {"met": "yes", "note": "看过画面"})
    keeper.post(concluding, {"verdict": "yes", "opinion": "具备条件"})
    evaluation.refresh_from_db()
    assert (evaluation.state, evaluation.verdict) == ("concluded", True)
    for client, name in (
        (keeper, "evaluation-dossier"),
        (keeper, "evaluation-opinion"),
        (applicant, "evaluation-opinion"),
    ):
        assert client.get(reverse(name, args=[pk]))["Content-Type"] == "application/pdf"
    assert applicant.get(reverse("evaluation-dossier", args=[pk])).status_code == 403
    assert keeper.get(reverse("evaluation-panel", args=[pk])).status_code == 200


def test_an_expert_reaches_only_the_own_panels(tree, officer):
    evaluation = make_begun(tree["province"], officer=officer)
    other = make_begun(tree["changchun"], credit_code="12100000400000624D", applicant_name="样例墨斗职业培训学校")
    client = client_of(panel_of(evaluation)[0].expert.user)
    listed = client.get(reverse("evaluation-mine")).content.decode()
    assert "样例准绳职业培训学校" in listed
    assert "样例墨斗职业培训学校" not in listed
    names = ("evaluation-place", "evaluation-photo-add", "evaluation-confirm", "evaluation-arrive", "evaluation-begin")
    assert {
        client.post(reverse(name, args=[other.pk])).status_code for name in names if name != "evaluation-place"
    } == {404}
    assert client.get(reverse("evaluation-place", args=[other.pk])).status_code == 404
    assert client.get(reverse("evaluation-sheet", args=[other.pk, "preliminary"])).status_code == 404


def test_experts_read_what_was_handed_in(tree, officer, monkeypatch):
    evaluation = make_begun(tree["province"], officer=officer)
    paper = files.store_made(b"%PDF-1.4\n%%EOF\n", media_type=files.PDF, at=at("2026-05-11"))
    monkeypatch.setattr(materials, "_sources", [lambda found: [materials.Material("m1", "申请报告", paper)]])
    client = client_of(panel_of(evaluation)[0].expert.user)
    assert "申请报告" in client.get(reverse("evaluation-place", args=[evaluation.pk])).content.decode()
    assert client.get(reverse("evaluation-material", args=[evaluation.pk, "m1"]))["Content-Type"] == "application/pdf"
    assert client.get(reverse("evaluation-material", args=[evaluation.pk, "m2"])).status_code == 404
    stranger = client_of(make_user(tree["province"], "expert"))
    assert stranger.get(reverse("evaluation-material", args=[evaluation.pk, "m1"])).status_code == 404


def test_the_queue_says_what_waits_for_whom(tree, officer):
    evaluation = make_begun(tree["province"], officer=officer, stages=["preliminary"], site_visit=False)
    one = panel_of(evaluation)[0]
    day = at("2026-05-20").date()

    def waits(actor):
        return [item.key for item in items_for(actor, day) if item.subject == evaluation.applicant_name]

    assert waits(expert_actor(one)) == [f"panel:{one.pk}"]
    assert waits(officer) == []
    write(one, "preliminary", [])
    seal_marks = full_marks(evaluation, "preliminary")
    write_and_seal(one, "preliminary", seal_marks, version=1)
    assert waits(expert_actor(one)) == []
    for each in panel_of(evaluation)[1:]:
        write_and_seal(each, "preliminary", seal_marks)
    assert waits(officer) == [f"open-sheets:{evaluation.pk}"]
