"""The same table in Streamlit: a select, a map, a table. ``streamlit run streamlit_page.py -- TABLE.parquet``.

It has an environment of its own (requirements-bench.txt) and so imports nothing of ours.
"""

import sys

import pandas as pd
import streamlit as st  # type: ignore[import-not-found]

places = st.cache_data(pd.read_parquet)(sys.argv[1])
st.title("Clusters")
country = st.selectbox("Country", ["All", *sorted(places["country"].unique())])
found = places if country == "All" else places[places["country"] == country]
st.write(f"{len(found)} clusters")
st.map(found[["lat", "lon"]].dropna())
st.dataframe(found)
