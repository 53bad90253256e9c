"""Model servers: their client, their streams, several of them, and the line in front of them."""
