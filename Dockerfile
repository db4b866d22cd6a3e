# The platform as an image. Build it in a checkout: docker build -t signup-with-platform .
# `npm run release:image` pins this tag to its digest. trixie has PostgreSQL 17's client: its pg_dump backs up servers up to that version.
ARG NODE_IMAGE=node:26-trixie-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /build
COPY . .
RUN npm ci --include=dev && npm run release && mv dist/release/signup-with-platform-*/ /release
WORKDIR /release
RUN npm ci --omit=dev

FROM ${NODE_IMAGE}
RUN apt-get update \
  && apt-get install --yes --no-install-recommends postgresql-client \
  && rm -rf /var/lib/apt/lists/* \
  && mkdir -m 0700 /data && chown node:node /data
WORKDIR /app
COPY --from=build /release ./
# glibc would give each thread a heap of its own, and keep what is freed.
ENV NODE_ENV=production HOST=0.0.0.0 PORT=4000 DATA_DIR=/data MALLOC_ARENA_MAX=1 MALLOC_TRIM_THRESHOLD_=262144 MALLOC_MMAP_THRESHOLD_=49152
USER node
VOLUME /data
EXPOSE 4000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "healthcheck.js"]
CMD ["node", "--max-semi-space-size=8", "--heap-growing-percent=40", "start.js"]
