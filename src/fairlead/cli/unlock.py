"""`fairlead unlock`: lets somebody who gave a wrong password too often sign in again."""

from __future__ import annotations

from typing import Annotated

import typer


def unlock_command(
    email: Annotated[str, typer.Argument(metavar="EMAIL", help="The address of the account.")],
) -> None:
    """Let somebody who gave a wrong password too often try again at once."""
    from fairlead.web.site.start import set_up

    set_up()
    from fairlead.web.accounts.locks import unlock

    if unlock(email, organisation=None, actor=None, by="command line"):
        typer.echo("Wrong passwords were forgotten; this address can sign in again.")
    else:
        typer.echo("This address was not locked out; nothing was changed.")
