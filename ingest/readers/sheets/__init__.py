"""Sheets (XLSX, CSV): rows as lines, cells as people see them."""
