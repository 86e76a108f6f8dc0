"""The files that the administrators' guide shows for a server are whole, and say what the program reads."""

from __future__ import annotations

import configparser
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from fairlead.web.site import environment
from tests.docs.pages import DOCS, text

GUIDE = DOCS / "how-to" / "administer-the-workbench.md"
MEGABYTE = 1024 * 1024


def example(language: str, holding: str) -> str:
    """Return the one block of a language on the page that holds a word."""
    blocks = re.findall(rf"^```{language}\n(.*?)^```$", text(GUIDE), re.MULTILINE | re.DOTALL)
    [found] = [block for block in blocks if holding in block]
    return str(found)


def settings() -> dict[str, str]:
    """The settings that the page puts into the file that the service reads."""
    lines = example("ini", "FAIRLEAD_HOME=").splitlines()
    return dict(line.split("=", 1) for line in lines)


@pytest.fixture
def unit() -> configparser.ConfigParser:
    """The unit, read by somebody else than systemd."""
    parser = configparser.ConfigParser(interpolation=None, delimiters=("=",), comment_prefixes=("#", ";"))
    parser.optionxform = str  # type: ignore[assignment, method-assign] - its keys are written as they are
    parser.read_string(example("ini", "[Unit]"))
    return parser


def known() -> set[str]:
    """The names of all settings of the program."""
    return {setting.name for setting in environment.SETTINGS}


def default(name: str) -> str:
    """Return what a setting is where nobody has set it."""
    return next(setting.default for setting in environment.SETTINGS if setting.name == name)


def test_every_setting_that_the_page_names_is_one_of_the_program() -> None:
    named = set(re.findall(r"\bFAIRLEAD_[A-Z_]+", text(GUIDE)))
    assert named - known() == set()
    assert settings()["FAIRLEAD_BEHIND_PROXY"] == "yes"


def test_the_unit_starts_the_program_as_its_own_account_where_it_may_write(unit: configparser.ConfigParser) -> None:
    assert unit.sections() == ["Unit", "Service", "Install"]
    service = unit["Service"]
    assert service["EnvironmentFile"] == "/etc/fairlead.env"
    assert service["User"] == service["Group"] == "fairlead"
    assert service["ReadWritePaths"] == settings()["FAIRLEAD_HOME"]
    assert f"adduser --system --group --home {service['ReadWritePaths']} {service['User']}" in text(GUIDE)
    program, *words = service["ExecStart"].split()
    assert program == "/opt/fairlead/bin/fairlead" and "/opt/fairlead/bin/pip install fairlead" in text(GUIDE)
    assert words == ["serve", "--port", "8000"]


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
def test_systemd_takes_the_unit(tmp_path: Path) -> None:
    # The program and the account are not here, which systemd would name before it looks at anything else.
    here = example("ini", "[Unit]").replace("/opt/fairlead/bin/fairlead", "/bin/true")
    here = here.replace("User=fairlead\nGroup=fairlead\n", "").replace(" postgresql.service", "")
    (tmp_path / "fairlead.service").write_text(here, encoding="utf-8")
    done = verified(tmp_path)
    assert "fairlead.service" not in done.stderr, done.stderr
    (tmp_path / "fairlead.service").write_text(here.replace("UMask=", "UMasc="), encoding="utf-8")
    assert "UMasc" in verified(tmp_path).stderr  # it would have said so


def verified(folder: Path) -> subprocess.CompletedProcess[str]:
    """What systemd says of the unit in a folder."""
    words = ["systemd-analyze", "verify", "--man=no", str(folder / "fairlead.service")]
    return subprocess.run(words, capture_output=True, text=True, timeout=60, check=False)


