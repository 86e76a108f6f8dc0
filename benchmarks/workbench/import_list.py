"""`python -m benchmarks.workbench.import_list --rows 100000`: how long each step of an import takes.

Works on the database of FAIRLEAD_HOME or FAIRLEAD_DATABASE_URL, in an organisation of its own that is made for it; the
list is made up with a fixed seed. Reads, previews, commits and undoes it, without the worker, so that nothing waits.
"""

from __future__ import annotations

import argparse
import os
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.generated_list import write_list
from fairlead.engine.cycles import seldom_look_for_cycles


class Steps:
    """A progress that prints the seconds by the clock and of the processor for each step."""

    def __init__(self) -> None:
        self._what, self._began, self._worked = "", time.perf_counter(), time.process_time()

    def start(self, what: str, total: int | None = None) -> None:
        """Print how long the step before took."""
        now, worked = time.perf_counter(), time.process_time()
        if self._what:
            print(f"{self._what:50s} {now - self._began:7.1f} s {worked - self._worked:7.1f} s CPU", flush=True)
        self._what, self._began, self._worked = what, now, worked

    def advance(self, steps: int = 1) -> None:
        """Ignore the steps."""


def run(rows: int) -> None:
    """Import a list of so many rows and undo it, in the database that Django is set up for."""
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.core.management import call_command

    from fairlead.web.imports.commit import commit_import
    from fairlead.web.imports.models import Import
    from fairlead.web.imports.reading import read_import
    from fairlead.web.imports.state import begin_commit, begin_undo
    from fairlead.web.imports.undo import undo_import
    from fairlead.web.imports.upload import take_in
    from fairlead.web.organisations.forms import make_account
    from fairlead.web.organisations.models import Organisation

    call_command("migrate", interactive=False, verbosity=0)
    mark = f"import-{time.time_ns()}"
    organisation = Organisation.objects.create(name=mark, slug=mark)
    user = make_account(f"{mark}@bench.example", "Bench", "a quiet harbour at dawn", "en")
    with TemporaryDirectory() as folder:
        path = Path(folder) / "list.csv"
        write_list(path, rows)
        made: Any = take_in([SimpleUploadedFile(path.name, path.read_bytes())], organisation, user).made
    began, steps = time.perf_counter(), Steps()
    read_import(Import.objects.get(pk=made.pk), steps)
    made.refresh_from_db()
    begin_commit(made, user, shown=made.preview)
    commit_import(Import.objects.get(pk=made.pk), user, steps)
    steps.start("")
    print(f"{'from reading to the end of the commit':50s} {time.perf_counter() - began:7.1f} s", flush=True)
    begin_undo(made, user)
    undo_import(Import.objects.get(pk=made.pk), user, steps)
    steps.start("")


def main() -> None:
    """Run the benchmark with the options of the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fairlead.web.site.settings")
    import django

    django.setup()
    seldom_look_for_cycles()  # as the worker does
    run(options.rows)


if __name__ == "__main__":
    main()
