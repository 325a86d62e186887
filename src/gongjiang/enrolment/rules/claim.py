"""What a row applies for, and whether the law lets this body assess this person at it."""

from typing import TYPE_CHECKING

from gongjiang.enrolment.columns import CANDIDATE_COLUMNS, EXAM_KINDS, RELATIONS
from gongjiang.enrolment.facts import KEYS, read_facts
from gongjiang.enrolment.models import Relation
from gongjiang.enrolment.rules.context import LineInfo, Service, keys_of
from gongjiang.kernel.sheets.cells import parse_date, parse_month
from gongjiang.law.calendar import add_years
from gongjiang.law.codes import parse_certificate_number, parse_occupation_code, strip_marks
from gongjiang.law.eligibility import NoClauses, RowFacts, Verdict, assess, level_key
from gongjiang.law.eligibility.rows import LEVELS

if TYPE_CHECKING:
    from gongjiang.enrolment.rules.row import Checking

RELATION_OF = {
    "本单位职工": Relation.OWN_STAFF,
    "劳务派遣": Relation.DISPATCHED,
    "在校学生": Relation.OWN_STUDENT,
    "社会人员": Relation.SOCIETY,
}
LEVEL_NAMES = {
    "5": "五级/初级工",
    "4": "四级/中级工",
    "3": "三级/高级工",
    "2": "二级/技师",
    "1": "一级/高级技师",
    "master": "特级技师",
    "chief": "首席技师",
}
OWN_PEOPLE = {"employer": (Relation.OWN_STAFF, Relation.DISPATCHED), "college": (Relation.OWN_STUDENT,)}
DAYS_PASSED = tuple(
    (column.key, parse_date if column.kind == "date" else parse_month)
    for column in CANDIDATE_COLUMNS
    if column.key in {"own_since", "related_since", "certificate_on", "title_on"}
)
CLAIM_LENGTH = 20
# What a clause may ask that no column of the sheet states: such a claim is for the reviewer's eye, not for a refusal.
NOT_IN_THE_SHEET = {"PRE_TECHNICIAN", "DEGREE"}


def check(case: "Checking") -> None:
    """Check line, relation and clause, then judge eligibility if the facts could be read."""
    case.made.line = line = _line(case)
    case.made.is_resit = case.choice("exam_kind", EXAM_KINDS, EXAM_KINDS[0]) == EXAM_KINDS[1]
    _relation(case)
    facts = _facts(case)
    claimed = _claimed(case, line)
    if line is not None:
        _usual_age(case, line)
        if facts is not None and case.made.born_on is not None:
            _eligible(case, line, facts, claimed)


def _line(case: "Checking") -> LineInfo | None:
    level = str(LEVELS.get(case.text("level").replace("／", "/").replace(" ", ""), ""))
    if not level and case.text("level"):
        case.add("choice", "level", choices="、".join(LEVEL_NAMES.values()))
    code = _occupation(case)
    if not code:
        return None
    levels = case.context.lines.get(code)
    if not levels:
        case.add("not_in_batch", "occupation_code", cites=case.context.line_cites, lines=_all_lines(case))
        return None
    if level and level not in levels:
        name = next(iter(levels.values()))[0].name
        told = "、".join(LEVEL_NAMES.get(each, each) for each in levels)
        case.add("level_not_in_batch", "level", cites=case.context.line_cites, name=name, levels=told)
    return _of_job_type(case, levels[level]) if level in levels else None


def _all_lines(case: "Checking") -> str:
    return "、".join(next(iter(levels.values()))[0].name for levels in case.context.lines.values())


def _of_job_type(case: "Checking", lines: tuple[LineInfo, ...]) -> LineInfo | None:
    wanted = case.text("job_type")
    if len(lines) == 1 and (not wanted or not lines[0].job_type):
        return lines[0]
    found = next((line for line in lines if line.job_type == wanted), None)
    if found is None:
        case.add(
            "job_type",
            "job_type",
            cites=case.context.line_cites,
            types="、".join(line.job_type or "—" for line in lines),
        )
    return found


def _occupation(case: "Checking") -> str:
    """Return the occupation's code where it and the name agree, else nothing."""
    text = case.text("occupation_code")
    if not text:
        return ""
    found = parse_occupation_code(text)
    if not found.valid or found.code is None:
        for reason in found.reasons:
            case.add("occupation_code", "occupation_code", reason=(reason.message_zh, reason.message_en))
        return ""
    right = case.context.names.get(found.code)
    if right is None:
        case.add("occupation_unknown", "occupation_code", code=found.code)
        return ""
    stated = strip_marks(case.text("occupation")).name
    if stated and stated != right and stated not in case.context.also_called.get(found.code, ()):
        case.add("occupation_name", "occupation", code=found.code, name=right)
    return found.code


def _relation(case: "Checking") -> None:
    stated = case.choice("relation", RELATIONS, RELATIONS[-1])
    relation = RELATION_OF[stated]
    case.made.relation = relation.value
    service = case.context.service
    if service.rule is not None and not _serves(service, relation):
        case.add(
            "service_scope",
            "relation",
            cites=(*keys_of(service.rule), *keys_of(service.on_the_job)),
            whom=service.rule.value.whom,
            relation=(stated, str(relation.value).replace("_", " ")),
        )
    if service.kind == "employer" and relation == Relation.OWN_STAFF and not _is_the_body(case):
        bound = service.on_the_job is not None
        cites = keys_of(service.on_the_job if bound else service.rule)
        case.add(
            "other_employer" if bound else "subsidiary", "employer", cites=cites, soft=not bound, body=service.name
        )


