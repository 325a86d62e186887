"""The kernel's records."""

from gongjiang.kernel.models.audit import Audited, AuditEntry, ChainHead, Checkpoint
from gongjiang.kernel.models.files import StoredFile
from gongjiang.kernel.models.messages import Message
from gongjiang.kernel.models.notices import Objection, PublicNotice
from gongjiang.kernel.models.platform import (
    Counter,
    DemoClock,
    HolidayNotice,
    IdempotencyKey,
    JobRun,
    PlaceSetting,
)

__all__ = [
    "AuditEntry",
    "Audited",
    "ChainHead",
    "Checkpoint",
    "Counter",
    "DemoClock",
    "HolidayNotice",
    "IdempotencyKey",
    "JobRun",
    "Message",
    "Objection",
    "PlaceSetting",
    "PublicNotice",
    "StoredFile",
]
