/** Tests run the TypeScript sources through swc (decorator metadata); ESM-only packages are transformed with them. */
module.exports = {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  transform: { '^.+\\.(t|j|mj)s$': ['@swc/jest', { swcrc: true }] },
  transformIgnorePatterns: ['/node_modules/(?!(jose|canonicalize|lru-cache)/)'],
  moduleFileExtensions: ['ts', 'js', 'mjs', 'json', 'node'],
  testTimeout: 60000,
  // One worker less than cores is jest's default: on two cores that is one, and the other idles.
  maxWorkers: 2,
};
