"""Programs of the development desk; none of them ships with Darash."""
