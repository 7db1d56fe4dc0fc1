"""An operator publishes to an object store, and to just a folder."""

import gzip
import re
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from moto.server import ThreadedMotoServer

from generator.model import Span
from generator.problems import Busy, DiskError, problem
from generator.publish import lease, tree_of
from generator.publish.bucket import Bucket
from generator.publish.inplace import difference, replace
from tests.conftest import Site

BUCKET = "intranet"


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch, site: Site) -> Iterator[Any]:
    """A store that speaks S3, and a client to look into it."""
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    keys = {
        "AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "x", "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
    }  # fmt: skip
    for name, value in keys.items():
        monkeypatch.setenv(name, value)
    reset = urllib.request.Request(f"{keys['AWS_ENDPOINT_URL']}/moto-api/reset", method="POST")
    urllib.request.urlopen(reset, timeout=10).close()
    client = boto3.client("s3")
    client.create_bucket(Bucket=BUCKET)
    yield client
    server.stop()


def objects(client: Any) -> dict[str, Any]:
    found = client.list_objects_v2(Bucket=BUCKET).get("Contents", ())
    return {item["Key"]: item for item in found}


def test_a_store_gets_what_changed_with_its_type_and_nothing_else_goes(
    store: Any, site: Site
) -> None:
    site.post("news/a", "Eerste tekst.")
    site.post("news/b")
    store.put_object(Bucket=BUCKET, Key="van-iemand-anders.txt", Body=b"blijft")
    told = site.run("publish", "--to", f"s3://{BUCKET}", "--clock", site.clock).stdout
    assert " 0 gewijzigd, 0 verwijderd" in told
    page = store.get_object(Bucket=BUCKET, Key="nieuws/a/index.html")
    assert page["ContentType"] == "text/html; charset=utf-8"
    assert page["CacheControl"] == "no-cache"
    assert b"Eerste tekst." in page["Body"].read()
    (style,) = (key for key in objects(store) if key.startswith("assets/style-"))
    assert "immutable" in store.head_object(Bucket=BUCKET, Key=style)["CacheControl"]
    before = objects(store)
    (site.root / "content/news/b.md").unlink()
    site.run("withdraw", "/nieuws/b/", "/en/news/b/")
    site.post("news/a", "Tweede tekst.")
    site.run("publish", "--to", f"s3://{BUCKET}", "--clock", site.clock)
    after = objects(store)
    assert after[style]["LastModified"] == before[style]["LastModified"]
    assert b"Tweede" in store.get_object(Bucket=BUCKET, Key="nieuws/a/index.html")["Body"].read()
    assert "van-iemand-anders.txt" in after
    made = {path for path in site.tree() if path != ".plein-manifest"}
    assert set(after) - {"van-iemand-anders.txt", ".plein-manifest"} == made


def test_a_store_that_refuses_is_named(store: Any, site: Site) -> None:
    site.post("news/a")
    done = site.run("publish", "--to", "s3://er-is-geen-emmer", "--clock", site.clock, code=4)
    assert "publish-refused" in done.stderr


def test_just_a_folder_becomes_what_the_build_made(site: Site, tmp_path: Path) -> None:
    site.post("news/a")
    site.post("news/b", draft="yes")
    place = tmp_path / "dist"
    place.mkdir()
    (place / "CNAME").write_text("square.example.org\n")
    for draft in ("yes", "no"):
        site.post("news/b", draft=draft)
        site.run("publish", "--to", f"folder:{place}", "--clock", site.clock)
        found = {
            str(file.relative_to(place)): file.read_bytes()
            for file in place.rglob("*")
            if file.is_file() and file.name not in ("CNAME", ".publish.lock")
        }
        assert found == site.tree()
    assert (place / "CNAME").is_file()


def test_a_store_gets_no_compressed_forms_unless_that_is_asked(store: Any, site: Site) -> None:
    site.post("news/a", "Eerste tekst.")
    settings = (site.root / "site.yaml").read_text() + "compress: yes\n"
    site.write("site.yaml", settings)
    site.run("publish", "--to", f"s3://{BUCKET}", "--clock", site.clock)
    assert not [key for key in objects(store) if key.endswith((".gz", ".br"))]
    assert "ContentEncoding" not in store.head_object(Bucket=BUCKET, Key="nieuws/a/index.html")
    site.write("site.yaml", settings + "publish: {encoding: gzip}\n")
    told = site.run("publish", "--to", f"s3://{BUCKET}", "--clock", site.clock).stdout
    assert " 0 nieuw" in told
    page = store.get_object(Bucket=BUCKET, Key="nieuws/a/index.html")
    assert (page["ContentEncoding"], page["ContentType"]) == ("gzip", "text/html; charset=utf-8")
    assert gzip.decompress(page["Body"].read()).decode() == site.read("nieuws/a/index.html")
    assert "ContentEncoding" not in store.head_object(Bucket=BUCKET, Key="robots.txt")
    told = site.run("publish", "--to", f"s3://{BUCKET}", "--clock", site.clock).stdout
    assert "0 nieuw, 0 gewijzigd, 0 verwijderd" in told


