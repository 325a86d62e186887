"""How many certificates a second on one core: number, PDF/A, seal and record, against 0.7/(t1+t2)?

``python -m benchmarks.certificates``. t1 is typst with a QR code alone, t2 pyHanko alone; the whole is
number_certificates and make_paper on SQLite with synchronous=FULL. The three are measured in turn, certificate by
certificate, so that whatever else the machine does weighs on each alike. Medians.
"""

import io
import os
import statistics
import time
from collections.abc import Callable

from benchmarks._bench_db import scratch

COUNT = 150
Span = tuple[float, float]  # seconds of the clock, seconds of the processor


def main() -> None:
    """Print the figures."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    with scratch():
        for photo in (True, False):
            number, t1, t2, paper = issue(photo=photo)
            print("with photos of usual size" if photo else "without photos")
            for name, n in (("by the clock", 0), ("by the processor", 1)):
                limit, whole = 0.7 / (t1[n] + t2[n]), 1 / (number[n] + paper[n])
                spans = {"t1": t1, "t2": t2, "number": number, "paper": paper}
                parts = ", ".join(f"{part} {span[n] * 1000:.1f} ms" for part, span in spans.items())
                print(f"  {name:17} {parts}")
                print(
                    f"  {'':17} {whole:.1f}/s against 0.7/(t1+t2) = {limit:.1f}/s: {whole / limit:.2f} of it (aim ≥ 1)"
                )


def issue(*, photo: bool) -> tuple[Span, Span, Span, Span]:
    """Return the spans of one number (of a batch's), of typst alone, pyHanko alone, and one paper with its record."""
    from benchmarks.certificates_papers import AT, sample_paper
    from tests.certificates.crowd import make_crowd
    from tests.certificates.issuing_work import clerk, instant

    from gongjiang.certificates import actions, queries, signing
    from gongjiang.certificates.seal import sign_pdf
    from gongjiang.kernel.documents.papers import certificate_pdf
    from gongjiang.planning.models import Batch

    if not Batch.everything.exists():
        make_crowd(2, COUNT)
    batch = Batch.everything.filter(state="confirmed").order_by("pk").first()
    if photo:
        _add_photos(batch)
    at, actor, key = instant(), clerk(), signing.seal_key("样例")
    page = certificate_pdf(sample_paper())
    whole, _found = spent(lambda: actions.number_certificates(actor=actor, at=at, batch=batch, key=f"bench-{batch.pk}"))
    typst, pyhanko, papers = [], [], []
    for count, certificate in enumerate(queries.waiting_for_paper(batch)):
        typst.append(spent(lambda count=count: certificate_pdf(sample_paper(count)))[0])
        pyhanko.append(spent(lambda: sign_pdf(page, key=key, at=AT, reason="颁发"))[0])
        papers.append(spent(lambda each=certificate: actions.make_paper(actor=actor, at=at, certificate=each))[0])
    assert len(papers) == COUNT
    number = (whole[0] / COUNT, whole[1] / COUNT)
    return number, median(typst), median(pyhanko), median(papers)


def spent(work: Callable[[], object]) -> tuple[Span, object]:
    """Return what a call takes of the clock and of the processor, and what it returned."""
    clock, processor = time.perf_counter(), time.process_time()
    answer = work()
    return (time.perf_counter() - clock, time.process_time() - processor), answer


def median(spans: list[Span]) -> Span:
    """Return the medians of both, the first few left aside as warming up."""
    clock, processor = zip(*spans[5:], strict=True)
    return statistics.median(clock), statistics.median(processor)


def _add_photos(batch: object) -> None:
    from tests.certificates.issuing_work import instant

    from gongjiang.enrolment.models import Enrolment
    from gongjiang.kernel import files

    for enrolment in Enrolment.everything.filter(batch=batch):
        stored = files.store(_portrait(enrolment.pk), at=instant(), allow=[files.JPEG])
        Enrolment.everything.filter(pk=enrolment.pk).update(photo=stored)


def _portrait(seed: int) -> bytes:
    """Return a JPEG of usual size, another one for each candidate, so that nothing is cached."""
    from PIL import Image

    out = io.BytesIO()
    Image.effect_noise((295, 413), 20 + seed % 40).convert("RGB").save(out, "JPEG", quality=60)
    return out.getvalue()


if __name__ == "__main__":
    main()
