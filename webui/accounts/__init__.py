"""Local accounts, sign-in links and sessions."""
