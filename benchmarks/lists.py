"""The directory of bodies and the pool of people: first page and deep filter, against a bare Django list page.

``python -m benchmarks.lists [--small]``. At 10,000 bodies and 200,000 people, in turn, request by request: our page and
a plain ListView over the same rows with the same columns, in the same shell, behind the same middleware. Aim: ≥ 60 % of
its rate, and as many queries for three rows as for one.
"""

import io
import statistics
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks._bench_db import scratch

BODIES, PEOPLE = 10_000, 200_000
SMALL = (500, 10_000)
ROUNDS = 60
TODAY = date(2026, 6, 1)
CITIES = ("2201", "2202", "2203", "2204", "2205", "2206", "2207", "2208", "2224")
Environ = dict[str, Any]
PAIRS = (
    ("directory, first page", "/directory/", "/bare/bodies/", ""),
    ("directory, filtered", "/directory/", "/bare/bodies/", "division=2202&occupation=6-31-01-03&level=4"),
    ("pool, first page", "/workforce/pool/", "/bare/people/", ""),
    ("pool, filtered", "/workforce/pool/", "/bare/people/", "occupation=6-31-01-03&level=3&city=2202"),
    ("pool, filtered, page 20", "/workforce/pool/", "/bare/people/", "occupation=6-31-01-03&page=20"),
)


def main() -> None:
    """Print rates, ratios and numbers of queries."""
    bodies, people = SMALL if "--small" in sys.argv else (BODIES, PEOPLE)
    with scratch():
        from django.conf import settings

        settings.ROOT_URLCONF = "benchmarks._lists_urls"
        settings.TEMPLATES[0]["DIRS"] = [*settings.TEMPLATES[0].get("DIRS", []), Path(__file__).parent / "_templates"]
        cookie, tree = make_first()
        queries = [count_queries(cookie, rows) for rows in fill_few(tree)]
        for name, one, three in zip((pair[0] for pair in PAIRS[:1] + PAIRS[2:3]), *queries, strict=True):
            print(f"{name.partition(',')[0]}: {one} queries for 1 row, {three} for 3")
        fill(tree, bodies, people)
        print(f"{bodies:,} bodies, {people:,} people; median of {ROUNDS} requests")
        for name, ours, bare, query in PAIRS:
            measure(name, ours, bare, query, cookie)


def measure(name: str, ours: str, bare: str, query: str, cookie: str) -> None:
    """Print our page against the bare one."""
    from django.core.handlers.wsgi import WSGIHandler

    handler = WSGIHandler()
    taken: dict[str, list[float]] = {ours: [], bare: []}
    for turn in range(ROUNDS + 5):
        for path, spans in taken.items():
            begun = time.perf_counter()
            status, size = ask(handler, get(path, query, cookie))
            spent = time.perf_counter() - begun
            assert status == "200 OK", (path, status)
            assert size > 5_000, (path, size)
            if turn >= 5:
                spans.append(spent)
    mine, theirs = statistics.median(taken[ours]), statistics.median(taken[bare])
    told = f"ours {mine * 1e3:6.1f} ms, bare {theirs * 1e3:6.1f} ms"
    print(f"  {name:26} {told}: {theirs / mine:.2f} of its rate (aim ≥ 0.60)")


def ask(handler: Any, environ: Environ) -> tuple[str, int]:
    """Send one request through the application; return its status line and the size of the answer."""
    found: list[str] = []
    response = handler(environ, lambda status, _headers: found.append(status))
    size = sum(len(chunk) for chunk in response)
    response.close()
    return found[0], size


