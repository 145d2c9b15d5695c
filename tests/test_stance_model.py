"""Stance learnt from labelled texts."""

import numpy as np
import pandas as pd
import pytest

from analysis.cli import main
from analysis.errors import LoadError, TableError
from analysis.models.stance_files import load_labelled
from analysis.models.stance_model import fit_stance, predict_stance

FOR = ["I love the {}", "The {} is wonderful", "Build the {} now", "Yes to the {}", "Great {}"]
AGAINST = ["I hate the {}", "The {} is a disaster", "Stop the {}", "No to the {}", "Awful {}"]
NEITHER = ["It rained today", "Lunch at noon", "The train was late", "Nice weather", "See you"]


def labelled(copies=3):
    rows = [
        (target, pattern.format(target) + f" {number}", label)
        for target in ("bridge", "toll")
        for label, patterns in (("favor", FOR), ("against", AGAINST), ("none", NEITHER))
        for pattern in patterns
        for number in range(copies)
    ]
    frame = pd.DataFrame(rows, columns=["target", "text", "label"])
    return frame.assign(id=[f"t{number}" for number in range(len(frame))])


@pytest.fixture(scope="module")
def model():
    return fit_stance(labelled())


def said(*texts, target="bridge"):
    return pd.DataFrame(
        {"id": [f"n{n}" for n in range(len(texts))], "target": target, "text": texts}
    )


def test_texts_like_those_labelled_are_classed_like_them(model):
    found = predict_stance(model, said("The bridge is wonderful!", "Stop the bridge", "Lunch"))
    assert found["label"].tolist() == ["favor", "against", "none"]
    assert "wonderful" in found["because"][0]


def test_probabilities_add_up(model):
    found = predict_stance(model, said("Great bridge", "Awful bridge"))
    sums = found[list(model.labels)].sum(axis=1)
    assert sums.tolist() == pytest.approx([1, 1])
    assert (found[list(model.labels)].to_numpy() > 0).all()


def test_the_same_texts_give_the_same_model(model):
    again = fit_stance(labelled())
    assert (again.experts.own.weights == model.experts.own.weights).all()
    assert (again.decision.calibration.slopes == model.decision.calibration.slopes).all()


def test_two_classes_are_enough():
    rows = labelled()[lambda frame: frame["label"] != "none"]
    found = predict_stance(fit_stance(rows), said("Great bridge"))
    assert found["favor"][0] + found["against"][0] == pytest.approx(1)
    assert found["label"][0] == "favor"


def test_a_target_without_labels_is_refused(model):
    with pytest.raises(TableError, match=r"target 'bridges' has no labels.*did you mean 'bridge'"):
        predict_stance(model, said("x", target="bridges"))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda f: f.drop(columns="label"), "no column 'label'"),
        (lambda f: f.assign(label="favor"), r"all .*are \['favor'\]; a model needs two classes"),
        (lambda f: f.assign(text=""), "row 1 has no text"),
        (lambda f: f.assign(id="t0"), "id 't0' has two labels; keep one"),
        (lambda f: f[(f["label"] != "none") | (f.index == 31)], "'none' has one text"),
        (
            lambda f: f.assign(label=f["label"].mask(f["target"] == "toll", "favor")),
            "all texts on target 'toll' are of one class",
        ),
    ],
)
def test_labelled_texts_that_teach_nothing(change, words):
    with pytest.raises(TableError, match=words):
        fit_stance(change(labelled()))


def test_the_command(tmp_path, capsys):
    labelled().to_csv(tmp_path / "train.csv.gz", index=False)
    said("Great bridge", "Stop the bridge").to_csv(tmp_path / "test.csv", index=False)
    names = [str(tmp_path / name) for name in ("train.csv.gz", "test.csv", "out.csv")]
    assert main(["stance", *names]) == 0
    found = pd.read_csv(tmp_path / "out.csv")
    assert found["label"].tolist() == ["favor", "against"]
    assert found[["favor", "against", "none"]].sum(axis=1).tolist() == pytest.approx(
        [1, 1], abs=1e-5
    )
    assert main(["stance", str(tmp_path / "none.csv"), *names[1:]]) == 1
    assert "cannot be opened" in capsys.readouterr().err
    with pytest.raises(LoadError, match="no CSV"):
        (tmp_path / "bad.csv").write_bytes(b"id,text\n\xff\xfe,1")
        load_labelled(tmp_path / "bad.csv")


def test_calibrated_probabilities_hold_on_noisy_labels():
    rng = np.random.default_rng(2)
    frame = labelled(copies=12)
    wrong = rng.random(len(frame)) < 0.3
    frame["label"] = np.where(wrong, rng.permutation(frame["label"]), frame["label"])
    found = predict_stance(fit_stance(frame), frame.drop(columns="label"))
    top = found[["against", "favor", "none"]].max(axis=1)
    # Three in ten labels are dealt at random, so no text is surer than some eight in ten.
    assert top.mean() == pytest.approx(0.8, abs=0.12)


def letters(texts):
    """Embed texts by their letters: a stand-in for an encoder."""
    counts = np.array([[text.lower().count(chr(97 + n)) for n in range(26)] for text in texts])
    return counts / np.maximum(np.linalg.norm(counts, axis=1, keepdims=True), 1e-12)


def test_with_an_encoder_the_labelled_texts_alike_are_named():
    model = fit_stance(labelled(), encoder=letters)
    found = predict_stance(model, said("The bridge is wonderful!", "Stop the bridge", "Lunch"))
    assert found["label"].tolist() == ["favor", "against", "none"]
    alike = found["because"][0].split("; ")[-1].removeprefix("like: ")
    assert labelled().set_index("id").loc[alike, "label"] == "favor"


def test_mentions_are_told_apart_by_what_stands_around_them():
    texts = [
        (f"{one} praised {{}} and then accused {two} of lies", one, two)
        for one in ("North", "South", "East")
        for two in ("Hill", "Dale", "Ford")
    ]
    rows = [
        (sentence.format("Moor"), name, label)
        for sentence, _, two in texts
        for name, label in (("Moor", "favor"), (two, "against"))
    ]
    frame = pd.DataFrame(rows, columns=["text", "target", "label"])
    places = [text.index(name) for text, name in zip(frame["text"], frame["target"], strict=True)]
    frame = frame.assign(id=range(len(frame)), start=places, end=places + frame["target"].str.len())
    found = predict_stance(fit_stance(frame), frame.drop(columns="label").assign(target="Brook"))
    assert found["label"].tolist() == frame["label"].tolist()


def test_what_was_said_around_a_text_is_seen():
    rows = labelled().assign(before=lambda frame: frame["label"], text="So it is")
    model = fit_stance(rows)
    found = predict_stance(model, rows.drop(columns="label"))
    assert (found["label"] == rows["label"]).all()
    with pytest.raises(TableError, match="no column 'before', which the model was trained with"):
        predict_stance(model, rows.drop(columns=["label", "before"]))


def test_embeddings_and_a_model_go_together(tmp_path, capsys):
    labelled().to_csv(tmp_path / "train.csv", index=False)
    names = [str(tmp_path / name) for name in ("train.csv", "train.csv", "out.csv")]
    assert main(["stance", *names, "--backend", "embeddings"]) == 1
    assert "--backend embeddings and --model FOLDER go together" in capsys.readouterr().err
    assert main(["stance", *names, "--backend", "embeddings", "--model", str(tmp_path)]) == 1
    assert "no config.json; the folder of an encoder holds" in capsys.readouterr().err
