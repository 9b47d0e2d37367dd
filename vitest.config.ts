import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL(".", import.meta.url));
const resolve = {
  alias: { "@": root.replace(/\/$/, ""), "server-only": `${root}tests/support/server-only.ts` },
};

export default defineConfig({
  test: {
    // A zone with an odd offset: what forgets that times are UTC fails here.
    env: { TZ: "Asia/Kathmandu", LOG_LEVEL: "silent" },
    projects: [
      {
        resolve,
        test: {
          name: "unit",
          include: ["{lib,db,jobs,app,tests,scripts}/**/*.test.{ts,tsx,mjs}"],
          exclude: ["**/*.integration.test.ts", "tests/e2e/**"],
          env: { TZ: "Asia/Kathmandu", LOG_LEVEL: "silent" },
          testTimeout: 20_000,
        },
      },
      {
        resolve,
        test: {
          name: "integration",
          include: ["{lib,db,jobs,app,tests,scripts}/**/*.integration.test.ts"],
          env: { TZ: "Asia/Kathmandu", LOG_LEVEL: "silent" },
          testTimeout: 180_000,
          hookTimeout: 180_000,
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
