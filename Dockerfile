# syntax=docker/dockerfile:1
#
# Steward in a container: libraries in a folder, Terraform by checksum, not root. The playground is not in it.
#
#   docker build -t steward .
#   docker run --rm -v steward-home:/home/steward/.steward steward init --admin U0123456789
#   docker run --init --stop-timeout 120 -p 8080:8080 -v steward-home:/home/steward/.steward --env-file steward.env steward
#
# Stopping: Steward drains running applies for apply.drain (60 s unless steward.yaml says otherwise). Give the container
# longer than that: --stop-timeout, terminationGracePeriodSeconds, stop_grace_period. When process 1 is killed, Terraform
# dies with it, and the run is reported as indeterminate at the next start.

ARG BUILD_IMAGE=eclipse-temurin:25-jdk
ARG RUNTIME_IMAGE=eclipse-temurin:25-jre

FROM ${BUILD_IMAGE} AS build
WORKDIR /build
COPY . .
RUN ./mvnw --batch-mode -Dmaven.test.skip=true -Dspotless.check.skip=true -Dmdep.analyze.skip=true -Djacoco.skip=true \
    -pl bot -am package

FROM ${RUNTIME_IMAGE} AS terraform
ARG TERRAFORM_VERSION=1.11.4
# From https://releases.hashicorp.com/terraform/<version>/terraform_<version>_SHA256SUMS; change them with the version.
ARG TERRAFORM_SHA256_AMD64=1ce994251c00281d6845f0f268637ba50c0005657eb3cf096b92f753b42ef4dc
ARG TERRAFORM_SHA256_ARM64=a43d1d0da9b9bab214a8305a39db0e40869572594ccf50c416a7756499143633
# Set by BuildKit; elsewhere give it: --build-arg TARGETARCH=arm64.
ARG TARGETARCH=amd64
WORKDIR /terraform
RUN set -eu; \
    case "$TARGETARCH" in \
        amd64) sum=$TERRAFORM_SHA256_AMD64 ;; \
        arm64) sum=$TERRAFORM_SHA256_ARM64 ;; \
        *) echo "no checksum of Terraform for $TARGETARCH" >&2; exit 1 ;; \
    esac; \
    if ! command -v curl >/dev/null || ! command -v unzip >/dev/null; then \
        apt-get update && apt-get install -y --no-install-recommends ca-certificates curl unzip; \
    fi; \
    zip="terraform_${TERRAFORM_VERSION}_linux_${TARGETARCH}.zip"; \
    curl -fsSLo "$zip" "https://releases.hashicorp.com/terraform/${TERRAFORM_VERSION}/$zip"; \
    echo "$sum  $zip" | sha256sum -c -; \
    unzip -q "$zip" terraform; \
    rm "$zip"; \
    chmod 755 terraform

FROM ${RUNTIME_IMAGE}
RUN groupadd --gid 10001 steward \
    && useradd --uid 10001 --gid steward --create-home --shell /usr/sbin/nologin steward \
    && install -d -m 700 -o steward -g steward /home/steward/.steward
COPY --from=terraform /terraform/terraform /usr/local/bin/terraform
COPY --from=build /build/bot/target/dist/lib /opt/steward/lib
COPY --from=build /build/terraform-modules /opt/steward/terraform-modules
COPY --from=build /build/workflows/definitions /opt/steward/workflows/definitions
COPY --from=build /build/steward /opt/steward/steward
RUN ln -s /opt/steward/steward /usr/local/bin/steward
USER steward
WORKDIR /home/steward
ENV STEWARD_HOME=/home/steward/.steward
VOLUME /home/steward/.steward
EXPOSE 8080
STOPSIGNAL SIGTERM
# Bash speaks HTTP/1.0 well enough: neither curl nor another Java machine is needed.
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/${STEWARD_PORT:-8080} && printf 'GET /healthz HTTP/1.0\\r\\n\\r\\n' >&3 && read -r _ status _ <&3 && [ \"$status\" = 200 ]"]
ENTRYPOINT ["/opt/steward/steward"]
CMD ["serve"]
