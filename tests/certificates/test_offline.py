"""Every status that a paper can have, judged without network, and the command that tells it."""

import io
import json
import re
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from PIL import Image
from pypdf import PdfReader, PdfWriter

from gongjiang.certificates import offline
from gongjiang.certificates.cli_verify import add_arguments, run
from gongjiang.certificates.offline import REASONS, Registered, verify
from gongjiang.certificates.seal import sign_pdf
from gongjiang.certificates.status_list import BadFile, Ending, keys_json, read_keys, read_status, status_json
from gongjiang.certificates.token import make_token, token_digest
from gongjiang.kernel.documents.papers import certificate_pdf
from gongjiang.kernel.documents.qr import qr_png

pytestmark = pytest.mark.requirement("QRY-01")

NOON = datetime(2026, 7, 1, 4, tzinfo=UTC)
SALT = bytes(range(16))


def listed(issued, *ended, as_of=NOON):
    return read_status(status_json(ended, as_of=as_of, salt=SALT, key=issued.list_key), issued.keys)


def told(found):
    return (found.status, found.as_of, found.reasons)


def test_without_a_list_a_right_signature_is_authentic_never_valid(issued):
    found = verify(issued.sealed, keys=issued.keys)
    assert told(found) == ("authentic", None, ("status_not_checked", "trial"))
    assert found.fields == issued.fields
    assert found.passes


def test_a_list_that_does_not_name_the_copy_makes_it_valid(issued):
    found = verify(issued.paper.qr, keys=issued.keys, status=listed(issued))
    assert (found.status, found.as_of, found.fields, found.passes) == ("valid", NOON, issued.fields, True)


@pytest.mark.requirement("COR-03")
@pytest.mark.parametrize("how", ["address", "picture", "pdf"])
def test_a_revoked_paper_is_revoked_offline_however_it_is_shown(issued, how):
    source = {"address": issued.paper.qr, "picture": qr_png(issued.paper.qr), "pdf": issued.sealed}[how]
    status = listed(issued, (token_digest(issued.token), "revoked", date(2026, 6, 30)))
    found = verify(source, keys=issued.keys, status=status)
    assert (found.status, found.since, found.passes) == ("revoked", date(2026, 6, 30), False)
    assert found.reasons[0] == "revoked"


@pytest.mark.requirement("COR-02")
def test_a_corrected_copy_is_superseded_and_the_new_one_valid(issued):
    status = listed(issued, (token_digest(issued.token), "superseded", date(2026, 6, 20)))
    corrected = make_token(replace(issued.fields, name="甲子平", generation=2), issued.token_key)
    assert verify(issued.token, keys=issued.keys, status=status).status == "superseded"
    assert verify(corrected, keys=issued.keys, status=status).status == "valid"


def test_a_paper_newer_than_the_list_is_only_authentic(issued):
    early = listed(issued, as_of=datetime(2026, 6, 1, tzinfo=UTC))
    found = verify(issued.token, keys=issued.keys, status=early)
    assert told(found) == ("authentic", None, ("newer_than_list", "status_not_checked", "trial"))


def test_an_altered_pdf_is_altered(issued):
    place = len(issued.plain) // 2
    found = verify(issued.sealed[:place] + b"\x00\x01\x02" + issued.sealed[place + 3 :], keys=issued.keys)
    assert found.status in ("altered", "unknown")
    appended = verify(issued.sealed + b"\n", keys=issued.keys)
    assert (appended.status, appended.reasons[0], appended.passes) == ("altered", "appended", False)


def test_a_changed_level_on_an_unsealed_copy_is_altered(issued):
    forged = certificate_pdf(replace(issued.paper, level="1"))
    found = verify(forged, keys=issued.keys)
    assert (found.status, found.reasons) == ("altered", ("printed", "no_seal", "trial"))
    assert found.fields.level == "3"


