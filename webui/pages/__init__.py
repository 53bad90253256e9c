"""HTML that is ours and not Gradio's: signing in, the team, collections, documents, sources, sharing."""
