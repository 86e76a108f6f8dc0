"""`fairlead serve`: the workbench, server and background worker together."""

from __future__ import annotations

from typing import Annotated

import typer


def serve_command(
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="The port.")] = 8000,
    host: Annotated[
        str, typer.Option("--host", help="Where to listen; 0.0.0.0 for other computers, behind a reverse proxy.")
    ] = "127.0.0.1",
) -> None:
    """Start the workbench, the web application for teams, until Ctrl+C.

    Without settings it keeps everything in FAIRLEAD_HOME, with SQLite; FAIRLEAD_DATABASE_URL puts it on PostgreSQL.
    """
    from fairlead.web.site.serve import Address, serve

    raise typer.Exit(serve(Address(host, port), typer.echo))
