"""The service on this computer: a server of the standard library, one thread for each request, no log of requests."""

from __future__ import annotations

from socketserver import ThreadingMixIn
from typing import TYPE_CHECKING, Any, Final
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from fairlead.errors import OptionError

if TYPE_CHECKING:
    from fairlead.reconcile.wsgi import ReconciliationApplication

HOST: Final = "127.0.0.1"
#: Seconds without a byte after which a connection is given up.
_PATIENCE: Final = 30


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Handler(WSGIRequestHandler):
    timeout = _PATIENCE

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the standard library's name
        """Keep nothing: requests hold names."""


def open_server(application: ReconciliationApplication, port: int) -> WSGIServer:
    """Return a server on this computer alone, not yet serving; port 0 takes one that is free.

    Raises OptionError where the port is taken or not allowed.
    """
    try:
        return make_server(HOST, port, application, server_class=_Server, handler_class=_Handler)
    except (OSError, OverflowError) as error:
        raise OptionError(
            f"Port {port} cannot be used ({getattr(error, 'strerror', None) or error}).",
            do="Give another with --port, such as 8585.",
        ) from error
