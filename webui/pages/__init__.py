"""HTML that is ours and not Gradio's: sign-in, documents, sources."""
