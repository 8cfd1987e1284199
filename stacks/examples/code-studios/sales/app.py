import pandas as pd
import streamlit as st

st.title("Sales")

sales = pd.DataFrame(
    {"month": pd.date_range("2026-01-01", periods=12, freq="MS"), "amount": [12, 14, 13, 17, 19, 22, 21, 20, 24, 26, 29, 33]}
).set_index("month")

least = st.slider("Least amount", 0, 40, 10)
st.line_chart(sales[sales["amount"] >= least])
