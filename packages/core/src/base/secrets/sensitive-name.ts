/** A name that ends in one of these holds a secret, whatever its value: `DB_PASSWORD`, `x-api-key`. */
const ENDINGS = [
  'password',
  'passwd',
  'passphrase',
  'pwd',
  'token',
  'authorization',
  'apikey',
  'accesskey',
  'secretkey',
  'privatekey',
  'signingkey',
  'encryptionkey',
  'secret',
  'secrets',
  'cookie',
  'credential',
  'credentials',
] as const;

const SENSITIVE = new RegExp(`(?:${ENDINGS.join('|')})$`);
const MAYBE = /pass|pwd|token|auth|key|secret|cookie|credential/i;

/** `tokens`, `tokenCount` and `monkey` are not: only the end of a name counts. */
export function isSensitiveName(name: string): boolean {
  if (!MAYBE.test(name)) return false;
  return SENSITIVE.test(name.replaceAll(/[^A-Za-z0-9]/g, '').toLowerCase());
}
