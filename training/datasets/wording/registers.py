"""Templates by how somebody writes, put together by what they say."""

from training.datasets.wording import letters, plain_english, spoken, terse

REGISTERS = (terse.SAID, spoken.SAID, letters.SAID, plain_english.SAID)


def said(bank: str) -> tuple[str, ...]:
    """What all registers have of one bank, such as "cap node"."""
    return tuple(template for register in REGISTERS for template in register.get(bank, ()))
