# One image for grading: Python, numpy, the framework and the solutions; no compiler and no pip.
# docs/container.md says what is in it, how large that is, and how to run it.
# Build it from the project's root:  docker build --tag autograder .

FROM debian:trixie-slim AS python
RUN apt-get update \
 && apt-get install --yes --no-install-recommends python3 \
 && rm -rf /var/lib/apt/lists/* /var/cache/* /var/log/* \
    # Without new privileges these can't do anything; without the bit they don't even look as if they could.
 && find / -xdev -type f -perm /6000 -exec chmod a-s {} +


FROM python AS libraries
RUN apt-get update \
 && apt-get install --yes --no-install-recommends ca-certificates python3-venv
# pip stays in an environment of its own, beside the one that goes into the image.
RUN python3 -m venv /pip \
 && python3 -m venv --without-pip /opt/autograder
COPY requirements/run.txt /
# The libraries' own tests, samples, stubs, headers and sources grade nobody.
RUN /pip/bin/pip --python /opt/autograder/bin/python install \
      --no-cache-dir --no-compile --only-binary :all: --no-deps --require-hashes --requirement /run.txt \
 && cd /opt/autograder/lib/python3*/site-packages \
 && find . -type d \( -name tests -o -name sample_data \) -prune -exec rm -r {} + \
 && find . -type f \( -name '*.pyi' -o -name '*.pyx' -o -name '*.pxd' -o -name '*.[ach]' -o -name '*.cpp' \) -delete \
 && python3 -m compileall -q --invalidation-mode unchecked-hash . \
 && printf '%s\n' '#!/opt/autograder/bin/python' 'if __name__ == "__main__":' '    from autograder.cli import main' '    main()' \
      > /opt/autograder/bin/autograder \
 && chmod 755 /opt/autograder/bin/autograder


# What changes often is a small layer by itself.
FROM python AS project
COPY autograder /project/autograder
COPY solutions /project/solutions
RUN python3 -m compileall -q --invalidation-mode unchecked-hash /project \
 && chmod -R u=rwX,go=rX /project


FROM python AS usual
LABEL org.opencontainers.image.title="autograder" \
      org.opencontainers.image.description="Grades numerical programming exercises, with students' code locked away" \
      org.opencontainers.image.licenses="Apache-2.0"
RUN useradd --uid 10001 --user-group --no-log-init --no-create-home --home-dir / --shell /usr/sbin/nologin grader
COPY --from=libraries /opt/autograder /opt/autograder
COPY --from=project /project /opt/autograder/lib/python3.13/site-packages
# The grader's own linear algebra gets one thread, as the workers' does: there are as many graders as cores.
ENV PATH=/opt/autograder/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    OPENBLAS_NUM_THREADS=1
USER 10001:10001
WORKDIR /
ENTRYPOINT ["autograder"]
CMD ["--help"]


# docker build --target cluster --tag autograder:cluster .   (docs/cluster.md)
FROM libraries AS dask
COPY requirements/cluster.txt /
RUN /pip/bin/pip --python /opt/autograder/bin/python install \
      --no-cache-dir --no-compile --only-binary :all: --no-deps --require-hashes --requirement /cluster.txt \
 && python3 -m compileall -q --invalidation-mode unchecked-hash /opt/autograder/lib


FROM usual AS cluster
COPY --from=dask /opt/autograder /opt/autograder
# Copied once more: the line above has put the libraries in the place of all.
COPY --from=project /project /opt/autograder/lib/python3.13/site-packages


# What is built without a target.
FROM usual