def _serves(service: Service, relation: Relation) -> bool:
    """Say whether the body may assess people of the relation (JL-2024-5§4; JL-2019-133§3(2)1 in the pilot)."""
    rule = service.rule
    if rule is None or not rule.value.own_people_only:
        return True
    own = OWN_PEOPLE.get(service.kind, ())
    if service.on_the_job is not None:
        own = (Relation.OWN_STAFF,)
    return relation in own or (rule.value.may_serve_others_if_permitted and service.may_serve_others)


def _is_the_body(case: "Checking") -> bool:
    """Say whether the employer is the body or a listed subsidiary; in the pilot the enterprise itself only."""
    service = case.context.service
    return (case.made.employer_code or case.made.employer) in service.own_employers


def _facts(case: "Checking") -> RowFacts | None:
    """Return the facts if all could be read; what couldn't is a problem of its cell."""
    before = len(case.problems)
    found = read_facts(case.made.facts, birth_date=case.made.born_on)
    told = set()
    for wrong in found.problems:
        if wrong.column in told:
            continue
        told.add(wrong.column)
        case.add("fact", KEYS.get(wrong.column, ""), reason=(wrong.message_zh, wrong.message_en))
    for column, read in DAYS_PASSED:
        cell = case.row[column]
        day = None if cell.is_empty else read(cell)
        if day is not None and day > case.context.today:
            case.add("future", column, day=day.isoformat())
    _certificate_number(case)
    return found if len(case.problems) == before or all(each.soft for each in case.problems[before:]) else None


def _certificate_number(case: "Checking") -> None:
    text = case.text("certificate_number")
    if not text:
        return
    found = parse_certificate_number(text)
    level = LEVELS.get(case.text("certificate_level").replace("／", "/"))
    reasons = [(reason.message_zh, reason.message_en) for reason in found.reasons]
    if found.valid and found.level and level and str(level) != found.level:
        reasons.append((f"编号里的等级是 {found.level} 级", f"the number says level {found.level}"))
    for reason in reasons:
        case.add("certificate_number", "certificate_number", soft=True, reason=reason)


def _claimed(case: "Checking", line: LineInfo | None) -> str:
    text = case.text("clause").upper()[:CLAIM_LENGTH]
    case.made.clause_claimed = text
    if not text or line is None:
        return ""
    clauses = {clause.id.upper(): clause for clause in line.clauses.clauses}
    own = "、".join(clause.id for clause in line.clauses.at_level(level_key(line.level)))
    found = clauses.get(text)
    if found is None:
        case.add("clause_unknown", "clause", cites=case.context.eligibility_cites, clauses=own)
        return ""
    if found.level != level_key(line.level):
        level = LEVEL_NAMES[str(found.level)]
        case.add("clause_level", "clause", cites=case.context.eligibility_cites, level=level, clauses=own)
        return ""
    case.made.clause_claimed = found.id
    return found.id


def _eligible(case: "Checking", line: LineInfo, facts: RowFacts, claimed: str) -> None:
    try:
        verdict = assess(line.clauses, level_key(line.level), facts.facts, case.context.counted_on, line.scope)
    except NoClauses:
        case.add("no_clauses", "level", cites=case.context.eligibility_cites)
        return
    met = [clause.id for clause in verdict.met]
    if not met:
        _not_eligible(case, line, verdict, claimed)
    elif claimed and claimed not in met:
        case.add(
            "other_clause",
            "clause",
            soft=True,
            cites=case.context.eligibility_cites,
            claimed=claimed,
            reason=lacking(verdict, claimed),
            met="、".join(met),
        )


def _not_eligible(case: "Checking", line: LineInfo, verdict: Verdict, claimed: str) -> None:
    nearest = claimed or (verdict.nearest.id if verdict.nearest else "")
    ways = [way for clause in line.clauses.clauses if clause.id == claimed for way in clause.ways]
    kinds = {atom.kind for way in ways for atom in way}
    case.add(
        "not_eligible",
        "clause",
        soft=bool(kinds & NOT_IN_THE_SHEET),
        cites=case.context.eligibility_cites,
        clause=nearest,
        reason=lacking(verdict, nearest),
    )


def lacking(verdict: Verdict, clause: str) -> tuple[str, str]:
    """Return what a clause lacks in Chinese and in English; nothing where it is met or isn't judged."""
    unmet = [atom for each in verdict.clauses if each.id == clause for atom in each.atoms if not atom.met]
    return "；".join(atom.lacking.zh for atom in unmet), "; ".join(atom.lacking.en for atom in unmet)


def _usual_age(case: "Checking", line: LineInfo) -> None:
    years = case.context.soft_ages.get(line.level)
    born, exam = case.made.born_on, case.context.exam_from
    if years is None or born is None or add_years(born, years) <= exam:
        return
    age = exam.year - born.year - ((exam.month, exam.day) < (born.month, born.day))
    case.add("young", "identity", soft=True, age=age, years=years)
