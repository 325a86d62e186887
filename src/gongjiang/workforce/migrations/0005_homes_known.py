import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("workforce", "0004_homes"), ("accounts", "0003_filing_roles")]

    operations = [
        migrations.AlterField(
            model_name="staffmember",
            name="home",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="staff", to="accounts.organisation"
            ),
        ),
        migrations.AlterField(
            model_name="appointment",
            name="basis",
            field=models.CharField(
                choices=[
                    ("trained", "Training and examination on record"),
                    ("brought_in", "Brought in, as stated"),
                    ("plain", "No training asked for"),
                ],
                max_length=12,
            ),
        ),
    ]
