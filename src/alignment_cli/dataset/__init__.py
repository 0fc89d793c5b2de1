"""National datasets: each checked region as a part of its own, so that many regions can be checked side by side on any
engine, and their tables read together.
"""
