"""Certificates beyond the five levels: numbered where the place says how, refused where it doesn't (CAT-03, CRT-02)."""

from datetime import date

import pytest
from tests.factories import at, make_actor, make_body, make_confirmed_batch, make_tree
from tests.standards_records import add_level

from gongjiang.certificates import actions, special
from gongjiang.certificates.models import Certificate, NumberCounter
from gongjiang.certificates.offline import verify
from gongjiang.certificates.views import number_words, pieces
from gongjiang.kernel import files
from gongjiang.kernel.actor import system
from gongjiang.kernel.refusal import Refused
from gongjiang.kernel.settings_of_place import set_setting
from gongjiang.reports.rows import against_rows, rows_of

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("CAT-03")]
ISSUE = at("2026-06-15 10:00")
CODE = "Y000022999021"
FORM = "YTBBBBPPSSSSSSyyLNNNNN"
SCOPE = (("6-31-01-03", "4"), ("6-31-01-03", "1"))
MASTER = (("6-31-01-03", "master"),)


@pytest.fixture
def body():
    return make_body(
        make_tree()["changchun"], scope=SCOPE, name="长春规尺机电集团（样例）", code=CODE,
        credit_code="91110000802100433B", kind="employer",
    )  # fmt: skip


@pytest.fixture
def clerk(body):
    return make_actor(body.organisation, "exam_clerk", "certificate_clerk")


def tell(**changes):
    value = {"form_employer": FORM, "form_social": "", "digit_master": "7", "digit_chief": "", **changes}
    set_setting(
        name=special.SETTING, place="22", value=value, since=date(2026, 1, 5), source="样例编码规则",
        actor=system("test"), at=at("2026-01-05 09:00"),
    )  # fmt: skip


def master_batch(body, clerk, **changes):
    add_level(body)
    return make_confirmed_batch(body, clerk, lines=MASTER, **changes)


def refused(clerk, batch) -> Refused:
    with pytest.raises(Refused) as caught:
        actions.number_certificates(actor=clerk, at=ISSUE, batch=batch, key="k")
    assert not Certificate.everything.exists()
    return caught.value


def test_without_the_places_word_no_number_is_made_up(body, clerk):
    found = refused(clerk, master_batch(body, clerk))

    assert found.codes == ("special-number-unset",)
    (ground,) = found.grounds
    assert "特级技师" in str(ground.why) or "Master" in str(ground.why)
    assert ground.url == "/settings/certificate.special_number/"


def test_with_it_the_certificates_are_numbered_and_read_back(body, clerk):
    tell()
    batch = master_batch(body, clerk, passed=2)

    found = actions.number_certificates(actor=clerk, at=ISSUE, batch=batch, key="k")

    assert [each.number for each in found] == ["YT00002299902126700001", "YT00002299902126700002"]
    assert NumberCounter.objects.values_list("level", "last").get() == ("master", 2)
    assert all(special.agrees(each) for each in found)
    assert [text for text, _label in pieces(found[0])] == ["YT", "0000", "22", "999021", "26", "7", "00001"]
    assert number_words(found[0]) == ""


def test_the_paper_says_the_level_and_stands_the_offline_check(body, clerk, settings, tmp_path):
    from gongjiang.certificates import signing

    settings.FILES_DIR = tmp_path / "files"
    tell()
    batch = master_batch(body, clerk, passed=1)
    actions.number_certificates(actor=clerk, at=ISSUE, batch=batch, key="k")
    actions.make_papers(actor=system("test"), at=ISSUE, batch=batch)
    certificate = batch.certificates.get()

    checked = verify(files.read(certificate.copies.get().file), keys=signing.key_set(), status=None)

    assert (checked.fields.number, checked.fields.level) == (certificate.number, "master")
    (row,) = rows_of(batch, [certificate])
    assert (row.level, row.number) == ("特级技师", certificate.number)
    codes = {ground.code for ground in against_rows([row], [certificate], date(2026, 6, 20), ())}
    assert "number-fields" not in codes


def test_the_next_batch_goes_on_and_other_levels_count_for_themselves(body, clerk):
    tell()
    add_level(body)
    lines = (*MASTER, ("6-31-01-03", "4"))
    first = make_confirmed_batch(body, clerk, passed=2, lines=lines)
    second = make_confirmed_batch(body, clerk, passed=2, start=40, lines=lines)

    actions.number_certificates(actor=clerk, at=ISSUE, batch=first, key="a")
    actions.number_certificates(actor=clerk, at=at("2026-06-16 09:00"), batch=second, key="b")

    assert sorted(Certificate.everything.values_list("number", flat=True)) == [
        "Y000022999021264000001", "Y000022999021264000002", "YT00002299902126700001", "YT00002299902126700002",
    ]  # fmt: skip


def test_a_chief_waits_for_a_rule_of_its_own(body, clerk):
    tell()
    add_level(body, "chief")
    batch = make_confirmed_batch(body, clerk, lines=(("6-31-01-03", "chief"),))

    assert refused(clerk, batch).codes == ("special-number-unset",)


def test_a_form_without_room_for_the_bodys_code_is_refused(body, clerk):
    tell(form_employer="YTBBBBPPSSSSyyLNNNNNNN")

    assert refused(clerk, master_batch(body, clerk)).codes == ("special-number-unfit",)


@pytest.mark.parametrize("form", ["Y" + FORM[2:], FORM + "N", "YTBBBBPPSSSSSSLyyNNNNN", "YT"])
def test_a_form_that_isnt_one_can_not_be_set(form):
    with pytest.raises(Refused) as caught:
        tell(form_employer=form)
    assert caught.value.codes == ("value",)


def test_a_step_within_a_level_is_certified_at_the_level(body, clerk):
    step = add_level(body, "4", step="A 档")
    batch = make_confirmed_batch(body, clerk, passed=1, lines=(("6-31-01-03", "4"),))
    batch.lines.update(own_level=step)

    (found,) = actions.number_certificates(actor=clerk, at=ISSUE, batch=batch, key="k")

    assert (found.level, found.number) == ("4", "Y000022999021264000001")
