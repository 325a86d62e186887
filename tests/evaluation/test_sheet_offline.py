"""The sheet in a real browser at tablet size: scoring goes on without a connection, and everything is saved once."""

from decimal import Decimal
from io import BytesIO

import pytest
from django.urls import reverse
from PIL import Image
from tests.evaluation.panels import arrive_all, full_marks, make_begun, panel_of, write
from tests.evaluation_factories import make_officer
from tests.factories import at, make_catalogue, make_tree

from gongjiang.evaluation import actions
from gongjiang.evaluation.models import Mark, Photo, Sheet
from gongjiang.kernel import clock
from gongjiang.kernel.files import read
from gongjiang.kernel.models import AuditEntry

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.requirement("FIL-05"),
]
TABLET = {"width": 820, "height": 1180}


@pytest.fixture(autouse=True)
def now(monkeypatch, settings):
    settings.DEMO = True
    monkeypatch.setattr(clock, "now", lambda: at("2026-05-20 10:24"))


@pytest.fixture
def one():
    make_catalogue()
    tree = make_tree()
    evaluation = make_begun(tree["province"], officer=make_officer(tree["province"]), stages=["technical"])
    arrive_all(evaluation)
    return panel_of(evaluation)[0]


@pytest.fixture
def tablet(page, one, live_server, sign_in_browser):
    """The sheet, open on a tablet."""
    page.set_viewport_size(TABLET)
    sign_in_browser(page, one.expert.user)
    page.goto(live_server.url + reverse("evaluation-sheet", args=[one.evaluation_id, "technical"]))
    return page


def picture(name: str = "现场.jpg", size: tuple[int, int] = (640, 480)) -> dict[str, object]:
    out = BytesIO()
    Image.effect_noise(size, 60).convert("RGB").save(out, format="JPEG", quality=95)
    return {"name": name, "mimeType": "image/jpeg", "buffer": out.getvalue()}


def says(page, text: str) -> None:
    page.locator("[data-state]").filter(has_text=text).wait_for()


def left(page, number: int) -> None:
    """Wait until the page says that so many aren't sent."""
    page.locator(f"[data-state][data-unsent='{number}']").wait_for()


def held() -> dict[str, tuple[str, str]]:
    rows = Mark.objects.exclude(points=None).values_list("criterion__code", "points", "reason")
    return {code: (f"{points.normalize():f}", reason) for code, points, reason in rows}


def test_scoring_goes_on_without_a_connection(tablet, one):
    tablet.fill("#points-1\\.1", "3.5")
    tablet.fill("#reason-1\\.1", "职责不清")
    says(tablet, "10:24")
    assert held() == {"1.1": ("3.5", "职责不清")}

    tablet.context.set_offline(True)
    tablet.fill("#points-1\\.2", "4")
    tablet.fill("#points-3\\.1", "6")
    tablet.fill("#reason-3\\.1", "缺 1 个职业")
    tablet.set_input_files("[data-photo='3.1']", picture())
    left(tablet, 4)
    assert tablet.locator("figure.wait1").count() == 1
    assert held() == {"1.1": ("3.5", "职责不清")}
    assert Photo.objects.count() == 0

    tablet.context.set_offline(False)
    tablet.locator("[data-shots='3.1'] img").wait_for()
    says(tablet, "10:24")
    assert held() == {"1.1": ("3.5", "职责不清"), "1.2": ("4", ""), "3.1": ("6", "缺 1 个职业")}
    photo = Photo.objects.get()
    assert (photo.criterion.code, photo.taken_at is not None) == ("3.1", True)
    assert AuditEntry.objects.filter(action="photo.add").count() == 1
    kept = tablet.evaluate("Object.keys(localStorage).filter((name) => name.startsWith('gongjiang.sheet.'))")
    assert kept == []


def test_a_large_photo_is_made_smaller_before_it_is_kept(tablet, one):
    """The long edge is cut to 2048 pixels; when it was taken stands in a field of its own."""
    large = picture(size=(3000, 4000))
    tablet.set_input_files("[data-photo='2.1']", large)
    tablet.locator("[data-shots='2.1'] img").wait_for()
    tablet.set_input_files("[data-photo='2.2']", picture())
    tablet.locator("[data-shots='2.2'] img").wait_for()

    kept = {photo.criterion.code: photo for photo in Photo.objects.select_related("criterion", "file")}
    sizes = {code: Image.open(BytesIO(read(photo.file))).size for code, photo in kept.items()}
    assert sizes == {"2.1": (1536, 2048), "2.2": (640, 480)}
    assert kept["2.1"].taken_at is not None
    assert len(read(kept["2.1"].file)) < len(large["buffer"]) / 2


