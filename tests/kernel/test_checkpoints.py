"""The trail against a checkpoint kept outside: every way to falsify it is found and named."""

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from gongjiang.kernel import audit, canonical, checkpoints, keys, numbers, verify_audit
from gongjiang.kernel.actor import Actor, system
from gongjiang.kernel.models import AuditEntry, ChainHead, Checkpoint, Counter

AT = datetime(2026, 6, 15, 1, 0, tzinfo=UTC)
CLERK = Actor(kind="staff", user_id=7, roles=frozenset({"exam_clerk"}))
pytestmark = pytest.mark.requirement("ARC-02")


def made_trail(count):
    """Return an export of ``count`` entries, made as the platform makes them but without a database."""
    previous, made = verify_audit.GENESIS, []
    for seq in range(1, count + 1):
        entry = AuditEntry(
            seq=seq,
            at=AT + timedelta(seconds=seq),
            actor_kind="staff",
            actor_id=seq % 9,
            actor_roles=["exam_clerk"],
            action="planning.batch.announce",
            subject_kind="planning.batch",
            subject_id=str(seq),
            reason="“样例” \\ \n",
            facts={"score": "58.5", "n": seq},
            previous=previous,
        )
        entry.hash = previous = canonical.digest(audit.content(entry))
        made.append(verify_audit.line_of(canonical.dumps(audit.content(entry)).encode(), entry.hash))
    return made


def signed(lines, seq=None):
    key = keys.signing_key(keys.CHECKPOINT)
    seq = seq or len(lines)
    digest = lines[seq - 1][-67:-3].decode()
    checkpoint = {"seq": seq, "hash": digest, "at": "2026-06-15T01:00:00+00:00", "key_id": key.id}
    checkpoint["signature"] = key.sign(verify_audit.checkpoint_message(checkpoint)).hex()
    return checkpoint


TRAIL = made_trail(8)
KEYS = {key_id: public.hex() for key_id, public in keys.public_keys(keys.CHECKPOINT).items()}


def problems(lines, *points):
    trail = verify_audit.read(lines)
    found = trail.problems + verify_audit.against(trail, points, KEYS)
    return [(problem.seq, problem.kind) for problem in found]


def rewritten(lines, seq, **changed):
    """Return the trail with one entry changed and every later hash recomputed, as its database's owner could."""
    entries = [json.loads(line)["entry"] for line in lines]
    entries[seq - 1] |= changed
    previous, made = verify_audit.GENESIS, []
    for entry in entries:
        entry["previous"] = previous
        previous = canonical.digest(entry)
        made.append(verify_audit.line_of(canonical.dumps(entry).encode(), previous))
    return made


def test_a_whole_trail_is_whole():
    assert problems(TRAIL, signed(TRAIL)) == []
    assert problems(TRAIL, signed(TRAIL, 5)) == []


def test_an_edit_is_named():
    edited = [*TRAIL[:3], TRAIL[3].replace(b"58.5", b"60.5"), *TRAIL[4:]]
    assert problems(edited, signed(TRAIL)) == [(4, "edited")]


def test_an_edit_with_its_own_hash_recomputed_is_named():
    edited = [*TRAIL[:3], rewritten(TRAIL, 4, action="x")[3], *TRAIL[4:]]
    assert problems(edited, signed(TRAIL)) == [(4, "chain")]


def test_a_trail_written_anew_is_named_between_two_checkpoints():
    anew = rewritten(TRAIL, 5, action="x")
    assert problems(anew) == []
    assert problems(anew, signed(TRAIL, 3), signed(TRAIL)) == [(4, "rewritten")]


def test_a_removal_is_named():
    assert problems(TRAIL[:3] + TRAIL[4:], signed(TRAIL)) == [(4, "missing")]
    assert problems(TRAIL[1:], signed(TRAIL)) == [(1, "missing")]


