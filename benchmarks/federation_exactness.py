"""Logits of composites against their members active together, over random sets; run by ``benchmarks.federation``.

Run: ``python -c "from benchmarks.federation_exactness import main; main()" BASE FOLDER SETS``.
"""

import json
import sys
from pathlib import Path

import numpy as np


def main() -> None:
    """Print the largest difference over all sets, beside the size of the adapters' whole effect."""
    import torch

    from agents.engine.worn_model import NOBODY, WornModel
    from agents.federation.adapter import read_adapter
    from agents.federation.composition import Composite, Weighted, compose
    from agents.tests.engine.tiny_base import VOCABULARY, adapter_config, adapter_content

    base, folder, sets = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    torch.set_num_threads(1)
    model = WornModel(folder=base, device="cpu", cache_bytes=1 << 30)
    rng, worst, effects = np.random.default_rng(7), 0.0, []

    def put_on(name: str, one: Composite) -> str:
        (folder / name).mkdir(exist_ok=True)
        (folder / name / "adapter_config.json").write_text(json.dumps(one.config()))
        (folder / name / "adapter_model.safetensors").write_bytes(one.content())
        model._put_on(name, folder / name)
        return name

    def logits(names: list[str], ids: torch.Tensor) -> torch.Tensor:
        model.model.base_model.set_adapter(names)
        with torch.inference_mode():
            return model.model(ids).logits

    for number in range(sets):
        members = []
        for place in range(4):
            rank, strength = int(rng.choice([4, 8, 16])), float(rng.uniform(0.02, 0.1))
            content = adapter_content(seed=4 * number + place, rank=rank, strength=strength)
            members.append(read_adapter(config=adapter_config(rank=rank), content=content, base_digest="b"))
        weighted = [Weighted(adapter=one, weight=float(rng.uniform(0.5, 1.0))) for one in members]
        whole = put_on("whole", compose(members=weighted))
        parts = [put_on(f"part{place}", compose(members=[one])) for place, one in enumerate(weighted)]
        ids = torch.from_numpy(rng.integers(2, VOCABULARY, size=(1, 24)))
        together = logits(parts, ids)
        worst = max(worst, float((logits([whole], ids) - together).abs().max()))
        effects.append(float((logits([NOBODY], ids) - together).abs().max()))
        for name in (whole, *parts):
            model.model.delete_adapter(name)
    effect = float(np.median(effects))
    print(
        f"{sets} random sets of four: composite and members together differ by {worst:.1e} at most (limit 1e-05); the "
        f"adapters' own effect is {effect:.2f}"
    )
