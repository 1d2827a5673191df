"""What is said for and against a pairing claims no more than the two sides state."""

import pytest

from harmonization.views.crosswalk_tables import evidence_in_words

ALIKE = {"name_likeness": 0.95, "same_brand": True, "same_size": None, "lead": 0.2}


@pytest.mark.parametrize(
    ("item_brand", "product_brand", "said"),
    [
        ("Acme", "Acme", "The brand is the same"),
        ("", "Acme", "The item states no brand, but “Acme” stands in its name"),
        ("Acme", "", "The product states no brand, but “Acme” stands in its name"),
    ],
)
def test_a_brand_only_one_side_states_is_not_called_the_same(item_brand, product_brand, said):
    assert said in evidence_in_words(ALIKE, item_brand=item_brand, product_brand=product_brand)


@pytest.mark.parametrize(("same", "said"), [(False, "The brand differs"), (None, "One side does not state the brand")])
def test_brands_that_differ_or_are_unknown_are_said_so(same, said):
    assert said in evidence_in_words(ALIKE | {"same_brand": same}, item_brand="Acme", product_brand="")
