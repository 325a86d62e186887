from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("standards", "0002_catalogue_and_specifications")]

    operations = [migrations.RemoveField(model_name="occupation", name="is_access_type")]
