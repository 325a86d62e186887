"""The living style page: every part of the pages with invented data, light and dark, in both languages."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongjiang.kernel.parts import (
    Act,
    Cell,
    Check,
    Deadline,
    Event,
    Step,
    deadline,
    until,
)
from gongjiang.kernel.refusal import Ground
from gongjiang.law.calendar import SHANGHAI, Calendar
from gongjiang.law.model import Citation
from gongjiang.portal.design_lists import lists
from gongjiang.portal.design_pictures import pictures

TODAY = date(2026, 6, 17)
NOTICE, REPORT = "JL-2024-5§25", "JL-2024-5§28"
SWATCHES = ("indigo", "ink", "paper", "surface", "cinnabar", "jade", "amber")


class ExampleForm(forms.Form):
    """The form parts: text with an error, a date, a choice, a tick and a file."""

    number = forms.CharField(
        label=gettext_lazy("Certificate number"), help_text=gettext_lazy("22 characters, a letter first")
    )
    day = forms.DateField(
        label=gettext_lazy("Exam day"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    rows = forms.ChoiceField(
        label=gettext_lazy("What to save"),
        widget=forms.RadioSelect,
        choices=[
            ("none", gettext_lazy("Mend the sheet first; save nothing")),
            ("good", gettext_lazy("Save the 181 good rows only")),
        ],
    )
    agreed = forms.BooleanField(label=gettext_lazy("The candidate has signed the undertaking"), required=False)
    sheet = forms.FileField(label=gettext_lazy("Enrolment sheet"), required=False)

    def clean_number(self) -> str:
        raise forms.ValidationError(_("The check digit should be 8; 4 was given. Compare with the paper."))


def style_page(request: HttpRequest) -> HttpResponse:
    """Show every part; ``?theme=dark`` or ``light`` holds the theme against the system's."""
    theme = request.GET.get("theme", "")
    form = ExampleForm({"number": "S000022999017263000114", "rows": "good"})
    form.is_valid()
    context = {
        "theme": theme if theme in ("dark", "light") else "",
        "form": form,
        "swatches": SWATCHES,
        "crumbs": [(_("Gongjiang"), "/"), (_("Design language"), "")],
        **deadlines(),
        **record(),
        **lists(),
        **pictures(),
    }
    return render(request, "portal/design.html", context)


def deadlines() -> dict[str, Any]:
    """Return one deadline of each kind, counted by the calendar."""
    calendar = Calendar.default()

    def term(start: date, days: int, *cites: str) -> Deadline:
        return deadline(start, days, TODAY, calendar, cites)

    open_notice = term(date(2026, 6, 15), 5, NOTICE)
    chips = [
        (until(date(2026, 7, 3), TODAY, calendar), _("still far")),
        (open_notice, _("ordinary")),
        (term(date(2026, 6, 11), 5, NOTICE), _("within two days")),
        (term(date(2026, 5, 6), 30, REPORT), _("past, can still be done")),
        (deadline(date(2026, 6, 5), 5, TODAY, calendar, [NOTICE], done_on=date(2026, 6, 12)), _("done")),
        (term(date(2026, 12, 24), 8, REPORT), _("the holidays of 2027 aren't published")),
    ]
    return {"chips": chips, "open_notice": open_notice, "notice_cite": NOTICE, "report_cite": REPORT}


def record() -> dict[str, Any]:
    """Return what a record page shows."""
    cites = (Citation.parse(NOTICE),)
    return {
        "steps": [
            Step("results", _("Results"), "06-12", "done"),
            Step("notice", _("On notice"), _("until 06-23"), "now"),
            Step("issue", _("Issue"), _("from 06-24"), "lock"),
            Step("report", _("Report"), _("30 working days"), "lock"),
            Step("archive", _("Archive"), _("5 years"), "todo"),
        ],
        "late_steps": [Step("a", _("Issue"), "", "done"), Step("b", _("Report"), "", "late"), Step("c", _("Archive"))],
        "grounds": [
            Ground(
                _("The notice hasn't run out"),
                _("Wait until 2026-06-24 00:00; you'll be reminded."),
                cites,
                "notice-open",
            ),
            Ground(
                _("One objection isn't answered"),
                _("Another person answers it by 2026-06-24. You took it in, so you can only assign it."),
                cites,
                "objection-open",
                "#acts",
            ),
        ],
        "checks": [
            Check(_("Filing in force until 2028-09-30"), True),
            Check(_("Notice run out"), False, _("wait until 06-24"), cites),
            Check(_("Objections answered"), False, "0 / 1"),
            Check(_("Scores confirmed by a second person"), True),
            Check(_("Photos in order: 171"), True),
            Check(_("Theory retained from an earlier batch"), None),
        ],
        "facts": [
            (_("Body"), "长春榫卯技能评价中心（样例）", "S000022999017"),
            (_("Standard"), "电工 6-31-01-03", _("version of 2018, frozen")),
            (_("Identity number"), Cell(identity="229***********9016", reveal_url="#acts")),
            (_("Exam day"), date(2026, 5, 30)),
        ],
        "events": events(),
        "next": next_acts(),
        "acts": [
            Act(_("Issue certificates"), "#acts", look="primary"),
            Act(_("Export"), "#acts", icon="down"),
            Act(_("Revoke"), "#acts", look="stop"),
            Act(_("Lock the arrangement"), unless=_("One pair of colleagues still sits side by side")),
        ],
    }


def events() -> list[Event]:
    """Return a timeline with an entry of each kind."""
    return [
        Event(datetime(2026, 6, 24, tzinfo=SHANGHAI), _("certificates may be issued"), kind="todo"),
        Event(
            datetime(2026, 6, 17, 10, 24, tzinfo=SHANGHAI),
            _("asked to issue, not possible"),
            "丁卯春",
            _("two conditions"),
            (NOTICE,),
            "now",
        ),
        Event(
            datetime(2026, 6, 16, 9, 40, tzinfo=SHANGHAI),
            _("raised an objection"),
            "辛未明",
            "“接线图第 3 处我画对了。”",
            (NOTICE,),
            "hot",
        ),
        Event(datetime(2026, 6, 15, 16, 30, tzinfo=SHANGHAI), _("posted the results"), "戊辰光", "", (NOTICE,)),
    ]


def next_acts() -> list[Act]:
    """Return next acts: one with a deadline, one at any time, one closed."""
    due = until(date(2026, 6, 24), TODAY, Calendar.default())
    return [
        Act(_("Assign who answers the objection"), "#acts", note=_("three people, none of whom scored it"), due=due),
        Act(_("Preview 171 certificates"), "#acts", note=_("layout only, no numbers")),
        Act(_("Prepare the report"), unless=_("opens with the issue of certificates")),
    ]
