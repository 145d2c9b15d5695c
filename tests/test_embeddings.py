import math
import os

import numpy as np
import pytest
from encoders import HEADS, LAYERS, WIDTH, weights, write_encoder, write_json
from safetensors.numpy import save_file

from analysis.errors import LoadError
from analysis.models.embeddings import encode, load_encoder

TEXTS = ("the toll is unfair.", "the toll", "a café, the toll's", "fair-toll is unfairer", "")


@pytest.fixture
def folder(tmp_path):
    return write_encoder(tmp_path / "tiny")


def plain_vector(numbers):
    """One text through the network, word by word, in double precision, as the papers write it."""
    given = {name: array.astype(np.float64) for name, array in weights().items()}

    def mapped(vector, name):
        return given[f"{name}.weight"] @ vector + given[f"{name}.bias"]

    def normed(vector, name):
        mean = sum(vector) / len(vector)
        spread = math.sqrt(sum((x - mean) ** 2 for x in vector) / len(vector) + 1e-12)
        return given[f"{name}.weight"] * (vector - mean) / spread + given[f"{name}.bias"]

    def heard(vectors, layer):
        base, size = f"encoder.layer.{layer}.attention.self", WIDTH // HEADS
        kinds = [[mapped(v, f"{base}.{k}") for v in vectors] for k in ("query", "key", "value")]
        found = np.zeros((len(vectors), WIDTH))
        for head in range(HEADS):
            own = slice(head * size, (head + 1) * size)
            for place, asked in enumerate(kinds[0]):
                scores = [math.exp(asked[own] @ k[own] / math.sqrt(size)) for k in kinds[1]]
                for score, said in zip(scores, kinds[2], strict=True):
                    found[place, own] += score / sum(scores) * said[own]
        return found

    vectors = [
        normed(
            given["embeddings.word_embeddings.weight"][number]
            + given["embeddings.position_embeddings.weight"][place]
            + given["embeddings.token_type_embeddings.weight"][0],
            "embeddings.LayerNorm",
        )
        for place, number in enumerate(numbers)
    ]
    for layer in range(LAYERS):
        base = f"encoder.layer.{layer}"
        pairs = zip(vectors, heard(vectors, layer), strict=True)
        first = f"{base}.attention.output"
        vectors = [normed(v + mapped(h, f"{first}.dense"), f"{first}.LayerNorm") for v, h in pairs]
        for place, vector in enumerate(vectors):
            wide = mapped(vector, f"{base}.intermediate.dense")
            bent = np.array([x * (1 + math.erf(x / math.sqrt(2))) / 2 for x in wide])
            thought = mapped(bent, f"{base}.output.dense")
            vectors[place] = normed(vector + thought, f"{base}.output.LayerNorm")
    mean = sum(vectors) / len(vectors)
    return mean / math.sqrt(sum(mean**2))


def test_vectors_are_those_of_the_plain_network(folder):
    encoder = load_encoder(folder)
    found = encode(encoder, TEXTS)
    expected = [plain_vector(encoder.pieces.encode(text)) for text in TEXTS]
    assert found.dtype == np.float32
    assert found == pytest.approx(np.array(expected), abs=2e-6)


def test_every_vector_has_length_one(folder):
    found = encode(load_encoder(folder), TEXTS)
    assert found.shape == (len(TEXTS), WIDTH)
    assert np.linalg.norm(found, axis=1) == pytest.approx(np.ones(len(TEXTS)), abs=1e-6)


def test_order_and_company_of_texts_change_nothing(folder):
    encoder = load_encoder(folder)
    together = encode(encoder, TEXTS)
    assert encode(encoder, TEXTS[::-1]) == pytest.approx(together[::-1], abs=1e-6)
    alone = np.concatenate([encode(encoder, [text]) for text in TEXTS])
    assert alone == pytest.approx(together, abs=1e-6)


def test_more_texts_than_go_through_at_once(folder, monkeypatch):
    encoder = load_encoder(folder)
    whole = encode(encoder, TEXTS)
    monkeypatch.setattr("analysis.models.embeddings.BATCH", 1)
    assert encode(encoder, TEXTS) == pytest.approx(whole, abs=1e-6)


def test_a_text_that_stands_twice_is_read_once_and_has_one_vector(folder, monkeypatch):
    encoder = load_encoder(folder)
    read = []
    of_pieces = type(encoder.pieces).encode
    monkeypatch.setattr(
        type(encoder.pieces), "encode", lambda p, text: read.append(text) or of_pieces(p, text)
    )
    found = encode(encoder, ["the toll", "a café", "the toll"])
    assert read == ["the toll", "a café"]
    assert (found[0] == found[2]).all()
    assert (found[0] != found[1]).any()


def test_the_same_texts_give_the_same_bytes(folder):
    first, second = (encode(load_encoder(folder), TEXTS).tobytes() for _ in range(2))
    assert first == second


