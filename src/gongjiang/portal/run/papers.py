"""Certificates, the report upward, and the proof that the papers verify without the platform."""

import json
import secrets
from collections import Counter
from datetime import time
from typing import TYPE_CHECKING

from gongjiang.certificates import actions as certificates
from gongjiang.certificates import offline, queries, rules, signing
from gongjiang.certificates.models import Certificate, CertificateCopy
from gongjiang.certificates.status_list import KeySet, StatusList, read_status, status_json
from gongjiang.kernel import checkpoints, files
from gongjiang.kernel.actor import system
from gongjiang.kernel.refusal import Ground, Refused
from gongjiang.portal.run.before_exam import _cites, refresh
from gongjiang.portal.run.cast import moment
from gongjiang.reports import actions as reports

if TYPE_CHECKING:
    from gongjiang.portal.run.chain import Chain


def issue(chain: "Chain") -> None:
    """Number the passes, make and sign their papers, write each as ``certificates/NUMBER.pdf``."""
    day, at = chain.folder.days["issued"], moment(chain.folder.days["issued"], time(10))
    chain.batch = refresh(chain.batch)
    clerk = chain.actor("certificate_clerk")
    if rules.numbers_by_centre(chain.batch, at):
        certificates.apply_for_numbers(actor=clerk, at=at, batch=chain.batch)
        certificates.issue(actor=chain.actor("centre_officer"), at=at, batch=chain.batch, key="run-issue")
    else:
        certificates.issue(actor=clerk, at=at, batch=chain.batch, key="run-issue")
    made = certificates.make_papers(actor=system("run"), at=at, batch=chain.batch)
    numbers = []
    for copy in _copies(chain):
        number = copy.certificate.number
        chain.write(f"certificates/{number}.pdf", files.read(copy.file))
        numbers.append(number)
    chain.diary.step(
        "issue",
        "颁发证书",
        day,
        _cites("certificate.publish") or _cites("batch.issue"),
        certificates=made,
        first=min(numbers, default=""),
        last=max(numbers, default=""),
    )


def report(chain: "Chain") -> None:
    """Prepare the report, send it, read the receipt back."""
    day, clerk = chain.folder.days["reported"], chain.actor("certificate_clerk")
    chain.batch = refresh(chain.batch)
    package = reports.prepare_report(actor=clerk, at=moment(day), batch=chain.batch)
    chain.write("report.xlsx", files.read(package.data_sheet))
    reports.send_report(actor=clerk, at=moment(day, time(10)), package=package)
    receipt = f"样本-{package.number}"
    reports.read_receipt(actor=clerk, at=moment(day, time(16)), package=package, receipt=receipt, rejected=[])
    chain.diary.step(
        "report",
        "上报",
        day,
        package.due_cites,
        rows=package.row_count,
        due=package.due_on,
        receipt=receipt,
    )


def verify(chain: "Chain") -> None:
    """Publish keys, status list and trail, and verify every paper with these files alone."""
    at = moment(chain.folder.days["reported"], time(18))
    keys = signing.public_keys()
    status = status_json(queries.ended_copies(), as_of=at, salt=secrets.token_bytes(16), key=signing.token_key())
    checkpoint = checkpoints.publish_checkpoint(at=at, actor=system("run"))
    chain.write("keys.json", keys.encode())
    chain.write("status.json", status.encode())
    entries = checkpoints.export(chain.out / "audit.jsonl")
    key_set = signing.key_set()
    found = _verify_all(chain, key_set, read_status(status, key_set))
    if set(found) - {"valid"}:
        ground = Ground(json.dumps(found, ensure_ascii=False), "这是平台的缺陷，请报告。", code="not-valid")
        raise Refused("离线核验", [ground])
    chain.diary.step(
        "verify",
        "离线核验",
        at.date(),
        ["MOHRSS-2020-17§22"],
        verified=found["valid"],
        entries=entries,
        head=checkpoint.hash,
    )


def _copies(chain: "Chain") -> list[CertificateCopy]:
    own = Certificate.objects.for_actor(chain.actor("certificate_clerk")).filter(batch=chain.batch)
    return list(CertificateCopy.objects.filter(certificate__in=own).select_related("certificate", "file"))


def _verify_all(chain: "Chain", keys: KeySet, status: StatusList) -> Counter[str]:
    papers = sorted((chain.out / "certificates").glob("*.pdf"))
    return Counter(offline.verify(paper.read_bytes(), keys=keys, status=status).status for paper in papers)
