"""Watch a gzip stream go by: whole, bounded when unpacked, and not empty."""

import re
import zlib
from collections.abc import Iterable, Iterator

from harmonization.connectors.protocol import NoRows, SourceBusy, SourceRefused

GZIP = 16 + zlib.MAX_WBITS
STEP = 1_048_576
EMPTY_ARRAY = re.compile(rb"\s*\[\s*\]\s*")
FEW = 64


def checked_gzip(chunks: Iterable[bytes], *, limit: int, where: str) -> Iterator[bytes]:
    """The packed chunks as they come. Raises at the end, or on the way:

    SourceBusy when it is cut off or damaged, SourceRefused past ``limit`` unpacked bytes, NoRows for an empty array.
    """
    unpacker, size, head = zlib.decompressobj(GZIP), 0, b""
    for chunk in chunks:
        yield chunk
        for plain in _unpacked(unpacker=unpacker, chunk=chunk, where=where):
            size += len(plain)
            head = (head + plain)[:FEW] if len(head) < FEW else head
            if size > limit:
                raise _too_large(limit=limit, where=where)
    if not unpacker.eof:
        raise _damaged(where)
    if size <= FEW and EMPTY_ARRAY.fullmatch(head):
        raise NoRows


def _unpacked(*, unpacker: "zlib._Decompress", chunk: bytes, where: str) -> Iterator[bytes]:
    """The plain bytes of one packed chunk, a step at a time however well it was packed."""
    waiting = chunk
    while not unpacker.eof:
        try:
            plain = unpacker.decompress(waiting, STEP)
        except zlib.error as error:
            raise _damaged(where) from error
        yield plain
        waiting = unpacker.unconsumed_tail
        if not waiting and len(plain) < STEP:
            return


def _too_large(*, limit: int, where: str) -> SourceRefused:
    detail = f"Unpacked, it has more than {limit:,} bytes."
    return SourceRefused(title="The report is too large", detail=detail, where=where, fix="Ask for fewer days.")


def _damaged(where: str) -> SourceBusy:
    return SourceBusy(title="The download was cut off", detail="It cannot be unpacked to its end.", where=where)