def test_what_is_too_long_is_cut(folder):
    encoder = load_encoder(folder)
    assert encoder.pieces.longest == 10
    long, longer = "the toll " * 4, "the toll " * 9
    assert (encode(encoder, [longer]) == encode(encoder, [long])).all()


def test_no_text_is_longer_than_the_network_has_places(tmp_path):
    encoder = load_encoder(write_encoder(tmp_path, longest=512))
    assert encoder.pieces.longest == 12
    assert np.isfinite(encode(encoder, ["the " * 600])).all()


def test_no_texts_give_no_vectors(folder):
    assert encode(load_encoder(folder), []).shape == (0, WIDTH)


@pytest.mark.parametrize("missing", [None, float("nan")])
def test_a_missing_text_is_named(folder, missing):
    with pytest.raises(ValueError, match=r"text 1 is (None|nan); leave missing texts out"):
        encode(load_encoder(folder), ["the toll", missing])


def test_weights_of_a_longer_model_are_found(tmp_path):
    """Some folders put `bert.` before every name."""
    plain, named = write_encoder(tmp_path / "a"), write_encoder(tmp_path / "b", named="bert.")
    first, second = (encode(load_encoder(each), TEXTS) for each in (plain, named))
    assert (first == second).all()
    assert load_encoder(named).name == "b"


@pytest.mark.parametrize(
    "name",
    [
        *("config.json", "tokenizer.json", "model.safetensors", "sentence_bert_config.json"),
        "1_Pooling/config.json",
    ],
)
def test_a_missing_file_is_named(folder, name):
    (folder / name).unlink()
    with pytest.raises(LoadError, match=rf"tiny: no {name}; the folder of an encoder holds"):
        load_encoder(folder)


def test_a_folder_that_is_none(tmp_path):
    with pytest.raises(LoadError, match=r"nowhere: no config\.json"):
        load_encoder(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"model_type": "roberta"}, r"a network 'roberta' \(gelu\); those read are 'bert'"),
        ({"hidden_act": "relu"}, r"a network 'bert' \(relu\)"),
        ({"num_hidden_layers": 3}, r"lacks 'encoder\.layer\.2\.attention\.self\.query\.weight'"),
        ({"num_hidden_layers": "two"}, "do not fit"),
        ({"num_attention_heads": 3}, "vectors of 8 cannot be shared by 3 heads"),
    ],
)
def test_other_networks_are_named(tmp_path, changed, message):
    folder = write_encoder(tmp_path / "tiny", **changed)
    with pytest.raises(LoadError, match=rf"tiny: .*{message}"):
        load_encoder(folder)


def test_vectors_pooled_otherwise_are_refused(folder):
    write_json(folder / "1_Pooling" / "config.json", {"pooling_mode_cls_token": True})
    with pytest.raises(LoadError, match="not pooled by their mean"):
        load_encoder(folder)


def test_damaged_weights_are_named(folder):
    path = folder / "model.safetensors"
    path.write_bytes(path.read_bytes()[:-10])
    with pytest.raises(LoadError, match=r"model\.safetensors: cannot be read"):
        load_encoder(folder)


def rewrite(folder, **changed):
    """Write the weights anew; those that become None are left out."""
    found = {name: array for name, array in (weights() | changed).items() if array is not None}
    save_file(found, folder / "model.safetensors")


@pytest.mark.parametrize(
    ("name", "array", "message"),
    [
        ("embeddings.LayerNorm.bias", None, r"the network lacks 'embeddings\.LayerNorm\.bias'"),
        (
            "embeddings.word_embeddings.weight",
            np.ones((4, 8), np.float32),
            "number 21, there are",
        ),
        ("encoder.layer.1.output.dense.bias", np.ones(5, np.float32), "parts .* do not fit"),
        (
            "encoder.layer.0.output.dense.weight",
            np.full((8, 16), np.nan, np.float32),
            "vectors that are no numbers",
        ),
    ],
)
def test_weights_that_lack_or_do_not_fit_are_named(folder, name, array, message):
    rewrite(folder, **{name: array})
    with pytest.raises(LoadError, match=message):
        load_encoder(folder)


def test_weights_in_half_precision_are_read(folder, tmp_path):
    whole = encode(load_encoder(folder), TEXTS)
    rewrite(folder, **{name: array.astype(np.float16) for name, array in weights().items()})
    assert encode(load_encoder(folder), TEXTS) == pytest.approx(whole, abs=0.02)


@pytest.mark.skipif("CONCORDAT_MODEL" not in os.environ, reason="CONCORDAT_MODEL names no folder")
def test_similarities_that_are_published_for_a_real_model():
    """The first example of the documentation of sentence-transformers, of all-MiniLM-L6-v2."""
    texts = ["The weather is lovely today.", "It's so sunny outside!", "He drove to the stadium."]
    found = encode(load_encoder(os.environ["CONCORDAT_MODEL"]), texts)
    expected = [[1.0, 0.6660, 0.1046], [0.6660, 1.0, 0.1411], [0.1046, 0.1411, 1.0]]
    assert found @ found.T == pytest.approx(np.array(expected), abs=6e-5)
