# syntax=docker/dockerfile:1
# The sidecar with a Java runtime of its own and the programs that dump databases: docker build -t mgnlbackup .
# What is in it, and how to make it smaller or newer: docs/image.md

ARG BUILD_IMAGE=docker.io/library/maven:3-eclipse-temurin-25
ARG BASE_IMAGE=docker.io/library/debian:trixie-slim

# --- The program, a Java runtime with what it needs, and class data from a training run
FROM ${BUILD_IMAGE} AS build
WORKDIR /build
COPY pom.xml mgnlbackup java.options ./
COPY script script
COPY src/main src/main
# How the code is written and what the compiler thinks of it, the tests check.
RUN mvn -B -q -ntp -Dmaven.test.skip=true -Dspotless.check.skip=true package
# java.desktop is there for java.beans, which Quartz uses; what it has of native code is left out.
RUN jlink --output /opt/mgnlbackup/java \
      --add-modules java.base,java.desktop,java.logging,java.management,java.naming,java.security.jgss,java.sql,java.xml,jdk.management,jdk.management.agent,jdk.unsupported \
      --exclude-files '/java.desktop/lib/**,/java.desktop/conf/**' \
      --compress zip-6 --strip-java-debug-attributes --no-header-files --no-man-pages
# At the very place where it will run: class data is bound to paths and times of the jars.
RUN cp -a target/dist/. /opt/mgnlbackup/ \
 && rm /opt/mgnlbackup/mgnlbackup \
 && script/image-native /opt/mgnlbackup/lib \
 && JAVA_HOME=/opt/mgnlbackup/java script/class-archive /opt/mgnlbackup

# --- The programs that dump databases, without the Perl, manuals and servers that their packages bring along
FROM ${BASE_IMAGE} AS clients
# Majors of PostgreSQL from its own apt repository (PGDG); empty: the one that Debian has.
ARG PG_MAJORS="14 15 16 17 18"
# A .deb of the MongoDB Database Tools, see https://www.mongodb.com/try/download/database-tools; empty: no mongodump.
ARG MONGODB_TOOLS_DEB=""
COPY script/image-clients /usr/local/bin/
RUN image-clients /clients

# --- The image
FROM ${BASE_IMAGE}
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates tini tzdata libpq5 libreadline8t64 liblz4-1 libzstd1 libmariadb3 liblzo2-2 libsnappy1v5 libedit2 libncurses6 libdeflate0 \
 && rm -rf /var/lib/apt/lists/* /var/cache/* /var/log/* /usr/share/doc /usr/share/man /usr/share/locale
COPY --from=clients /clients /
COPY --from=build /opt/mgnlbackup /opt/mgnlbackup
COPY script/image-health /opt/mgnlbackup/health

ARG VERSION=0.1.0
ARG REVISION=unknown
ARG CREATED=unknown
LABEL org.opencontainers.image.title="mgnlbackup" \
      org.opencontainers.image.description="Backup sidecar for PostgreSQL, MySQL, MariaDB and MongoDB" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.created="${CREATED}"

ENV LC_CTYPE=C.UTF-8
# Any other account will do. In WAL mode it has to be the one that owns the archived files.
USER 65532:65532
EXPOSE 9999
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s CMD ["/opt/mgnlbackup/health"]
ENTRYPOINT ["/usr/bin/tini", "--", "/opt/mgnlbackup/java/bin/java", "@/opt/mgnlbackup/java.options", "-XX:AOTCache=/opt/mgnlbackup/lib/mgnlbackup.aot", "-XX:+UseSerialGC", "-Djna.boot.library.path=/opt/mgnlbackup/lib", "-cp", "/opt/mgnlbackup/lib/mgnlbackup.jar", "io.mgnlbackup.Main"]
CMD ["server"]
