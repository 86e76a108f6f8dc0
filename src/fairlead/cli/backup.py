"""`fairlead backup`: one file with everything the workbench keeps."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def backup_command(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The archive to write, such as fairlead.tar.gz.")],
    portable: Annotated[
        bool,
        typer.Option("--portable", help="Write the database so that it can be restored into another kind of database."),
    ] = False,
) -> None:
    """Write everything the workbench keeps into one archive, while it may go on serving.

    In it are the database as of one moment, uploaded files, snapshots, updated reference tables and the secret key.
    Whoever has the archive has all of that: keep it where nobody else reads it.
    """
    from fairlead.web.site.start import set_up

    set_up()
    from fairlead.web.site.backup.write import write_backup

    written = write_backup(file, portable=portable)
    typer.echo(f"{file}: {written.files:,} files, {written.bytes / 1_000_000:,.1f} MB before packing.")
