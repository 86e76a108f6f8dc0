"""Whether the workbench can work: what is looked at, what was found, what to do. No answer holds a secret."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor

from fairlead.web.jobs import beat
from fairlead.web.site.checked import Checked

#: With less room than this on the disk of FAIRLEAD_HOME nothing more should be uploaded.
LEAST_FREE_BYTES: Final = 512 * 1024 * 1024


def database() -> Checked:
    """Look whether the database answers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
    except Error as error:
        return Checked(
            "database", False, f"does not answer ({type(error).__name__})", "Start it, or mend FAIRLEAD_DATABASE_URL."
        )
    return Checked("database", True, f"{connection.vendor} answers")


def migrations() -> Checked:
    """Look whether the database is that of this version of the program."""
    try:
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except Error:
        return Checked("migrations", False, "cannot be looked at", "Mend the database first.")
    if missing:
        return Checked("migrations", False, f"{len(missing)} are not applied", "Start `fairlead serve`, which does it.")
    return Checked("migrations", True, "all are applied")


def worker() -> Checked:
    """Look whether a background worker lives."""
    try:
        alive = beat.alive()
    except Error:
        return Checked("worker", False, "cannot be looked at", "Mend the database first.")
    if not alive:
        return Checked("worker", False, "none lives", "Start `fairlead serve`, or start it again.")
    return Checked("worker", True, "lives")


def disk() -> Checked:
    """Look whether there is room where the files are kept."""
    try:
        free = shutil.disk_usage(settings.HOME).free
    except OSError as error:
        return Checked("disk", False, f"FAIRLEAD_HOME cannot be looked at ({error.strerror})", "Check the folder.")
    found = f"{free // (1024 * 1024):,} MB are free"
    if free < LEAST_FREE_BYTES:
        return Checked("disk", False, found, "Make room, or move FAIRLEAD_HOME to a larger disk.")
    return Checked("disk", True, found)


#: What has to be well for requests to be answered in full.
TO_BE_READY: Final[tuple[Callable[[], Checked], ...]] = (database, migrations, worker, disk)
