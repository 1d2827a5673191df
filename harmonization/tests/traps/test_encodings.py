"""Traps of encodings: letters come out as they were written, or the file is refused."""

import codecs
import gzip

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harmonization.mapping.encodings import likeliest_encoding
from harmonization.mapping.mapping_error import MappingError
from harmonization.mapping.refusal import HarmonizationRefused
from harmonization.tests.pipeline.exports import events
from harmonization.tests.traps.small import run, run_text, small, table

OLD = [
    ("cp949", "검색 영역 상단"),
    ("euc_kr", "비누 세트"),
    ("cp1251", "Поиск в каталоге"),
    ("cp1251", "Товар «Мыло»"),
    ("cp932", "検索結果"),
    ("cp932", "アクメ洗剤（大）"),
    ("gb18030", "搜索结果页面"),
    ("big5", "搜尋結果頁面"),
    ("cp1252", "Café à la crème – 25 €"),
    ("cp1252", "Übergröße, Ärmel"),
]
UNICODE = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"]


@pytest.mark.parametrize(("encoding", "place"), OLD)
def test_old_encodings_are_told_by_their_letters(encoding, place, tmp_path):
    result = run(tmp_path, {"Place": place}, encoding=encoding)

    assert events(result)["placement_raw"].to_list() == [place]
    assert any("read as" in note for note in result.quality.notes)


@pytest.mark.parametrize("encoding", UNICODE)
def test_unicode_needs_no_guess(encoding, tmp_path):
    result = run(tmp_path, {"Place": "검색 Поиск é"}, encoding=encoding)

    assert events(result)["placement_raw"].to_list() == ["검색 Поиск é"]
    assert not any("read as" in note for note in result.quality.notes)


def test_a_header_of_another_script_is_found(tmp_path):
    text = table({}).replace("Place", "Место")

    result = run_text(tmp_path, text, encoding="cp1251")

    assert result.quality.unmapped_columns == ("Место",)


def test_what_the_mapping_states_is_taken_where_letters_tell_too_little(tmp_path):
    result = run(tmp_path, {"Place": "МЫЛО"}, encoding="cp1251", mapping=small(top="encoding: cp1251\n"))

    assert events(result)["placement_raw"].to_list() == ["МЫЛО"]


def test_a_stated_encoding_does_not_spoil_unicode(tmp_path):
    result = run(tmp_path, {"Place": "Мыло"}, mapping=small(top="encoding: cp949\n"))

    assert events(result)["placement_raw"].to_list() == ["Мыло"]


def test_a_stated_encoding_that_does_not_fit_is_refused(tmp_path):
    with pytest.raises(HarmonizationRefused, match="encoding cannot be told"):
        run(tmp_path, {"Place": "Café à"}, encoding="cp1252", mapping=small(top="encoding: cp949\n"))


def test_an_encoding_that_does_not_exist_is_refused():
    with pytest.raises(MappingError, match="is no encoding"):
        small(top="encoding: cp9999\n")


def test_two_encodings_in_one_file_are_refused(tmp_path):
    text = table({"Place": "Café"}).encode() + table({"Place": "Café"}).split("\n", 1)[1].encode("cp1252")

    with pytest.raises(HarmonizationRefused, match="others in Windows-1252"):
        run_text(tmp_path, text)


def test_bytes_that_are_no_text_are_refused(tmp_path):
    with pytest.raises(HarmonizationRefused):
        run_text(tmp_path, table({}).encode() + b"\x81\x8d\x8f\x90\x9d\xff" * 9)


@pytest.mark.parametrize("mark", [codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE])
def test_utf_32_is_refused(mark, tmp_path):
    encoding = "utf-32-le" if mark == codecs.BOM_UTF32_LE else "utf-32-be"

    with pytest.raises(HarmonizationRefused, match="not a table"):
        run_text(tmp_path, mark + table({}).encode(encoding))


def test_gzip_is_unpacked_by_its_bytes_not_its_name(tmp_path):
    assert run_text(tmp_path, gzip.compress(table({}).encode()), name="export.csv").rows_kept == 1


def test_a_gzip_file_cut_off_is_refused(tmp_path):
    with pytest.raises(HarmonizationRefused, match="gzip file is damaged"):
        run_text(tmp_path, gzip.compress(table({}).encode() * 50)[:-20])


KOREAN = st.text(alphabet="검색영역상단비누세트노출클릭광고상품캠페인", min_size=6, max_size=30)
RUSSIAN = st.text(alphabet="абвгдежзийклмнопрстуфхцчшщыьэюя", min_size=6, max_size=30)
JAPANESE = st.text(alphabet="あいうえおかきくけこアイウエオ検索広告商品", min_size=6, max_size=30)


@given(korean=KOREAN, russian=RUSSIAN, japanese=JAPANESE)
@settings(max_examples=60, deadline=None)
def test_longer_texts_are_told_apart(korean, russian, japanese):
    assert likeliest_encoding(text=korean.encode("cp949")) == "cp949"
    assert likeliest_encoding(text=russian.capitalize().encode("cp1251")) == "cp1251"
    assert likeliest_encoding(text=japanese.encode("cp932")) == "cp932"


@given(text=st.binary(max_size=400))
@settings(max_examples=100, deadline=None)
def test_a_guess_never_fails(text):
    encoding = likeliest_encoding(text=text)

    assert encoding is None or codecs.lookup(encoding)
