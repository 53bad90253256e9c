"""Letters of exported PDF files: Noto Sans Hebrew (SIL Open Font License), and DejaVu Sans for what it has not."""
