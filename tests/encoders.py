"""A tiny encoder's folder with weights at random, for tests of embeddings."""

import json

import numpy as np
from safetensors.numpy import save_file

WIDTH, WIDE, HEADS, LAYERS, PLACES = 8, 16, 2, 2, 12
VOCABULARY = (
    *("[PAD]", "[UNK]", "[CLS]", "[SEP]", "the", "toll", "is", "un", "##fair", "fair", "##er"),
    *(".", ",", "-", "cafe", "Café", "café", "税", "a", "##b", "'", "s"),
)
CONFIG = {
    "model_type": "bert",
    "hidden_act": "gelu",
    "num_hidden_layers": LAYERS,
    "num_attention_heads": HEADS,
    "layer_norm_eps": 1e-12,
}


def tokenizer(*, lower=True, accents=None, kind="WordPiece", vocabulary=VOCABULARY):
    """What a tokenizer.json of the BERT family holds, as far as it is read."""
    return {
        "model": {"type": kind, "vocab": {piece: n for n, piece in enumerate(vocabulary)}},
        "normalizer": {"type": "BertNormalizer", "lowercase": lower, "strip_accents": accents},
        "pre_tokenizer": {"type": "BertPreTokenizer"},
    }


def weights(seed=5):
    """Weights by name, as BERT names them; a map's are laid out as (out, in)."""
    rng = np.random.default_rng(seed)

    def drawn(*shape):
        return rng.normal(scale=0.6, size=shape).astype(np.float32)

    found = {
        "embeddings.word_embeddings.weight": drawn(len(VOCABULARY), WIDTH),
        "embeddings.position_embeddings.weight": drawn(PLACES, WIDTH),
        "embeddings.token_type_embeddings.weight": drawn(2, WIDTH),
        "embeddings.LayerNorm.weight": 1 + drawn(WIDTH),
        "embeddings.LayerNorm.bias": drawn(WIDTH),
    }
    shapes = {
        **{f"attention.self.{part}": (WIDTH, WIDTH) for part in ("query", "key", "value")},
        "attention.output.dense": (WIDTH, WIDTH),
        "intermediate.dense": (WIDE, WIDTH),
        "output.dense": (WIDTH, WIDE),
    }
    for layer in range(LAYERS):
        base = f"encoder.layer.{layer}."
        for name, shape in shapes.items():
            found[f"{base}{name}.weight"] = drawn(*shape)
            found[f"{base}{name}.bias"] = drawn(shape[0])
        for name in ("attention.output.LayerNorm", "output.LayerNorm"):
            found[f"{base}{name}.weight"] = 1 + drawn(WIDTH)
            found[f"{base}{name}.bias"] = drawn(WIDTH)
    return found


def write_json(path, value):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value), encoding="utf-8")


def write_encoder(folder, *, longest=10, named="", **changed):
    """Write an encoder's folder; `changed` are values of its config.json."""
    write_json(folder / "config.json", CONFIG | changed)
    write_json(folder / "tokenizer.json", tokenizer())
    write_json(folder / "sentence_bert_config.json", {"max_seq_length": longest})
    write_json(folder / "1_Pooling" / "config.json", {"pooling_mode_mean_tokens": True})
    rows = {named + name: array for name, array in weights().items()}
    save_file(rows, folder / "model.safetensors")
    return folder
