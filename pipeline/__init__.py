"""dygjuhe: cleans mixed Albanian/English institutional reports.

The stages stand in the order that the data takes; `run.process_report` is their table of contents.
"""

__version__ = "0.1.0"
