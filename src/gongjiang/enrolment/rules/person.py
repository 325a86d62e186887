"""Who a row is about: identity number, name, sex, age, phone, employer, photo."""

import re
from datetime import date
from typing import TYPE_CHECKING

from gongjiang.enrolment.columns import CANDIDATE_COLUMNS, IDENTITY_KINDS, YES_NO
from gongjiang.enrolment.models import IdentityKind
from gongjiang.kernel.fields import blind_index
from gongjiang.kernel.sheets.cells import parse_date
from gongjiang.law.calendar import add_years
from gongjiang.law.codes import Identity, mask_identity, parse_credit_code, parse_identity
from gongjiang.law.eligibility.facts import LEAST_AGE

if TYPE_CHECKING:
    from gongjiang.enrolment.rules.row import Checking

KINDS = dict(zip(IDENTITY_KINDS, IdentityKind.values, strict=True))
SEXES = {"male": ("男", "male"), "female": ("女", "female")}
REQUIRED = tuple(column.key for column in CANDIDATE_COLUMNS if column.required)
NAME_LENGTH, EMPLOYER_LENGTH, MASK_LENGTH = 60, 100, 20  # of the columns of Enrolment and Candidate
NO_NAME = re.compile(r"[0-9=+@<>\"(){}\[\]/\\;:|&%$#!?*^~_,，。；：！？（）【】]")
PHONE = re.compile(r"1[0-9]{10}")
NO_EMPLOYER = {"无", "没有", "—", "-"}
TRIAL_PREFIX = "229"


def check(case: "Checking") -> None:
    """Check everything that says who the candidate is."""
    for column in REQUIRED:
        if case.row[column].is_empty:
            case.add("required", column)
    _name(case)
    _identity(case)
    _phone(case)
    _employer(case)
    case.made.needs_access = case.choice("access", YES_NO, "否") == "是"


def _name(case: "Checking") -> None:
    case.made.name = name = case.text("name")
    if len(name) > NAME_LENGTH:
        case.add("too_long", "name", limit=NAME_LENGTH)
    if NO_NAME.search(name):
        case.add("name_form", "name")


def _identity(case: "Checking") -> None:
    kind = KINDS.get(case.choice("identity_kind", IDENTITY_KINDS), "")
    cell = case.row["identity"]
    if cell.is_empty:
        return
    if cell.kind != "text":
        case.add("identity_cell", "identity")
        return
    found = parse_identity(cell.value, today=case.context.today)
    case.made.identity_masked = mask_identity(found.text)[:MASK_LENGTH]
    for reason in found.reasons:
        case.add("identity", "identity", reason=(reason.message_zh, reason.message_en))
    if not found.valid or found.kind is None:
        return
    for warning in found.warnings:
        if not (case.context.trial and found.text.startswith(TRIAL_PREFIX)):
            case.add("identity_look", "identity", soft=True, reason=(warning.message_zh, warning.message_en))
    if kind and kind != found.kind:
        right = IDENTITY_KINDS[IdentityKind.values.index(found.kind)]
        case.add("identity_kind", "identity_kind", kind=right)
    made = case.made
    made.identity, made.identity_kind, made.person_key = found.text, found.kind, blind_index(found.text)
    _sex(case, found)
    _born(case, found)
    _photo(case)


def _sex(case: "Checking", found: Identity) -> None:
    stated = case.choice("sex", ("男", "女"))
    if found.sex is None:
        if not stated:
            case.add("sex_needed", "sex")
        case.made.sex = "m" if stated == "男" else "f"
        return
    case.made.sex = "m" if found.sex == "male" else "f"
    if stated and stated != SEXES[found.sex][0]:
        case.add("sex", "sex", sex=SEXES[found.sex])


def _born(case: "Checking", found: Identity) -> None:
    cell = case.row["born_on"]
    stated = parse_date(cell) if not cell.is_empty else None
    if not cell.is_empty and stated is None:
        case.add("fact", "born_on", reason=("应为 YYYY-MM-DD", "expected YYYY-MM-DD"))
    if found.birth_date is not None and stated is not None and stated != found.birth_date:
        case.add("born", "born_on", day=found.birth_date.isoformat())
    born = found.birth_date or stated
    if born is None:
        if cell.is_empty:
            case.add("born_needed", "born_on")
        return
    case.made.born_on = born
    _age(case, born)


def _age(case: "Checking", born: date) -> None:
    exam, reaches = case.context.exam_from, add_years(born, LEAST_AGE)
    if reaches > exam:
        case.add("too_young", "identity", years=LEAST_AGE, day=reaches.isoformat(), exam=exam.isoformat())


def _photo(case: "Checking") -> None:
    photos = case.context.photos
    if photos is None:
        return
    case.made.photo_pk = photos.get(case.made.identity)
    if case.made.photo_pk is None:
        case.add("photo_missing", "identity")


def _phone(case: "Checking") -> None:
    text = case.text("phone").replace("-", "").replace(" ", "").removeprefix("+86")
    if text and not PHONE.fullmatch(text):
        case.add("phone", "phone")
    case.made.phone = text


def _employer(case: "Checking") -> None:
    name = case.text("employer")
    if len(name) > EMPLOYER_LENGTH:
        case.add("too_long", "employer", limit=EMPLOYER_LENGTH)
    case.made.employer = "" if name in NO_EMPLOYER else name
    code = case.text("employer_code")
    if not code or code in NO_EMPLOYER:
        return
    found = parse_credit_code(code)
    for reason in found.reasons:
        case.add("credit_code", "employer_code", reason=(reason.message_zh, reason.message_en))
    case.made.employer_code = found.text if found.valid else ""


def mask_phone(text: str) -> str:
    """Return the number for the screen: the first three and the last four digits, stars between."""
    hidden = len(text) - 7
    return text[:3] + "*" * hidden + text[-4:] if hidden >= 3 else "*" * len(text)
