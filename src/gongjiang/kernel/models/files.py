"""Files, stored by what they contain."""

from django.db import models


class StoredFile(models.Model):
    """Bytes under their SHA-256. The same content is stored once; who may read it is the owner record's question."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=80)
    stored_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.sha256[:12]} {self.media_type} {self.size} B"
