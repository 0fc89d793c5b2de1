"""Repairs of programme files that leave nothing to guess: from a finding to what to write (`repairs`), and from a file
to its repaired text (`engine`).
"""
