"""Fetches a publisher's file; the only place in Fairlead that uses the network, and only when asked to."""

from __future__ import annotations

import http.client
import urllib.request
from typing import Final

from fairlead import __version__
from fairlead.errors import UpdateFailed

_SECONDS: Final = 60
_LARGEST: Final = 64 * 1024 * 1024


def fetch(address: str) -> bytes:
    """Return what lies at an https address.

    Raises UpdateFailed when the address is not https, cannot be reached, refuses, or holds more than 64 MiB.
    """
    if not address.startswith("https://"):
        raise UpdateFailed(f"The address {address} is not one that Fairlead fetches from: it is not https.")
    request = urllib.request.Request(address, headers={"User-Agent": f"fairlead/{__version__}"})  # noqa: S310  (https)
    try:
        with urllib.request.urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310  (https)
            content: bytes = answer.read(_LARGEST + 1)
    except (OSError, http.client.HTTPException) as error:
        raise UpdateFailed(
            f"{address} could not be fetched ({getattr(error, 'reason', None) or error}).",
            do="Are you offline? The table in use is unchanged; try again later.",
        ) from error
    if len(content) > _LARGEST:
        raise UpdateFailed(f"{address} holds more than 64 MiB, which no reference table does.")
    return content
