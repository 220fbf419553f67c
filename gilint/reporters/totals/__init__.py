"""What becomes of a total: text for a terminal, JSON for programs, a workbook for the office that compiles a report."""
