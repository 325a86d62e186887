"""The same application under the law of several places on the same day, side by side."""

from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from gongjiang.filing.models import ApplicationKind
from gongjiang.law import questions as ask
from gongjiang.law.compare_filing import Case, RowView, as_dict, compare
from gongjiang.law.places import CHANGCHUN, JILIN_PILOT, XINZHOU
from gongjiang.law.words import WORDS

# Three regimes that answer differently: Jilin's measures of 2025, Xinzhou's of 2024, the pilot's plan of 2019.
PLACES = (CHANGCHUN, XINZHOU, JILIN_PILOT)
MOST = 99


class CompareForm(forms.Form):
    """The application that is compared; every field may be left out."""

    kind = forms.ChoiceField(label=gettext_lazy("Application"), choices=ApplicationKind.choices)
    body = forms.ChoiceField(label=gettext_lazy("Kind of body"), choices=[(each, WORDS[each]) for each in ask.BODIES])
    affiliation = forms.ChoiceField(
        label=gettext_lazy("Affiliation"), choices=[(each, WORDS[each]) for each in ask.AFFILIATIONS]
    )
    day = forms.DateField(label=gettext_lazy("Day"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    occupations = forms.IntegerField(label=gettext_lazy("Occupations afterwards"), min_value=1, max_value=MOST)
    carried_out = forms.IntegerField(label=gettext_lazy("of them carried out"), min_value=0, max_value=MOST)
    having = forms.IntegerField(label=gettext_lazy("Bodies that have it"), min_value=0, max_value=MOST)
    bodies = forms.IntegerField(label=gettext_lazy("of bodies in the city"), min_value=1, max_value=MOST)
    exchanged = forms.BooleanField(label=gettext_lazy("an old one is given up for it"), required=False)

    def case(self) -> Case:
        """Return the application that was described."""
        told = {name: value for name, value in self.cleaned_data.items() if name != "day"}
        return Case(**told)


START: dict[str, Any] = {
    "kind": "addition",
    "body": "social",
    "affiliation": "municipal",
    "occupations": 6,
    "carried_out": 4,
    "having": 1,
    "bodies": 3,
    "exchanged": False,
}


@require_safe
def compare_filing(request: HttpRequest) -> HttpResponse:
    """What each place asks of the same application, with its articles; rows that differ are marked."""
    form, case, day = _asked(request)
    rows = compare(case, PLACES, day)
    n = sum(row.differs for row in rows)
    context = {
        "crumbs": [(_("The rules"), reverse("law")), (_("The same application under different rules"), "")],
        "form": form,
        "day": day,
        "places": PLACES,
        "documents": [_documents(rows, at) for at in range(len(PLACES))],
        "rows": [(row, _english(row)) for row in rows],
        "verdicts": [_verdict(rows, at) for at in range(len(PLACES))],
        "position": ngettext("%(n)s of %(of)s answers differs", "%(n)s of %(of)s answers differ", n)
        % {"n": n, "of": len(rows)},
        "kind_words": str(ApplicationKind(case.kind).label),
        "body_words": WORDS[case.body],
        "json_url": f"{reverse('law-compare-filing-json')}?{request.GET.urlencode()}",
        "adds": case.kind in {"addition", "first"},
    }
    return render(request, "filing/compare.html", context)


@require_safe
def compare_filing_json(request: HttpRequest) -> HttpResponse:
    """The same comparison for programs."""
    _form, case, day = _asked(request)
    told = {"day": day.isoformat(), "kind": case.kind, "body": case.body, "affiliation": case.affiliation}
    rows = as_dict(compare(case, PLACES, day))
    answer = {**told, "places": [place.code for place in PLACES], "rows": rows}
    return JsonResponse(answer, json_dumps_params={"ensure_ascii": False})


def _asked(request: HttpRequest) -> tuple[CompareForm, Case, date]:
    """Return the form with the application described; what wasn't said or can't be is as at the start."""
    start = {**START, "day": request.today.isoformat()}  # type: ignore[attr-defined]
    told = {name: request.GET[name] for name in start if request.GET.get(name)}
    form = CompareForm({**start, **told})
    if not form.is_valid():
        good = {name: value for name, value in told.items() if name not in form.errors}
        errors = form.errors
        form = CompareForm({**start, **good})
        form.is_valid()
        form.errors.update({name: errors[name] for name in errors})
    cleaned = {name: value for name, value in form.cleaned_data.items() if name != "day"}
    return form, Case(**{**START, **cleaned}), form.cleaned_data["day"]


def _documents(rows: tuple[RowView, ...], at: int) -> list[str]:
    """Return the numbers of the documents on which the place's answers rest, the nearest first."""
    found = {cite.document for row in rows for cite in row.cells[at].cites}
    near = [each.code for each in PLACES[at].chain()]
    return [each.number for each in sorted(found, key=lambda each: near.index(each.place.code))]


def _verdict(rows: tuple[RowView, ...], at: int) -> tuple[str, str]:
    """Return how the place's thresholds judge the case: a badge and its words."""
    judged = [row.cells[at].verdict for row in rows if row.cells[at].verdict is not None]
    if not judged:
        return "na", _("no threshold")
    return ("ok", _("thresholds met")) if all(judged) else ("no", _("refused"))


def _english(row: RowView) -> str:
    return row.question.english
