# Debian, because ffmpeg and qbittorrent-nox come from there. One process: Vigilio starts both.
FROM node:22-bookworm-slim

RUN apt-get update \
  && apt-get install -y --no-install-recommends ca-certificates ffmpeg qbittorrent-nox python3 make g++ tini \
  && rm -rf /var/lib/apt/lists/*

WORKDIR /vigilio
# The libraries first: they change less often than the sources.
COPY package.json package-lock.json ./
RUN npm ci --include=dev --no-audit --no-fund
COPY . .
RUN npm run build && mkdir /data && chown -R node:node /data .next

ENV VIGILIO_DATA_DIR=/data
VOLUME /data
EXPOSE 3000
USER node
HEALTHCHECK --interval=30s --start-period=60s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 3000}/api/health`).then(r => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]

# tini passes signals on and collects what ffmpeg and qBittorrent leave behind.
ENTRYPOINT ["tini", "--"]
CMD ["node", "scripts/start.mjs"]
