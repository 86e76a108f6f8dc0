"""How the bytes of a text file are to be read: Unicode by proof, the old one-byte encodings by evidence."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import Final

from fairlead.errors import UnreadableFile, Where
from fairlead.model.message import message

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

_SAMPLE: Final = 200_000
_STRAY: Final = 3
_CONTROL: Final = re.compile(rb"[\x00-\x08\x0e-\x19\x1b\x1c\x1d]")
_HIGH_WORD: Final = re.compile(r"[^\W\d_]*[^\W\d_\x00-\x7f][^\W\d_]*")
_CYRILLIC: Final = re.compile(r"[\u0400-\u04ff]")
_CASE_BREAK: Final = re.compile(r"[а-яёәғқңөұүһі][А-ЯЁӘҒҚҢӨҰҮҺІ]")

#: What Қ қ Һ һ Ә ә Ң ң of the Kazakh code page (KZ-1048) turn into when read as windows-1251: letters of Serbian
#: and Macedonian, which Russian, Ukrainian and Belarusian never use. Љ Њ Ђ are the same in both and rule Kazakh out.
_KAZAKH_MISREAD: Final = frozenset("ЌќЋћЈјЅѕ")
_SERBIAN: Final = frozenset("ЉљЊњЂђЏџ")
_KNOWN_HIGH: Final = re.compile(r"[\u00a0-\u024f\u0400-\u052f\u1e00-\u1eff\u2000-\u20bf\u2100-\u214f]")

_ADVICE: Final = message("Save the list as CSV in UTF-8, or as XLSX.")


@dataclass(frozen=True)
class Decoded:
    """The text of a file, how it was read, and the lines (from 1) where a byte had no meaning."""

    text: str
    encoding: str
    broken_lines: tuple[int, ...] = ()


def decode(content: bytes, where: Where) -> Decoded:
    """Return the text of a file in UTF-8, UTF-16 (with or without a byte order mark), windows-1251, its Kazakh
    sister KZ-1048, or windows-1252.

    A few null bytes in a text are replaced, and their lines named. Raises UnreadableFile for content that is not
    text: many null or control bytes, or bytes that fit nothing.
    """
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return _decode_marked(content, encoding, where)
    if b"\x00" in content:
        return _decode_utf16(content) or _decode_without_nulls(content, where)
    _refuse_binary(content, where)
    try:
        return Decoded(content.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _decode_broken_utf8(content) or _decode_one_byte(content)


def _decode_marked(content: bytes, encoding: str, where: Where) -> Decoded:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding == "utf-8-sig" and (mended := _decode_broken_utf8(content.removeprefix(codecs.BOM_UTF8))):
            return mended
        raise UnreadableFile(
            message("The file says that it is {encoding} and is not.", encoding=error.encoding),
            where=where,
            do=_ADVICE,
        ) from error
    if "\x00" in text:
        raise _null_bytes(where)
    return Decoded(text, encoding)


def _decode_utf16(content: bytes) -> Decoded | None:
    """Try both byte orders; real text has its letters in a few blocks of Unicode and line ends or separators."""
    if len(content) % 2 == 0:
        for encoding in ("utf-16-le", "utf-16-be"):
            try:
                text = content.decode(encoding)
            except UnicodeDecodeError:
                continue
            if "\x00" not in text and _looks_like_text(text[:_SAMPLE]):
                return Decoded(text, encoding)
    return None


def _decode_without_nulls(content: bytes, where: Where) -> Decoded:
    """Read a text with a few null bytes in it as text, a replacement character in the place of each."""
    if content.count(b"\x00") > _few(content):
        raise _null_bytes(where)
    read = decode(content.replace(b"\x00", b"\x1a"), where)
    text = read.text.replace("\x1a", "\ufffd")
    lines = tuple(number for number, line in enumerate(text.split("\n"), 1) if "\ufffd" in line)
    return Decoded(text, read.encoding, lines)


def _looks_like_text(text: str) -> bool:
    odd = sum(1 for sign in text if not (sign.isascii() or _KNOWN_HIGH.match(sign)))
    controls = sum(1 for sign in text if sign < " " and sign not in "\t\r\n")
    return controls == 0 and odd <= 0.1 * len(text)


def _refuse_binary(content: bytes, where: Where) -> None:
    if len(_CONTROL.findall(content[:_SAMPLE])) > _few(content[:_SAMPLE]):
        raise UnreadableFile(message("The file is not text: it holds control bytes."), where=where, do=_ADVICE)


def _few(content: bytes) -> int:
    """Return how many stray null or control bytes a text of this length may hold and still be one."""
    return max(_STRAY, len(content) // 1000)


def _null_bytes(where: Where) -> UnreadableFile:
    return UnreadableFile(
        message("The file is not text: it holds null bytes and is not UTF-16 either."), where=where, do=_ADVICE
    )


def _decode_broken_utf8(content: bytes) -> Decoded | None:
    """Read UTF-8 with a few broken bytes as such, naming the lines; None where it is no UTF-8 at all."""
    text = content.decode("utf-8", "replace")
    good = sum(1 for sign in text if sign > "\x7f" and sign != "\ufffd")
    if good < 4 * text.count("\ufffd"):
        return None
    lines = tuple(number for number, line in enumerate(text.split("\n"), 1) if "\ufffd" in line)
    return Decoded(text, "utf-8", lines)


def _decode_one_byte(content: bytes) -> Decoded:
    """Choose between the Cyrillic and the Western code page by what their words would look like.

    A Western word has at least one plain Latin letter beside its accented ones ("Société"), a Russian word read
    as Western has none ("Ïîñòàâùèê"); a Western word read as Russian mixes two alphabets ("Sociйtй").
    """
    western = _western(content)
    cyrillic = content.decode("cp1251", "replace")
    sample = cyrillic[:_SAMPLE]
    score = 0
    for word in _HIGH_WORD.findall(sample):
        if len(word) > 1:
            mixed = any(letter.isascii() for letter in word)
            score += -1 if mixed or _CASE_BREAK.search(word) else 1
    if score < 0 or (score == 0 and not _CYRILLIC.search(sample)):
        return western
    if score == 0 and _CYRILLIC.search(sample) and re.search(r"[A-Za-z]{3}", sample):
        return western
    if _KAZAKH_MISREAD.intersection(cyrillic) and not _SERBIAN.intersection(cyrillic):
        return Decoded(content.decode("kz1048", "replace"), "kz1048")
    return Decoded(cyrillic, "cp1251")


def _western(content: bytes) -> Decoded:
    try:
        return Decoded(content.decode("cp1252"), "cp1252")
    except UnicodeDecodeError:
        return Decoded(content.decode("latin-1"), "latin-1")
