"""The job that travels: whole after pickling, and the same result and refusal where it is done."""

import pickle

import pytest
from polars.testing import assert_frame_equal

from harmonization.backends.away import Job, Refusal, harmonize_away
from harmonization.comparison.rates import RateTable
from harmonization.mapping.library import available_mappings, load_mapping
from harmonization.mapping.refusal import HarmonizationRefused
from harmonization.pipeline.run import harmonize_file
from harmonization.tests.files import alpha_with_bad_date, only_header


@pytest.fixture
def job(tmp_path):
    path = tmp_path / "june.csv"
    path.write_bytes(alpha_with_bad_date())
    return Job(
        input_path=path,
        mapping=load_mapping("alpha"),
        output_dir=tmp_path / "away",
        currency="",
        rates=RateTable(by_pair={}),
    )


def test_result_is_that_of_the_same_function_here(job, tmp_path):
    here = harmonize_file(input_path=job.input_path, mapping=job.mapping, output_dir=tmp_path / "here")

    away = pickle.loads(pickle.dumps(harmonize_away(pickle.loads(pickle.dumps(job)))))

    assert_frame_equal(away.daily, here.daily)
    assert (away.quality, away.reconciliation, away.rows_rejected) == (here.quality, here.reconciliation, 1)


def test_refusal_travels_with_all_its_words(job):
    job.input_path.write_bytes(only_header())
    beta = Job(**{**vars(job), "mapping": load_mapping("beta")})

    refusal = pickle.loads(pickle.dumps(harmonize_away(beta)))

    assert isinstance(refusal, Refusal)
    with pytest.raises(HarmonizationRefused) as here:
        harmonize_file(input_path=job.input_path, mapping=beta.mapping, output_dir=job.output_dir)
    assert vars(refusal.raised()) == vars(here.value)


@pytest.mark.parametrize("name", available_mappings())
def test_every_mapping_travels(name):
    mapping = load_mapping(name)

    assert pickle.loads(pickle.dumps(mapping)) == mapping
