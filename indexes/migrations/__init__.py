"""The steps that bring a database to this version's schema, one history for the tables of every room."""
