"""Pages of the ladder of levels and of the kinds of evaluation."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from gongjiang.accounts.models import Organisation, OrganisationKind
from gongjiang.accounts.permissions import requires
from gongjiang.kernel.parts import Act
from gongjiang.law import questions as ask
from gongjiang.law.model import Place
from gongjiang.law.places import CHINA, JILIN, PLACES, SHANXI, XINZHOU
from gongjiang.law.places import place as place_of
from gongjiang.standards import actions, owners, queries, rules_catalogue, tables
from gongjiang.standards.forms import EndForm, LevelForm, PermitForm, first_of_next_month
from gongjiang.standards.kinds import kinds_at
from gongjiang.standards.ladder import ladder as ladder_of
from gongjiang.standards.models import Level

SHOWN = (JILIN, XINZHOU, CHINA)
OFFICER = "provincial_officer"


@require_GET
def ladder(request: HttpRequest) -> HttpResponse:
    """The ladder by the law of a place: which kind of body assesses at which level; what was added and permitted."""
    where = _place(request)
    officer = request.actor.has(OFFICER)
    manager = request.actor.has("body_manager") and owners.own_asker(request.actor) is not None
    acts = [Act(_("Add a level"), reverse("level-add"), look="primary")] if manager else []
    acts += [Act(_("Permit a further level"), reverse("level-permit"), look="primary")] if officer else []
    found = ladder_of(where, request.today)
    context = {
        "place": where,
        "places": [(each, each == where) for each in SHOWN],
        "ladder": found,
        "kinds": list(found.kinds.values()),
        "rungs": [(rung, [rung.open_to[kind] for kind in found.kinds]) for rung in found.rungs],
        "acts": acts,
    }
    if request.actor.is_signed_in and request.actor.path:
        permits, own = queries.permits_for(request.actor), queries.own_levels_for(request.actor)
        context["permits"] = tables.permits_table(permits, request.today, may_end=officer)
        context["own"] = tables.own_levels_table(own, request.today, may_end=manager)
    return render(request, "standards/ladder.html", context)


@require_http_methods(["GET", "POST"])
@requires("body_manager")
def add(request: HttpRequest) -> HttpResponse:
    """Add a level to the own organisation's ladder."""
    asker = owners.own_asker(request.actor)
    if asker is None:
        raise Http404("no body")
    form = LevelForm(request.POST or None, initial={"since": first_of_next_month(request.today)})
    if request.method == "POST" and form.is_valid():
        level = actions.add_level(actor=request.actor, at=request.now, asker=asker, spec=form.spec())
        messages.success(request, _("“%(level)s” is added.") % {"level": form.spec().label})
        return redirect(f"{reverse('level-ladder')}?place={asker.place.code}#own-{level.pk}")
    context = {"form": form, "title": _("Add a level"), "back": reverse("level-ladder")}
    return render(request, "standards/level_form.html", context)


@require_http_methods(["GET", "POST"])
@requires("body_manager")
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a level that the own organisation added."""
    level = get_object_or_404(queries.own_levels_for(request.actor), pk=pk)
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        until = form.cleaned_data["until"]
        actions.end_level(actor=request.actor, at=request.now, level=level, until=until)
        messages.success(request, _("The level ends on %(day)s.") % {"day": until})
        return redirect("level-ladder")
    context = {"form": form, "title": _("End the level"), "lead": str(level), "back": reverse("level-ladder")}
    return render(request, "standards/form.html", context)


@require_http_methods(["GET", "POST"])
@requires(OFFICER)
def permit(request: HttpRequest) -> HttpResponse:
    """Permit an organisation a level that its kind doesn't have as a rule."""
    bodies = Organisation.objects.filter(kind=OrganisationKind.BODY, path__startswith=request.actor.path)
    form = PermitForm(bodies, request.POST or None, initial={"since": first_of_next_month(request.today)})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        asker = owners.asker_for(data.pop("organisation"))
        if asker is None:
            raise Http404("no body")
        actions.permit_level(actor=request.actor, at=request.now, asker=asker, **data)
        told = {"owner": asker.organisation, "level": Level(data["level"]).label}
        messages.success(request, _("%(owner)s may assess at “%(level)s”.") % told)
        return redirect(f"{reverse('level-ladder')}?place={asker.place.code}")
    context = {"form": form, "title": _("Permit a further level"), "back": reverse("level-ladder")}
    return render(request, "standards/form.html", context)


@require_http_methods(["GET", "POST"])
@requires(OFFICER)
def end_permit(request: HttpRequest, pk: int) -> HttpResponse:
    """End a permission for a further level."""
    found = get_object_or_404(queries.permits_for(request.actor), pk=pk)
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.end_permit(actor=request.actor, at=request.now, permit=found, **form.cleaned_data)
        messages.success(request, _("The permission ends on %(day)s.") % {"day": form.cleaned_data["until"]})
        return redirect("level-ladder")
    context = {"form": form, "title": _("End the permission"), "lead": str(found), "back": reverse("level-ladder")}
    return render(request, "standards/form.html", context)


@require_GET
def kinds(request: HttpRequest) -> HttpResponse:
    """The three kinds of evaluation: whose, for what, with which levels and certificate; and a check of one's own."""
    where = _place(request)
    context = {
        "place": where,
        "places": [(each, each == where) for each in (XINZHOU, JILIN, CHINA)],
        "kinds": kinds_at(where, request.today),
        "access": tables.access_table(queries.access_qualifications(on=request.today)),
        "projects": tables.projects_table(queries.projects(on=request.today)),
        "levels": Level.choices,
        "asked": None,
    }
    kind = request.GET.get("kind", "")
    if kind in ask.EVALUATIONS:
        level, code = request.GET.get("level", ""), request.GET.get("code", "").strip()
        occupation = next(iter(queries.search_occupations(code, limit=1)), None) if code else None
        context["asked"] = {"kind": kind, "level": level, "code": code, "occupation": occupation}
        context["grounds"] = rules_catalogue.against_kind(
            kind,
            place=where,
            on=request.today,
            level=level if level in Level.values else "",
            occupation=occupation,
        )
    return render(request, "standards/kinds.html", context)


def _place(request: HttpRequest) -> Place:
    code = request.GET.get("place", "") or request.actor.place_code
    known = {each.code for each in (*SHOWN, SHANXI)}
    if code in known:
        return place_of(code)
    return next((each for each in PLACES[code].chain() if each.code in known), JILIN) if code in PLACES else JILIN
