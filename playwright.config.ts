import { defineConfig, devices } from "@playwright/test";
import { launchOptions } from "./tests/support/browser";

export default defineConfig({
  testDir: "tests/e2e",
  globalSetup: "./tests/support/build-once.ts",
  outputDir: "test-results",
  // Films, torrents and one Chromium at a time: tests that share a processor time out at random.
  workers: 1,
  fullyParallel: false,
  forbidOnly: process.env.CI === "true",
  // Once more where a whole change hangs on a hundred of them; what needed it is named at the end
  // of the run, and is a fault to mend.
  retries: process.env.CI === "true" ? 1 : 0,
  // Machines are shared: what takes ten seconds on a quiet one may take a minute on another.
  timeout: 240_000,
  expect: { timeout: 20_000 },
  reporter: [["list"]],
  use: {
    launchOptions: launchOptions(),
    locale: "en-GB",
    // What hangs says so by itself, and not when the whole test is over.
    navigationTimeout: 60_000,
    actionTimeout: 60_000,
    // Recording costs a third of the time; where nobody can look at it, it is for nothing.
    trace: process.env.CI === "true" ? "off" : "retain-on-failure",
    screenshot: "only-on-failure",
  },
  projects: [
    {
      name: "desktop",
      use: { ...devices["Desktop Chrome"], viewport: { width: 1440, height: 900 } },
      grepInvert: /@phone-only/,
    },
    // What a phone shows or handles differently: tests whose title says @phone.
    { name: "phone", use: { ...devices["Pixel 7"] }, grep: /@phone/ },
  ],
});
