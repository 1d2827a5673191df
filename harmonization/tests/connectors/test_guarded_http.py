"""Hosts that may be spoken to, and streams that are watched as they go by."""

import gzip
import json
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonization.connectors.amazon_ads.hosts import REGIONS, TOKEN_URL, hosts_of
from harmonization.connectors.guarded_http import GuardedHttp, HostRule
from harmonization.connectors.gzip_stream import checked_gzip
from harmonization.connectors.protocol import NoRows, SourceBusy, SourceRefused

NA = hosts_of(region="NA", test_endpoint="")


@pytest.mark.parametrize(
    "url",
    [
        "https://offline-report-storage-us-east-1-prod.s3.amazonaws.com/a/report.json.gz?X-Amz-Signature=1",
        "https://offline-report-storage-eu-west-1-prod.s3.eu-west-1.amazonaws.com/a",
        "https://offline-report-storage.s3.amazonaws.com:443/a",
    ],
)
def test_amazons_report_stores_may_be_downloaded_from(url):
    assert NA.downloading.allows(url)


@pytest.mark.parametrize(
    "url",
    [
        "http://offline-report-storage.s3.amazonaws.com/a",
        "https://offline-report-storage.s3.amazonaws.com:8443/a",
        "https://offline-report-storage.s3.amazonaws.com@evil.example/a",
        "https://user@offline-report-storage.s3.amazonaws.com/a",
        "https://offline-report-storage.s3.amazonaws.com.evil.example/a",
        "https://evil.example/offline-report-storage.s3.amazonaws.com",
        "https://evil.s3.amazonaws.com/a",
        "https://169.254.169.254/latest",
        "https://localhost/a",
        "https://[::1]/a",
        "file:///etc/passwd",
        "https://offline-report-storage.s3.amazonaws.com:99999/a",
        "",
    ],
)
def test_nothing_else_may_be_downloaded_from(url):
    assert not NA.downloading.allows(url)
    with pytest.raises(SourceRefused):
        list(GuardedHttp(rule=NA.downloading, called="Amazon").download(url=url, limit=10))


def test_api_and_sign_in_of_the_own_region_may_be_asked_and_no_other():
    assert NA.asking.allows(f"{REGIONS['NA']}/reporting/reports")
    assert NA.asking.allows(TOKEN_URL)
    assert not NA.asking.allows(f"{REGIONS['EU']}/reporting/reports")
    assert not NA.asking.allows("https://offline-report-storage.s3.amazonaws.com/a")


def test_only_the_very_server_of_the_tests_is_allowed_beside():
    rule = HostRule(test_origin="http://127.0.0.1:8001")

    assert rule.allows("http://127.0.0.1:8001/x")
    assert not rule.allows("http://127.0.0.1:8002/x")
    assert not rule.allows("http://127.0.0.1:8001@evil.example/x")


@given(content=st.binary(max_size=3000), size=st.integers(1, 500))
def test_whole_stream_passes_as_it_is_in_any_chunks(content, size):
    packed = gzip.compress(content)
    chunks = [packed[place : place + size] for place in range(0, len(packed), size)]

    try:
        assert b"".join(checked_gzip(chunks, limit=10_000, where="x")) == packed
    except NoRows:
        assert content.strip().replace(b" ", b"").replace(b"\n", b"").startswith(b"[")


@given(cut=st.integers(1, 200))
def test_stream_that_was_cut_off_is_noticed(cut):
    packed = gzip.compress(json.dumps([{"clicks": number} for number in range(200)]).encode())

    with pytest.raises(SourceBusy, match="cut off"):
        list(checked_gzip([packed[: max(0, len(packed) - cut)]], limit=1_000_000, where="x"))


def test_stream_of_rubbish_is_noticed():
    with pytest.raises(SourceBusy):
        list(checked_gzip([os.urandom(100)], limit=1_000, where="x"))


def test_bomb_is_stopped_before_it_is_unpacked():
    bomb = gzip.compress(bytes(50_000_000))

    with pytest.raises(SourceRefused, match="more than 1,000,000 bytes"):
        list(checked_gzip([bomb], limit=1_000_000, where="x"))


@pytest.mark.parametrize("text", [b"[]", b" [ ]\n"])
def test_empty_array_has_no_rows(text):
    with pytest.raises(NoRows):
        list(checked_gzip([gzip.compress(text)], limit=100, where="x"))