def test_a_strangers_seal_on_our_token_is_altered(issued):
    from gongjiang.certificates.seal import make_key_pair

    stranger = make_key_pair("路人", at=issued.paper.at)
    forged = sign_pdf(issued.plain, key=stranger, at=issued.paper.at, reason="x")
    assert verify(forged, keys=issued.keys).reasons[0] == "untrusted"


def test_a_page_saved_again_without_seal_is_judged_by_its_code(issued):
    assert told(verify(issued.plain, keys=issued.keys)) == (
        "authentic",
        None,
        ("status_not_checked", "no_seal", "trial"),
    )


def test_a_token_of_an_unknown_key_is_unknown_and_a_wrong_signature_altered(issued):
    stranger = Ed25519PrivateKey.generate()
    found = verify(make_token(issued.fields, stranger), keys=issued.keys)
    assert (found.status, found.reasons) == ("unknown", ("key",))
    broken = issued.token[:-3] + ("000" if issued.token[-3:] != "000" else "111")
    assert verify(broken, keys=issued.keys).status == "altered"


@pytest.mark.parametrize("source", ["", "S000022999017263000118", b"", b"\x00", b"%PDF-", b"\xff\xd8\xff", "#" * 3000])
def test_what_says_nothing_is_unknown(issued, source):
    found = verify(source, keys=issued.keys)
    assert (found.status, found.fields, found.passes) == ("unknown", None, False)
    assert found.reasons


def test_a_scan_is_judged_by_its_code_and_says_to_compare(issued):
    page = Image.new("RGB", (1200, 1600), "white")
    page.paste(Image.open(io.BytesIO(qr_png(issued.paper.qr))), (100, 900))
    out = io.BytesIO()
    page.save(out, "PNG")
    assert verify(out.getvalue(), keys=issued.keys).reasons == ("status_not_checked", "picture_only", "trial")


@pytest.mark.parametrize("status", ["valid", "superseded", "revoked"])
def test_the_register_is_asked_first(issued, status):
    def register(fields, token):
        assert (fields, token) == (issued.fields, issued.token)
        return Registered(status, NOON, issued.fields)

    assert verify(issued.token, keys=issued.keys, register=register).status == status


def test_a_difference_to_the_register_is_shown_field_by_field(issued):
    kept = replace(issued.fields, level="4", name="甲子平")
    found = verify(issued.token, keys=issued.keys, register=lambda fields, token: Registered("valid", NOON, kept))
    assert found.status == "altered"
    assert found.differences == (("name", "甲子安", "甲子平"), ("level", "3", "4"))


def test_a_genuine_token_that_the_register_lacks_is_unknown(issued):
    found = verify(issued.token, keys=issued.keys, register=lambda fields, token: None)
    assert found.reasons[0] == "not_in_register"
    assert found.status == "unknown"


def test_a_list_shows_no_number_and_fits_only_its_own_salt(issued):
    digest = token_digest(issued.token)
    text = status_json([(digest, "revoked", date(2026, 6, 30))], as_of=NOON, salt=SALT, key=issued.list_key)
    assert issued.fields.number not in text
    assert digest.hex() not in text
    other = status_json([(digest, "revoked", date(2026, 6, 30))], as_of=NOON, salt=SALT[::-1], key=issued.list_key)
    assert json.loads(text)["entries"].keys().isdisjoint(json.loads(other)["entries"])
    assert read_status(text, issued.keys).ending(issued.token) == Ending("revoked", date(2026, 6, 30))


@pytest.mark.parametrize(
    "change",
    [
        lambda held: held["entries"].clear(),
        lambda held: held.update(as_of="2027-01-01T00:00:00+00:00"),
        lambda held: held.update(salt="00" * 16),
        lambda held: held.update(key="00000000"),
        lambda held: held.update(format="gongjiang-status/2"),
        lambda held: held.pop("signature"),
    ],
)
def test_a_changed_list_is_refused(issued, change):
    digest = token_digest(issued.token)
    held = json.loads(status_json([(digest, "revoked", NOON.date())], as_of=NOON, salt=SALT, key=issued.list_key))
    change(held)
    with pytest.raises(BadFile):
        read_status(json.dumps(held), issued.keys)


