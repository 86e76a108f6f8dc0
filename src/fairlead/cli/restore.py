"""`fairlead restore`: brings back what `fairlead backup` wrote."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def restore_command(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The archive.")],
    replace: Annotated[
        bool, typer.Option("--replace", help="Restore although this installation is not empty; its data is put aside.")
    ] = False,
) -> None:
    """Bring an installation back from an archive into FAIRLEAD_HOME and the database that is set.

    Every file is compared with its hash first; nothing is touched where one does not fit. Stop the workbench before.
    """
    from fairlead.web.site.start import set_up

    set_up()
    from fairlead.web.site.backup.restore import restore_backup

    restored = restore_backup(file, replace=replace)
    if restored.put_aside is not None:
        typer.echo(f"What was here before lies in {restored.put_aside}. Delete it when you no longer need it.")
    typer.echo(f"Restored {restored.files:,} files and the database. Start the workbench with `fairlead serve`.")
