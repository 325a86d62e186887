"""The quarterly report of amendments: made once from the decisions of the quarter, then marked as sent."""

import io
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from gongjiang.accounts.models import Organisation
from gongjiang.filing import change_reports
from gongjiang.filing.change_reports import HEADINGS, Quarter
from gongjiang.filing.models import ChangeReport
from gongjiang.kernel import audit, canonical, files
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.clock import SHANGHAI
from gongjiang.kernel.documents.papers import Head, chinese_date
from gongjiang.kernel.documents.service import render
from gongjiang.kernel.refusal import Ground, NotAllowed, refuse_if
from gongjiang.kernel.sheets.write import write_table
from gongjiang.kernel.workflow import role_label
from gongjiang.law.model import Provision

REPORTERS = ("city_officer", "centre_officer")
TO = "省人力资源和社会保障厅、省职业技能鉴定中心"


@transaction.atomic
def make_change_report(*, actor: Actor, at: datetime, authority: Organisation, quarter: Quarter) -> ChangeReport:
    """Freeze the quarter's amendments with their sheet and paper; the same quarter gives the same report.

    :raises NotAllowed: no officer of the authority or of its centre.
    :raises Refused: the law of the place asks for none, or the quarter isn't over.
    """
    asked = _("Make the report of %(quarter)s") % {"quarter": quarter.label}
    _require_reporter(asked, actor, authority)
    today = at.astimezone(SHANGHAI).date()
    rule = change_reports.rule_for(authority, today)
    refuse_if(asked, _against(rule, quarter, authority, at))
    assert rule is not None
    Organisation.objects.select_for_update().get(pk=authority.pk)
    made = ChangeReport.everything.filter(authority=authority, year=quarter.year, quarter=quarter.number).first()
    if made:
        return made
    rows, due = change_reports.rows_of(authority, quarter), change_reports.due_on(authority, quarter)
    report = ChangeReport.everything.create(
        authority=authority,
        year=quarter.year,
        quarter=quarter.number,
        rows=rows,
        rows_digest=canonical.digest(rows),
        cites=[cite.key for cite in rule.cites],
        due_on=due,
        sheet=files.store_made(_sheet(rows, quarter, at), media_type=files.XLSX, at=at),
        paper=files.store_made(_paper(rows, quarter, authority, rule, at), media_type=files.PDF, at=at),
        made_by_id=actor.user_id,
        made_at=at,
    )
    facts = {"year": quarter.year, "quarter": quarter.number, "rows": len(rows), "digest": report.rows_digest}
    audit.record(actor=actor, action="change_report.make", subject=report, at=at, facts=facts, cites=rule.cites)
    return report


@transaction.atomic
def mark_sent(*, actor: Actor, at: datetime, report: ChangeReport, how: str) -> ChangeReport:
    """Note that the report went to the province and its centre, and how; once.

    :raises NotAllowed: no officer of the authority or of its centre. :raises Refused: it was sent, or how isn't said.
    """
    asked = _("Mark the report as sent")
    report = ChangeReport.everything.select_for_update(of=("self",)).select_related("authority").get(pk=report.pk)
    _require_reporter(asked, actor, report.authority)
    grounds = []
    if report.sent_on is not None:
        why = _("It was sent on %(day)s.") % {"day": report.sent_on}
        grounds.append(Ground(why, _("Nothing is left to do."), code="sent-already"))
    if not how.strip():
        why, way = _("How it was sent isn't said."), _("Name the document or the system.")
        grounds.append(Ground(why, way, code="how-missing"))
    refuse_if(asked, grounds, subject=report)
    report.sent_on, report.sent_how, report.sent_by_id = at.astimezone(SHANGHAI).date(), how.strip(), actor.user_id
    report.save(update_fields=["sent_on", "sent_how", "sent_by"])
    late = report.sent_on > report.due_on
    audit.record(actor=actor, action="change_report.send", subject=report, at=at, facts={"late": late})
    return report


def _require_reporter(asked: str, actor: Actor, authority: Organisation) -> None:
    own = change_reports.authority_of(actor)
    if own is not None and own.pk == authority.pk and actor.has(*REPORTERS):
        return
    way = _("Ask someone who is: %(roles)s.") % {"roles": ", ".join(map(role_label, REPORTERS))}
    why = _("%(name)s reports its amendments itself.") % {"name": authority.name}
    raise NotAllowed(asked, [Ground(why, way, code="not-the-reporter")])


def _against(rule: Provision[str] | None, quarter: Quarter, authority: Organisation, at: datetime) -> list[Ground]:
    if rule is None:
        why = _("No document of %(place)s asks for a report of amendments.") % {"place": authority.name}
        return [Ground(why, _("Nothing is to be reported."), code="no-report-here")]
    if at.astimezone(SHANGHAI).date() < quarter.until:
        why = _("%(quarter)s isn't over.") % {"quarter": quarter.label}
        way = _("Make it from %(day)s on.") % {"day": quarter.until}
        return [Ground(why, way, rule.cites, "quarter-running")]
    return []


def _sheet(rows: list[list[str]], quarter: Quarter, at: datetime) -> bytes:
    out = io.BytesIO()
    created = at.replace(tzinfo=None, microsecond=0)
    write_table(
        out, HEADINGS, rows, title=f"备案信息变更报备表 {quarter.label}", text_columns=HEADINGS, created=created
    )
    return out.getvalue()


def _paper(
    rows: list[list[str]], quarter: Quarter, authority: Organisation, rule: Provision[str], at: datetime
) -> bytes:
    head = Head(
        title=f"职业技能等级评价机构备案信息变更报备表（{quarter.label}）",
        issuer=authority.name,
        at=at,
        sample=not settings.PRODUCTION,
    )
    data = {
        "doc": head.data(),
        "rows": rows,
        "to": TO,
        "due": chinese_date(change_reports.due_on(authority, quarter)),
        "day": chinese_date(at.astimezone(SHANGHAI).date()),
        "basis": "、".join(cite.label for cite in rule.cites),
    }
    return render("change_report", data, at=at, fonts=head.fonts)
