# Node and a C library are all that is asked of the base, which is the same for building and running:
# docker build --build-arg BASE=node:24-bookworm-slim -t broadsheet .
ARG BASE=node:22-bookworm-slim

# On the builder's own platform, whichever the image is for: nothing in a release is for one processor.
FROM --platform=$BUILDPLATFORM ${BASE} AS build
WORKDIR /src
COPY .npmrc package.json package-lock.json ./
RUN npm ci
COPY . .
RUN node -- lib/bundle/run.mjs release /image/app
# A new volume takes over that any user may write to it.
RUN mkdir -m 1777 /image/data /image/backups

FROM ${BASE}
COPY --from=build /image /
WORKDIR /app
# A user that nobody knows has no home, and npm asks for one.
ENV NODE_ENV=production HOME=/tmp DATA_DIR=/data/broadsheet
USER 1000:1000
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s CMD ["node", "lib/server/healthcheck.mjs"]
CMD ["node", "--", "lib/bundle/run.mjs", "start"]
