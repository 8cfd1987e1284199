import streamlit as st

st.title("Hello")
st.write("Edit app.py in the versioned files of this Code Studio; the page follows.")
