# The image of gateway and operator: one program, `serve` and `operator` are its arguments.
#   docker build -t REGISTRY/millrace:VERSION .

FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /src
COPY . .
# The tests have run before an image is built; see .gitlab-ci.yml.
RUN --mount=type=cache,target=/root/.m2 \
    mvn -B -ntp -Dquick -DskipTests -pl app -am package \
    && mkdir /image \
    && cp -r app/target/millrace.jar app/target/lib LICENSE /image/ \
    && rm -f /image/lib/embedded-postgres-binaries-darwin-* /image/lib/embedded-postgres-binaries-windows-* \
        /image/lib/embedded-postgres-binaries-*-alpine-*

FROM eclipse-temurin:25-jre AS program
LABEL org.opencontainers.image.title="Millrace" \
      org.opencontainers.image.licenses="Apache-2.0"
WORKDIR /app
COPY --from=build /image/ ./

# Class-data sharing: the classes that a rehearsal loads are kept ready to map, which saves a start about a fifth of its processor
# time. The archive holds for these very jars, by their full path, and this Java: it is made where it is used. PostgreSQL, which the
# rehearsal starts, wants a user that has a name and is not root. Whatever cannot be rehearsed where the image is built, the
# archive holds the classes up to there.
FROM program AS rehearsal
USER nobody
RUN java -XX:ArchiveClassesAtExit=/tmp/millrace.jsa -XX:+UseSerialGC --sun-misc-unsafe-memory-access=allow \
        -jar /app/millrace.jar rehearse /tmp/rehearsal \
    ; test -s /tmp/millrace.jsa

FROM program
COPY --from=rehearsal /tmp/millrace.jsa ./

# Replace these by an environment variable of the same name. Heap and the rest (buffers, stacks, code) share the limit.
ENV JDK_JAVA_OPTIONS="-XX:+UseSerialGC -XX:MaxRAMPercentage=60 -Xmn64m -XX:SurvivorRatio=4 -XX:TargetSurvivorRatio=90 -Xss512k"

# By number, so that Kubernetes can see that it is not root. Nothing in the image is written to but /tmp.
USER 10001:10001
EXPOSE 8080 8081 8443
ENTRYPOINT ["java", "-XX:SharedArchiveFile=/app/millrace.jsa", "-Xshare:auto", "-XX:+ExitOnOutOfMemoryError", "--sun-misc-unsafe-memory-access=allow", "-Dmillrace.home=/app", "-jar", "/app/millrace.jar"]
CMD ["serve"]
