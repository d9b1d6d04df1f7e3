/** What a stage that lets a secret out says of it: printed, logged, reported. It succeeds. */
export const SAYING = [
  'print',
  'print-late',
  'print-bytes',
  'log',
  'log-error',
  'progress',
  'look-up-key',
  'look-up-param',
] as const;

/** A stage that fails with the secret in what it throws, or in what is said of it. */
export const THROWING = [
  'throw-message',
  'throw-long-message',
  'throw-name',
  'throw-code',
  'throw-cause',
  'throw-fields',
  'throw-text',
  'throw-object',
  'throw-many',
  'throw-in-setup',
  'throw-in-teardown',
  'reject',
  'return-unstorable',
  'touch-key',
] as const;

/** A stage that gives the secret to the store: it must fail with SECRET_IN_VALUE. */
export const STORING = [
  'return-it',
  'return-text',
  'return-nested',
  'return-key',
  'return-nested-key',
  'return-map',
  'return-map-key',
  'return-set',
  'return-bytes',
  'return-bytes-inside',
  'return-json',
  'return-base64',
  'return-base64url',
  'return-url',
  'return-html',
  'return-hex',
  'return-artifact-name',
  'write-artifact',
  'write-artifact-bytes',
] as const;

export type Way = (typeof SAYING | typeof THROWING | typeof STORING)[number];
