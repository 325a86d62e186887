"""Atoms of intent, schooling, apprenticeship, training and degree."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from gongjiang.law.eligibility.facts import Degree, School
from gongjiang.law.eligibility.judging import Case, Finding, judge_day, judge_yes, reference, without
from gongjiang.law.eligibility.words import NONE, SCOPES, Scope, Words


@dataclass(frozen=True)
class Intent:
    """INTENT: means to work in the occupation or a related one."""

    kind: str = "INTENT"

    def words(self, scope: Scope) -> Words:
        return Words(f"拟从事{SCOPES[scope].zh}工作", f"means to work in {SCOPES[scope].en}")

    def judge(self, case: Case) -> Finding:
        return judge_yes(case.facts.intent, Words("声明拟从事", "means to work in it"), case.on, "intent")


Standing = Literal["graduate", "graduating", "student"]


@dataclass(frozen=True)
class Schooled:
    """DIPLOMA(schools, own or related major); `standing`: graduate, 应届 counts too, or student counts."""

    schools: frozenset[School]
    schools_words: Words
    major_matters: bool = True
    standing: Standing = "graduating"
    kind: str = "DIPLOMA"

    def words(self, scope: Scope) -> Words:
        major = Words("本专业或相关专业", " in the same or a related major") if self.major_matters else NONE
        end = {
            "graduate": Words("毕业证书", "diploma"),
            "graduating": Words("毕业证书（含应届毕业生）", "diploma, or graduating this year"),
            "student": Words("在校学生", "student"),
        }[self.standing]
        return Words(f"{self.schools_words.zh}{major.zh}{end.zh}", f"{self.schools_words.en}{major.en}: {end.en}")

    def judge(self, case: Case) -> Finding:
        best = Finding(None, NONE, Words("学历不是这一类", "no schooling of this kind"))
        for index, schooling in enumerate(case.facts.schoolings):
            if schooling.school not in self.schools:
                continue
            ref = (reference(schooling.ref, "schoolings", index),)
            if self.major_matters and schooling.major == "other":
                best = Finding(None, NONE, Words("专业不对口", "the major isn't related"), ref)
                continue
            day = schooling.graduated_on if self.standing != "student" else None
            present = schooling.graduating_this_year or (self.standing == "student" and schooling.enrolled)
            if present and self.standing != "graduate":
                day = case.on
            if day is not None and (best.met_from is None or day < best.met_from):
                best = _schooled(day, case.on, ref)
            elif day is None and best.met_from is None:
                best = Finding(None, NONE, Words("不知道毕业日期", "the day of graduation isn't known"), ref)
        return best


def _schooled(day: date, on: date, ref: tuple[str, ...]) -> Finding:
    lacking = Words(f"{day} 才毕业", f"graduates only on {day}") if day > on else NONE
    return Finding(day, Words("符合", "of this kind"), lacking, ref)


@dataclass(frozen=True)
class SchoolEvaluated:
    """SCHOOL_EVALUATED: a school evaluated for this aim (经评估论证)."""

    kind: str = "SCHOOL_EVALUATED"

    def words(self, scope: Scope) -> Words:
        return Words("院校经评估论证", "the school has been evaluated")

    def judge(self, case: Case) -> Finding:
        what = Words("经评估论证", "the school has been evaluated")
        return judge_yes(case.facts.school_evaluated, what, case.on, "school_evaluated")


@dataclass(frozen=True)
class ApprenticeDone:
    """APPRENTICE_DONE (学徒期满)."""

    kind: str = "APPRENTICE_DONE"

    def words(self, scope: Scope) -> Words:
        return Words(f"{SCOPES[scope].zh}学徒期满", f"apprenticeship in {SCOPES[scope].en} done")

    def judge(self, case: Case) -> Finding:
        what = Words("学徒期满", "apprenticeship done")
        return judge_yes(case.facts.apprenticeship_done, what, case.on, "apprenticeship_done")


@dataclass(frozen=True)
class Trained:
    """TRAINING: regular training of the standard's hours, confirmed, or at least `hours` where given."""

    hours: int | None = None
    kind: str = "TRAINING"

    def words(self, scope: Scope) -> Words:
        zh = f"正规培训满 {self.hours} 学时" if self.hours else "正规培训达规定标准学时数"
        return Words(zh, f"regular training of {self.hours or 'the standard'} hours")

    def judge(self, case: Case) -> Finding:
        enough = self.hours is not None and case.facts.training_hours >= self.hours
        given = case.facts.training_completed or enough
        return judge_yes(given, Words("达规定学时", "training hours"), case.on, "training")


@dataclass(frozen=True)
class PreTechnician:
    """The pre-technician certificate (预备技师证书)."""

    kind: str = "PRE_TECHNICIAN"

    def words(self, scope: Scope) -> Words:
        return Words("取得预备技师证书", "pre-technician certificate")

    def judge(self, case: Case) -> Finding:
        what = Words("预备技师证书", "pre-technician certificate")
        day = case.facts.pre_technician_certificate_on
        if day is None:
            return Finding(None, NONE, without(what))
        return judge_day(what, day, case.on, "pre_technician_certificate_on")


DEGREES: dict[Degree, Words] = {
    "bachelor": Words("学士学位", "bachelor's degree"),
    "master": Words("硕士学位", "master's degree"),
    "doctor": Words("博士学位", "doctor's degree"),
}


@dataclass(frozen=True)
class HasDegree:
    """DEGREE(at least)."""

    degree: Degree
    kind: str = "DEGREE"

    def words(self, scope: Scope) -> Words:
        return Words(f"{DEGREES[self.degree].zh}及以上", f"{DEGREES[self.degree].en} or higher")

    def judge(self, case: Case) -> Finding:
        ranks = {degree: rank for rank, degree in enumerate(DEGREES)}
        held = case.facts.degree
        given = held is not None and ranks[held] >= ranks[self.degree]
        return judge_yes(given, DEGREES[self.degree], case.on, "degree")