def test_a_swap_is_named():
    swapped = [*TRAIL[:2], TRAIL[3], TRAIL[2], *TRAIL[4:]]
    assert problems(swapped, signed(TRAIL)) == [(3, "order")]


def test_a_doubled_entry_is_named():
    assert problems([*TRAIL[:2], TRAIL[1], *TRAIL[2:]], signed(TRAIL)) == [(2, "twice")]


def test_a_cut_tail_is_seen_only_against_a_checkpoint_and_named():
    assert problems(TRAIL[:6]) == []
    assert problems(TRAIL[:6], signed(TRAIL)) == [(7, "cut")]
    assert problems([], signed(TRAIL)) == [(1, "cut")]


def test_a_forged_checkpoint_is_refused():
    forged = {**signed(TRAIL, 8), "hash": "0" * 64}
    assert problems(TRAIL, forged) == [(8, "signature")]
    assert problems(TRAIL, {**signed(TRAIL), "key_id": "other"}) == [(8, "key")]


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_no_byte_can_be_changed_unseen(data):
    whole = b"".join(TRAIL)
    place = data.draw(st.integers(0, len(whole) - 1))
    value = data.draw(st.integers(0, 255).filter(lambda byte: byte != whole[place]))
    changed = whole[:place] + bytes([value]) + whole[place + 1 :]
    assert problems(changed.splitlines(keepends=True), signed(TRAIL)) != []


@settings(max_examples=60, deadline=None)
@given(st.permutations(range(8)))
def test_no_other_order_passes(order):
    shuffled = [TRAIL[n] for n in order]
    assert (problems(shuffled, signed(TRAIL)) == []) is (list(order) == list(range(8)))


