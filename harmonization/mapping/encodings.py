"""Which old encoding a text is in, by how likely its letters are: bytes alone do not tell.

Each encoding is a model of its language: the characters it is used for, about equally likely among themselves, and
everything else a million times less so. The encoding under which the bytes are likeliest is taken; for letters of
European languages that differ by country only, which no model can tell apart, that is Windows-1252.
"""

import codecs
import math
import re
from collections.abc import Callable

LATIN = "cp1252"
SAMPLE_BYTES = 16 * 1024
IMPROBABLE = math.log(1e-6)
LEAST_LIKELY = 0.75 * IMPROBABLE
HIGH_RUN = re.compile(rb"[A-Za-z]*[\x80-\xff][\x40-\xff]*")
WORD = re.compile(r"[^\W\d_]+")
UTF8_LETTER = re.compile(rb"[\xc3-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}")
LATIN_LETTERS = 40
LATIN_MARKS = frozenset("€‚„…‘’“”–—™¿¡«»°ºª£§©®½¼¾\u00a0")
CYRILLIC_LETTERS = 66
CYRILLIC_MARKS = frozenset("«»—–№…“”„₽ЁёІіЇїЄєҐґ\u00a0")
KANA, KANJI, HANGUL, HANZI, BIG5_HANZI = 166, 2965, 2350, 3755, 5401
FULL_WIDTH = "\uff01-\uff5e"
KANA_PATTERN = re.compile("[\u3041-\u30fc]")
CJK_MARK = re.compile(f"[\u3000-\u303f{FULL_WIDTH}]")
Model = Callable[[str], float]


def likeliest_encoding(*, text: bytes) -> str | None:
    """The encoding under which the text is likeliest; None where it is text in none of them.

    Args:
        text: bytes that are neither ASCII nor UTF-8 throughout.
    """
    sample = _sample(text)
    scores = {name: score for name, model in MODELS.items() if (score := _score(sample, name, model)) is not None}
    return max(scores, key=lambda name: scores[name]) if scores else None


def mixes_in_utf8(*, text: bytes) -> bool:
    """Whether letters in UTF-8 stand beside others in Windows-1252: two files were glued together."""
    return bool(UTF8_LETTER.search(text))


def can_decode(*, text: bytes, encoding: str, is_cut: bool) -> bool:
    """Whether the bytes are text in the encoding; a character cut off at the end does not count against it."""
    try:
        codecs.getincrementaldecoder(encoding)().decode(text, final=not is_cut)
    except UnicodeDecodeError:
        return False
    return True


def _sample(text: bytes) -> tuple[bytes, ...]:
    """Stretches that begin with a byte above ASCII, with the letters that follow, up to some thousands of bytes."""
    found, size = [], 0
    for match in HIGH_RUN.finditer(text):
        found.append(match.group())
        size += len(match.group())
        if size > SAMPLE_BYTES:
            break
    return tuple(found)


def _score(sample: tuple[bytes, ...], encoding: str, model: Model) -> float | None:
    """Log-likelihood of the sample's letters above ASCII; None where it cannot be decoded, or is no language."""
    total, count = 0.0, 0
    for stretch in sample:
        try:
            text = stretch.decode(encoding)
        except UnicodeDecodeError:
            return None
        count += sum(letter > "\x7f" for letter in text)
        total += model(text)
    return total if total > LEAST_LIKELY * count else None


def _latin(text: str) -> float:
    """Letters with accents stand alone or in twos; more in a row are another alphabet, and signs are rare."""
    total = 0.0
    for run in re.findall(r"[^\x00-\x7f]+", text):
        marks = sum(letter in LATIN_MARKS for letter in run) if len(run) <= 2 else 0
        letters = sum("\u00c0" <= letter <= "\u017e" for letter in run)
        is_foreign = len(run) - marks > 2
        total -= math.log(LATIN_LETTERS) * (marks + (0 if is_foreign else letters))
        total += IMPROBABLE / 2 * (len(run) - marks - (0 if is_foreign else letters))
    return total


def _cyrillic(text: str) -> float:
    """Words are of one alphabet, and capitals stand in front or throughout."""
    odd = {letter for word in WORD.findall(text) if _is_odd(word) for letter in word if letter > "\x7f"}
    foreign = [letter for letter in text if letter > "\x7f"]
    likely = [one for one in foreign if one in CYRILLIC_MARKS or ("\u0410" <= one <= "\u044f" and one not in odd)]
    return IMPROBABLE * (len(foreign) - len(likely)) - math.log(CYRILLIC_LETTERS) * len(likely)


def _is_odd(word: str) -> bool:
    is_mixed = any(letter < "\x80" for letter in word) and any(letter > "\x7f" for letter in word)
    return is_mixed or not (word.islower() or word.isupper() or word[1:].islower())


def _by_letter(model: Model) -> Model:
    """A model of letters, each by itself."""
    return lambda text: sum(model(letter) for letter in text if letter > "\x7f")


def _japanese(letter: str) -> float:
    if KANA_PATTERN.match(letter):
        return -math.log(2 * KANA)
    if CJK_MARK.match(letter):
        return -math.log(KANJI)
    lead = _lead(letter, "cp932")
    return -math.log(2 * KANJI) if 0x88 <= lead <= 0x98 else IMPROBABLE


def _korean(letter: str) -> float:
    return -math.log(HANGUL) if 0xB0 <= _lead(letter, "euc_kr") <= 0xC8 else _mark_or_improbable(letter)


def _chinese(letter: str) -> float:
    return -math.log(HANZI) if 0xB0 <= _lead(letter, "gb2312") <= 0xD7 else _mark_or_improbable(letter)


def _taiwanese(letter: str) -> float:
    return -math.log(BIG5_HANZI) if 0xA4 <= _lead(letter, "big5") <= 0xC6 else _mark_or_improbable(letter)


def _mark_or_improbable(letter: str) -> float:
    return -math.log(HANZI) if CJK_MARK.match(letter) else IMPROBABLE


def _lead(letter: str, encoding: str) -> int:
    """First of the two bytes of a letter; 0 where it has not two."""
    written = letter.encode(encoding, errors="ignore")
    return written[0] if len(written) == 2 else 0


MODELS: dict[str, Model] = {
    LATIN: _latin,
    "cp932": _by_letter(_japanese),
    "cp949": _by_letter(_korean),
    "cp1251": _cyrillic,
    "gb18030": _by_letter(_chinese),
    "big5": _by_letter(_taiwanese),
}
