"""The kernel's own pages: the inbox, settings of a place, the working-day calendar, and showing a masked number."""

from datetime import date, datetime, timedelta

from django.contrib import messages as flash
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from gongjiang.kernel import calendars, clock, forms, identity, messages, settings_of_place
from gongjiang.kernel.access import requires
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.http import actor_of
from gongjiang.kernel.middleware import wants_json
from gongjiang.kernel.place_settings_kinds import Definition
from gongjiang.kernel.place_settings_registry import REGISTRY
from gongjiang.kernel.refusal import Refused
from gongjiang.kernel.roles import AUTHORITY_ROLES, STAFF_ROLES
from gongjiang.kernel.settings_of_place import SettingValue
from gongjiang.kernel.timeline import names_of
from gongjiang.law.model import Place
from gongjiang.law.places import CHINA, PLACES, UnknownPlace
from gongjiang.law.places import place as place_of

PAGE = 30


@require_http_methods(["GET", "POST"])
def inbox(request: HttpRequest) -> HttpResponse:
    """What the platform told the reader; posting marks it read."""
    actor = actor_of(request)
    if not actor.is_signed_in:
        return redirect_to_login(request.get_full_path())
    if request.method == "POST":
        messages.mark_read(actor=actor, at=clock.now())
        return redirect("inbox")
    page = Paginator(messages.inbox_for(actor), PAGE).get_page(request.GET.get("page"))
    return render(request, "kernel/inbox.html", {"page": page, "unread": messages.unread_count(actor)})


@require_POST
@never_cache
@sensitive_post_parameters("purpose")
@requires(*STAFF_ROLES)
def reveal(request: HttpRequest, model: str, field: str, pk: int) -> HttpResponse:
    """Show one masked number for a purpose: to a script as JSON, else on a page of its own."""
    actor = actor_of(request)
    record = identity.find_revealable(model_label=model, field=field, pk=pk, actor=actor)
    purpose = request.POST.get("purpose", "")
    value = identity.reveal(record=record, field=field, actor=actor, purpose=purpose, at=clock.now())
    if wants_json(request):
        return JsonResponse({"value": value})
    return render(request, "kernel/revealed.html", {"value": value, "purpose": purpose})


@requires("provincial_officer", "provincial_approver")
def look_ups(request: HttpRequest) -> HttpResponse:
    """Who had how many numbers shown in the past week."""
    found = identity.look_ups(until=clock.now())
    names = names_of(each.user_id for each in found)
    rows = [(names.get(each.user_id, str(each.user_id)), each) for each in found]
    return render(request, "kernel/look_ups.html", {"rows": rows, "limit": identity.UNUSUAL_AN_HOUR})


@requires(*AUTHORITY_ROLES)
def settings_list(request: HttpRequest) -> HttpResponse:
    """The values that hold today in a place, each with whose it is and its source."""
    actor, place, today = actor_of(request), _place(request), clock.today()
    held = settings_of_place.settings_for(REGISTRY, place=place, day=today)
    rows = [_row(REGISTRY[name], value) for name, value in held.items()]
    own = sum(value.place == place for value in held.values())
    context = {
        "place": place,
        "places": _places(actor),
        "rows": rows,
        "own": own,
        "today": today,
        "may_set": settings_of_place.may_set(actor, place),
    }
    return render(request, "kernel/settings.html", context)


@require_http_methods(["GET", "POST"])
@requires(*AUTHORITY_ROLES)
def setting_edit(request: HttpRequest, name: str) -> HttpResponse:
    """One setting in a place: the value that holds, its history, and the form for a new one."""
    if name not in REGISTRY:
        raise Http404
    actor, place, today = actor_of(request), _place(request), clock.today()
    definition = REGISTRY[name]
    held = settings_of_place.setting(name, place=place, day=today)
    initial = {**forms.initial_of(definition, held.value), "since": today + timedelta(days=1)}
    form = forms.SettingForm(definition, request.POST or None, initial=initial)
    refused = None
    if request.method == "POST" and form.is_valid():
        try:
            _set(definition, form, place, actor, clock.now())
        except Refused as error:
            if error.status != Refused.status:
                raise
            refused = error
        else:
            return redirect(f"{request.path}?place={place.code}")
    context = {
        "definition": definition,
        "place": place,
        "held": _row(definition, held),
        "form": form,
        "refused": refused,
        "history": [
            (row, forms.shown(definition, row.value), PLACES[row.place_code])
            for row in settings_of_place.history(name, place=place)
        ],
        "may_set": settings_of_place.may_set(actor, place),
    }
    return render(request, "kernel/setting.html", context, status=409 if refused else 200)


def _set(definition: Definition, form: forms.SettingForm, place: Place, actor: Actor, at: datetime) -> None:
    settings_of_place.set_setting(
        name=definition.name,
        place=place,
        value=form.value(),
        since=form.cleaned_data["since"],
        source=form.cleaned_data["source"],
        actor=actor,
        at=at,
    )


def _row(definition: Definition, value: SettingValue) -> dict[str, object]:
    return {"definition": definition, "value": value, "shown": forms.shown(definition, value.value)}


def _place(request: HttpRequest) -> Place:
    code = request.GET.get("place") or actor_of(request).place_code or CHINA.code
    try:
        return place_of(code)
    except UnknownPlace as error:
        raise Http404 from error


def _places(actor: Actor) -> list[Place]:
    """Return the places that the actor may look at: their own and those below it."""
    own = [place for place in PLACES.values() if actor.place_code in {each.code for each in place.chain()}]
    return own or [CHINA]


@require_http_methods(["GET", "POST"])
@requires(*AUTHORITY_ROLES)
def calendar(request: HttpRequest) -> HttpResponse:
    """Which years' holiday notices are known; the form to load the next one."""
    actor, today = actor_of(request), clock.today()
    form = forms.CalendarForm(request.POST or None, request.FILES or None, initial={"year": _next_year(today)})
    refused = None
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            changes = calendars.load_holiday_notice(
                actor=actor, year=data["year"], text=data["text"], source=data["source"], at=clock.now()
            )
        except Refused as error:
            if error.status != Refused.status:
                raise
            refused = error
        else:
            flash.success(request, _loaded(data["year"], changes))
            return redirect("settings-calendar")
    known = calendars.current()
    context = {
        "years": [(notice, _counts(notice.year)) for notice in sorted(known.notices, key=lambda each: -each.year)],
        "last": max(known.years),
        "next_year": _next_year(today),
        "form": form,
        "refused": refused,
        "may_load": actor.has(*calendars.LOADERS),
    }
    return render(request, "kernel/calendar.html", context, status=409 if refused else 200)


def _next_year(today: date) -> int:
    return max([*calendars.current().years, today.year]) + 1


def _counts(year: int) -> int:
    """Return the year's number of working days."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    return calendars.current().working_days_left(first - timedelta(days=1), last).working_days


def _loaded(year: int, changes: list[calendars.Change]) -> str:
    told = sorted({name for change in changes for name in change.told})
    moved = ngettext("%(n)s open term was recomputed.", "%(n)s open terms were recomputed.", len(changes))
    words = [_("The notice of %(year)s is loaded.") % {"year": year}, moved % {"n": len(changes)}]
    if told:
        words.append(_("Told: %(names)s.") % {"names": ", ".join(told)})
    return " ".join(words)
