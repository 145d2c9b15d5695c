"""Texts fetched from a server of our own, and checked."""

import hashlib
import io
import json
import tarfile
import threading
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from analysis.cli import main
from analysis.errors import LoadError, StudyError
from analysis.fetching import load_source, save_texts

TEXTS = {"AAA_01_1999.txt": "First speech.\n", "BBB_01_1999.txt": "Zweite Rede: ü.\n"}


def tar(texts, folder="TXT/Session 01 - 1999"):
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
        for name, text in texts.items():
            entry = tarfile.TarInfo(f"{folder}/{name}")
            entry.size = len(text.encode())
            archive.addfile(entry, io.BytesIO(text.encode()))
    return buffer.getvalue()


class Server:
    """A Dataverse with one dataset."""

    def __init__(self, content, *, name="UNGDC_1999.tar.gz", digest=None):
        self.asked = []
        digest = digest or hashlib.md5(content).hexdigest()
        entry = {"id": 7, "filename": name, "checksum": {"type": "MD5", "value": digest}}
        listing = {"data": {"latestVersion": {"files": [{"dataFile": entry}]}}}
        answers = {"/api/access/datafile/7": content}
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                server.asked.append(self.path)
                path = self.path.split("?")[0]
                body = answers.get(path)
                if path.startswith("/api/datasets"):
                    body = json.dumps(listing).encode() if name else b"<html>"
                self.send_response(200 if body is not None else 404)
                self.send_header("Content-Length", str(len(body or b"")))
                self.end_headers()
                self.wfile.write(body or b"")

            def log_message(self, *_):
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.http.server_port}"
        threading.Thread(target=self.http.serve_forever, daemon=True).start()


@pytest.fixture
def serve(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    started = []

    def start(*args, **options):
        started.append(Server(*args, **options))
        return started[-1]

    yield start
    for server in started:
        server.http.shutdown()
        server.http.server_close()


@pytest.fixture
def study(tmp_path):
    folder = tmp_path / "study"
    folder.mkdir()
    sums = [f"{hashlib.sha256(text.encode()).hexdigest()}  {name}" for name, text in TEXTS.items()]
    (folder / "SUMS").write_text("\n".join(sums))
    (folder / "fetch.toml").write_text(
        'doi = "10.0/TEST"\nserver = "http://127.0.0.1:9"\narchive = "UNGDC*.t*gz"\n'
        'checksums = "SUMS"\nfolder = "texts"\n'
    )
    return folder


def written(study):
    return {path.name: path.read_bytes().decode() for path in (study / "texts").glob("*")}


def test_the_files_wanted_are_taken_out_of_the_archive(serve, study):
    server = serve(tar({**TEXTS, "CCC_01_1999.txt": "not asked for"}))
    assert main(["fetch", str(study), "--server", server.address]) == 0
    assert written(study) == TEXTS
    assert "persistentId=doi:10.0/TEST" in server.asked[0]


def test_what_is_there_is_not_fetched_again(serve, study):
    server = serve(tar(TEXTS))
    source = load_source(study)
    save_texts(source, server=server.address)
    asked = len(server.asked)
    save_texts(source, server=server.address)
    assert len(server.asked) == asked
    # A text that was changed is put right from the archive in the cache.
    (study / "texts" / "AAA_01_1999.txt").write_text("changed")
    save_texts(source, server=server.address)
    assert written(study) == TEXTS
    assert [path for path in server.asked[asked:] if "access" in path] == []


@pytest.mark.parametrize("kind", ["folder", "tar", "zip"])
def test_from_what_is_at_hand(study, tmp_path, kind):
    origin = tmp_path / f"at-hand.{kind}"
    if kind == "folder":
        (origin / "Session 1").mkdir(parents=True)
        for name, text in TEXTS.items():
            (origin / "Session 1" / name).write_bytes(text.encode())
    elif kind == "tar":
        origin.write_bytes(tar(TEXTS, folder="../.."))
    else:
        with zipfile.ZipFile(origin, "w") as archive:
            for name, text in TEXTS.items():
                archive.writestr(f"/etc/../{name}", text)
    assert main(["fetch", str(study), "--from", str(origin)]) == 0
    assert written(study) == TEXTS
    # Names in an archive say nothing of where its files go.
    assert not (tmp_path.parent / "AAA_01_1999.txt").exists()


def test_another_content_is_refused_by_name_and_nothing_written(serve, study):
    server = serve(tar({**TEXTS, "BBB_01_1999.txt": "corrected since"}))
    with pytest.raises(LoadError, match=r"BBB_01_1999.txt have another content .* \(SHA-256\)"):
        save_texts(load_source(study), server=server.address)
    assert not (study / "texts").exists()


def test_missing_files_are_named(serve, study):
    server = serve(tar({"AAA_01_1999.txt": TEXTS["AAA_01_1999.txt"]}))
    with pytest.raises(LoadError, match=r"BBB_01_1999.txt of 2 files are not there"):
        save_texts(load_source(study), server=server.address)


def test_a_broken_download_is_found(serve, study):
    server = serve(tar(TEXTS), digest="0" * 32)
    with pytest.raises(LoadError, match="another content than the server promises"):
        save_texts(load_source(study), server=server.address)
    cut = serve(tar(TEXTS)[:-30])
    with pytest.raises(LoadError, match=r"cannot be read.*delete it and fetch again"):
        save_texts(load_source(study), server=cut.address)


def test_servers_that_do_not_help(serve, study, capsys):
    assert main(["fetch", str(study)]) == 1
    assert "not reached" in (told := capsys.readouterr().err)
    assert "--from" in told
    other = serve(tar(TEXTS), name="Raw_PDFs.tgz")
    with pytest.raises(LoadError, match=r"no file 'UNGDC\*.t\*gz'; there are \['Raw_PDFs.tgz'\]"):
        save_texts(load_source(study), server=other.address)
    silent = serve(tar(TEXTS), name=None)
    with pytest.raises(LoadError, match="not the answer of a Dataverse"):
        save_texts(load_source(study), server=silent.address)


@pytest.mark.parametrize(
    ("file", "text", "words"),
    [
        ("fetch.toml", 'doi = "x"\nsite = "y"\n', "no key 'site'"),
        ("fetch.toml", 'doi = "x"\n', "server is missing"),
        ("SUMS", "abc name", "line 1: expected a SHA-256 and a name"),
        ("SUMS", "", "line 1: expected a SHA-256"),
    ],
)
def test_what_a_study_says_is_checked(study, file, text, words):
    (study / file).write_text(text)
    with pytest.raises(StudyError, match=words):
        load_source(study)


def test_a_study_without_texts_to_fetch(tmp_path):
    with pytest.raises(StudyError, match="no such file; this study has all its texts"):
        load_source(tmp_path)
