"""Bodies entered before terms were kept have the one that their letter stated."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def state_terms(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    body_model, term_model = apps.get_model("bodies", "AssessmentBody"), apps.get_model("bodies", "FilingTerm")
    bodies = body_model._base_manager.using(schema_editor.connection.alias)
    term_model.objects.using(schema_editor.connection.alias).bulk_create(
        term_model(body=body, since=body.filed_on, until=body.filed_until, letter_number=body.filing_letter)
        for body in bodies.filter(terms=None)
    )


class Migration(migrations.Migration):
    dependencies = [("bodies", "0002_life")]
    operations = [migrations.RunPython(state_terms, migrations.RunPython.noop)]
