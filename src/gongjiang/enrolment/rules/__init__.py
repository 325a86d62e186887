"""What a row of a sheet or a form must satisfy: every problem at once, each with its reason, article and way on."""

from gongjiang.enrolment.rules.context import RowContext, context_for
from gongjiang.enrolment.rules.problems import RowProblem, Told, tell
from gongjiang.enrolment.rules.row import Prepared, check_row

__all__ = ["Prepared", "RowContext", "RowProblem", "Told", "check_row", "context_for", "tell"]
