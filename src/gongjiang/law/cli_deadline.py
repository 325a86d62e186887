"""`gongjiang deadline START DAYS`: the last day of a term of working days, and how it was counted."""

import argparse
from datetime import date

from gongjiang.law.calendar import Calendar, CountedDay, Term
from gongjiang.law.calendar.working import LONGEST_TERM
from gongjiang.law.cli_output import YES, add_output_arguments, print_json, print_lines

WEEKDAYS = {
    "zh": ("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
WHY_ZH = {
    "posting day": "首日，不计",
    "weekend": "周末",
    "holiday": "放假",
    "make-up working day": "调休上班",
    "working day": "工作日",
    "assumed": "暂按工作日",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add START (YYYY-MM-DD, the day that isn't counted) and DAYS (working days from 1)."""
    parser.add_argument("start", type=_day, metavar="START", help="the day of posting, YYYY-MM-DD; not counted")
    parser.add_argument("days", type=_days, metavar="DAYS", help="working days, from 1")
    add_output_arguments(parser)


def run(args: argparse.Namespace) -> int:
    """Print the term; with --json `last_day, provisional, notices` (the years whose notices it rests on)."""
    calendar = Calendar.default()
    term = calendar.term(args.start, args.days)
    if args.json:
        print_json(
            {
                "last_day": term.last_day.isoformat(),
                "provisional": term.provisional,
                "notices": list(term.notices),
            }
        )
    else:
        counted = calendar.explain(args.start, args.days)
        print_lines([_headline(term, args.lang), *(_line(day, args.lang) for day in counted)])
    return YES


def _headline(term: Term, language: str) -> str:
    if language == "en":
        warning = " (provisional: a year without a holiday notice)" if term.provisional else ""
        return f"{term.days} working days from {term.start} end on {term.last_day} at 24:00{warning}"
    warning = "（暂定：有年份尚无放假通知）" if term.provisional else ""
    return f"自 {term.start} 起 {term.days} 个工作日，至 {term.last_day} 24:00{warning}"


def _line(day: CountedDay, language: str) -> str:
    ordinal = "" if day.ordinal is None else str(day.ordinal)
    why = day.why if language == "en" else WHY_ZH[day.why]
    return f"{day.day} {WEEKDAYS[language][day.day.weekday()]} {ordinal:>4}  {why} {day.name}".rstrip()


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError("日期应为 YYYY-MM-DD / the date must be YYYY-MM-DD") from None


def _days(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:9]) <= LONGEST_TERM:
        raise argparse.ArgumentTypeError(f"1 至 {LONGEST_TERM} 的整数 / a whole number from 1 to {LONGEST_TERM}")
    return int(text)
