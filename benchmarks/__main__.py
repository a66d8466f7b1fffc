"""`python -m benchmarks [NAME …]`: run all benchmarks, or those named."""

from __future__ import annotations

import sys

from benchmarks import agenda, documents, mail_intake, repeats, start_up, table_intake, triage, understanding

BENCHMARKS = {
    "start_up": start_up.run,
    "mail_intake": mail_intake.run,
    "table_intake": table_intake.run,
    "understanding": understanding.run,
    "repeats": repeats.run,
    "triage": triage.run,
    "documents": documents.run,
    "agenda": agenda.run,
}


def main() -> None:
    """Run the benchmarks and print their tables."""
    for name in sys.argv[1:] or BENCHMARKS:
        BENCHMARKS[name]()


if __name__ == "__main__":
    main()
