"""Search finds what is one's own, by name and number, and leaves no trace of it in an address."""

import pytest
from django.test import Client
from tests.factories import make_actor
from tests.portal.conftest import candidate_account

from gongjiang.kernel.roles import STAFF_ROLES
from gongjiang.portal.queries_search import SEES_CANDIDATES, SEES_CERTIFICATES, search

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def look(world):
    from datetime import date

    def look_for(organisation, role: str, text: str):
        return search(make_actor(organisation, role), text, today=date(2026, 6, 17))

    return look_for


def test_batches_by_title_and_number(world, look) -> None:
    body = world.body.organisation
    assert look(body, "exam_clerk", "第 2 批").batches == [world.noticed]
    assert look(body, "exam_clerk", world.issued.number).batches == [world.issued]


@pytest.mark.requirement("GOV-01")
def test_nothing_of_another_body_is_found(world, look) -> None:
    body = world.body.organisation
    theirs = world.foreign.enrolments.order_by("pk").first()
    for text in (world.foreign.title, world.foreign.number, theirs.candidate.identity, world.other_body.code):
        assert look(body, "exam_clerk", text).count == 0
    own = look(world.other_body.organisation, "exam_clerk", theirs.candidate.identity)
    assert own.enrolments == [theirs]


@pytest.mark.requirement("GOV-01")
def test_an_authority_finds_what_lies_in_its_area(world, look) -> None:
    city, province = world.tree["changchun"], world.tree["province"]
    assert look(city, "city_officer", world.foreign.title).count == 0
    assert look(province, "provincial_officer", world.foreign.title).batches == [world.foreign]
    assert look(city, "city_officer", world.certificates[0].number).certificates == [world.certificates[0]]
    assert look(world.tree["jilin_city"], "city_officer", world.certificates[0].number).count == 0


@pytest.mark.parametrize("role", STAFF_ROLES)
def test_candidates_and_certificates_for_the_roles_that_work_with_them(world, look, role: str) -> None:
    authority = role in ("provincial_officer", "provincial_approver", "centre_officer", "city_officer", "supervisor")
    organisation = world.tree["province"] if authority else world.body.organisation
    certificate = world.certificates[0]
    by_name = look(organisation, role, certificate.holder_name)
    assert bool(by_name.enrolments) == (role in SEES_CANDIDATES)
    assert [each.pk for each in by_name.certificates] == ([certificate.pk] if role in SEES_CERTIFICATES else [])


def test_certificates_by_number_however_typed(world, look) -> None:
    number = world.certificates[0].number
    body = world.body.organisation
    full_width = "".join(chr(ord(letter) + 0xFEE0) for letter in number)
    for typed in (number, number.lower(), f"{number[:10]} {number[10:]}", full_width):
        assert [each.number for each in look(body, "certificate_clerk", typed).certificates] == [number]
    assert len(look(body, "certificate_clerk", number[:13]).certificates) == 2
    assert look(body, "certificate_clerk", number[:5]).certificates == []


def test_a_numbered_certificate_isnt_found(world, look) -> None:
    certificate = world.certificates[0]
    type(certificate).everything.filter(pk=certificate.pk).update(state="numbered")
    assert look(world.body.organisation, "certificate_clerk", certificate.number).certificates == []


@pytest.mark.parametrize("text", ["", " ", "2", "　"])
def test_too_little_finds_nothing(world, look, text: str) -> None:
    assert look(world.body.organisation, "exam_clerk", text).count == 0


def test_the_page_shows_masked_numbers_and_keeps_the_text_out_of_addresses(world, sign_in) -> None:
    enrolment = world.enrolment
    client = sign_in(world.body.organisation, "exam_clerk")
    page = client.post("/search/", {"q": enrolment.candidate.identity})
    text = page.content.decode()
    assert page.status_code == 200
    assert enrolment.candidate.identity_masked in text
    links = [each.split('"')[0] for each in text.split('href="')[1:]]
    assert f"/enrolments/{enrolment.pk}/" in links
    assert [link for link in links if enrolment.candidate.identity in link or enrolment.name in link] == []
    assert 'method="post" action="/search/"' in text
    assert "no-store" in page["Cache-Control"]


def test_a_query_in_the_address_is_not_looked_for(world, sign_in) -> None:
    page = sign_in(world.body.organisation, "exam_clerk").get("/search/", {"q": world.noticed.title})
    assert "您要找什么？" in page.content.decode()
    assert world.noticed.title not in page.content.decode()


def test_candidates_and_strangers_dont_search(world, client: Client) -> None:
    assert client.get("/search/").status_code == 302
    client.force_login(candidate_account(world.enrolment), backend=BACKEND)
    assert client.post("/search/", {"q": "2026"}).status_code == 403


def test_nothing_found_says_what_to_try(world, sign_in) -> None:
    page = sign_in(world.body.organisation, "exam_clerk").post("/search/", {"q": "无此批次"}).content.decode()
    assert "您的范围内没有符合的" in page
