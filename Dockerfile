# syntax=docker/dockerfile:1
#
# Steward in a container: a Java runtime with the modules that are used, a start-up cache made by playing a first
# request, Terraform by checksum, not root. The playground is not in it. How to run it: docs/deploy.md.
#
#   docker build -t steward .
#
# Where Docker Hub or HashiCorp's releases cannot be reached, other images serve:
#
#   --build-arg BUILD_IMAGE=...      a JDK 25 (Maven comes with the sources' wrapper)
#   --build-arg RUNTIME_IMAGE=...    Debian or Ubuntu: bash, util-linux, CA certificates
#   --build-arg TERRAFORM_IMAGE=...  with /bin/terraform, for example hashicorp/terraform:1.11.4

ARG BUILD_IMAGE=eclipse-temurin:25-jdk
ARG RUNTIME_IMAGE=debian:13-slim
ARG TERRAFORM_IMAGE=terraform-release

FROM ${BUILD_IMAGE} AS build
WORKDIR /build
COPY . .
RUN ./mvnw --batch-mode -Dmaven.test.skip=true -Dspotless.check.skip=true -Dmdep.analyze.skip=true -Djacoco.skip=true \
    -pl bot -am package
# The modules that the libraries name, and those that are found by service only: elliptic curves for TLS, DNS, zip files.
RUN set -eu; \
    cd bot/target/dist/lib; \
    modules=$(jdeps --multi-release 25 --ignore-missing-deps --print-module-deps ./*.jar); \
    jlink --add-modules "$modules,jdk.crypto.ec,jdk.naming.dns,jdk.zipfs" --compress zip-6 --no-header-files \
        --no-man-pages --output /java
# SQLite's library is loaded from where it lies: unpacked at each start it would want a /tmp that programs may run from.
RUN set -eu; \
    mkdir /native; \
    cd /native; \
    jar --extract --file "$(ls /build/bot/target/dist/lib/sqlite-jdbc-*.jar)" \
        "org/sqlite/native/Linux/$(uname -m)/libsqlitejdbc.so"; \
    mv "org/sqlite/native/Linux/$(uname -m)/libsqlitejdbc.so" .; \
    rm -r org

FROM ${RUNTIME_IMAGE} AS terraform-release
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
    chmod 755 terraform; \
    mv terraform /bin/terraform

FROM ${TERRAFORM_IMAGE} AS terraform

FROM ${RUNTIME_IMAGE}
# Terraform trusts what the system trusts.
RUN set -eu; \
    if [ ! -s /etc/ssl/certs/ca-certificates.crt ]; then \
        apt-get update && apt-get install -y --no-install-recommends ca-certificates && rm -rf /var/lib/apt/lists/*; \
    fi; \
    groupadd --gid 10001 steward; \
    useradd --uid 10001 --gid steward --create-home --shell /usr/sbin/nologin steward; \
    install -d -m 700 -o steward -g steward /home/steward/.steward
COPY --from=terraform /bin/terraform /usr/local/bin/terraform
COPY --from=build /java /opt/java
COPY --from=build /native /opt/steward/native
COPY --from=build /build/bot/target/dist/lib /opt/steward/lib
COPY --from=build /build/terraform-modules /opt/steward/terraform-modules
COPY --from=build /build/workflows/definitions /opt/steward/workflows/definitions
COPY --from=build /build/steward /opt/steward/steward
ENV STEWARD_JAVA_HOME=/opt/java STEWARD_HOME=/home/steward/.steward
# Plays a first request with all that has been copied (so the image is known to work), and keeps what Java loaded.
RUN set -eu; \
    ln -s /opt/steward/steward /usr/local/bin/steward; \
    steward rehearse; \
    test -s /opt/steward/steward.aot; \
    rm -rf /tmp/*
USER steward
WORKDIR /home/steward
VOLUME /home/steward/.steward
EXPOSE 8080
STOPSIGNAL SIGTERM
# Bash speaks HTTP/1.0 well enough: neither curl nor another Java machine is needed.
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/${STEWARD_PORT:-8080} && printf 'GET /healthz HTTP/1.0\\r\\n\\r\\n' >&3 && read -r _ status _ <&3 && [ \"$status\" = 200 ]"]
ENTRYPOINT ["/opt/steward/steward"]
CMD ["serve"]
