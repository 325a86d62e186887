"""The lines that were planned before get their parts, as their standards say."""

from django.db import migrations

COPIED = ("kind", "way", "content", "method", "minutes", "pass_mark", "full_mark")


def write_parts(apps, schema_editor):
    line_part = apps.get_model("planning", "LinePart")
    standard_part = apps.get_model("standards", "StandardPart")
    for line in apps.get_model("planning", "BatchLine").objects.filter(parts=None).order_by("pk").iterator():
        parts = standard_part.objects.filter(
            standard_level__standard_id=line.standard_id, standard_level__level=line.level
        ).order_by("pk")
        line_part.objects.bulk_create(
            line_part(line=line, **{name: getattr(part, name) for name in COPIED}) for part in parts
        )


class Migration(migrations.Migration):
    dependencies = [("planning", "0002_methods_of_assessment"), ("standards", "0003_access_by_day")]

    operations = [migrations.RunPython(write_parts, migrations.RunPython.noop)]
