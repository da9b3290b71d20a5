"""The app over HTTPS, with a certificate of its own."""

import ssl
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
import trustme
from tests.app.conftest import command, job_of, sent

from chaptercast.errors import UsageError
from chaptercast.serving.server import Listener, Tls


def test_with_a_certificate_the_cookie_is_for_https_alone(tmp_path: Path) -> None:
    authority = trustme.CA()
    issued = authority.issue_cert("127.0.0.1")
    certificate, key = tmp_path / "own.pem", tmp_path / "own.key"
    issued.cert_chain_pems[0].write_to_path(certificate)
    issued.private_key_pem.write_to_path(key)
    trusting = ssl.create_default_context()
    authority.configure_trust(trusting)
    arguments = ("--offline", "--host", "0.0.0.0", "--certificate", certificate, "--certificate-key", key)
    with command(tmp_path / "site", *arguments) as app:
        assert app.url.startswith("https://")
        with httpx.Client(base_url=app.url, trust_env=False, verify=trusting, headers={"Origin": app.url}) as client:
            assert client.get("/app/").status_code == 401
            cookie = client.get(f"/app/sign-in?token={app.key}").headers["set-cookie"]
            assert {"Secure", "HttpOnly", "SameSite=Strict"} <= {part.strip() for part in cookie.split(";")}
            assert f"{app.url}/app/?address" in client.get("/app/connect").text, "the bookmark leads back here"
            job_of(sent(client, text="Over HTTPS."))
            plain = {"Origin": app.url.replace("https", "http")}
            assert client.post("/app/jobs", data={"text": "No."}, headers=plain).status_code == 403


def test_a_certificate_that_is_none_is_2(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.pem"
    wrong.write_text("no certificate")
    for tls in (Tls(wrong, None), Tls(tmp_path / "missing.pem", None)):
        with pytest.raises(UsageError, match="cannot be used"):
            Listener("127.0.0.1", 0, tls)
    arguments = [sys.executable, "-m", "chaptercast", "serve", tmp_path, "--app", "--certificate", wrong]
    run = subprocess.run(arguments, capture_output=True, text=True, check=False, timeout=60)
    assert run.returncode == 2
    assert "Traceback" not in run.stderr
    arguments = [sys.executable, "-m", "chaptercast", "serve", tmp_path, "--certificate-key", wrong]
    assert subprocess.run(arguments, capture_output=True, check=False, timeout=60).returncode == 2
