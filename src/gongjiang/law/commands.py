"""``gongjiang law``: ask the law a question, or list what it answers.

Exit codes: 0 answered (and not 'no'), 1 the answer is no, 2 misuse, 3 no document answers.
"""

import json
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from datetime import date
from difflib import get_close_matches
from typing import Any

from gongjiang.law import questions as ask
from gongjiang.law.describe import QuestionView, bound, describe_questions, find_question
from gongjiang.law.model import BadQuestion, NoRule, Place, Provision, Question
from gongjiang.law.places import UnknownPlace, place
from gongjiang.law.words import WORDS, chinese, plain

YES, NO, MISUSE, NO_RULE = range(4)
BOUNDS = {"floor": "不少于", "ceiling": "不超过", "": ""}


def add_arguments(parser: ArgumentParser) -> None:
    """Add ``ask`` and ``list``."""
    commands = parser.add_subparsers(dest="law_command", required=True, metavar="ask|list")
    one = commands.add_parser("ask", help="ask one question", description="Ask the law one question.")
    one.add_argument("name", metavar="NAME", help="identifier or Chinese name, see `gongjiang law list`")
    one.add_argument("--place", required=True, type=a_place, help="division code: 00, 22, 2201, 22-2019, 1409")
    one.add_argument("--day", required=True, type=a_day, help="the day that governs, YYYY-MM-DD")
    one.add_argument("--kind", help="kind of body, evaluation or affiliation, where the question needs one")
    everything = commands.add_parser("list", help="list questions and answers")
    for each in (one, everything):
        each.add_argument("--json", action="store_true", help="print JSON")


def a_place(code: str) -> Place:
    try:
        return place(code)
    except UnknownPlace as unknown:
        raise ArgumentTypeError(str(unknown)) from unknown


def a_day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as bad:
        raise ArgumentTypeError(f"{text!r} is not a day of the form YYYY-MM-DD") from bad


def run(args: Namespace) -> int:
    """Run ``law ask`` or ``law list`` and return the exit code."""
    if args.law_command == "list":
        show_list(as_json=args.json)
        return YES
    question = find_question(args.name)
    if question is None:
        return misuse(f"the law knows no question {args.name!r}{suggestion(args.name)}")
    try:
        answer = question.at(place=args.place, day=args.day, kind=args.kind)
    except BadQuestion as bad:
        return misuse(str(bad))
    except NoRule as silence:
        return no_rule(silence, as_json=args.json)
    show_answer(question, answer, args)
    return NO if answer.value is False else YES


def show_answer(question: Question[Any], answer: Provision[Any], args: Namespace) -> None:
    if args.json:
        told = {
            "value": plain(answer.value),
            "cites": answer.keys,
            "place": args.place.code,
            "day": args.day.isoformat(),
        }
        print_json(told | ({"kind": args.kind} if args.kind else {}))
        return
    value = chinese(answer.value, identifier=question.identifier, unit=question.unit)
    kind = f"（{WORDS[args.kind]}）" if args.kind else ""
    print(f"{question.name}{kind}：{BOUNDS[bound(question)]}{value}")
    print(f"{args.place.name}，{question.asked_on} {args.day}（{question.identifier}）")
    if answer.overrules:
        print("下级文件的规定不及上级文件，按上级文件答复；两者均列于下。")
    for cite in answer.cites:
        print(f"依据：{cite.label}（{cite.key}）")
        print("\n".join(f"    {line}" for line in cite.words().splitlines()))


def no_rule(silence: NoRule, *, as_json: bool) -> int:
    """Say that no document answers."""
    if as_json:
        told: dict[str, Any] = {"value": None, "cites": [], "place": silence.place.code, "day": silence.day.isoformat()}
        print_json(told | {"reasons": [str(silence)]})
    else:
        print(f"没有文件答复：{silence.question.name}，{silence.place.name}，{silence.day}。")
    return NO_RULE


def show_list(*, as_json: bool) -> None:
    """Print every question with its answers by place and date."""
    if as_json:
        print_json([listed(view) for view in describe_questions()])
        return
    for view in describe_questions():
        print(f"{view.identifier}  {view.name}（{view.asked_on}）")
        for answer in view.answers:
            until = f"至 {answer.until}" if answer.until else "起"
            kind = f"{answer.kind_text}：" if answer.kind_text else ""
            cites = " ".join(cite.key for cite in answer.cites)
            print(f"    {answer.place.name} {answer.since} {until}  {kind}{answer.text}  {cites}")


def listed(view: QuestionView) -> dict[str, Any]:
    """Return a question as ``law list --json`` prints it."""
    return {
        "name": view.identifier,
        "chinese": view.name,
        "english": view.english,
        "asked_on": view.asked_on,
        "kinds": list(view.kinds),
        "answers": [
            {
                "value": plain(answer.value),
                "kind": answer.kind,
                "place": answer.place.code,
                "since": answer.since.isoformat(),
                "until": answer.until.isoformat() if answer.until else None,
                "cites": [cite.key for cite in answer.cites],
            }
            for answer in view.answers
        ],
    }


def suggestion(name: str) -> str:
    near = get_close_matches(name.upper().replace("-", "_"), ask.QUESTIONS, n=3)
    return f"; near it: {', '.join(near)}" if near else "; see `gongjiang law list`"


def misuse(message: str) -> int:
    print(f"gongjiang law: {message}", file=sys.stderr)
    return MISUSE


def print_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))
