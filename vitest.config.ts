import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'apps/**/*.test.ts', 'tools/**/*.test.ts', 'tests/**/*.test.ts'],
    // a hang is what these find; a slow machine is no failure
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
})
