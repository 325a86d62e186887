from django.db import migrations
from django.db.models import OuterRef, Subquery

STEPS = ("assessor", "internal_supervisor")


def fill(apps, schema_editor):
    """Say whose list each person stands on, and that earlier appointments were brought in."""
    people = apps.get_model("workforce", "StaffMember")
    bodies = apps.get_model("bodies", "AssessmentBody").objects.filter(pk=OuterRef("body_id"))
    people._base_manager.filter(home=None).update(home_id=Subquery(bodies.values("organisation_id")[:1]))
    held = apps.get_model("workforce", "Appointment").objects.filter(role__in=STEPS)
    held.update(basis="brought_in", source="登记簿启用前已聘任")
    held.filter(role="assessor", highest_level__in=("apprentice", "5", "4", "3")).update(rank="assessor")
    held.filter(role="assessor").exclude(rank="assessor").exclude(highest_level="").update(rank="senior")


class Migration(migrations.Migration):
    dependencies = [("workforce", "0003_registers"), ("bodies", "0001_initial")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
