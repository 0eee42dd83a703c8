# One image for grading: Python, numpy, scipy, the framework and the solutions; no compiler, no pip.
# Build it from the project's root:  docker build -t autograder .

FROM debian:trixie-slim AS build
RUN apt-get update \
 && apt-get install --yes --no-install-recommends ca-certificates python3 python3-venv
WORKDIR /src
COPY requirements/run.txt requirements/run.txt
RUN python3 -m venv /opt/autograder \
 && /opt/autograder/bin/pip install --no-cache-dir --require-hashes -r requirements/run.txt
COPY pyproject.toml README.md LICENSE ./
COPY autograder autograder
COPY solutions solutions
# pip itself, type stubs and the libraries' own tests grade nobody.
RUN /opt/autograder/bin/pip install --no-cache-dir --no-deps . ./solutions \
 && /opt/autograder/bin/python -m compileall -q -j 0 /opt/autograder/lib \
 && /opt/autograder/bin/pip uninstall --yes --quiet pip \
 && find /opt/autograder -type d -name tests -prune -exec rm -r {} + \
 && find /opt/autograder -name '*.pyi' -delete

FROM debian:trixie-slim
LABEL org.opencontainers.image.title="autograder" \
      org.opencontainers.image.description="Grades numerical programming exercises, with students' code locked away" \
      org.opencontainers.image.licenses="Apache-2.0"
RUN apt-get update \
 && apt-get install --yes --no-install-recommends python3 \
 && rm -rf /var/lib/apt/lists/* /var/cache/apt /var/cache/debconf /var/log/*.log /var/log/apt \
 && useradd --system --uid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin grader
COPY --from=build /opt/autograder /opt/autograder
ENV PATH=/opt/autograder/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    OPENBLAS_NUM_THREADS=1
USER grader
WORKDIR /
ENTRYPOINT ["autograder"]
CMD ["--help"]
