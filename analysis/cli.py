"""The command `concordat`: what make and a shell call."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from analysis.errors import AnalysisError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 if all went well, 1 after an error, which is one line on stderr."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except (AnalysisError, ValueError) as error:
        print(f"concordat: {error}", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="concordat", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="command")

    extract = commands.add_parser("extract", help="write the statements of texts as a table")
    extract.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="files or folders")
    extract.add_argument("--codebook", type=Path, help="a codebook.toml with actors and aliases")
    extract.add_argument("--out", type=Path, required=True, help="FILE.csv, .jsonl or .parquet")
    extract.set_defaults(run=_extract)

    attribute = commands.add_parser("attribute", help="find who says what in texts as JSON Lines")
    attribute.add_argument(
        "texts", type=Path, metavar="IN.jsonl", help="{doc_id, text[, language, kind]} a line"
    )
    attribute.add_argument("out", type=Path, metavar="OUT.jsonl")
    attribute.add_argument("--tagger", choices=["crf", "rules"], default="crf")
    attribute.set_defaults(run=_attribute)

    train = commands.add_parser("train-tagger", help="train the tagger on annotated texts")
    train.add_argument("annotated", type=Path, metavar="TRAIN.jsonl", help="or .jsonl.gz")
    train.add_argument("out", type=Path, metavar="OUT.npz")
    train.add_argument("--more", nargs="*", type=Path, default=[], help="texts without annotation")
    train.add_argument("--seed", type=int, default=0)
    train.set_defaults(run=_train_tagger)

    stance = commands.add_parser("stance", help="classify texts by labelled ones")
    stance.add_argument("train", type=Path, metavar="TRAIN.csv", help="id, target, text, label")
    stance.add_argument("test", type=Path, metavar="TEST.csv", help="id, target, text")
    stance.add_argument("out", type=Path, metavar="OUT.csv")
    stance.add_argument("--backend", choices=["ngrams", "embeddings"], default="ngrams")
    stance.add_argument(
        "--model", type=Path, metavar="FOLDER", help="a sentence encoder's folder, for embeddings"
    )
    stance.add_argument("--seed", type=int, default=0)
    stance.set_defaults(run=_stance)

    _add_studies(commands)
    return parser


def _add_studies(commands: Any) -> None:
    """Add the commands that work on a study."""
    new = commands.add_parser("new", help="start a study: a folder with two files to edit")
    new.add_argument("name")
    new.add_argument("--folder", type=Path, default=Path("data/raw"))
    new.set_defaults(run=_new)

    fetch = commands.add_parser("fetch", help="get the texts that a study is about")
    fetch.add_argument("study", type=Path, help="its name or folder")
    fetch.add_argument(
        "--from", dest="origin", type=Path, metavar="PATH", help="a folder or archive that has them"
    )
    fetch.add_argument("--server", help="the address of another Dataverse that has them")
    fetch.set_defaults(run=_fetch)

    tables = commands.add_parser("tables", help="build every table of a study")
    tables.add_argument("study", type=Path, help="its folder")
    tables.set_defaults(run=_tables)

    run = commands.add_parser("run", help="run a notebook on a study")
    run.add_argument("study", type=Path, help="its folder")
    run.add_argument("notebook", type=Path)
    run.set_defaults(run=_run)


def _extract(options: argparse.Namespace) -> int:
    from analysis.pipeline import extract_files
    from analysis.storage import save_table

    statements, refused = extract_files(options.paths, options.codebook)
    save_table(statements, options.out)
    print(f"{len(statements)} statements: {options.out}")
    for reason in refused["reason"]:
        print(f"concordat: left out: {reason}", file=sys.stderr)
    return 1 if len(refused) else 0


def _attribute(options: argparse.Namespace) -> int:
    from analysis.corpus.exchange import attribute_texts, load_texts, save_attributions
    from analysis.language.identify import unread_texts

    texts = load_texts(options.texts)
    found = attribute_texts(texts, tagger=options.tagger)
    for doc_id in unread_texts(texts):
        print(f"concordat: {doc_id}: unknown language: quotation marks alone", file=sys.stderr)
    save_attributions(found, options.out)
    print(f"{sum(len(text['attributions']) for text in found)} attributions: {options.out}")
    return 0


def _train_tagger(options: argparse.Namespace) -> int:
    from analysis.corpus.tagger.annotation import load_annotated
    from analysis.corpus.tagger.model import save_tagger
    from analysis.corpus.tagger.training import load_more, train_tagger

    records = load_annotated(options.annotated)
    tagger = train_tagger(records, load_more(options.more), seed=options.seed)
    print(f"trained on {len(records)} texts: {save_tagger(tagger, options.out)}")
    return 0


def _stance(options: argparse.Namespace) -> int:
    from analysis.models.embeddings import load_encoder
    from analysis.models.stance_files import load_labelled, save_predictions
    from analysis.models.stance_model import fit_stance, predict_stance

    if (options.backend == "embeddings") != (options.model is not None):
        raise ValueError("--backend embeddings and --model FOLDER go together: name both or none")
    labelled, texts = load_labelled(options.train), load_labelled(options.test)
    encoder = load_encoder(options.model) if options.model else None
    found = predict_stance(fit_stance(labelled, seed=options.seed, encoder=encoder), texts)
    print(f"{len(found)} texts: {save_predictions(found, options.out)}")
    return 0


def _new(options: argparse.Namespace) -> int:
    from analysis.scaffold import save_new_study

    study = save_new_study(options.name, options.folder)
    print(f"{study}: edit study.toml and codebook.toml, put texts into documents/, then")
    print(f"make figures STUDY={options.name}")
    return 0


def _fetch(options: argparse.Namespace) -> int:
    from analysis.fetching import load_source, save_texts

    named = Path("data/raw") / options.study
    source = load_source(options.study if options.study.is_dir() else named)
    folder = save_texts(source, origin=options.origin, server=options.server)
    print(f"{len(source.wanted)} texts: {folder}")
    return 0


def _tables(options: argparse.Namespace) -> int:
    from analysis.pipeline import save_tables
    from analysis.study import load_study

    built = save_tables(load_study(options.study))
    for name, reason in built.left_out.items():
        print(f"left out {name}: {reason}")
    print(f"{len(built.tables)} tables: {', '.join(built.tables)}")
    return 0


def _run(options: argparse.Namespace) -> int:
    from analysis.runner import run_notebook
    from analysis.study import load_study

    print(run_notebook(options.notebook, load_study(options.study)))
    return 0
