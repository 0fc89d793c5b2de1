"""`align`: how far do regional programmes run in line with the national priorities (Asta Cita)?"""

__version__ = "0.1.0"
