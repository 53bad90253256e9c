"""The Gradio screen: the only folder that imports Gradio. It draws; decisions are taken elsewhere."""
