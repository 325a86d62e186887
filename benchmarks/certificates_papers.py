"""Two yardsticks for issuing: t1, typst alone with a QR code; t2, pyHanko alone. One core, this machine, one run.

``python -m benchmarks.certificates_papers``; the benchmark of issuing imports :func:`typst_alone` and
:func:`pyhanko_alone` to measure both in its own run.
"""

import io
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

from PIL import Image

from gongjiang.certificates.seal import check_pdf, make_key_pair, sign_pdf
from gongjiang.kernel.documents.papers import CertificatePaper, certificate_pdf

AT = datetime(2026, 6, 15, tzinfo=UTC)
TOKEN = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ$*-.:" * 7


def sample_paper(count: int = 0, *, photo: bytes = b"") -> CertificatePaper:
    """Return a certificate whose number, name and token differ with ``count``, so that no cache helps."""
    token = f"{count:06d}{TOKEN}"[:276]
    return CertificatePaper(
        number=f"S0000229990172630{count % 1_000_000:05d}"[:22],
        name=f"甲子{chr(0x5B89 + count % 500)}",
        identity_type="居民身份证",
        identity="229***********9016",
        occupation="电工",
        job_type="",
        level="3",
        body="长春榫卯技能评价中心（样例）",
        issued_on=date(2026, 6, 15),
        qr=f"https://verify.example.org.cn/v#{token}",
        token=token,
        at=AT,
        photo=photo,
        sample=True,
    )


def seconds_each(work: Callable[[int], object], times: int, *, warm: int = 5) -> float:
    """Return the median of the seconds that one call takes, after a few calls to warm up."""
    for count in range(warm):
        work(count)
    taken = []
    for count in range(warm, warm + times):
        start = time.perf_counter()
        work(count)
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def typst_alone(times: int = 100) -> float:
    """Return t1: seconds for the certificate's page, its QR code among it, without photo, seal or record."""
    return seconds_each(lambda count: certificate_pdf(sample_paper(count)), times)


def typst_with_photo(times: int = 100) -> float:
    """Return the seconds for the same page with a photo of usual size."""
    picture = Image.effect_noise((295, 413), 40).convert("RGB")
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=70)
    return seconds_each(lambda count: certificate_pdf(replace(sample_paper(count), photo=out.getvalue())), times)


def pyhanko_alone(times: int = 100) -> float:
    """Return t2: seconds for sealing one ready page with P-256."""
    key, page = make_key_pair("样例", at=AT), certificate_pdf(sample_paper())
    return seconds_each(lambda _: sign_pdf(page, key=key, at=AT, reason="颁发"), times)


def check_alone(times: int = 100) -> float:
    """Return the seconds for checking one seal."""
    key = make_key_pair("样例", at=AT)
    page = sign_pdf(certificate_pdf(sample_paper()), key=key, at=AT, reason="颁发")
    return seconds_each(lambda _: check_pdf(page, [key.root]), times)


def main() -> None:
    """Print the figures."""
    t1, photo, t2, check = typst_alone(), typst_with_photo(), pyhanko_alone(), check_alone()
    print(f"t1  typst with QR       {t1 * 1000:6.1f} ms  {1 / t1:6.1f}/s")
    print(f"    typst, QR and photo {photo * 1000:6.1f} ms  {1 / photo:6.1f}/s")
    print(f"t2  pyHanko P-256       {t2 * 1000:6.1f} ms  {1 / t2:6.1f}/s")
    print(f"    checking a seal     {check * 1000:6.1f} ms  {1 / check:6.1f}/s")
    print(f"1/(t1+t2)               {1 / (t1 + t2):6.1f}/s, 0.7 of it {0.7 / (t1 + t2):6.1f}/s")


if __name__ == "__main__":
    main()
