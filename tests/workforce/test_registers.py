from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories import at, invented_identity, make_actor, make_body, make_tree, make_user
from tests.workforce_records import make_writer

from gongjiang.kernel.models import AuditEntry
from gongjiang.kernel.refusal import NotAllowed, Refused
from gongjiang.standards.queries import occupation_by_code
from gongjiang.workforce import actions
from gongjiang.workforce.actions import WriterSpec
from gongjiang.workforce.models import AnnualAssessment, Appointment, ItemWriter, StaffMember, WriterTask
from gongjiang.workforce.queries_register import external_supervisors, own_entries
from gongjiang.workforce.rules import AppointmentSpec

pytestmark = pytest.mark.django_db
NOW = at("2026-03-10 09:00")


@pytest.fixture
def tree():
    return make_tree()


@pytest.fixture
def body(tree):
    return make_body(tree["changchun"])


@pytest.fixture
def manager(body):
    return make_actor(body.organisation, "body_manager")


@pytest.fixture
def officer(tree):
    return make_actor(tree["centre"], "centre_officer")


def external(number=7, **changes):
    told = {"name": "甲子督", "identity": invented_identity(number), "role": "external_supervisor"}
    return AppointmentSpec(**{**told, "since": date(2026, 3, 1), **changes})


@pytest.mark.requirement("STF-03")
def test_a_centre_appoints_external_supervisors_and_the_province_sees_them(tree, officer, manager):
    actions.appoint_external(actor=officer, at=NOW, centre=tree["centre"], specs=[external()])

    member = external_supervisors(make_actor(tree["province"], "provincial_officer")).get()
    term = member.appointments.get()
    assert (member.home, member.body, term.until, term.basis) == (tree["centre"], None, date(2029, 3, 1), "plain")
    assert term.letter_number == f"P2026-22{tree['centre'].pk:03d}-0001"
    assert external_supervisors(manager).count() == 0
    assert external_supervisors(make_actor(tree["changchun"], "city_officer")).count() == 0


@pytest.mark.requirement("STF-03")
def test_no_body_and_no_authority_appoints_one(tree, body, manager, officer):
    with pytest.raises(Refused) as told:
        actions.appoint(actor=manager, at=NOW, body=body, specs=[external()])
    assert (told.value.codes, told.value.cites[0].key) == (("external-by-centre",), "JL-2024-5§40")
    with pytest.raises(NotAllowed) as told:
        actions.appoint_external(actor=manager, at=NOW, centre=tree["centre"], specs=[external()])
    assert told.value.codes == ("wrong-role",)
    with pytest.raises(NotAllowed) as told:
        actions.appoint_external(actor=officer, at=NOW, centre=tree["province"], specs=[external()])
    assert told.value.codes == ("not-our-list",)
    with pytest.raises(Refused) as told:
        actions.appoint_external(actor=officer, at=NOW, centre=tree["centre"], specs=[external(role="invigilator")])
    assert told.value.codes == ("body-role",)
    assert StaffMember.everything.count() == 0


def writer_spec(**changes):
    told = {
        "name": "庚子题",
        "identity": invented_identity(900),
        "occupation": occupation_by_code("6-31-01-03"),
        "highest_level": "3",
        "agreement_number": "样保-1",
        "signed_on": date(2026, 1, 1),
        "until": date(2028, 1, 1),
    }
    return WriterSpec(**{**told, **changes})


@pytest.mark.requirement("STF-05")
def test_an_item_writer_stands_under_a_code_name_and_is_ciphertext(tree, body, officer):
    from django.db import connection

    writer = actions.register_writer(actor=officer, at=NOW, home=tree["centre"], writer=writer_spec())

    assert writer.code_name == f"M22-{tree['centre'].pk}-0001"
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM workforce_itemwriter")
        stored = b"".join(bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
                          for value in cursor.fetchone())  # fmt: skip
    assert "庚子题".encode() not in stored
    assert invented_identity(900).encode() not in stored
    entry = AuditEntry.objects.get(action="writer.register")
    assert entry.cites == ["JL-2024-5§33"]
    assert "庚子题" not in str(entry.facts)
    with pytest.raises(Refused) as told:
        actions.register_writer(actor=officer, at=NOW, home=tree["centre"], writer=writer_spec())
    assert told.value.codes == ("writer-twice",)


