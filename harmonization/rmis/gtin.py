"""GTINs as fourteen digits with a valid check digit (GS1 General Specifications, section 7.9)."""

GTIN_LENGTHS = (8, 12, 13, 14)
LENGTH = 14


def check_digit(body: str) -> int:
    """The check digit of a GTIN without it: digits weighted 3, 1, 3, ... from the right, up to the next ten."""
    weighted = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(body)))
    return -weighted % 10


def is_valid_gtin(text: str) -> bool:
    """Whether the text is a GTIN-8, UPC-12, EAN-13 or GTIN-14 whose check digit is right."""
    is_number = text.isascii() and text.isdigit()
    return is_number and len(text) in GTIN_LENGTHS and int(text[-1]) == check_digit(text[:-1])


def normalised_gtin(text: str) -> str | None:
    """The GTIN padded to fourteen digits; None where it is none.

    Spaces and hyphens between digits are dropped. Zeros that a spreadsheet ate from the left are put back, as padding
    leaves the check digit right; a number whose check digit is wrong is not repaired.
    """
    digits = text.strip().replace(" ", "").replace("-", "")
    if not (digits.isascii() and digits.isdigit()) or not 7 <= len(digits) <= LENGTH:
        return None
    padded = digits.zfill(LENGTH)
    return padded if int(padded) and int(padded[-1]) == check_digit(padded[:-1]) else None
