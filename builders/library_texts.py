"""Texts of the installed libraries that a page of the workbench can show and no library has a translation of.

Django and allauth bring their own catalogues, which lack much of some languages. What they lack is translated here:
`./run build catalogues` keeps src/fairlead/web/locale_of_libraries up to date with it.
"""

from __future__ import annotations

import gettext
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

WEB: Final = Path(__file__).resolve().parents[1] / "src" / "fairlead" / "web"

#: How a translator's comment begins above a text that a library translates, but wrongly: ours is kept in its place.
INSTEAD: Final = "Instead of the library’s"

_TEMPLATES: Final = "templates/"


@dataclass(frozen=True)
class Library:
    """The catalogues of a library, and the files whose texts can come onto a page, as its catalogues name them."""

    package: str
    catalogues: str
    reached: tuple[str, ...] = ()
    not_reached: tuple[str, ...] = ()

    @property
    def folder(self) -> Path:
        """Where its catalogues lie."""
        found = find_spec(self.package)
        assert found is not None, f"{self.package} is not installed"
        return Path(str(found.origin)).parent / self.catalogues


#: The installed libraries that have catalogues. Where no file is reached, a catalogue holds only names of models and
#: pages of the administration, which the workbench does not show.
LIBRARIES: Final = (
    Library("django", "conf/locale", reached=("core/", "db/models/", "forms/", "template/", "utils/")),
    Library(
        "django",
        "contrib/auth/locale",
        reached=tuple(
            f"contrib/auth/{file}.py" for file in ("base_user", "models", "password_validation", "validators")
        ),
    ),
    Library("django", "contrib/humanize/locale", reached=("contrib/humanize/templatetags/",)),
    Library("django", "contrib/contenttypes/locale"),
    Library("django", "contrib/sessions/locale"),
    Library(
        "allauth",
        "locale",
        reached=(
            "account/",
            "mfa/",
            "usersessions/",
            "templates/account/",
            "templates/allauth/",
            "templates/mfa/",
            "templates/usersessions/",
        ),
        not_reached=(
            "account/admin.py",
            "account/apps.py",
            "mfa/apps.py",
            "usersessions/apps.py",
            "templates/account/confirm_phone",
            "templates/account/phone_",
            "templates/account/messages/phone_",
        ),
    ),
    Library("axes", "locale"),
    Library("simple_history", "locale"),
)


@dataclass(frozen=True)
class Text:
    """A text of a library, and the files in which it stands."""

    message: Message
    files: tuple[str, ...]

    @property
    def key(self) -> tuple[str, str | None]:
        """What gettext finds it by: its singular and its context."""
        return _singular(self.message), self.message.context


def texts() -> Iterator[Text]:
    """Yield every text of the libraries that can come onto a page."""
    own = {path.relative_to(folder).as_posix() for folder in WEB.glob("*/templates") for path in folder.rglob("*")}
    for library in LIBRARIES:
        if not library.reached:
            continue
        with (library.folder / "en" / "LC_MESSAGES" / "django.po").open("rb") as file:
            messages = [message for message in read_po(file, locale="en") if message.id]
        for message in messages:
            files = sorted({place for place, _line in message.locations if _is_reached(library, place, own)})
            if files:
                yield Text(message, tuple(f"{library.package}/{place}" for place in files))


def lacking(code: str, ours: Catalog) -> Catalog:
    """Return the texts that no library translates into a language, with those of which `ours` is to stand instead.

    `ours` is the catalogue of the language as it is.
    """
    translated = _Translated(code)
    instead = {(_singular(entry), entry.context) for entry in ours if _stands_instead(entry)}
    found = Catalog(project="Fairlead", charset="utf-8", fuzzy=False)
    for text in texts():
        if text.key in instead or not translated.has(text):
            message = text.message
            found.add(message.id, None, flags=message.flags, auto_comments=text.files, context=message.context)
    return found


class _Translated:
    """What the libraries translate into a language. Django puts their catalogues into one: any of them will do."""

    def __init__(self, code: str) -> None:
        files = [library.folder / code / "LC_MESSAGES" / "django.mo" for library in LIBRARIES]
        self._catalogues: Sequence[gettext.GNUTranslations] = [
            _with_nothing_else(each) for each in files if each.exists()
        ]

    def has(self, text: Text) -> bool:
        """Say whether a library translates a text."""
        context, ids = text.message.context, text.message.id
        one, many = (str(ids), "") if isinstance(ids, str) else (str(ids[0]), str(ids[1]))
        if many and context:
            return any(each.npgettext(context, one, many, 1) for each in self._catalogues)
        if many:
            return any(each.ngettext(one, many, 1) for each in self._catalogues)
        if context:
            return any(each.pgettext(context, one) for each in self._catalogues)
        return any(each.gettext(one) for each in self._catalogues)


class _Nothing(gettext.NullTranslations):
    """Gives nothing for a text that a catalogue lacks, where gettext would give the text itself."""

    def gettext(self, message: str) -> str:
        return ""

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return ""

    def pgettext(self, context: str, message: str) -> str:
        return ""

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> str:
        return ""


def _with_nothing_else(path: Path) -> gettext.GNUTranslations:
    with path.open("rb") as file:
        translations = gettext.GNUTranslations(file)
    translations.add_fallback(_Nothing())
    return translations


def _is_reached(library: Library, place: str, own_templates: set[str]) -> bool:
    """Say whether a page can show texts of a file: not of a template in whose place the workbench has its own."""
    if not place.startswith(library.reached) or place.startswith(library.not_reached):
        return False
    return not (place.startswith(_TEMPLATES) and place.removeprefix(_TEMPLATES) in own_templates)


def _stands_instead(entry: Message) -> bool:
    return any(comment.startswith(INSTEAD) for comment in entry.user_comments)


def _singular(message: Message) -> str:
    return message.id if isinstance(message.id, str) else str(message.id[0])
