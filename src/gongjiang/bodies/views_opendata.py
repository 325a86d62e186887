"""Open data: the page that explains the fields, and each table as CSV or JSON, sent as it is read."""

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from gongjiang.bodies import opendata
from gongjiang.bodies.opendata import TABLES, OpenTable


@require_GET
def open_data(request: HttpRequest) -> HttpResponse:
    """What may be taken away, with every field explained."""
    return render(request, "bodies/open_data.html", {"tables": list(opendata.described())})


@require_GET
def open_data_csv(request: HttpRequest, name: str) -> StreamingHttpResponse:
    """A table as CSV in UTF-8."""
    table = _table(name)
    lines = opendata.csv_lines(table, request.today)
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{table.name}.csv"'
    return response


@require_GET
def open_data_json(request: HttpRequest, name: str) -> StreamingHttpResponse:
    """A table as JSON, with its fields explained in it."""
    parts = opendata.json_parts(_table(name), request.today)
    return StreamingHttpResponse(parts, content_type="application/json; charset=utf-8")


def _table(name: str) -> OpenTable:
    if name not in TABLES:
        raise Http404(name)
    return TABLES[name]
