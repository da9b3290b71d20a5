"""An S3 server of the tests' own: moto, on the loopback address."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.request import Request, urlopen

from msgspec import Struct


class Bucket(Struct, frozen=True):
    """A bucket and how to reach it."""

    name: str
    environment: dict[str, str]
    client: Any
    """boto3's: another than the program uses."""

    def names(self) -> list[str]:
        """The objects in it, sorted."""
        pages = self.client.get_paginator("list_objects_v2").paginate(Bucket=self.name)
        return sorted(item["Key"] for page in pages for item in page.get("Contents", []))

    def content(self, name: str) -> bytes:
        """Of an object."""
        content: bytes = self.client.get_object(Bucket=self.name, Key=name)["Body"].read()
        return content

    def put(self, name: str, content: bytes) -> None:
        """Make an object."""
        self.client.put_object(Bucket=self.name, Key=name, Body=content)


@contextmanager
def bucket(name: str = "shelf") -> Iterator[Bucket]:
    """Serve an empty bucket."""
    import boto3
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    environment = {
        **{k: v for k, v in os.environ.items() if not k.startswith(("AWS_", "FSSPEC_", "CHAPTERCAST_OFFLINE"))},
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
        "AWS_ACCESS_KEY_ID": "AKIATESTTESTTEST",
        "AWS_SECRET_ACCESS_KEY": "never-to-be-seen",
        "AWS_DEFAULT_REGION": "us-east-1",
    }
    client = boto3.client(
        "s3",
        endpoint_url=environment["AWS_ENDPOINT_URL"],
        aws_access_key_id=environment["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=environment["AWS_SECRET_ACCESS_KEY"],
        region_name="us-east-1",
    )
    try:
        urlopen(Request(f"{environment['AWS_ENDPOINT_URL']}/moto-api/reset", method="POST")).close()
        client.create_bucket(Bucket=name)
        yield Bucket(name, environment, client)
    finally:
        client.close()
        server.stop()
