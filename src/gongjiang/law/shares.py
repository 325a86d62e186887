"""Shares and numbers as the documents set them, compared exactly."""

from fractions import Fraction


def reaches(part: int, whole: int, share: Fraction) -> bool:
    """Say whether ``part`` of ``whole`` is the share or more, exactly; of nothing, no share is reached.

    >>> reaches(2, 3, Fraction(2, 3)), reaches(666, 1000, Fraction(2, 3)), reaches(0, 0, Fraction(2, 3))
    (True, False, False)
    """
    return whole > 0 and part * share.denominator >= whole * share.numerator


def number_is_allowed(after: int, limit: int, before: int) -> bool:
    """Say whether so many may be filed: within the limit, or by an exchange not more than before (XZ-2024-2§26)."""
    return after <= limit or after <= before
