"""Signatures, digests, and the names of composites."""

from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from agents.federation.axes import Axis
from agents.federation.digests import composite_digest, content_digest
from agents.federation.manifests import Manifest, sign_manifest, verify_manifest
from agents.federation.refusal import AdapterRefused
from agents.tests.federation.adapters import BASE, config, content

KEY, OTHER = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
TRUSTED = (KEY.public_key(),)
CONTENT = content(seed=1)
MANIFEST = Manifest(
    adapter_id="brand-nordmill",
    version=1,
    axis=Axis.BRAND,
    member="Nordmill",
    owner="acme",
    sha256=content_digest(CONTENT),
    config=config(),
    base_digest=BASE,
)
SIGNATURE = sign_manifest(manifest=MANIFEST, key=KEY)


def verify(*, manifest=MANIFEST, signature=SIGNATURE, of=CONTENT, base=BASE, keys=TRUSTED):
    verify_manifest(manifest=manifest, signature=signature, content=of, keys=keys, base_digest=base)


def test_signed_adapter_is_accepted():
    verify()


def test_any_of_several_trusted_keys_will_do():
    verify(keys=(OTHER.public_key(), KEY.public_key()))


@pytest.mark.parametrize(
    ("changed", "title"),
    [
        ({"keys": (OTHER.public_key(),)}, "signature"),
        ({"keys": ()}, "signature"),
        ({"signature": ""}, "signature"),
        ({"signature": "not base64!"}, "signature"),
        ({"manifest": replace(MANIFEST, owner="globex")}, "signature"),
        ({"manifest": replace(MANIFEST, config=config(rank=8))}, "signature"),
        ({"of": CONTENT[:-1] + b"\x00\x01"}, "not the signed ones"),
        ({"base": "c" * 64}, "another base"),
    ],
)
def test_what_is_not_as_signed_is_refused(changed, title):
    with pytest.raises(AdapterRefused, match=title):
        verify(**changed)


def test_composite_is_named_by_its_members_in_any_order():
    pairs = [("a" * 64, 1.0), ("d" * 64, 0.5)]

    assert composite_digest(base_digest=BASE, members=pairs) == composite_digest(base_digest=BASE, members=pairs[::-1])


@pytest.mark.parametrize(
    ("base", "members"), [("c" * 64, [("a" * 64, 1.0)]), (BASE, [("a" * 64, 0.9)]), (BASE, [("e" * 64, 1.0)])]
)
def test_anything_else_is_another_name(base, members):
    named = composite_digest(base_digest=BASE, members=[("a" * 64, 1.0)])

    assert composite_digest(base_digest=base, members=members) != named
