"""How many look-ups of certificates a second, against a bare Django page with the same middleware and one key query?

``python -m benchmarks.verify [--small]``. In turn, request by request: the look-up for programs (POST /api/verify/),
the public page, a bare view behind the same middleware, a bare template page, and a bare view without middleware, each
with one query by key. At 10 thousand and at 1 million certificates, warm; aims: ≥ 80 % of the bare view, ≤ 1.1 ×.
"""

import io
import json
import random
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

from benchmarks._bench_db import scratch

SIZES = (10_000, 1_000_000)
ROUNDS = 1500
NAME = "甲子安"
Environ = dict[str, Any]


def main() -> None:
    """Print the figures."""
    sizes = SIZES[:1] if "--small" in sys.argv else SIZES
    with scratch():
        from django.conf import settings

        settings.ROOT_URLCONF = "benchmarks._verify_urls"
        seed, held = make_first(), 1
        fast = []
        for size in sizes:
            fill(seed, held, size)
            held = size
            fast.append(measure(size))
        if len(fast) > 1:
            grown = fast[1] / fast[0]
            print(f"at {sizes[1]:,} certificates a look-up takes {grown:.2f} × as long as at {sizes[0]:,} (aim ≤ 1.1)")


def measure(size: int) -> float:
    """Print the rates at one size and return the look-up's 10th percentile: of two runs apart in time, what else the
    machine does weighs less on it than on the median."""
    from django.core.handlers.wsgi import WSGIHandler
    from django.test.utils import override_settings

    whole = WSGIHandler()
    with override_settings(MIDDLEWARE=[]):
        alone = WSGIHandler()
    draw = random.Random(1)
    kinds: dict[str, tuple[Any, Callable[[str], Environ]]] = {
        "look-up for programs": (whole, api),
        "bare view, same middleware": (whole, lambda number: post("/bare/", number)),
        "public page": (whole, lambda number: post("/verify/", number)),
        "bare template page": (whole, lambda number: post("/bare-page/", number)),
        "bare view, no middleware": (alone, lambda number: post("/bare/", number)),
    }
    taken: dict[str, list[float]] = {name: [] for name in kinds}
    # Warm: the same 100 numbers, spread over the whole register, are asked for again and again.
    numbers = [f"S{draw.randrange(1, size):021d}" for _ in range(100)]
    for turn in range(ROUNDS + 100):
        number = numbers[turn % 100]
        for name, (handler, make) in kinds.items():
            environ = make(number)
            begun = time.perf_counter()
            status = ask(handler, environ)
            spent = time.perf_counter() - begun
            assert status == "200 OK", (name, status)
            if turn >= 100:
                taken[name].append(spent)
    told(size, taken)
    return sorted(taken["look-up for programs"])[ROUNDS // 10]


def told(size: int, taken: dict[str, list[float]]) -> None:
    """Print rates, 99th percentiles and ratios."""
    middle = {name: statistics.median(spans) for name, spans in taken.items()}
    print(f"{size:,} certificates")
    for name, spans in taken.items():
        p99 = sorted(spans)[int(len(spans) * 0.99)]
        print(f"  {name:28} {1 / middle[name]:7.0f}/s  median {middle[name] * 1e3:5.2f} ms  p99 {p99 * 1e3:6.2f} ms")
    bare, page = "bare view, same middleware", "bare template page"
    print(f"  look-up / bare view: {middle[bare] / middle['look-up for programs']:.2f} (aim ≥ 0.80)")
    print(f"  page / bare template page: {middle[page] / middle['public page']:.2f} (aim ≥ 0.80)")
    ratio = middle["bare view, no middleware"] / middle["look-up for programs"]
    print(f"  look-up / bare view without middleware: {ratio:.2f}")


def ask(handler: Any, environ: Environ) -> str:
    """Send one request through the application and return its status line."""
    found: list[str] = []
    response = handler(environ, lambda status, _headers: found.append(status))
    for _chunk in response:
        pass
    response.close()
    return found[0]


def api(number: str) -> Environ:
    """Return a request of the look-up for programs."""
    return request("/api/verify/", json.dumps({"number": number, "name": NAME}).encode(), "application/json")


def post(path: str, number: str) -> Environ:
    """Return a form's request."""
    from urllib.parse import urlencode

    return request(path, urlencode({"number": number, "name": NAME}).encode(), "application/x-www-form-urlencoded")


def request(path: str, body: bytes, kind: str) -> Environ:
    """Return a POST request; with its token, so that the check against foreign posts runs and passes."""
    token = "a" * 32
    return {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": path,
        "SCRIPT_NAME": "",
        "QUERY_STRING": "",
        "CONTENT_TYPE": kind,
        "CONTENT_LENGTH": str(len(body)),
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "192.0.2.1",
        "HTTP_COOKIE": f"csrftoken={token}",
        "HTTP_X_CSRFTOKEN": token,
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": False,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }


def make_first() -> dict[str, int]:
    """Write one certificate with its enrolment and result, and return their ids."""
    from tests.certificates.crowd import make_crowd
    from tests.certificates.issuing_work import clerk, instant

    from gongjiang.certificates import actions
    from gongjiang.certificates.models import Certificate
    from gongjiang.enrolment.models import Enrolment
    from gongjiang.planning.models import Batch

    make_crowd(1, 1)
    batch = Batch.everything.get()
    found = actions.number_certificates(actor=clerk(), at=instant(), batch=batch, key="bench")[0]
    Certificate.everything.filter(pk=found.pk).update(state="valid", holder_name=NAME, number=f"S{0:021d}")
    Enrolment.everything.update(state="withdrawn")
    return {
        "certificates_certificate": found.pk,
        "results_result": found.result_id,
        "enrolment_enrolment": found.result.enrolment_id,
    }


def fill(seed: dict[str, int], held: int, size: int) -> None:
    """Copy the first certificate, with its enrolment and result, until there are ``size``."""
    from django.db import connection, transaction

    changes = {
        "enrolment_enrolment": {},
        "results_result": {"enrolment_id": "n + {enrolment_enrolment}"},
        "certificates_certificate": {"result_id": "n + {results_result}", "number": "'S' || printf('%021d', n)"},
    }
    with connection.cursor() as cursor, transaction.atomic():
        for table, changed in changes.items():
            columns = [each.name for each in connection.introspection.get_table_description(cursor, table)]
            values = {"id": f"n + {seed[table]}", **{name: text.format(**seed) for name, text in changed.items()}}
            picked = ", ".join(values.get(name, f'"{name}"') for name in columns)
            named = ", ".join(f'"{name}"' for name in columns)
            cursor.execute(
                f"WITH RECURSIVE s(n) AS (SELECT {held} UNION ALL SELECT n + 1 FROM s WHERE n < {size - 1}) "
                f"INSERT INTO {table} ({named}) SELECT {picked} FROM {table}, s WHERE {table}.id = {seed[table]}"
            )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


if __name__ == "__main__":
    main()
