import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: [
      'src/**/*.test.{ts,tsx}',
      'tools/**/*.test.ts',
      'journeys/**/*.test.{ts,tsx}',
      'soak/**/*.test.ts',
    ],
    globalSetup: ['tools/test-cluster.ts'],
    // Each worker has its own databases on the one cluster; more of them than this only wait for each other.
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    teardownTimeout: 30_000,
  },
})