def test_nginx_passes_on_what_the_program_reads() -> None:
    shown = example("nginx", "server {")
    headers = dict(re.findall(r"proxy_set_header (\S+) (\S+);", shown))
    assert headers == {
        "Host": "$host",
        "X-Forwarded-Proto": "$scheme",
        "X-Forwarded-For": "$proxy_add_x_forwarded_for",  # its last entry is whoever speaks to nginx
    }
    assert shown.count("{") == shown.count("}") == 2
    port = example("ini", "ExecStart").partition("--port ")[2].split()[0]
    assert f"proxy_pass http://127.0.0.1:{port};" in shown
    assert f"reverse_proxy 127.0.0.1:{port}\n" in example("caddy", "reverse_proxy")


def test_the_program_believes_the_headers_that_the_proxies_set_and_only_where_it_is_told_to(tmp_path: Path) -> None:
    assert told_of_a_request(tmp_path, behind_proxy="yes") == "True 203.0.113.7"
    assert told_of_a_request(tmp_path, behind_proxy="no") == "False 127.0.0.1"


def told_of_a_request(home: Path, *, behind_proxy: str) -> str:
    """Whether a program with this setting takes a request for encrypted, and from where it takes it to come."""
    asks = """
import django
django.setup()
from django.test import RequestFactory
from fairlead.web.site.middleware import forwarded_address
headers = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "198.51.100.1, 203.0.113.7"}
tell = forwarded_address(lambda request: print(request.is_secure(), request.META["REMOTE_ADDR"]))
tell(RequestFactory().get("/", headers=headers))
"""
    given = {
        "DJANGO_SETTINGS_MODULE": "fairlead.web.site.settings",
        "FAIRLEAD_HOME": str(home),
        "FAIRLEAD_BEHIND_PROXY": behind_proxy,
    }
    words = [sys.executable, "-c", asks]
    done = subprocess.run(words, capture_output=True, text=True, timeout=120, check=True, env={**os.environ, **given})
    return done.stdout.strip()


def test_the_proxies_stand_for_the_public_address() -> None:
    name = settings()["FAIRLEAD_PUBLIC_URL"].removeprefix("https://")
    assert f"server_name {name};" in example("nginx", "server {")
    assert example("caddy", "reverse_proxy").startswith(f"{name} {{")


def test_the_proxies_let_through_the_largest_file_that_the_program_takes() -> None:
    largest = int(default("FAIRLEAD_UPLOAD_MEGABYTES")) * MEGABYTE
    nginx = re.search(r"client_max_body_size (\d+)m;", example("nginx", "server {"))
    caddy = re.search(r"max_size (\d+)MB\n", example("caddy", "max_size"))
    assert nginx is not None and caddy is not None
    for allowed in (int(nginx[1]) * MEGABYTE, int(caddy[1]) * 1000 * 1000):
        assert largest < allowed <= 2 * largest


@pytest.mark.skipif(shutil.which("nginx") is None, reason="nginx is not installed")
def test_nginx_takes_the_file(tmp_path: Path) -> None:
    key, certificate = tmp_path / "own.key", tmp_path / "own.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=diligence.example",
         "-keyout", str(key), "-out", str(certificate)],
        capture_output=True, check=True, timeout=60,
    )  # fmt: skip
    server = example("nginx", "server {").replace("/etc/ssl/diligence.pem", str(certificate))
    server = server.replace("/etc/ssl/diligence.key", str(key))
    whole = f"pid {tmp_path}/pid;\nerror_log stderr;\nevents {{}}\nhttp {{\naccess_log off;\n{server}}}\n"
    (tmp_path / "nginx.conf").write_text(whole, encoding="utf-8")
    words = ["nginx", "-t", "-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf")]
    done = subprocess.run(words, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.skipif(shutil.which("caddy") is None, reason="Caddy is not installed")
def test_caddy_takes_the_file(tmp_path: Path) -> None:
    (tmp_path / "Caddyfile").write_text(example("caddy", "reverse_proxy"), encoding="utf-8")
    words = ["caddy", "validate", "--adapter", "caddyfile", "--config", str(tmp_path / "Caddyfile")]
    done = subprocess.run(words, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
