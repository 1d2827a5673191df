"""Whether a brief is written in English at all."""

from collections.abc import Sequence

from campaigns.briefs.lexing.lexer import Token
from campaigns.briefs.lexing.phrases import FILLER, NOISE

_ENGLISH = "not no than more less each any per cap limit hold back only GE LE"
_OTHERS = (
    "der die das und auf mit für bei mindestens höchstens verteile wochen le la les des et sur avec pour une un "
    "au moins plus el los las y en con para por al menos semanas il lo gli di su almeno het een van op voor ten "
    "minste och på till minst av med"
)
FEWEST_WORDS = 2
LAST_LATIN, MOST_FOREIGN = "\u024f", 0.3


def is_foreign(*, tokens: Sequence[Token]) -> bool:
    """Many letters are of another script, or words of another language outnumber English ones."""
    ours, theirs = NOISE | FILLER | set(_ENGLISH.split()), set(_OTHERS.split())
    words = [token.word for token in tokens if token.kind == "word"]
    letters = [letter for word in words for letter in word if letter.isalpha()]
    if sum(letter > LAST_LATIN for letter in letters) > len(letters) * MOST_FOREIGN:
        return True
    others = sum(word in theirs for word in words)
    return others >= FEWEST_WORDS and others > sum(word in ours for word in words if word.isalpha())
