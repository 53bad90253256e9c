"""Who people are: accounts, passwords, sessions, keys and groups, and the gate that lets in nobody else."""