@pytest.mark.requirement("STF-05")
@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"agreement_number": " "}, "agreement-missing"),
        ({"signed_on": date(2026, 3, 11)}, "agreement-to-come"),
        ({"until": date(2026, 1, 1)}, "agreement-order"),
        ({"identity": "229104198001010018"}, "identity"),
        ({"name": ""}, "name"),
    ],
)
def test_without_a_signed_agreement_nobody_is_registered(tree, body, officer, change, code):
    with pytest.raises(Refused) as told:
        actions.register_writer(actor=officer, at=NOW, home=tree["centre"], writer=writer_spec(**change))

    assert code in told.value.codes
    assert ItemWriter.everything.count() == 0


@pytest.mark.requirement("STF-05")
@pytest.mark.parametrize(
    ("until", "ethics", "codes"),
    [
        (date(2028, 1, 1), True, ()),
        (date(2026, 3, 20), True, ("no-agreement",)),
        (date(2026, 3, 1), True, ("no-agreement",)),
        (date(2028, 1, 1), False, ("no-ethics-training",)),
    ],
)
def test_a_task_needs_the_agreement_until_it_is_due_and_training_in_ethics(tree, officer, until, ethics, codes):
    writer = make_writer(tree["centre"], until=until, ethics=ethics)
    found, cites = (), set()
    try:
        task = actions.give_task(actor=officer, at=NOW, writer=writer, what="电工三级样题", due_on=date(2026, 4, 1))
        actions.settle_task(actor=officer, at=NOW, task=task)
    except Refused as told:
        found, cites = told.codes, {cite.key for cite in told.cites}

    assert found == codes
    assert cites <= {"JL-2024-5§33", "JL-2024-5§48"}
    assert list(WriterTask.objects.values_list("done_on", flat=True)) == ([] if codes else [date(2026, 3, 10)])


def pages_of(client, *paths):
    return [client.get(path, headers={"accept": "text/html"}).content.decode() for path in paths]


@pytest.mark.requirement("STF-05")
def test_no_page_of_a_body_names_the_writer_whom_it_registered(tree, body):
    """Abuse case 19: also where the body itself typed the name, and where the form comes back."""
    client = Client()
    client.force_login(make_user(body.organisation, "body_manager"))
    form = {
        "name": "庚子题",
        "identity": invented_identity(900),
        "occupation": "6-31-01-03",
        "highest_level": "3",
        "agreement_number": "样保-1",
        "signed_on": "2026-01-01",
    }
    answers = [client.post("/workforce/writers/new/", form).content.decode()]
    assert ItemWriter.everything.count() == 0
    answers.append(
        client.post("/workforce/writers/new/", {**form, "until": "2090-01-01"}, follow=True).content.decode()
    )
    writer = ItemWriter.everything.get()
    answers += pages_of(client, "/workforce/writers/", f"/workforce/writers/{writer.pk}/", "/workforce/", "/")
    url = reverse("reveal", args=["workforce.itemwriter", "name", writer.pk])
    shown = client.post(url, {"purpose": "核对命题费用"})

    assert writer.code_name in answers[1]
    assert [answer for answer in answers if "庚子题" in answer or invented_identity(900) in answer] == []
    assert shown.status_code == 404


@pytest.mark.requirement("STF-05")
def test_the_centres_officer_has_the_name_shown_for_a_purpose_on_record(tree, body):
    writer = make_writer(body.organisation)
    url = reverse("reveal", args=["workforce.itemwriter", "name", writer.pk])
    client = Client()
    client.force_login(make_user(tree["centre"], "centre_officer"))

    page = client.get(f"/workforce/writers/{writer.pk}/").content.decode()
    asked = client.post(url, {"purpose": "核对命题专家资格"}, headers={"accept": "application/json"})

    assert "庚子题" not in page
    assert asked.json() == {"value": "庚子题"}
    entry = AuditEntry.objects.get(action="identity.reveal")
    assert (entry.reason, entry.facts) == ("核对命题专家资格", {"field": "name"})
    for role, place in (("provincial_officer", "province"), ("supervisor", "province"), ("city_officer", "changchun")):
        other = Client()
        other.force_login(make_user(tree[place], role))
        assert (role, other.post(url, {"purpose": "核对命题专家资格"}).status_code) == (role, 404)


