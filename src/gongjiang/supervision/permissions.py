"""Who reads what of supervision."""

from gongjiang.kernel.roles import AUTHORITY_ROLES
from gongjiang.supervision.states import HANDLERS, RECORDERS, RECTIFIES, SELF_CHECKERS

READ = AUTHORITY_ROLES
READ_FINDING = (*AUTHORITY_ROLES, *SELF_CHECKERS)
OWN = SELF_CHECKERS

__all__ = ["HANDLERS", "OWN", "READ", "READ_FINDING", "RECORDERS", "RECTIFIES", "SELF_CHECKERS"]
