"""Sources of the sample collection, and the two makers that turn them into paper and Word documents."""
