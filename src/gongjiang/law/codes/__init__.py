"""Codes that the platform reads and gives: certificate numbers, identity numbers, credit codes, occupations.

Every `parse_…` normalises first (full-width forms, spaces, lower case), never raises on bad text, and gives
a reason for every refusal. What two sources confirm is code; what one or none confirms is a parameter.
"""

from gongjiang.law.codes.certificate_number import (
    CertificateNumber,
    NumberRefused,
    build_certificate_number,
    parse_body_code,
    parse_certificate_number,
)
from gongjiang.law.codes.credit_code import CreditCode, credit_check_character, parse_credit_code
from gongjiang.law.codes.divisions import PROVINCES, was_ever_division
from gongjiang.law.codes.identity import Identity, identity_check_character, mask_identity, parse_identity
from gongjiang.law.codes.normalise import Normalised, normalise
from gongjiang.law.codes.occupation import OccupationCode, OccupationName, parse_occupation_code, strip_marks
from gongjiang.law.codes.reasons import Reason
from gongjiang.law.codes.special_number import SpecialRule

__all__ = [
    "PROVINCES",
    "CertificateNumber",
    "CreditCode",
    "Identity",
    "Normalised",
    "NumberRefused",
    "OccupationCode",
    "OccupationName",
    "Reason",
    "SpecialRule",
    "build_certificate_number",
    "credit_check_character",
    "identity_check_character",
    "mask_identity",
    "normalise",
    "parse_body_code",
    "parse_certificate_number",
    "parse_credit_code",
    "parse_identity",
    "parse_occupation_code",
    "strip_marks",
    "was_ever_division",
]
