"""What programs are offered: JSON routes, OpenAI's API, the Model Context Protocol."""