@settings(max_examples=25, deadline=None)
@given(st.binary(min_size=32, max_size=32), st.binary(max_size=80), st.integers(0, 511))
def test_our_own_ed25519_agrees_with_the_library(seed, message, bit):
    key = Ed25519PrivateKey.from_private_bytes(seed)
    public, signature = key.public_key().public_bytes_raw(), key.sign(message)
    assert verify_audit.ed25519_verify(public, message, signature) is True
    wrong = bytearray(signature)
    wrong[bit // 8] ^= 1 << bit % 8
    assert verify_audit.ed25519_verify(public, message, bytes(wrong)) is False
    assert keys.verify_ed25519(public, message, bytes(wrong)) is False
    assert verify_audit.ed25519_verify(public, message + b"x", signature) is False


def test_it_runs_alone_with_the_standard_library(tmp_path):
    (tmp_path / "audit.jsonl").write_bytes(b"".join(TRAIL))
    (tmp_path / "cut.jsonl").write_bytes(b"".join(TRAIL[:-1]))
    (tmp_path / "points.json").write_text(json.dumps({"keys": KEYS, "checkpoints": [signed(TRAIL)]}))

    def run(*arguments):
        command = [sys.executable, "-I", "-S", verify_audit.__file__, *arguments, "--json"]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
        return done.returncode, json.loads(done.stdout) if done.stdout else done.stderr

    assert run("audit.jsonl", "--checkpoints", "points.json") == (
        0,
        {"whole": True, "entries": 8, "signed_to": 8, "problems": []},
    )
    code, report = run("cut.jsonl", "--checkpoints", "points.json")
    assert (code, [(p["seq"], p["kind"]) for p in report["problems"]]) == (1, [(8, "cut")])
    own = [f"{key_id}={public}" for key_id, public in KEYS.items()]
    assert run("audit.jsonl", "--checkpoints", "points.json", "--key", own[0])[0] == 0
    assert run("audit.jsonl", "--checkpoints", "points.json", "--key", f"{own[0][:-2]}00")[0] == 1
    assert run("missing.jsonl")[0] == 2


# In the database


def write(count):
    for n in range(count):
        counter = Counter.objects.create(name=f"样例 {n}")
        audit.record(actor=CLERK, action="test.made", subject=counter, at=AT, facts={"n": n})


@pytest.mark.django_db
def test_a_checkpoint_is_signed_once_per_head_and_published():
    write(2)
    made = checkpoints.publish_checkpoint(at=AT, actor=system("night"))
    assert checkpoints.publish_checkpoint(at=AT, actor=system("night")) == made
    assert (made.seq, AuditEntry.objects.count(), made.key_id.startswith("demo-")) == (3, 3, True)
    published = checkpoints.published()
    trail = verify_audit.read(checkpoints.as_bytes().splitlines(keepends=True))
    assert verify_audit.against(trail, published["checkpoints"], published["keys"]) == []
    assert trail.problems == []
    assert (checkpoints.verify_chain(), checkpoints.verify_rows()) == ([], [])


@pytest.mark.django_db
def test_a_broken_trail_isnt_signed():
    write(3)
    AuditEntry.objects.filter(seq=2).update(reason="x")
    with pytest.raises(checkpoints.TrailBroken, match="entry 2"):
        checkpoints.publish_checkpoint(at=AT, actor=system("night"))
    assert Checkpoint.objects.count() == 0


@pytest.mark.django_db
def test_edits_in_the_database_are_named():
    write(4)
    checkpoints.publish_checkpoint(at=AT, actor=system("night"))
    AuditEntry.objects.filter(seq=2).update(facts={"n": 7})
    assert [(p.seq, p.kind) for p in checkpoints.verify_chain()] == [(2, "edited")]


@pytest.mark.django_db
def test_a_cut_tail_in_the_database_is_named():
    write(4)
    checkpoints.publish_checkpoint(at=AT, actor=system("night"))
    AuditEntry.objects.filter(seq__gte=4).delete()
    last = AuditEntry.objects.get(seq=3)
    assert {(p.seq, p.kind) for p in checkpoints.verify_chain()} == {(4, "cut")}
    ChainHead.objects.update(seq=3, hash=last.hash)
    assert [(p.seq, p.kind) for p in checkpoints.verify_chain()] == [(4, "cut")]


@pytest.mark.django_db
def test_a_changed_and_a_deleted_record_are_named_by_table_and_row():
    write(3)
    assert checkpoints.verify_rows() == []
    Counter.objects.filter(name="样例 1").update(last=5)
    Counter.objects.filter(name="样例 2").delete()
    assert [(p.table, p.pk, p.text.split()[0]) for p in checkpoints.verify_rows()] == [
        ("kernel.counter", "样例 1", "isn't"),
        ("kernel.counter", "样例 2", "is"),
    ]


@pytest.mark.django_db
def test_a_counter_set_back_is_named():
    block = numbers.take("样例", 5)
    audit.record_many(actor=CLERK, at=AT, acts=[block.act()])
    assert checkpoints.verify_rows() == []
    Counter.objects.update(last=3)
    assert [p.pk for p in checkpoints.verify_rows()] == ["样例"]


@pytest.mark.parametrize("model", checkpoints.audited_models(), ids=lambda model: model._meta.label_lower)
def test_every_audited_kind_hashes_each_of_its_fields(model):
    row = _blank(model)
    before = row.state_hash()
    assert model.audited_fields
    for name in model.audited_fields:
        field = model._meta.get_field(name)
        other = _blank(model, salt=row.salt)
        setattr(other, field.attname, _other(field))
        assert other.state_hash() != before, name


def _blank(model, **values):
    """Return a row that isn't saved; a yes or no that must be told is told, as no."""
    asked = [f for f in model._meta.fields if f.get_internal_type() == "BooleanField" and not f.null]
    return model(**{f.name: False for f in asked if not f.has_default()}, **values)


def _other(field):
    kind = field.get_internal_type()
    known = {
        "DateField": AT.date(),
        "DateTimeField": AT,
        "BooleanField": field.default is not True,
        "JSONField": {"x": 1},
        "DecimalField": "41.5",
        "CharField": "另",
        "TextField": "另",
        "BinaryField": "另",
    }
    return known.get(kind, 4_711)
