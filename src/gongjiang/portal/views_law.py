"""The law as the platform reads it: each question with its answers by place and time, each document in full."""

import json
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongjiang.law.describe import (
    DocumentView,
    QuestionView,
    describe_documents,
    describe_questions,
    document_view,
    find_question,
)
from gongjiang.law.model import Place, Provision, Question
from gongjiang.law.places import JILIN, PLACES
from gongjiang.law.words import WORDS, chinese, plain
from gongjiang.portal import law_pages
from gongjiang.portal.law_matrix import matrix

SHORT = 40  # characters of an answer in the list; the question's own page says it whole
STATUS_LOOK = {"answered": "ok", "waived": "na", "pending": "wait", "missing": "no"}
PLACE_CHOICES = [(place.code, f"{place.name}（{place.code}）") for place in PLACES.values()]


class AskForm(forms.Form):
    """A question's place, day and, where it needs one, kind."""

    place = forms.ChoiceField(label=gettext_lazy("Place"), choices=PLACE_CHOICES)
    day = forms.DateField(label=gettext_lazy("Day"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)

    def __init__(self, question: Question[Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if question.kinds:
            self.fields["kind"].choices = [(kind, WORDS[kind]) for kind in question.kinds]  # type: ignore[attr-defined]
            self.fields["kind"].required = True
        else:
            del self.fields["kind"]


@require_safe
def law(request: HttpRequest) -> HttpResponse:
    """All questions, narrowed by words, document or place; and the documents."""
    chosen = {name: request.GET.get(name, "").strip()[:60] for name in ("q", "document", "place")}
    found = law_pages.matching(chosen["q"], chosen["document"], chosen["place"])
    total = len(describe_questions())
    context = {
        **chosen,
        "questions": [(view, question_name(view), _short(view), _url(view)) for view in found],
        "documents": [(view, document_title(view), _counts(view)) for view in describe_documents()],
        "document_choices": law_pages.document_choices(),
        "place_choices": law_pages.place_choices(),
        "position": ngettext(
            "%(n)s question the platform asks of the law", "%(n)s questions the platform asks of the law", total
        )
        % {"n": total},
        "found": len(found),
        "total": total,
    }
    return render(request, "portal/law.html", context)


@require_safe
def law_question(request: HttpRequest, name: str) -> HttpResponse:
    """One question: what holds at a place on a day, all answers over time, words, uses and proofs."""
    question = find_question(name)
    if question is None:
        raise Http404(name)
    if name != slug(question.identifier):
        return redirect("law-question", name=slug(question.identifier))
    form = AskForm(question, request.GET if "place" in request.GET else None, initial=_initial(request, question))
    place, day, kind = _asked(form, request, question)
    answer = question.get(place=place, day=day, kind=kind)
    if request.GET.get("format") == "json":
        return JsonResponse(as_json(question, place, day, kind, answer), json_dumps_params={"ensure_ascii": False})
    view = next(each for each in describe_questions() if each.identifier == question.identifier)
    context = {
        "view": view,
        "name": question_name(view),
        "form": form,
        "place": place,
        "day": day,
        "answer": answer,
        "answer_text": _text(question, answer),
        "matrix": matrix(question, kind=kind, place=place, day=day),
        "uses": law_pages.uses_of(question.identifier),
        "command": command(question, place, day, kind),
        "output": json.dumps(as_json(question, place, day, kind, answer), ensure_ascii=False),
        "json_url": f"?{urlencode(_query(place, day, kind) | {'format': 'json'})}",
        "beside": _neighbours(view),
        "crumbs": [(_("The rules"), reverse("law")), (slug(question.identifier), "")],
    }
    return render(request, "portal/law_question.html", context)


@require_safe
def law_document(request: HttpRequest, key: str) -> HttpResponse:
    """One document with the words of every article and how each is accounted for."""
    view = document_view(key)
    if view is None:
        raise Http404(key)
    document = view.document
    context = {
        "document": document,
        "title": document_title(view),
        "counts": _counts(view),
        "articles": [_article(view, article) for article in view.articles],
        "crumbs": [(_("The rules"), reverse("law")), (document.number, "")],
    }
    return render(request, "portal/law_document.html", context)


def question_name(view: QuestionView) -> str:
    """Return the question's name in the reader's language."""
    return view.english if _english() else view.name


def document_title(view: DocumentView) -> str:
    """Return the document's title in the reader's language."""
    return view.document.english if _english() else f"《{view.document.title}》"


def slug(identifier: str) -> str:
    """Return a question's identifier as it stands in an address."""
    return identifier.lower().replace("_", "-")


def command(question: Question[Any], place: Place, day: date, kind: str | None) -> str:
    """Return the command that asks the same."""
    of_kind = f" --kind {kind}" if kind else ""
    return f"gongjiang law ask {question.identifier} --place {place.code} --day {day}{of_kind} --json"


def as_json(
    question: Question[Any], place: Place, day: date, kind: str | None, answer: Provision[Any] | None
) -> dict[str, Any]:
    """Return the answer for a program; a value of null with no cites is silence."""
    return {
        "question": question.identifier,
        "value": plain(answer.value) if answer else None,
        "cites": answer.keys if answer else [],
        "place": place.code,
        "day": day.isoformat(),
        **({"kind": kind} if kind else {}),
    }


def _url(view: QuestionView) -> str:
    return reverse("law-question", args=[slug(view.identifier)])


def _english() -> bool:
    return (get_language() or "").startswith("en")


def _initial(request: HttpRequest, question: Question[Any]) -> dict[str, Any]:
    return {"place": JILIN.code, "day": request.today, "kind": question.kinds[0] if question.kinds else ""}


def _asked(form: AskForm, request: HttpRequest, question: Question[Any]) -> tuple[Place, date, str | None]:
    """Return what is asked: the form's if it is right, else Jilin today."""
    data = form.cleaned_data if form.is_bound and form.is_valid() else _initial(request, question)
    return PLACES[data["place"]], data["day"], (data.get("kind") or None) if question.kinds else None


def _query(place: Place, day: date, kind: str | None) -> dict[str, str]:
    return {"place": place.code, "day": day.isoformat(), **({"kind": kind} if kind else {})}


def _text(question: Question[Any], answer: Provision[Any] | None) -> str:
    return chinese(answer.value, identifier=question.identifier, unit=question.unit) if answer else ""


def _short(view: QuestionView) -> str:
    """Return the answers of a question in one line: each different value once."""
    words = dict.fromkeys(f"{each.place.name} {each.text}" for each in view.answers[:3])
    return "；".join(text if len(text) <= SHORT else f"{text[:SHORT]}…" for text in words)


def _neighbours(view: QuestionView) -> list[tuple[str, str, bool]]:
    """Return the questions that stand around this one, for the list beside."""
    views = describe_questions()
    here = views.index(view)
    start = max(0, min(here - 5, len(views) - 11))
    return [(_url(each), question_name(each), each is view) for each in views[start : start + 11]]


def _counts(view: DocumentView) -> dict[str, int]:
    statuses = [article.status for article in view.articles]
    return {status: statuses.count(status) for status in STATUS_LOOK} | {"all": len(statuses)}


def _article(view: DocumentView, article: Any) -> dict[str, Any]:
    document = view.document
    division = article.cite.key.partition("§")[2]
    return {
        "division": division,
        "title": law_pages.article_title(division, parts=document.parts),
        "lines": law_pages.article_lines(document.key, division, parts=document.parts),
        "status": article.status,
        "look": STATUS_LOOK[article.status],
        "questions": [(slug(name), question_name(each)) for name, each in law_pages.names_of(article.questions)],
        "reason": article.reason,
        "requirements": article.requirements,
    }
