"""What the public is told of a certificate: by number and name, or by the paper's own code. Reads only.

A number alone shows nothing, and a wrong name is told no differently from a wrong number.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from gongjiang.certificates import queries, signing
from gongjiang.certificates.documents import token_fields
from gongjiang.certificates.models import Certificate
from gongjiang.certificates.offline import Verification, verify
from gongjiang.certificates.printed import printed_fields
from gongjiang.certificates.reading import Unreadable, read_source
from gongjiang.certificates.token import TokenFields
from gongjiang.kernel.documents.papers import NO_JOB_TYPE, chinese_date, level_words
from gongjiang.law.codes import mask_identity, parse_certificate_number

LONGEST = 120  # characters of a number or a name that is looked at
Status = Literal["valid", "authentic", "superseded", "revoked", "altered", "unknown", "former_system"]
SHOWN = ("name", "identity", "occupation", "job_type", "level", "number", "body", "issued_on", "generation", "photo")


@dataclass(frozen=True, slots=True)
class Compared:
    """One field of a paper beside the register's; ``same`` None where the paper's can't be read."""

    field: str
    paper: str
    register: str
    same: bool | None


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question. ``certificate`` only where number and name, or the genuine paper, were shown.

    ``claim`` is what a paper says of itself where the register can't be shown.
    """

    status: Status
    as_of: datetime
    certificate: Certificate | None = None
    since: date | None = None
    reasons: tuple[str, ...] = ()
    compared: tuple[Compared, ...] = ()
    claim: TokenFields | None = None
    by_paper: bool = False

    @property
    def is_miss(self) -> bool:
        """Whether it counts towards the limit against guessing."""
        return self.status == "unknown" or (self.status == "altered" and self.certificate is None)


def by_number(number: str, name: str, *, at: datetime, for_page: bool = False) -> Answer:
    """Return what the register says to a number and a name: one look-up by key, and one more after every miss."""
    number, name = number[:LONGEST], name[:LONGEST]
    found = queries.find(number, name, for_page=for_page)
    if found is not None:
        status, since = queries.public_status(found, found.generation)
        return Answer(status, at, found, since)  # type: ignore[arg-type]  # one of the three
    former = queries.find_former(number, name)
    if former is not None:
        status, since = queries.public_status(former, former.generation)
        return Answer("revoked" if status == "revoked" else "superseded", at, former, since)
    old = parse_certificate_number(number).kind == "legacy16"
    return Answer("former_system" if old else "unknown", at)


def by_paper(source: bytes | str, *, at: datetime) -> Answer:
    """Return what the register says to a PDF, a picture of a QR code, or the code's text."""
    register = queries.Register(at)
    found = verify(source, keys=signing.key_set(), register=register)
    copy = register.copy
    if copy is not None:
        return _of_genuine(found, copy.certificate, at)
    if found.status == "altered":
        return _of_altered(source, found, at)
    return Answer("unknown", at, reasons=found.reasons, claim=found.fields, by_paper=True)


def _of_genuine(found: Verification, certificate: Certificate, at: datetime) -> Answer:
    """Tell of a paper whose code is genuine: its status, and beside the present copy what changed."""
    compared: tuple[Compared, ...] = ()
    if found.status in ("superseded", "altered") and found.fields:
        compared = tuple(_fields_beside(told(found.fields), told(token_fields(certificate))))
    return Answer(found.status, at, certificate, found.since, found.reasons, compared, by_paper=True)


def _of_altered(source: bytes | str, found: Verification, at: datetime) -> Answer:
    """Tell of a paper that was changed: beside the register, if its own code or its number and name are genuine."""
    token, text = _read(source)
    copy = queries.copy_by_token(token) if token and "signature" not in found.reasons else None
    certificate = copy.certificate if copy else None
    if certificate is None and found.fields is not None:
        certificate = queries.find(found.fields.number, found.fields.name)
    if certificate is None:
        return Answer("altered", at, reasons=found.reasons, claim=found.fields, by_paper=True)
    on_paper = _on_paper(text, found.fields)
    kept = told(token_fields(certificate, found.fields.generation if found.fields else None))
    compared = tuple(_fields_beside(on_paper, kept))
    return Answer("altered", at, certificate, found.since, found.reasons, compared, by_paper=True)


def _read(source: bytes | str) -> tuple[str, str]:
    try:
        reading = read_source(source)
    except Unreadable:
        return "", ""
    return reading.token, reading.text


def _on_paper(text: str, fields: TokenFields | None) -> dict[str, str]:
    """Return what is printed; what the print doesn't tell is taken from the paper's code."""
    printed = printed_fields(text)
    if "identity" in printed and "*" not in printed["identity"]:
        printed["identity"] = mask_identity(printed["identity"])
    return {**(told(fields) if fields else {}), **printed}


def told(fields: TokenFields) -> dict[str, str]:
    """Return a token's fields as papers print them."""
    return {
        "name": fields.name,
        "identity": fields.identity,
        "occupation": fields.occupation,
        "job_type": fields.job_type or NO_JOB_TYPE,
        "level": level_words(fields.level),
        "number": fields.number,
        "body": fields.body,
        "issued_on": chinese_date(fields.issued_on),
        "generation": str(fields.generation),
        "photo": fields.photo.hex(),
    }


def _fields_beside(paper: dict[str, str], register: dict[str, str]) -> Iterator[Compared]:
    for name in SHOWN:
        there, kept = paper.get(name, ""), register.get(name, "")
        if not there and not kept:
            continue
        same = None if name not in paper else re.sub(r"\s", "", there) == re.sub(r"\s", "", kept)
        yield Compared(name, there, kept, same)
