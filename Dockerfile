ARG BASE=python:3.11-slim-bookworm

FROM ${BASE} AS builder
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /build
# LOCK=requirements-embeddings.lock adds the small model that finds similar wording, and what asking a server for that needs.
ARG LOCK=requirements.lock
COPY requirements.lock requirements-embeddings.lock requirements-build.lock ./
RUN python3 -m venv /opt/ats \
 && /opt/ats/bin/python -m pip install --quiet --require-hashes -r "$LOCK" \
 && python3 -m venv /opt/tools \
 && /opt/tools/bin/python -m pip install --quiet --require-hashes -r requirements-build.lock
COPY pyproject.toml LICENSE ./
COPY generated generated
COPY impl impl
# The project becomes one wheel, so that the image holds neither sources beside it nor a build tool. pip itself is of no use there.
RUN /opt/tools/bin/python -m hatchling build --target wheel --directory /build/dist \
 && /opt/ats/bin/python -m pip install --quiet --no-deps --no-index dist/*.whl \
 && /opt/ats/bin/python -m compileall -q -j 0 /opt/ats/lib \
 && /opt/ats/bin/python -m pip uninstall --quiet --yes pip setuptools

FROM ${BASE}
LABEL org.opencontainers.image.title="ats" \
      org.opencontainers.image.description="An applicant tracking system as a contract-first API" \
      org.opencontainers.image.licenses="Apache-2.0"
RUN groupadd --gid 10001 ats \
 && useradd --uid 10001 --gid ats --home-dir /var/lib/ats --no-create-home --shell /usr/sbin/nologin ats \
 && install --directory --owner=10001 --group=10001 --mode=0700 /var/lib/ats
# OCR="eng deu" adds tesseract with these languages: resumes that are pictures are read, too.
ARG OCR=
# Debian keeps no older versions to pin; the languages are to be split.
# hadolint ignore=DL3008,SC2046,SC2086
RUN [ -z "$OCR" ] || { apt-get update -qq \
 && apt-get install -y -qq --no-install-recommends $(printf 'tesseract-ocr-%s ' $OCR) tesseract-ocr \
 && rm -rf /var/lib/apt/lists/*; }
COPY --from=builder /opt/ats /opt/ats
ENV PATH=/opt/ats/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    ATS_ENV=prod \
    ATS_DATA_DIR=/var/lib/ats
WORKDIR /var/lib/ats
VOLUME /var/lib/ats
USER 10001
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
  CMD ["python3", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/healthz', timeout=2)"]
ENTRYPOINT ["ats"]
CMD ["serve", "--host", "0.0.0.0"]
