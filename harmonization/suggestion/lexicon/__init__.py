"""The words of the trade, one module a language family: what a word in a header speaks of. No word is a network's."""

from harmonization.suggestion.lexicon import chinese, english, germanic, japanese, korean, romance, slavic, southeast

LANGUAGES = (english, germanic, romance, slavic, southeast, japanese, korean, chinese)


def entries() -> dict[str, str]:
    """Every word, phrase or stem (``показ*``) with its concept, in lower case. Earlier languages win."""
    found: dict[str, str] = {}
    for language in LANGUAGES:
        for concept, words in language.WORDS.items():
            for word in words.split(","):
                found.setdefault(" ".join(word.split()), concept)
    return found
