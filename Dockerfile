# One image for the web and the worker. The model server is a container of its own (docker-compose.yml).
FROM docker.io/library/python:3.11-slim-bookworm

RUN apt-get update -q \
    && apt-get install -y -q --no-install-recommends tesseract-ocr tesseract-ocr-heb \
        libreoffice-writer-nogui libreoffice-calc-nogui libreoffice-impress-nogui \
    && rm -rf /var/lib/apt/lists/*

WORKDIR /app
COPY requirements-image.lock ./
RUN python3 -m venv /opt/darash \
    && /opt/darash/bin/python -m pip install --no-cache-dir --no-deps --require-hashes -r requirements-image.lock
COPY pyproject.toml README.md ./
COPY darash darash
COPY hebrew hebrew
COPY ingest ingest
COPY indexes indexes
COPY answers answers
COPY webui webui
COPY evals evals
RUN useradd --create-home --uid 10001 darash && mkdir -m 700 /data && chown darash /data

ENV PATH=/opt/darash/bin:$PATH PYTHONUNBUFFERED=1 DARASH_DATA=/data DARASH_HOST=0.0.0.0
USER darash
VOLUME /data
EXPOSE 7860
HEALTHCHECK --interval=10s --start-period=30s \
    CMD ["python3", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:7860/health', timeout=3)"]
CMD ["python3", "-m", "darash", "serve", "--no-worker"]
