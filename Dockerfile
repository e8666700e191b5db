# dygjuhe with its worker; needs no network at run time but for Prefect's own server.
FROM python:3.11-slim
ENV PYTHONDONTWRITEBYTECODE=1 DO_NOT_TRACK=1 PREFECT_SERVER_ANALYTICS_ENABLED=false
RUN apt-get update && apt-get install -y --no-install-recommends \
      libreoffice-writer-nogui tesseract-ocr tesseract-ocr-sqi tesseract-ocr-eng \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /dygjuhe
COPY requirements.lock pyproject.toml README.md LICENSE ./
RUN pip install --no-cache-dir --require-hashes -r requirements.lock
COPY pipeline pipeline
COPY flows flows
COPY glossary glossary
COPY data/models data/models
COPY prefect.yaml ./
RUN pip install --no-cache-dir --no-deps -e . && useradd --create-home reader
USER reader
ENTRYPOINT ["dygjuhe"]
CMD ["--help"]
