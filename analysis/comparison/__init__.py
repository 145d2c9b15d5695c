"""Labels to estimates with intervals."""
