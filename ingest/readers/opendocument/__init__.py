"""OpenDocument files (ODT, ODP, ODS), read from their XML."""
