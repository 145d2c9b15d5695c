"""Tables of texts and of what is found in them, and how well."""

from __future__ import annotations

from analysis.schema import Table, declare

DOCUMENTS = declare(
    "documents",
    "doc_id",
    """
    doc_id:text title:text published_on:date outlet:text url:text language:category
    kind:category genre:category voice:category text:text sha256:text path:text
    warnings:text
    """,
)
STATEMENTS = declare(
    "statements",
    "statement_id",
    """
    statement_id:text doc_id:text said_on:date said_precision:category published_on:date
    outlet:text genre:category voice:category layer:category source:text cue:text
    cue_class:category content:text quote_type:category start:count end:count speaker:text
    speaker_method:category actor:text addressee:text reported_by:text negated:bool
    modality:category confidence:number pattern:category utterance_id:text episode_id:text
    duplicate_of:text
    """,
)
SAMPLE = Table(
    "sample",
    STATEMENTS.key,
    {**STATEMENTS.columns, "inclusion_probability": "number"},
    STATEMENTS.allowed,
)
SPANS = declare(
    "spans",
    "statement_id role part",
    "statement_id:text role:category part:count start:count end:count",
)
SCORES = declare(
    "scores",
    "part",
    """
    part:category n_gold:count n_found:count n_right:count n_units:count precision:number
    recall:number f1:number low:number high:number
    """,
)
THRESHOLDS = declare(
    "thresholds",
    "threshold",
    """
    threshold:number n_gold:count n_found:count n_right:count n_units:count precision:number
    recall:number f1:number low:number high:number
    """,
)
JUDGMENTS = declare(
    "judgments",
    "statement_id",
    "statement_id:text doc_id:text confidence:number right:bool",
)
CONFIDENCE = declare(
    "confidence",
    "bin",
    """
    bin:category n_found:count n_right:count n_units:count confidence:number precision:number
    low:number high:number error:number note:text
    """,
)
COVERAGE = declare(
    "coverage",
    "value period",
    "value:category period:category n:count",
)
