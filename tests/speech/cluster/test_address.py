"""What may be asked for by --cluster, and what of it --offline allows."""

import pytest

from chaptercast.errors import UsageError
from chaptercast.speech import engine_registry
from chaptercast.speech.cluster.address import Cluster, cluster


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ("local:1", Cluster("", 1)),
        ("local:256", Cluster("", 256)),
        ("tcp://10.0.0.7:8786", Cluster("tcp://10.0.0.7:8786")),
        ("tls://scheduler.example:8786", Cluster("tls://scheduler.example:8786")),
        ("tcp://[fd00::1]:8786", Cluster("tcp://[fd00::1]:8786")),
    ],
)
def test_the_ways_to_name_a_cluster(given: str, found: Cluster) -> None:
    assert cluster(given, offline=False) == found


@pytest.mark.parametrize(
    "given",
    [
        *("", "local", "local:0", "local:257", "local:-1", "tcp://host", "tcp://host:0", "tcp://host:65536"),
        *("tcp://:1", "tcp://user@host:1", "tcp://host:1/x", "tcp://host:1\n", "tcp://[::1:1", "http://host:1"),
    ],
)
def test_anything_else_is_wrong_use(given: str) -> None:
    with pytest.raises(UsageError, match="no cluster"):
        cluster(given, offline=False)


@pytest.mark.parametrize("given", ["local:2", "tcp://127.0.0.1:1", "tcp://localhost:1", "tls://[::1]:1"])
def test_offline_allows_this_machine(given: str) -> None:
    assert cluster(given, offline=True).here


@pytest.mark.parametrize("given", ["tcp://10.0.0.7:1", "tcp://scheduler:1", "tls://[fd00::1]:1", "tcp://0.0.0.0:1"])
def test_offline_forbids_every_other(given: str) -> None:
    with pytest.raises(UsageError, match="--offline"):
        cluster(given, offline=True)


def test_people_are_told_who_gets_the_text() -> None:
    espeak, edge = engine_registry.load("espeak"), engine_registry.load("edge")
    away = cluster("tcp://10.0.0.7:8786", offline=False)
    assert "the text goes to the cluster at tcp://10.0.0.7:8786" in away.told(espeak)
    assert "not by the cluster" in away.told(edge)
    assert "goes to" not in cluster("local:2", offline=True).told(espeak)
