"""The seal of a PDF: genuine as issued, and any change at all is found."""

import asyncio
import io
import random
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest
from pypdf import PdfReader, PdfWriter

from gongjiang.certificates.seal import SealCheck, check_pdf, make_key_pair, sign_pdf
from gongjiang.kernel.documents.papers import certificate_pdf

pytestmark = pytest.mark.requirement("CRT-01")


def test_a_sealed_certificate_is_genuine(issued):
    found = check_pdf(issued.sealed, [issued.seal.root])
    assert found == SealCheck(
        signed=True,
        intact=True,
        whole_file_covered=True,
        modified=False,
        trusted=True,
        signer="TRIAL 长春榫卯技能评价中心（样例）",
        at=issued.paper.at,
    )
    assert found.genuine


@pytest.mark.django_db
def test_an_authority_with_a_long_name_seals_too(issued):
    """An autonomous prefecture's name has more bytes than a certificate's common name holds; it's cut, not refused."""
    from gongjiang.certificates.signing import seal_key

    key = seal_key("延边朝鲜族自治州人力资源和社会保障局（样例）")
    sealed = sign_pdf(issued.plain, key=key, at=issued.paper.at, reason="x")
    found = check_pdf(sealed, [key.root])
    assert (found.genuine, found.signer) == (True, "样本 延边朝鲜族自治州人力资源和社会保障局（")


def test_the_seal_leaves_the_page_as_it_was(issued):
    assert issued.sealed.startswith(issued.plain)


def test_the_seal_permits_no_change(issued):
    permission = PdfReader(io.BytesIO(issued.sealed)).trailer["/Root"]["/Perms"]["/DocMDP"]
    assert permission["/Reference"][0]["/TransformParams"]["/P"] == 1


def test_two_hundred_random_bit_flips_are_all_found(issued):
    dice = random.Random(20260615)
    missed = []
    for _ in range(200):
        place, bit = dice.randrange(len(issued.sealed)), dice.randrange(8)
        if check_pdf(_flipped(issued.sealed, place, bit), [issued.seal.root]).genuine:
            missed.append((place, bit))
    assert missed == []


def test_bit_flips_in_the_seal_itself_are_all_found(issued):
    start = issued.sealed.index(b"/Contents <") + 10
    end = issued.sealed.index(b">", start)
    dice = random.Random(7)
    places = [dice.randrange(start, end + 1) for _ in range(100)] + [end - 1, end, start, start + 1]
    found = [check_pdf(_flipped(issued.sealed, place, 5), [issued.seal.root]).genuine for place in places]
    assert found == [False] * len(places)


@pytest.mark.parametrize(("tail", "reason"), [(b"\n", "appended"), (b"\x00", "appended"), (b"%%EOF\n", "broken")])
def test_bytes_after_the_seal_are_found(issued, tail, reason):
    found = check_pdf(issued.sealed + tail, [issued.seal.root])
    assert (found.genuine, found.modified, found.reasons) == (False, True, (reason,))


def test_an_incremental_update_is_found(issued):
    writer = PdfWriter(io.BytesIO(issued.sealed), incremental=True)
    writer.pages[0].rotate(90)
    out = io.BytesIO()
    writer.write(out)
    assert out.getvalue().startswith(issued.sealed)
    found = check_pdf(out.getvalue(), [issued.seal.root])
    assert (found.genuine, found.modified, found.reasons) == (False, True, ("appended",))


def test_a_page_swapped_for_another_certificates_is_found(issued):
    other = certificate_pdf(
        type(issued.paper)(**{name: getattr(issued.paper, name) for name in issued.paper.__slots__} | {"level": "1"})
    )
    writer = PdfWriter(clone_from=io.BytesIO(issued.sealed))
    writer.remove_page(0)
    writer.insert_page(PdfReader(io.BytesIO(other)).pages[0], 0)
    out = io.BytesIO()
    writer.write(out)
    found = check_pdf(out.getvalue(), [issued.seal.root])
    assert (found.genuine, found.intact) == (False, False)


def test_a_seal_moved_to_another_paper_is_found(issued):
    end = len(issued.plain)
    other = bytearray(issued.sealed)
    other[end // 2 : end // 2 + 40] = bytes(40)
    assert not check_pdf(bytes(other), [issued.seal.root]).genuine


def test_a_strangers_seal_is_not_trusted(issued):
    stranger = make_key_pair("路人", at=issued.paper.at)
    found = check_pdf(sign_pdf(issued.plain, key=stranger, at=issued.paper.at, reason="x"), [issued.seal.root])
    assert (found.intact, found.trusted, found.genuine, found.reasons) == (True, False, False, ("untrusted",))


def test_what_is_not_sealed_or_not_a_pdf_says_so(issued):
    assert check_pdf(issued.plain, [issued.seal.root]) == SealCheck(signed=False, reasons=("no_seal",))
    assert check_pdf(b"hello", []) == SealCheck(signed=False, reasons=("unreadable",))
    assert check_pdf(b"%PDF-1.7\nrubbish", []).genuine is False


def test_a_seal_that_permits_later_seals_is_genuine_too(issued):
    approval = sign_pdf(issued.plain, key=issued.seal, at=issued.paper.at, reason="x", certification=False)
    assert "/Perms" not in PdfReader(io.BytesIO(approval)).trailer["/Root"]
    assert check_pdf(approval, [issued.seal.root]).genuine


def test_the_key_never_shows_in_a_trace_and_the_instant_needs_a_zone(issued):
    assert repr(issued.seal) == "SealKey(…)"
    with pytest.raises(ValueError, match="time zone"):
        sign_pdf(issued.plain, key=issued.seal, at=datetime(2026, 6, 15), reason="x")  # noqa: DTZ001 - what is refused


def _flipped(data: bytes, place: int, bit: int) -> bytes:
    held = bytearray(data)
    held[place] ^= 1 << bit
    return bytes(held)


def in_a_loop(work):
    """Run the coroutine in a loop of another thread: this one may have the browser's."""
    with ThreadPoolExecutor(1) as apart:
        return apart.submit(asyncio.run, work).result()


def test_sealing_works_inside_a_running_event_loop(issued):
    async def sealing() -> bytes:
        return sign_pdf(issued.plain, key=issued.seal, at=issued.paper.at, reason="样本")

    assert check_pdf(in_a_loop(sealing()), [issued.seal.root]).genuine


def test_a_seal_is_checked_right_inside_somebody_elses_event_loop(issued):
    async def inside() -> object:
        return check_pdf(issued.sealed, [issued.seal.root])

    assert in_a_loop(inside()) == check_pdf(issued.sealed, [issued.seal.root])
    assert check_pdf(issued.sealed, [issued.seal.root]).reasons == ()
