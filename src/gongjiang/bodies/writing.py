"""Writing a scope: the cells of one site, and the site if the body lacks it."""

from datetime import date

from gongjiang.bodies.models import AssessmentBody, ExamSite, ScopeItem
from gongjiang.bodies.specs import SiteSpec


def add_cells(body: AssessmentBody, spec: SiteSpec, since: date) -> list[ScopeItem]:
    """Write the scope of one site from the day on; a site of a name that the body lacks is made with it."""
    site, _made = ExamSite.everything.get_or_create(
        body=body, name=spec.name, defaults={"address": spec.address, "division": spec.division, "since": since}
    )
    return ScopeItem.objects.bulk_create(
        ScopeItem(body=body, occupation=occupation, level=level, site=site, since=since)
        for occupation, level in spec.scope
    )
