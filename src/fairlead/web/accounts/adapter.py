"""How allauth behaves here: nobody makes an account without an invitation, and addresses are not told apart by case."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ByInvitation(DefaultAccountAdapter):
    """Signing up is closed; people come by invitation."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Say that nobody may sign up by themselves."""
        return False

    def clean_email(self, email: str) -> Any:
        """Return the address in lower case."""
        return super().clean_email(email.strip().lower())
