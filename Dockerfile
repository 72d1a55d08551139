# One image per service, made of the jar that `mvn package` builds:
#   docker build --build-arg SERVICE=store -t newswire/store .
FROM eclipse-temurin:25-jre AS layers
ARG SERVICE
WORKDIR /build
COPY services/${SERVICE}/target/*-exec.jar newswire.jar
RUN java -Djarmode=tools -jar newswire.jar extract --layers --destination /layers

FROM eclipse-temurin:25-jre
ARG SERVICE
# /data is the only place that a service writes to besides /tmp; the root file system may be read-only.
RUN mkdir /data /newswire && chown 10001:10001 /data /newswire
WORKDIR /newswire
# From what changes seldom to what changes often.
COPY --from=layers /layers/dependencies/ /layers/spring-boot-loader/ /layers/snapshot-dependencies/ ./
COPY ops/healthy ./
COPY --from=layers /layers/application/ ./
# A container is its own network: every service listens there at 8080, and at 8090 for health and metrics, which are for
# the operator alone. Whoever runs it decides who reaches them.
ENV SERVER_ADDRESS=0.0.0.0 \
    SERVER_PORT=8080 \
    MANAGEMENT_SERVER_PORT=8090 \
    JAVA_TOOL_OPTIONS="-XX:MaxRAMPercentage=60 -XX:+ExitOnOutOfMemoryError -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"
USER 10001:10001
# A start without broker and database, up to where they would be needed: what it loads and links need not be loaded and
# linked again. A start that ends early leaves a smaller cache. A JVM of another build, or with another collector, passes
# over the cache and starts as if there were none.
RUN java -XX:AOTCacheOutput=newswire.aot -Dspring.context.exit=onRefresh -Dspring.flyway.enabled=false -jar newswire.jar \
    || test -s newswire.aot
ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="newswire-${SERVICE}" \
      org.opencontainers.image.description="Newswire ${SERVICE}" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.base.name="eclipse-temurin:25-jre" \
      org.opencontainers.image.licenses="Apache-2.0"
# What is inside, by CycloneDX, if the jar was built with the whole: a module built alone has none.
COPY ops/healthy services/${SERVICE}/target/classe[s]/META-INF/sbom/application.cdx.json ./
EXPOSE 8080 8090
HEALTHCHECK --interval=5s --timeout=5s --start-period=120s --retries=6 CMD ["/newswire/healthy"]
ENTRYPOINT ["java", "-XX:AOTCache=newswire.aot", "-jar", "newswire.jar"]
