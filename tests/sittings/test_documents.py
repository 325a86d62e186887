import io

import pypdf
import pytest
from tests.factories import at, make_actor, make_arranged_batch, make_body, make_ready_batch, make_rooms, make_tree

from gongjiang.kernel.refusal import Refused
from gongjiang.sittings import actions, documents, queries, suggest

pytestmark = pytest.mark.django_db
NOW = at("2026-05-27 10:00")


@pytest.fixture
def body():
    return make_body(make_tree()["changchun"])


def text_of(data):
    pages = pypdf.PdfReader(io.BytesIO(data)).pages
    return "".join("".join(page.extract_text().split()) for page in pages)


@pytest.mark.requirement("ENR-04")
def test_a_ticket_tells_seat_room_and_time_of_each_part(body):
    batch = make_arranged_batch(body, released=True)
    arrangement = queries.current_of(batch)

    text = text_of(documents.tickets(arrangement, NOW))

    for enrolment in batch.enrolments.all():
        assert enrolment.ticket_number in text
        assert enrolment.name in text
    assert text.count("理论知识考试") == text.count("操作技能考核") == 8
    assert "2026-05-30（周六）09:00–10:30" in text
    assert "样本" in text
    identities = [enrolment.candidate.identity for enrolment in batch.enrolments.select_related("candidate")]
    assert not any(identity in text for identity in identities)


@pytest.mark.requirement("ENR-04")
def test_before_the_lock_there_are_no_tickets(body):
    make_rooms(body)
    batch = make_ready_batch(body)
    clerk = make_actor(body.organisation, "exam_clerk")
    arrangement = actions.arrange(actor=clerk, at=at("2026-05-18"), batch=batch, seed=7)

    with pytest.raises(Refused) as refused:
        documents.tickets(arrangement, NOW)

    assert refused.value.codes == ("not-locked",)


@pytest.mark.requirement("ARR-02")
@pytest.mark.parametrize("kind", ["door-signs", "desk-labels", "sign-in-sheets", "seating-plan"])
def test_each_paper_names_rooms_and_seats(body, kind):
    batch = make_arranged_batch(body, released=True)

    text = text_of(documents.PAPERS[kind][0](queries.current_of(batch), NOW))

    for name in ("理论第1考场", "理论第2考场", "操作第1考场", "操作第2考场"):
        assert name in text
    numbers = [enrolment.ticket_number for enrolment in batch.enrolments.all()]
    shown = [number for number in numbers if number in text]
    assert shown if kind == "door-signs" else shown == numbers


@pytest.mark.requirement("ARR-03")
def test_a_swap_is_offered_for_colleagues_side_by_side(body):
    make_rooms(body)
    batch, clerk = make_ready_batch(body), make_actor(body.organisation, "exam_clerk")
    arrangement = actions.arrange(actor=clerk, at=at("2026-05-18"), batch=batch, seed=7)
    a, b = arrangement.seats.filter(sitting__part="theory", room__name="理论第 1 考场")[:2]
    arrangement = actions.move_seat(
        actor=clerk, at=at("2026-05-18"), seat=a, room=b.room_id, row=b.row, column=b.column
    )
    assert len(arrangement.conflicts) > 0

    offered = suggest.swaps_for(arrangement, list(queries.seats_of(arrangement)))

    assert len(offered) == len(arrangement.conflicts)
    swap = offered[0]
    to = swap.partner
    mended = actions.move_seat(
        actor=clerk, at=at("2026-05-18"), seat=swap.mover, room=to.room_id, row=to.row, column=to.column
    )
    assert len(mended.conflicts) < len(arrangement.conflicts)
