"""Take the pictures of docs/tour.md from the demo, as it stands on 2026-06-17.

Run it as `.venv/bin/python scripts/tour_screenshots.py [--data DIR]`. It loads the demo if need be, serves it on
a port of its own, signs in as the tour's people one after the other, and writes docs/images/tour-*.png.
"""

import argparse
import io
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "docs" / "images"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync", "--hide-scrollbars"]
DESKTOP, PHONE = (1280, 860), (390, 844)
LIMIT = 3_000_000


@dataclass(frozen=True)
class Shot:
    """A picture: its file's name, who is signed in (nobody: the public), where, and how large the window is."""

    name: str
    user: str
    path: str
    size: tuple[int, int] = DESKTOP


def places() -> list[Shot]:
    """Return the pictures, with the addresses that the records of this loading have."""
    from gongjiang.certificates.models import CertificateCopy
    from gongjiang.enrolment.models import Enrolment, ImportRun
    from gongjiang.evaluation.models import Evaluation
    from gongjiang.filing.models import Application
    from gongjiang.kernel.models import Objection
    from gongjiang.planning.models import Batch

    batch = {each.state: each.pk for each in Batch.everything.filter(body__code="S000022999001").order_by("-exam_from")}
    run = ImportRun.everything.get(state="checked")
    look = Enrolment.everything.filter(batch=batch["review"], state="submitted", clause_claimed="18-5-2").first()
    objection = Objection.objects.get(replied_at=None, notice__kind="result")
    corrected = CertificateCopy.objects.get(cause="correction").certificate_id
    assert look is not None
    applied = dict(Application.everything.filter(kind="first").values_list("applicant__name", "pk"))
    panel = Evaluation.everything.get(applicant_name="吉林月牙刨职业技能评价中心（样例）")
    return [
        Shot("01-demo", "", "/demo/"),
        Shot("02-queue", "demo-clerk", "/home/"),
        Shot("03-import", "demo-clerk", f"/imports/{run.pk}/"),
        Shot("04-eligibility", "demo-reviewer", f"/enrolments/{look.pk}/review/"),
        Shot("05-seating", "demo-clerk", f"/batches/{batch['ready']}/arrangement/"),
        Shot("06-exam-day", "demo-invigilator", f"/batches/{batch['exam']}/exam-day/", (820, 1100)),
        Shot("07-notice", "demo-manager", f"/batches/{batch['on_notice']}/"),
        Shot("08-objection", "demo-manager", f"/objections/{objection.pk}/"),
        Shot("09-candidate", "demo-candidate", "/mine/", PHONE),
        Shot("10-certificate", "demo-certificates", f"/certificates/{corrected}/"),
        Shot("12-report", "demo-provincial-officer", "/reports/"),
        Shot("13-law", "", "/law/documents/JL-2024-5/"),
        Shot(
            "14-filing", "demo-provincial-officer", f"/filing/applications/{applied['吉林飞锯职业培训学院（样例）']}/"
        ),
        Shot("15-sheet", "demo-expert", f"/evaluations/mine/{panel.pk}/sheet/technical/", (820, 1100)),
        Shot("16-missing", "demo-newcomer", f"/filing/own/{applied['长春平刨职业技术学校（样例）']}/"),
        Shot("17-compare", "", "/law/compare/filing/"),
    ]


def revoked() -> tuple[str, str]:
    """Return number and name of the certificate that was revoked."""
    from gongjiang.certificates.models import Certificate

    found = Certificate.everything.get(state="revoked")
    return found.number, found.holder_name


@contextmanager
def served(port: int) -> Iterator[str]:
    """Serve the demo; what it says goes to a file beside the data."""
    from gongjiang.portal.cli_serve import server_command

    server = subprocess.Popen(server_command(host="127.0.0.1", port=port, workers=1, threads=4))
    base = f"http://127.0.0.1:{port}"
    try:
        for _ in range(120):
            try:
                urllib.request.urlopen(f"{base}/robots.txt", timeout=2)  # nosec B310 - our own server
                break
            except OSError:
                time.sleep(0.5)
        yield base
    finally:
        server.terminate()
        server.wait(timeout=30)


def open_as(browser: Browser, base: str, shot: Shot) -> Page:
    """Return a page in a window of its own, signed in by the demo's one click."""
    width, height = shot.size
    context = browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN")
    page = context.new_page()
    if shot.user:
        from gongjiang.accounts.models import User

        account = User.objects.get(username=shot.user).pk
        page.goto(f"{base}/demo/")
        page.click(f"form:has(input[name=account][value='{account}']) button")
    return page


def save(picture: bytes, name: str) -> int:
    """Write a picture as small as it stays sharp; return its bytes."""
    path = IMAGES / f"tour-{name}.png"
    Image.open(io.BytesIO(picture)).convert("RGB").save(path, "PNG", optimize=True)
    return path.stat().st_size


def take(browser: Browser, base: str) -> int:
    """Take every picture; return their bytes in all."""
    total = 0
    for shot in places():
        page = open_as(browser, base, shot)
        answer = page.goto(base + shot.path)
        assert answer is not None
        assert answer.ok, f"{shot.path}: {answer.status}"
        page.wait_for_timeout(400)
        total += save(page.screenshot(), shot.name)
        page.context.close()
        print(f"{shot.name}  {shot.path}")
    page = open_as(browser, base, Shot("", "", ""))
    page.goto(f"{base}/verify/")
    number, name = revoked()
    page.fill("input[name=number]", number)
    page.fill("input[name=name]", name)
    page.press("input[name=name]", "Enter")
    page.wait_for_load_state()
    return total + save(page.screenshot(), "11-verify")


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=ROOT / "var" / "demo")
    data = parser.parse_args().data.resolve()
    port = free_port()
    subprocess.run([sys.executable, "-m", "gongjiang", "demo", "--no-serve", "--data", str(data)], check=True)
    os.environ |= {"GONGJIANG_MODE": "demo", "GONGJIANG_DATA_DIR": str(data), "DJANGO_ALLOW_ASYNC_UNSAFE": "true",
                   "GONGJIANG_PUBLIC_URL": f"http://127.0.0.1:{port}",
                   "DJANGO_SETTINGS_MODULE": "gongjiang.config.settings"}  # fmt: skip
    import django

    django.setup()
    IMAGES.mkdir(parents=True, exist_ok=True)
    chromium = os.environ.get("GONGJIANG_CHROMIUM", "/usr/bin/chromium")
    with served(port) as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        total = take(browser, base)
        browser.close()
    print(f"{total / 1e6:.1f} MB in {IMAGES.relative_to(ROOT)}")
    return 0 if total < LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
