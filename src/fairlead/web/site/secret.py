"""The key that signs sessions and links: from the environment, else made once and kept in FAIRLEAD_HOME."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from fairlead.web.site.environment import read


def secret_key(home: Path) -> str:
    """Return FAIRLEAD_SECRET_KEY, or the key kept in `home`, which is made where there is none."""
    given = read("FAIRLEAD_SECRET_KEY")
    if given:
        return given
    path = home / "secret.key"
    home.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text("ascii").strip()
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_urlsafe(48))
    return path.read_text("ascii").strip()
