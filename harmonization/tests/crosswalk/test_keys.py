"""Joins by codes."""

from harmonization.crosswalk.keys import CodeKind, JoinState, KnownCode, RetailerItem, index_codes, join_by_keys

UPC = "036000291452"


def _known(sku: str, kind: CodeKind, code: str, retailer_id: str = "", *, is_confirmed: bool = False) -> KnownCode:
    return KnownCode(sku=sku, kind=kind, code=code, retailer_id=retailer_id, is_confirmed=is_confirmed)


def _join(item: RetailerItem, *codes: KnownCode):
    return join_by_keys(items=[item], index=index_codes(codes=codes))[0]


def _item(**given: str) -> RetailerItem:
    return RetailerItem(retailer_id="alpha", **{"item_id": "A-1", **given})


def test_the_retailers_own_id_joins():
    joined = _join(_item(), _known("OAT", CodeKind.ITEM_ID, "a-1", "alpha"))

    assert (joined.state, joined.skus, joined.by) == (JoinState.JOINED, ("OAT",), CodeKind.ITEM_ID)


def test_another_retailers_id_joins_nothing():
    assert _join(_item(), _known("OAT", CodeKind.ITEM_ID, "A-1", "beta")).state is JoinState.UNKNOWN


def test_an_item_id_without_a_retailer_joins_nothing():
    assert _join(_item(), _known("OAT", CodeKind.ITEM_ID, "A-1")).state is JoinState.UNKNOWN


def test_a_gtin_joins_however_it_is_written():
    joined = _join(_item(gtin="36000291452"), _known("OAT", CodeKind.GTIN, f"00{UPC}"))

    assert (joined.skus, joined.by) == (("OAT",), CodeKind.GTIN)


def test_a_code_of_two_products_is_a_conflict_and_not_chosen():
    joined = _join(_item(gtin=UPC), _known("OAT", CodeKind.GTIN, UPC), _known("NUT", CodeKind.GTIN, UPC))

    assert joined.state is JoinState.CONFLICT
    assert set(joined.skus) == {"OAT", "NUT"}
    assert "gtin" in joined.reason


def test_codes_that_disagree_are_a_conflict_that_names_both():
    codes = [_known("OAT", CodeKind.ITEM_ID, "A-1", "alpha"), _known("NUT", CodeKind.GTIN, UPC)]

    joined = _join(_item(gtin=UPC), *codes)

    assert joined.state is JoinState.CONFLICT
    assert "OAT" in joined.reason
    assert "NUT" in joined.reason


def test_what_a_person_confirmed_is_beyond_conflict():
    codes = [_known("OAT", CodeKind.ITEM_ID, "A-1", "alpha", is_confirmed=True), _known("NUT", CodeKind.GTIN, UPC)]

    joined = _join(_item(gtin=UPC), *codes)

    assert (joined.state, joined.skus) == (JoinState.JOINED, ("OAT",))


def test_a_number_of_one_shop_never_joins_two_retailers():
    joined = _join(_item(gtin="212345001231"), _known("OAT", CodeKind.GTIN, "212345001231"))

    assert joined.state is JoinState.UNKNOWN
