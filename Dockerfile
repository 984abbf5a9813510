# syntax=docker/dockerfile:1
# docker build -t jianfu .
# The bot:      docker compose up -d          (see compose.yaml)
# An audit:     docker run --rm --network none -v "$PWD:/data" --user "$(id -u):$(id -g)" jianfu audit result.json

FROM python:3.13-slim AS build
WORKDIR /src
RUN python -m venv --without-pip /opt/jianfu
COPY requirements.lock requirements-dev.lock ./
# The build backend comes from the development lock, hashes and all, and stays in this stage.
RUN sed -n '/^setuptools==/,/# via/p' requirements-dev.lock > build.lock \
    && pip install --no-cache-dir --no-compile --require-hashes -r build.lock \
    && pip --python /opt/jianfu/bin/python install --no-cache-dir --require-hashes --only-binary :all: -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY config config
COPY handlers handlers
COPY storage storage
RUN pip wheel --no-cache-dir --no-deps --no-build-isolation --wheel-dir /wheels . \
    && pip --python /opt/jianfu/bin/python install --no-cache-dir --no-deps --no-index /wheels/*.whl

FROM python:3.13-slim
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin jianfu \
    && install -d -o 10001 -g 10001 -m 700 /data /keys
COPY --from=build /opt/jianfu /opt/jianfu
ENV PATH=/opt/jianfu/bin:$PATH PYTHONUTF8=1 PYTHONDONTWRITEBYTECODE=1 MPLCONFIGDIR=/tmp \
    JIANFU_DATABASE=/data/jianfu.db JIANFU_KEY_FILE=/keys/jianfu.key
USER 10001:10001
WORKDIR /data
ENTRYPOINT ["jianfu"]
CMD ["--help"]
