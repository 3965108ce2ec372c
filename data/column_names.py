"""Names of the columns a ranking has beside the indicators; what an address may name."""

ALWAYS = ("rank", "name")
COMPUTED = {
    "clusters": ("reference_rank", "kind", "country"),
    "regions": ("reference_rank", "kind", "country", "clusters"),
    "industries": ("kind", "clusters", "countries", "employment", "regions", "herfindahl", "ellison_glaeser",
                   "top_size", "top_lq"),
}  # fmt: skip
"""Columns by unit beside the indicators of the catalogue, in the order in which they are shown."""
EXTRA_COLUMNS = frozenset({*ALWAYS, *(name for names in COMPUTED.values() for name in names)})
"""Every column that an address may name beside the indicators."""
