# syntax=docker/dockerfile:1
# Three stages: plotly.js in parts, the application with its packed assets, and the image that runs.
# Raise the pinned tags together with the lock files.

FROM node:22.16.0-bookworm-slim AS plotly
WORKDIR /src/tools/plotly
COPY tools/plotly/ ./
RUN npm ci --ignore-scripts --no-audit --no-fund && npm run build

FROM python:3.11.13-slim-bookworm AS build
WORKDIR /app
COPY requirements.lock ./
RUN python -m venv /venv \
    && /venv/bin/pip install --no-cache-dir --require-hashes --only-binary :all: -r requirements.lock
COPY app.py ./
COPY api/ api/
COPY callbacks/ callbacks/
COPY components/ components/
COPY assets/ assets/
COPY data/ data/
COPY --from=plotly /src/build/plotly build/plotly
RUN /venv/bin/python -m api.packed \
    && /venv/bin/python -m compileall -q app.py api callbacks components data

FROM python:3.11.13-slim-bookworm
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin gco
WORKDIR /app
COPY --from=build /venv /venv
COPY --from=build /app /app
ENV PATH=/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    GCO_HOST=0.0.0.0 \
    GCO_WORKERS=2
USER 10001
EXPOSE 8050
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8050/healthz', timeout=4)"]
CMD ["python", "app.py"]
