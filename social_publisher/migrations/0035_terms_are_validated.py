from django.db import migrations, models

from social_publisher.models import rules


class Migration(migrations.Migration):
    dependencies = [("social_publisher", "0034_circuit_opened_at")]

    operations = [
        migrations.AlterField(
            model_name="campaignrules",
            name="avoided_terms",
            field=models.TextField(
                blank=True,
                help_text="One a line; after a colon the term to use instead. Found as a whole word, in any case.",
                validators=[rules.validate_terms],
                verbose_name="terms to avoid",
            ),
        )
    ]
