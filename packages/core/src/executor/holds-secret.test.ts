import { expect, test } from '@jest/globals';
import { encodeValue, sealValue } from '../base/codec/index.ts';
import { createTextRedactor } from '../base/secrets/index.ts';
import { encodedSecret } from './holds-secret.ts';

const SECRET = 'pässw€rd "x"\\';
const { holdsSecret } = createTextRedactor([SECRET]);

function holds(value: unknown): boolean {
  const sealed = sealValue(value);
  if (!sealed.ok) throw new TypeError(sealed.problem.message);
  return encodedSecret(encodeValue(sealed.value), holdsSecret);
}

test.each([
  ['text', `a ${SECRET} b`],
  ['a name inside', { list: [{ [SECRET]: 1 }] }],
  ['a Map', new Map([['at', { deep: [SECRET] }]])],
  ['bytes of UTF-8', Buffer.from(`\u20ac${SECRET}\u20ac`)],
  ['bytes inside', { raw: new Uint8Array(Buffer.from(`a${SECRET}`)) }],
  ['base64', Buffer.from(`me:${SECRET}`).toString('base64')],
])('a secret is seen in %s', (_, value) => {
  expect(holds(value)).toBe(true);
});

test('a secret is seen in bytes that are text of one byte per character', () => {
  const latin = createTextRedactor(['p\u00e4ssw\u00f6rd']);
  const sealed = sealValue(Buffer.from('a p\u00e4ssw\u00f6rd', 'latin1'));
  expect(sealed.ok && encodedSecret(encodeValue(sealed.value), latin.holdsSecret)).toBe(true);
});

test('without secrets nothing is searched', () => {
  const sealed = sealValue(SECRET);
  expect(sealed.ok && encodedSecret(encodeValue(sealed.value), undefined)).toBe(false);
});
