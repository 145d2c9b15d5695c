"""Tables of what models give: topics, scales, stance."""

from __future__ import annotations

from analysis.schema import declare

TOPIC_TERMS = declare(
    "topic_terms",
    "topic rank",
    "topic:category rank:count term:category weight:number",
)
TOPIC_SHARES = declare(
    "topic_shares",
    "unit_id topic",
    "unit_id:category topic:category share:number",
)
TOPIC_STABILITY = declare(
    "topic_stability",
    "topic",
    "topic:category n_refits:count jaccard:number cosine:number",
)
PREVALENCE = declare(
    "prevalence",
    "topic group",
    """
    topic:category group:category n_units:count share:number low:number high:number
    note:text
    """,
)