def get(path: str, query: str, cookie: str) -> Environ:
    """Return a GET request of somebody signed in."""
    return {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "SCRIPT_NAME": "",
        "QUERY_STRING": query,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "192.0.2.1",
        "HTTP_COOKIE": cookie,
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(b""),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": False,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }


def make_first() -> tuple[str, dict[str, Any]]:
    """Write the authorities and an officer of the province; return the officer's cookie and the tree."""
    from django.test import Client
    from tests.factories import make_catalogue, make_organisation, make_tree, make_user

    make_catalogue()
    tree = make_tree()
    cities = {"2201": tree["changchun"], "2202": tree["jilin_city"]}
    for code in CITIES:
        if code not in cities:
            cities[code] = make_organisation("city", f"样例{code}人社局", code, tree["province"])
    client = Client()
    client.force_login(make_user(tree["province"], "provincial_officer"))
    cookie = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
    return cookie, {"cities": cities}


def count_queries(cookie: str, rows: int) -> list[int]:
    """Return how many queries the directory and the pool take with so many rows."""
    from django.core.handlers.wsgi import WSGIHandler
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    handler, found = WSGIHandler(), []
    for path in ("/directory/", "/workforce/pool/"):
        ask(handler, get(path, "", cookie))
        with CaptureQueriesContext(connection) as seen:
            status, _size = ask(handler, get(path, "", cookie))
        assert status == "200 OK", (path, status, rows)
        found.append(len(seen))
    return found


def fill_few(tree: dict[str, Any]) -> Iterator[int]:
    """Write one body with one person, then two more of each."""
    for rows in (1, 3):
        fill(tree, rows, rows)
        yield rows


def fill(tree: dict[str, Any], bodies: int, people: int) -> None:
    """Write bodies with a scope and people with a term each until there are so many."""
    from gongjiang.standards.models import Occupation

    occupations = list(Occupation.objects.filter(edition=2022, major=6).order_by("code")[:39])
    occupations.insert(0, Occupation.objects.get(edition=2022, code="6-31-01-03"))
    fill_bodies(tree, bodies, occupations)
    fill_people(people, occupations)
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def fill_bodies(tree: dict[str, Any], wanted: int, occupations: list[Any]) -> None:
    """Write bodies spread over the cities, each with two occupations at three levels."""
    from gongjiang.accounts.models import Organisation
    from gongjiang.bodies.models import AssessmentBody, ExamSite, FilingTerm, ScopeItem

    have = AssessmentBody.everything.count()
    for start in range(have, wanted, 500):
        numbers = range(start, min(start + 500, wanted))
        parents = {n: tree["cities"][CITIES[n % len(CITIES)]] for n in numbers}
        homes = Organisation.objects.bulk_create(
            Organisation(kind="body", name=f"样例评价机构{n:05d}", place_code=parents[n].place_code, parent=parents[n])
            for n in numbers
        )
        for home in homes:
            home.path = f"{home.parent.path}{home.pk}/"
        Organisation.objects.bulk_update(homes, ["path"])
        made = AssessmentBody.everything.bulk_create(
            AssessmentBody(
                organisation=home, authority=home.parent, kind=("social", "employer", "college")[n % 3],
                name=home.name, credit_code=f"9122{n:014d}", code=f"S{n:012d}", address=f"样例路 {n} 号",
                place_code=home.place_code, regime=home.place_code, filing_letter=f"样例备〔2025〕{n} 号",
                filed_on=date(2025, 1, 1), filed_until=date(2028, 1, 1),
            )
            for n, home in zip(numbers, homes, strict=True)
        )  # fmt: skip
        FilingTerm.objects.bulk_create(
            FilingTerm(body=each, since=each.filed_on, until=each.filed_until, letter_number=each.filing_letter)
            for each in made
        )
        sites = ExamSite.everything.bulk_create(
            ExamSite(
                body=each, name="样例考点", address=each.address, division=each.place_code + "02", since=each.filed_on
            )
            for each in made
        )
        ScopeItem.everything.bulk_create(
            ScopeItem(body=each, site=site, occupation=occupations[(n + k * 7) % 40], level=level, since=each.filed_on)
            for n, each, site in zip(numbers, made, sites, strict=True)
            for k in (0, 1)
            for level in ("5", "4", "3")
        )


def fill_people(wanted: int, occupations: list[Any]) -> None:
    """Write people spread over the bodies, each with one term as assessor; one in twenty ran out."""
    from gongjiang.bodies.models import AssessmentBody
    from gongjiang.workforce.models import Appointment, StaffMember

    have = StaffMember.everything.count()
    homes = list(AssessmentBody.everything.order_by("pk").values_list("pk", "organisation_id"))
    stems = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥衡准绳墨规矩榫卯刨凿"
    for start in range(have, wanted, 2000):
        numbers = range(start, min(start + 2000, wanted))
        members = StaffMember.everything.bulk_create(
            StaffMember(
                body_id=homes[n % len(homes)][0], home_id=homes[n % len(homes)][1], identity="x",
                name="".join(stems[(n // len(stems) ** place) % len(stems)] for place in range(3)),
                identity_index=f"{n:064d}", employer="样例学院",
            )
            for n in numbers
        )  # fmt: skip
        Appointment.objects.bulk_create(
            Appointment(
                member=member, role="assessor", rank="assessor", occupation=occupations[n // 7 % 40],
                highest_level=("3", "3", "4", "5")[n % 4], since=date(2023 if n % 20 == 19 else 2025, 3, 1),
                until=date(2026 if n % 20 == 19 else 2028, 3, 1), basis="brought_in", source="样例",
            )
            for n, member in zip(numbers, members, strict=True)
        )  # fmt: skip


if __name__ == "__main__":
    main()