def test_a_reload_without_a_connection_loses_nothing(tablet, one):
    address = tablet.url
    tablet.fill("#points-1\\.1", "4")
    says(tablet, "10:24")
    tablet.context.set_offline(True)
    tablet.fill("#points-1\\.2", "3")
    tablet.fill("#opinion", "离线所写")
    tablet.set_input_files("[data-photo='1.2']", picture())
    left(tablet, 3)
    tablet.goto("about:blank")
    tablet.context.set_offline(False)
    tablet.goto(address)
    tablet.locator("[data-shots='1.2'] img").wait_for()
    assert tablet.input_value("#points-1\\.2") == "3"
    says(tablet, "10:24")
    sheet = Sheet.objects.get()
    assert (sheet.opinion, held()) == ("离线所写", {"1.1": ("4", ""), "1.2": ("3", "")})
    assert Photo.objects.count() == 1


def test_an_answer_that_got_lost_isnt_saved_twice(tablet, one):
    lost = []

    def lose(route):
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch().status)
            route.abort()
        else:
            route.continue_()

    tablet.route("**/sheet/technical/", lose)
    with tablet.expect_event("requestfailed"):
        tablet.fill("#points-1\\.1", "2")
    left(tablet, 1)
    tablet.fill("#points-1\\.2", "1")
    left(tablet, 0)
    assert lost == [200]
    assert (Sheet.objects.get().version, held()) == (2, {"1.1": ("2", ""), "1.2": ("1", "")})
    assert tablet.locator("[data-moved]").is_hidden()


def test_two_devices_are_told_and_one_is_kept(tablet, one):
    write(one, "technical", [actions.MarkSpec("1.1", points=Decimal(1), reason="另一台所写")], opinion="")
    tablet.fill("#points-1\\.1", "3")
    moved = tablet.locator("[data-moved]")
    moved.wait_for()
    assert "另一台所写" in moved.inner_text()
    assert held() == {"1.1": ("1", "另一台所写")}
    tablet.locator("[data-moved] button").first.click()
    says(tablet, "10:24")
    assert held() == {"1.1": ("3", "")}


def test_what_is_impossible_is_said_and_kept_here(tablet, one):
    tablet.fill("#points-1\\.1", "40")
    says(tablet, "40")
    assert Mark.objects.count() == 0
    tablet.fill("#points-1\\.1", "4")
    says(tablet, "10:24")
    assert held() == {"1.1": ("4", "")}


def test_from_full_marks_to_the_seal_nothing_stays_on_the_device(tablet, one, axe):
    for button in tablet.locator("[data-full]").all():
        button.click()
    for radio in tablet.locator("[data-judge='veto'] input[value='no']").all():
        radio.check()
    tablet.fill("#opinion", "具备开展认定的条件")
    assert tablet.locator("[data-total]").inner_text() == "100"
    assert axe(tablet) == []
    tablet.click("[data-seal]")
    tablet.wait_for_url("**/seal/")
    assert axe(tablet) == []
    tablet.click("button.pri.lg")
    tablet.wait_for_url(f"**/evaluations/mine/{one.evaluation_id}/")
    sheet = Sheet.objects.get()
    assert sheet.sealed_at == at("2026-05-20 10:24")
    assert sheet.marks.count() == len(full_marks(one.evaluation, "technical"))
    assert tablet.evaluate("localStorage.length") == 0
    assert axe(tablet) == []


def test_signing_out_leaves_nothing_on_the_device(tablet, one):
    tablet.context.set_offline(True)
    tablet.fill("#points-1\\.1", "3")
    left(tablet, 1)
    asked = []
    tablet.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.accept()))
    assert tablet.evaluate("localStorage.length") == 1
    tablet.route("**/sheet/technical/", lambda route: route.abort())
    tablet.context.set_offline(False)
    tablet.locator("details.user > summary").first.click()
    with tablet.expect_navigation():
        tablet.locator('form[action$="/logout/"] button').first.click()
    assert len(asked) == 1
    assert tablet.evaluate("localStorage.length") == 0


def test_the_sheet_works_without_scripts(plain_page, one, live_server, sign_in_browser):
    sign_in_browser(plain_page, one.expert.user)
    plain_page.goto(live_server.url + reverse("evaluation-sheet", args=[one.evaluation_id, "technical"]))
    plain_page.fill("#points-1\\.1", "3.5")
    plain_page.locator("form#sheet button.lg").click()
    plain_page.wait_for_load_state()
    assert held() == {"1.1": ("3.5", "")}
    plain_page.set_input_files("[data-photo='1.1']", picture())
    plain_page.locator("[form='photo-1.1'].btn").click()
    plain_page.wait_for_load_state()
    assert Photo.objects.get().criterion.code == "1.1"
