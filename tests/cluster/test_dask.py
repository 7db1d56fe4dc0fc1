"""A build by a real Dask cluster on this machine: a scheduler and two workers."""

import shutil
from collections.abc import Iterator

import pytest
from distributed import LocalCluster

from tests.conftest import Site
from tests.exactness.world import assert_same, furnish


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with LocalCluster(
        n_workers=2, threads_per_worker=2, processes=True, dashboard_address=None, host="127.0.0.1"
    ) as cluster:
        yield cluster.scheduler_address.replace("tcp://", "dask://")


@pytest.mark.long
def test_the_same_bytes_as_locally(site: Site, address: str) -> None:
    furnish(site).build()
    locally = site.tree()
    shutil.rmtree(site.root / ".plein")
    shutil.rmtree(site.root / "public")
    made = site.build(executor=address)
    assert made.rendered == len(locally) - 1  # the manifest is nobody's page
    assert_same(site.tree(), locally)
    assert not site.build(executor=address).written


def test_workers_that_are_not_there_are_named(site: Site) -> None:
    done = site.run("build", "--executor", "ray://elders:1", code=2)
    assert "dask://" in done.stderr