def test_a_key_file_whose_id_is_not_its_own_is_refused(issued):
    held = json.loads(issued.keys_text)
    held["token_keys"][0]["id"] = "00000000"
    with pytest.raises(BadFile, match="id"):
        read_keys(json.dumps(held))
    assert read_keys(keys_json(tokens=[], lists=[], roots=[], trial=False)).tokens == {}


def test_every_reason_has_its_words():
    """A code without words would break the page: collect them from the source that gives them."""
    folder = Path(offline.__file__).parent
    code = "".join((folder / f"{name}.py").read_text(encoding="utf-8") for name in ("reading", "token", "seal"))
    given = set(re.findall(r'(?:Unreadable|BadToken)\("([a-z_]+)"', code))
    given |= set(re.findall(r'^        \("([a-z_]+)", ', code, re.MULTILINE)) - {"key_encipherment"}
    assert {"too_big", "no_code", "form", "signature", "appended", "container"} <= given
    assert given <= set(REASONS)


@pytest.fixture
def folder(issued, tmp_path):
    (tmp_path / "keys.json").write_text(issued.keys_text, encoding="utf-8")
    (tmp_path / "paper.pdf").write_bytes(issued.sealed)
    ended = [(token_digest(issued.token), "revoked", date(2026, 6, 30))]
    (tmp_path / "status.json").write_text(status_json(ended, as_of=NOON, salt=SALT, key=issued.list_key))
    (tmp_path / "empty.json").write_text(status_json([], as_of=NOON, salt=SALT, key=issued.list_key))
    return tmp_path


def command(folder, *arguments):
    import argparse

    parser = argparse.ArgumentParser()
    add_arguments(parser)
    return run(parser.parse_args([str(part) for part in arguments] + ["--keys", str(folder / "keys.json")]))


def test_the_command_tells_programs(issued, folder, capsys):
    assert command(folder, folder / "paper.pdf", "--json") == 0
    assert json.loads(capsys.readouterr().out)["status"] == "authentic"
    assert command(folder, folder / "paper.pdf", "--json", "--status", folder / "empty.json") == 0
    assert json.loads(capsys.readouterr().out)["status"] == "valid"
    assert command(folder, issued.paper.qr, "--json", "--status", folder / "status.json") == 1
    found = json.loads(capsys.readouterr().out)
    assert (found["status"], found["as_of"], found["since"]) == ("revoked", NOON.isoformat(), "2026-06-30")
    assert found["fields"]["number"] == issued.fields.number
    assert found["reasons"][0] == "证书已撤销。"


def test_the_command_tells_people(folder, capsys):
    assert command(folder, folder / "paper.pdf") == 0
    out = capsys.readouterr().out
    assert "状态：真实（未核对目前状态）" in out
    assert "  职业技能等级：三级/高级工" in out
    assert "样本" in out


def test_misuse_is_told_apart(folder, capsys):
    (folder / "keys.json").write_text("{}")
    assert command(folder, "x") == 2
    assert "gongjiang-keys/1" in capsys.readouterr().err


def test_the_command_runs_alone_without_settings_or_database(folder):
    code = (
        "import sys, argparse; from gongjiang.certificates.cli_verify import add_arguments, run;"
        "p = argparse.ArgumentParser(); add_arguments(p); code = run(p.parse_args(sys.argv[1:]));"
        "assert not any(name == 'django' or name.startswith('django.') for name in sys.modules); sys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "paper.pdf", "--status", "status.json", "--json"],
        cwd=folder,
        env={"PYTHONPATH": ":".join(sys.path), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (1, "")
    assert json.loads(done.stdout)["status"] == "revoked"


def test_a_cloned_page_in_another_pdf_keeps_no_seal(issued):
    writer = PdfWriter()
    writer.add_page(PdfReader(io.BytesIO(issued.sealed)).pages[0])
    out = io.BytesIO()
    writer.write(out)
    found = verify(out.getvalue(), keys=issued.keys)
    assert (found.status, found.passes, found.as_of) == ("altered", False, None)
