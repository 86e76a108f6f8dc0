"""The application of accounts."""

from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People who sign in."""

    name = "fairlead.web.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Note each signing in, and each change of how somebody signs in."""
        from fairlead.web.accounts import account_log, sign_in  # noqa: F401, PLC0415 - connect their receivers
