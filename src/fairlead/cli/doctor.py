"""`fairlead doctor`: looks an installation of the workbench over."""

from __future__ import annotations

import typer

_UNWELL = 1


def doctor_command() -> None:
    """Look the workbench's installation over and say what to do where something is not well.

    Ends with exit code 1 where something is not. Changes nothing and prints no secret.
    """
    from fairlead.web.site.doctor import examine

    unwell = 0
    for each in examine():
        typer.echo(f"{'ok ' if each.well else 'NOT'}  {each.name}: {each.found}")
        if not each.well:
            unwell += 1
            typer.echo(f"     {each.do}")
    if unwell:
        typer.echo(f"{unwell} {'thing is' if unwell == 1 else 'things are'} not well.")
        raise typer.Exit(_UNWELL)
    typer.echo("All is well.")
