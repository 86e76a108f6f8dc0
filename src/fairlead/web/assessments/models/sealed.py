"""Records that are never changed once they are sealed: not one by one, not in bulk, on any database."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django.db import models


class Sealed(Exception):
    """Somebody tried to change or delete what is kept for good. It is a fault of the program, never of a user."""

    def __init__(self, what: type[models.Model]) -> None:
        super().__init__(f"{what.__name__}: what is sealed is neither changed nor deleted")


class SealedRecords(models.QuerySet[Any]):
    """Refuses whatever would change a sealed record. An organisation that is wiped takes its records with it."""

    def update(self, **values: Any) -> int:
        """Change records that are not sealed, or only what is not sealed of them. Raises Sealed otherwise."""
        if not values.keys() <= set(self.model.NOT_SEALED):
            self._refuse()
        return super().update(**values)

    def delete(self) -> tuple[int, dict[str, int]]:
        """Delete records that are not sealed. Raises Sealed where one is."""
        self._refuse()
        return super().delete()

    def _refuse(self) -> None:
        if self.filter(self.model.sealed_when()).exists():
            raise Sealed(self.model)


class SealedRecord(models.Model):
    """A record that is sealed as soon as the condition `SEALED_WHEN` holds for what the database has of it."""

    SEALED_WHEN: ClassVar[models.Q]
    #: Fields that may change all the same, because they say where the record hangs and nothing of what it says.
    NOT_SEALED: ClassVar[tuple[str, ...]] = ()

    objects: ClassVar[Any] = SealedRecords.as_manager()

    class Meta:
        abstract = True

    @classmethod
    def sealed_when(cls) -> models.Q:
        """Return the condition under which a record of this kind is sealed."""
        return cls.SEALED_WHEN

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the record. Raises Sealed where it is sealed."""
        self._refuse()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete the record. Raises Sealed where it is sealed."""
        self._refuse()
        return super().delete(*args, **kwargs)

    def _refuse(self) -> None:
        kind = type(self)
        if self.pk is not None and kind.objects.filter(self.sealed_when(), pk=self.pk).exists():
            raise Sealed(kind)


def in_chunks(rows: Iterable[Any], size: int) -> Iterable[list[Any]]:
    """Yield the rows in lists of at most `size`, so that no write holds the database for long."""
    chunk: list[Any] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
