"""Bilingual text and records out: one file a format; `run_folder` writes and reads what a run leaves behind."""