def test_two_at_once_one_works_and_the_other_says_so(store: Any, site: Site) -> None:
    site.post("news/a")
    bucket = Bucket(f"s3://{BUCKET}")
    with bucket.locked():
        done = site.run("publish", "--to", f"s3://{BUCKET}", "--clock", site.clock, code=3)
        assert "publish-busy" in done.stderr
        assert set(objects(store)) == {".plein-lock"}
    site.run("publish", "--to", f"s3://{BUCKET}", "--clock", site.clock)
    assert ".plein-lock" not in objects(store)


def test_the_lock_of_a_publication_that_died_is_taken_over(
    store: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.put_object(Bucket=BUCKET, Key=".plein-lock", Body=b"of somebody who died")
    with pytest.raises(Busy), Bucket(f"s3://{BUCKET}").locked():
        pass
    monkeypatch.setattr(lease, "_FRESH_SECONDS", -1)
    with Bucket(f"s3://{BUCKET}").locked():
        pass
    assert not objects(store)


def test_who_was_silent_for_too_long_stops(store: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lease, "_RENEWED_SECONDS", 0.05)
    bucket = Bucket(f"s3://{BUCKET}")
    with bucket.locked():
        store.put_object(Bucket=BUCKET, Key=".plein-lock", Body=b"of another")
        while not bucket.lease.lost:
            time.sleep(0.05)
        with pytest.raises(Busy):
            bucket.put_manifest("")
    assert ".plein-lock" in objects(store)


class Dying(Bucket):
    """A store to which the connection is lost after so many files."""

    left = 0

    def put(self, path: str, file: Path) -> None:
        if self.left == 0:
            raise DiskError(problem("publish-refused", Span(self.shown), reason="gone"))
        self.left -= 1
        super().put(path, file)


def test_killed_in_the_midst_of_sending_no_page_leads_to_nothing_and_the_next_run_mends_it(
    store: Any, site: Site
) -> None:
    for name in "abc":
        site.post(f"news/{name}", "Eerste tekst.")
    site.run("publish", "--to", f"s3://{BUCKET}", "--clock", site.clock)
    known = set(objects(store))
    site.post("news/d", "Nieuw.")
    for name in "ab":
        site.post(f"news/{name}", "Tweede tekst.")
    site.write(
        "site.yaml", (site.root / "site.yaml").read_text() + 'branding: {colour: "#102030"}\n'
    )
    tree = tree_of(site.build(addresses=True), site.root)
    total = len(difference(Bucket(f"s3://{BUCKET}"), tree).changed)
    for sent in range(0, total, 9):
        dying = Dying(f"s3://{BUCKET}")
        dying.left = sent
        with pytest.raises(DiskError), dying.locked():
            replace(dying, tree, difference(dying, tree))
        assert_no_page_leads_to_nothing(store, known)
    site.run("publish", "--to", f"s3://{BUCKET}", "--clock", site.clock)
    there = {key for key in objects(store) if not key.startswith(".plein-")}
    assert there == {path for path in site.tree() if path != ".plein-manifest"}
    for path, data in site.tree().items():
        assert store.get_object(Bucket=BUCKET, Key=path)["Body"].read() == data, path


def assert_no_page_leads_to_nothing(store: Any, known: set[str]) -> None:
    """Every stylesheet, script and post that a page names to which readers can come is there."""
    keys = objects(store).keys()
    for key in keys & known:
        if key.endswith(".html"):
            page = store.get_object(Bucket=BUCKET, Key=key)["Body"].read().decode()
            named = re.findall(r'(?:href|src)="/(assets/[^"]+|(?:en/)?(?:news|nieuws)/\w/)"', page)
            wanted = {f"{one}index.html" if one.endswith("/") else one for one in named}
            assert wanted <= keys, (key, wanted - keys)
