"""What pages of sittings ask for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongjiang.kernel.clock import SHANGHAI
from gongjiang.kernel.sheets.model import MEBIBYTE
from gongjiang.sittings.misconduct import CATALOGUE
from gongjiang.sittings.models import DeclineGround, Sitting
from gongjiang.sittings.rules_schedule import SittingSpec
from gongjiang.standards.models import PartKind

LARGEST = 8 * MEBIBYTE


class SheetForm(forms.Form):
    """One spreadsheet; its content is checked where it is read."""

    file = forms.FileField(label=_("Spreadsheet"))

    def content(self) -> bytes:
        """Return the bytes; one more than is read at most, so that a larger file is refused as such."""
        upload = self.cleaned_data["file"]
        data: bytes = upload.read(LARGEST + 1)
        return data


class ReasonForm(forms.Form):
    """Why something is done that others must understand."""

    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=500)


class ReplaceForm(ReasonForm):
    """Who takes a duty over, and why."""

    member = forms.ChoiceField(label=_("Who takes over"))

    field_order = ("member", "reason")

    def __init__(self, members: list[tuple[int, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member"].choices = members  # type: ignore[attr-defined]


class DeclineForm(ReasonForm):
    """Why somebody doesn't accept a duty."""

    ground = forms.ChoiceField(label=_("Ground"), choices=DeclineGround.choices)

    field_order = ("ground", "reason")


class MisconductForm(forms.Form):
    """A breach of discipline: which, what was seen, what the candidate says."""

    key = forms.CharField(widget=forms.HiddenInput)
    code = forms.ChoiceField(label=_("Breach"), widget=forms.Select)
    facts = forms.CharField(
        label=_("What was seen"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What happened, when, and who saw it."),
        max_length=1000,
    )
    heard = forms.CharField(
        label=_("What the candidate says"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed where a score becomes void; also that they wouldn't say anything."),
        max_length=1000,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = [(b.code, b.label) for b in CATALOGUE.values()]  # type: ignore[attr-defined]


class ScheduleForm(forms.Form):
    """When each part is sat: up to two sittings a part."""

    def __init__(self, kinds: list[str], sittings: list[Sitting], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kinds = kinds
        for kind in kinds:
            held = [sitting for sitting in sittings if sitting.part == kind]
            for turn in range(2):
                self._add(kind, turn, held[turn] if turn < len(held) else None)

    def _add(self, kind: str, turn: int, sitting: Sitting | None) -> None:
        words = {"part": PartKind(kind).label, "turn": turn + 1}
        for edge, label in (("starts", _("%(part)s %(turn)s begins")), ("ends", _("%(part)s %(turn)s ends"))):
            instant = getattr(sitting, f"{edge}_at").astimezone(SHANGHAI) if sitting else None
            self.fields[f"{kind}_{turn}_{edge}"] = forms.DateTimeField(
                label=label % words,
                required=turn == 0,
                initial=f"{instant:%Y-%m-%dT%H:%M}" if instant else None,
                widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
                input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
            )

    def specs(self) -> list[SittingSpec]:
        """Return the sittings that were filled in."""
        found = []
        for kind in self.kinds:
            for turn in range(2):
                starts, ends = (self.cleaned_data[f"{kind}_{turn}_{edge}"] for edge in ("starts", "ends"))
                if starts and ends:
                    found.append(SittingSpec(kind, starts, ends))
        return found
