"""The audit trail's public page: signed checkpoints, and how anybody can verify the trail with them."""

from pathlib import Path

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongjiang.kernel import checkpoints, keys, verify_audit
from gongjiang.kernel.models import Checkpoint

SHOWN = 50


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The newest checkpoints, the public keys and the way to verify."""
    context = {
        "checkpoints": Checkpoint.objects.all()[:SHOWN],
        "count": Checkpoint.objects.count(),
        "keys": {key_id: public.hex() for key_id, public in keys.public_keys(keys.CHECKPOINT).items()},
    }
    return render(request, "kernel/audit.html", context)


@require_safe
def checkpoints_json(request: HttpRequest) -> JsonResponse:
    """Every checkpoint with its signature, and the keys, for ``verify_audit.py``."""
    return JsonResponse(checkpoints.published(), json_dumps_params={"indent": 1})


@require_safe
def verifier(request: HttpRequest) -> HttpResponse:
    """The stand-alone verifier itself, as it runs here."""
    source = Path(verify_audit.__file__).read_bytes()
    response = HttpResponse(source, content_type="text/x-python; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="verify_audit.py"'
    return response
