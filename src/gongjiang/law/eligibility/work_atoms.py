"""Atoms of age, work, certificates and titles: what time and papers decide."""

from dataclasses import dataclass

from gongjiang.law.calendar import add_months, add_years
from gongjiang.law.eligibility.facts import TitleRank
from gongjiang.law.eligibility.judging import (
    Case,
    Finding,
    held_certificate,
    held_title,
    judge_day,
    judge_work,
    reference,
    without,
)
from gongjiang.law.eligibility.timeline import MONTH
from gongjiang.law.eligibility.words import LEVELS, NONE, RANKS, SCOPES, LevelKey, Scope, Words, years


@dataclass(frozen=True)
class Age:
    """AGE ≥ years."""

    years: int = 16
    kind: str = "AGE"

    def words(self, scope: Scope) -> Words:
        return Words(f"年满 {self.years} 周岁", f"aged {self.years} or more")

    def judge(self, case: Case) -> Finding:
        birth = case.facts.birth_date
        if birth is None:
            return Finding(None, NONE, Words("不知道出生日期", "the birth date isn't known"))
        met_from = add_years(birth, self.years)
        found = Words(f"{birth} 出生", f"born {birth}")
        lacking = Words(f"到 {met_from} 才满", f"reached on {met_from}") if met_from > case.on else NONE
        return Finding(met_from, found, lacking, ("birth_date",))


@dataclass(frozen=True)
class Worked:
    """EXP ≥ months (0: any work at all); `unbroken` 连续 instead of 累计."""

    months: int
    unbroken: bool = False
    kind: str = "EXP"

    def words(self, scope: Scope) -> Words:
        how = Words("连续", "unbroken ") if self.unbroken else Words("累计", "")
        if not self.months:
            return Words(f"从事{SCOPES[scope].zh}工作", f"works in {SCOPES[scope].en}")
        length = years(self.months)
        return Words(
            f"{how.zh}从事{SCOPES[scope].zh}工作满 {length.zh}",
            f"{length.en} of {how.en}work in {SCOPES[scope].en}",
        )

    def judge(self, case: Case) -> Finding:
        return judge_work(case, self.months, since=None, unbroken=self.unbroken)


@dataclass(frozen=True)
class Certified:
    """CERT(level)."""

    level: LevelKey
    kind: str = "CERT"

    def words(self, scope: Scope) -> Words:
        return Words(
            f"取得{SCOPES[scope].zh}{LEVELS[self.level].zh}证书",
            f"certificate of {LEVELS[self.level].en} in {SCOPES[scope].en}",
        )

    def judge(self, case: Case) -> Finding:
        held = held_certificate(case, self.level)
        if held is None:
            return Finding(None, NONE, without(Words(f"{LEVELS[self.level].zh}证书", LEVELS[self.level].en)))
        index, certificate = held
        ref = reference(certificate.ref, "certificates", index)
        return judge_day(LEVELS[self.level], certificate.issued_on, case.on, ref)


@dataclass(frozen=True)
class WorkedAfterCertificate:
    """EXP_AFTER(CERT) ≥ months."""

    level: LevelKey
    months: int
    unbroken: bool = False
    kind: str = "EXP_AFTER_CERT"

    def words(self, scope: Scope) -> Words:
        length = years(self.months)
        how = Words("连续", "unbroken ") if self.unbroken else Words("累计", "")
        return Words(
            f"取得{LEVELS[self.level].zh}证书后{how.zh}从事{SCOPES[scope].zh}工作满 {length.zh}",
            f"{length.en} of {how.en}work in {SCOPES[scope].en} after {LEVELS[self.level].en}",
        )

    def judge(self, case: Case) -> Finding:
        held = held_certificate(case, self.level)
        if held is None:
            lacking = Words("没有证书，无从起算", "no certificate to count from")
            return Finding(None, NONE, lacking, missing=self.months * MONTH)
        return judge_work(case, self.months, since=held[1].issued_on, unbroken=self.unbroken)


@dataclass(frozen=True)
class CertificateHeld:
    """CERT_HELD ≥ months: held for so long, no work needed."""

    level: LevelKey
    months: int
    kind: str = "CERT_HELD"

    def words(self, scope: Scope) -> Words:
        length = years(self.months)
        return Words(
            f"取得{SCOPES[scope].zh}{LEVELS[self.level].zh}证书满 {length.zh}",
            f"certificate of {LEVELS[self.level].en} held for {length.en}",
        )

    def judge(self, case: Case) -> Finding:
        held = held_certificate(case, self.level)
        if held is None:
            return Finding(None, NONE, without(Words(f"{LEVELS[self.level].zh}证书", LEVELS[self.level].en)))
        index, certificate = held
        met_from = add_months(certificate.issued_on, self.months)
        found = Words(f"{certificate.issued_on} 取得", f"obtained {certificate.issued_on}")
        lacking = Words(f"到 {met_from} 才满", f"reached on {met_from}") if met_from > case.on else NONE
        return Finding(met_from, found, lacking, (reference(certificate.ref, "certificates", index),))


@dataclass(frozen=True)
class Titled:
    """TITLE(rank): a professional title in a corresponding field."""

    rank: TitleRank
    kind: str = "TITLE"

    def words(self, scope: Scope) -> Words:
        return Words(f"取得对应专业{RANKS[self.rank].zh}", f"{RANKS[self.rank].en} in a corresponding field")

    def judge(self, case: Case) -> Finding:
        title = held_title(case, self.rank)
        if title is None:
            return Finding(None, NONE, without(RANKS[self.rank]))
        return judge_day(RANKS[self.rank], title[1].granted_on, case.on, reference(title[1].ref, "titles", title[0]))


@dataclass(frozen=True)
class WorkedAfterTitle:
    """EXP_AFTER(TITLE) ≥ months."""

    rank: TitleRank
    months: int
    kind: str = "EXP_AFTER_TITLE"

    def words(self, scope: Scope) -> Words:
        length = years(self.months)
        return Words(
            f"取得{RANKS[self.rank].zh}后累计从事{SCOPES[scope].zh}工作满 {length.zh}",
            f"{length.en} of work in {SCOPES[scope].en} after the {RANKS[self.rank].en}",
        )

    def judge(self, case: Case) -> Finding:
        title = held_title(case, self.rank)
        if title is None:
            lacking = Words("没有职称，无从起算", "no title to count from")
            return Finding(None, NONE, lacking, missing=self.months * MONTH)
        return judge_work(case, self.months, since=title[1].granted_on, unbroken=False)