def brought_in(body, manager, number=7, **changes):
    told = {"role": "invigilator", "since": date(2025, 3, 1), "name": "甲子衡", "identity": invented_identity(number)}
    actions.appoint(actor=manager, at=NOW, body=body, specs=[AppointmentSpec(**{**told, **changes})])
    return StaffMember.everything.get(home=body.organisation, name=changes.get("name", "甲子衡"))


def test_a_year_is_assessed_once_and_can_be_corrected(body, manager):
    member = brought_in(body, manager)

    actions.assess_year(actor=manager, at=NOW, member=member, year=2025, grade="qualified")
    actions.assess_year(actor=manager, at=NOW, member=member, year=2025, grade="unqualified", reason="两次缺席")

    row = AnnualAssessment.objects.get()
    assert (row.year, row.grade, row.reason) == (2025, "unqualified", "两次缺席")
    assert AuditEntry.objects.filter(action="staff.assess").count() == 2


@pytest.mark.parametrize(
    ("year", "grade", "code"),
    [
        (2024, "qualified", "no-term"),
        (2027, "qualified", "no-term"),
        (2025, "unqualified", "reason"),
        (2025, "A", "grade"),
    ],
)
def test_a_year_without_a_term_or_a_reason_is_not_assessed(body, manager, year, grade, code):
    with pytest.raises(Refused) as told:
        actions.assess_year(actor=manager, at=NOW, member=brought_in(body, manager), year=year, grade=grade)
    assert told.value.codes == (code,)


@pytest.mark.parametrize(
    ("day", "reason", "codes"),
    [
        (date(2026, 3, 31), "调离", ()),
        (date(2026, 3, 31), " ", ("reason",)),
        (date(2025, 2, 27), "调离", ("day-outside-term",)),
    ],
)
def test_a_term_ends_early_with_a_reason(body, manager, day, reason, codes):
    term = brought_in(body, manager).appointments.get()
    found = ()
    try:
        actions.end_appointment(actor=manager, at=NOW, appointment=term, last_day=day, reason=reason)
    except Refused as told:
        found = told.codes
    term.refresh_from_db()

    assert found == codes
    assert (term.until, term.end_reason) == ((None, "") if codes else (date(2026, 4, 1), "调离"))


def test_somebody_finds_terms_in_every_body_on_one_page(tree, body, manager):
    other = make_body(
        tree["jilin_city"], name="吉林墨斗技能评价中心（样例）", code="S000022999018", credit_code="12100000400000624D"
    )
    here = brought_in(body, manager)
    brought_in(other, make_actor(other.organisation, "body_manager"), role="marker")
    user = make_user(body.organisation, "invigilator")
    actions.link_account(actor=manager, at=NOW, member=here, user=user)

    assert [entry.home.name for entry in own_entries(user.pk)] == sorted([body.name, other.name])
    client = Client()
    client.force_login(user)
    page = client.get("/workforce/me/").content.decode()
    assert body.name in page
    assert other.name in page
    stranger = make_user(other.organisation, "invigilator")
    with pytest.raises(Refused) as told:
        actions.link_account(actor=manager, at=NOW, member=here, user=stranger)
    assert told.value.codes == ("not-our-account",)


def test_another_bodys_manager_changes_nothing(tree, body, manager):
    member = brought_in(body, manager)
    other = make_body(
        tree["jilin_city"], name="吉林墨斗技能评价中心（样例）", code="S000022999018", credit_code="12100000400000624D"
    )
    theirs = make_actor(other.organisation, "body_manager")
    term = Appointment.objects.get()
    for act in (
        lambda: actions.assess_year(actor=theirs, at=NOW, member=member, year=2025, grade="qualified"),
        lambda: actions.end_appointment(
            actor=theirs, at=NOW, appointment=term, last_day=date(2026, 3, 31), reason="调离"
        ),
        lambda: actions.appoint(actor=theirs, at=NOW, body=body, specs=[]),
        lambda: actions.declare_relation(actor=theirs, at=NOW, member=member, kind="kin", other_name="乙"),
    ):
        with pytest.raises(NotAllowed) as told:
            act()
        assert told.value.codes == ("not-our-list",)
