"""Work for the crash test, run by workers in processes of their own: each step has one effect, slowly."""

import sys
import time

import django

STEPS = 12


def register():
    from datetime import UTC, datetime

    from django.db import transaction

    from gongjiang.kernel import jobs, numbers
    from gongjiang.kernel.models import IdempotencyKey

    @jobs.job("test.steps")
    def steps(work):
        while work.done < STEPS:
            with transaction.atomic():
                number = numbers.next_number("steps")
                IdempotencyKey.objects.create(
                    key=f"step-{number}", action=str(work.attempt), at=datetime(2026, 6, 15, tzinfo=UTC)
                )
                time.sleep(0.05)
                work.advance()


def main(what):
    django.setup()
    register()
    from gongjiang.kernel import jobs

    if what == "start":
        jobs.start(kind="test.steps", key="样例", total=STEPS)
    else:
        jobs.run_pending()


if __name__ == "__main__":
    main(sys.argv[1])
