# The sidecar on top of the image of the database that it backs up, so that the dump programs fit the server:
#   script/build && docker build --build-arg DATABASE=postgres:17 -t mgnlbackup .
# Any image with apt-get will do: postgres, mariadb, mongo.
ARG DATABASE=postgres:17
FROM ${DATABASE}
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates default-jre-headless \
 && rm -rf /var/lib/apt/lists/*
COPY target/dist /opt/mgnlbackup
USER nobody
EXPOSE 9999
ENTRYPOINT ["/opt/mgnlbackup/mgnlbackup"]
CMD ["server"]
