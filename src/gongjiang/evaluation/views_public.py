"""The public pages of draws: what was committed, frozen and drawn, and the program that computes it again."""

import json
from pathlib import Path

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongjiang.evaluation import exports, queries, tables_draw, verify_draw
from gongjiang.evaluation.models import Draw
from gongjiang.kernel.parts import Cell, Column, Row, Table

PAGE = 50


@require_safe
def draws(request: HttpRequest) -> HttpResponse:
    """Every draw, those not yet taken first by their commitment."""
    page = Paginator(queries.public_draws(), PAGE).get_page(request.GET.get("page"))
    rows = [
        Row((_number(each), each.evaluation.organisation.name, each.committed_at.date(), _state(each))) for each in page
    ]
    columns = tuple(map(Column, (_("Number"), _("Authority"), _("Committed"), _("State"))))
    table = Table(_("Draws"), columns, tuple(rows), _("A draw stands here as soon as its seed is committed."))
    return render(request, "evaluation/draws.html", {"table": table, "page": page})


def _number(each: Draw) -> Cell:
    return Cell(each.evaluation.number, url=reverse("public-draw", args=[each.evaluation.number]))


def _state(each: Draw) -> Cell:
    if each.set_aside_why:
        return Cell(_("Set aside"), sub=each.set_aside_why, state="na")
    if each.drawn_at is None:
        return Cell(_("Seed committed"), state="wait")
    return Cell(_("Drawn"), sub=str(each.drawn_at.date()), state="ok")


@require_safe
def draw(request: HttpRequest, number: str) -> HttpResponse:
    """All draws of an evaluation, the standing one first: commitment, pool, exclusions, lot; nobody's name."""
    found = _draws(number)
    shown = [
        {
            "draw": each,
            "turn": turn,
            "chips": tables_draw.chips(each),
            "pool": tables_draw.pool_table(each),
            "replacements": tables_draw.replacements_table(each),
            "problems": verify_draw.verify(json.loads(json.dumps(exports.draw_json(each)))) if each.drawn_at else [],
        }
        for turn, each in enumerate(found, start=1)
    ]
    evaluation = found[0].evaluation
    context = {"evaluation": evaluation, "shown": shown[::-1], "occupations": list(evaluation.occupations.all())}
    return render(request, "evaluation/public_draw.html", context)


@require_safe
def draw_json(request: HttpRequest, number: str, turn: int) -> JsonResponse:
    """One draw for the program that computes it again."""
    found = _draws(number)
    if not 1 <= turn <= len(found):
        raise Http404(turn)
    told = exports.draw_json(found[turn - 1])
    response = JsonResponse(told, json_dumps_params={"indent": 1, "ensure_ascii": False})
    response["Content-Disposition"] = f'attachment; filename="draw-{number}-{turn}.json"'
    return response


@require_safe
def verifier(request: HttpRequest) -> HttpResponse:
    """The stand-alone program itself, as it stands here."""
    source = Path(verify_draw.__file__).read_bytes()
    response = HttpResponse(source, content_type="text/x-python; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="verify_draw.py"'
    return response


def _draws(number: str) -> list[Draw]:
    found = list(queries.public_draws().filter(evaluation__number=number).order_by("committed_at"))
    if not found:
        raise Http404(number)
    return found
