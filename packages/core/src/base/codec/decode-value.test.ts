import { describe, expect, test } from '@jest/globals';
import { computeHash } from './encoded-value.ts';
import {
  decodeValue,
  type EncodedValue,
  encodeValue,
  MAX_DEPTH,
  type SealedValue,
  sealValue,
} from './index.ts';

function encode(input: unknown): EncodedValue {
  const sealed = sealValue(input);
  if (!sealed.ok) throw new TypeError(sealed.problem.message);
  return encodeValue(sealed.value);
}

/** A record with any body whose length and hash fit: what an attacker or a bug would write. */
function forge(codec: 'json' | 'devalue', body: string): EncodedValue {
  const hash = computeHash({ codec, body });
  return { codec, version: 1, body, hash, byteLength: Buffer.byteLength(body) };
}

function forgeBytes(type: string, body: Uint8Array<ArrayBuffer>): EncodedValue {
  const known = type as 'Buffer';
  const hash = computeHash({ codec: 'bytes', type: known, body });
  return { codec: 'bytes', version: 1, type: known, body, hash, byteLength: body.byteLength };
}

function reasonOf(encoded: unknown): string {
  const decoded = decodeValue(encoded as EncodedValue);
  return decoded.ok ? 'decoded' : decoded.problem.reason;
}

function decode(encoded: EncodedValue): SealedValue {
  const decoded = decodeValue(encoded);
  if (!decoded.ok) throw new TypeError(decoded.problem.message);
  return decoded.value;
}

describe('decodeValue names what is wrong with', () => {
  test('fields that are missing or of the wrong type', () => {
    const good = encode({ n: 1 });
    for (const encoded of [
      undefined,
      null,
      1,
      'text',
      [],
      {},
      { ...good, codec: undefined },
      { ...good, codec: 'msgpack' },
      { ...good, codec: 'toString' },
    ]) {
      expect(reasonOf(encoded)).toBe('codec');
    }
    expect(reasonOf({ ...good, version: 2 })).toBe('version');
    expect(reasonOf({ ...good, version: '1' })).toBe('version');
    expect(reasonOf({ ...good, body: new Uint8Array(7) })).toBe('fields');
    expect(reasonOf({ ...encode(Buffer.alloc(3)), body: 'abc' })).toBe('fields');
    expect(
      reasonOf({ ...encode(Buffer.alloc(3)), body: new Uint8Array(new SharedArrayBuffer(3)) }),
    ).toBe('fields');
    for (const type of ['Map', '__proto__', undefined, 3]) {
      expect(reasonOf({ ...encode(Buffer.alloc(3)), type })).toBe('type');
    }
    expect(reasonOf({ ...good, byteLength: 8 })).toBe('length');
    expect(reasonOf({ ...good, hash: 'abc' })).toBe('hash');
    expect(reasonOf({ ...good, hash: undefined })).toBe('hash');
  });

  test.each([
    ['json', { n: 1, list: ['a', 2.5] }],
    ['devalue', { n: 1n, list: [new Date(5), undefined] }],
    ['bytes', new Float64Array([1, 2])],
  ])('any single changed byte of a %s body', (codec, input) => {
    const encoded = encode(input);
    expect(encoded.codec).toBe(codec);
    const bytes = Buffer.from(encoded.body as string);
    for (let at = 0; at < bytes.byteLength; at++) {
      const changed = Uint8Array.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      const body = encoded.codec === 'bytes' ? changed : Buffer.from(changed).toString();
      expect(reasonOf({ ...encoded, body })).toBe('hash');
    }
    expect(reasonOf({ ...encoded, body: encoded.body.slice(1) })).toBe('length');
  });

  test('a hash that belongs to another codec or type', () => {
    const encoded = encode(Buffer.of(1, 2, 3, 4));
    expect(reasonOf({ ...encoded, type: 'Int32Array' })).toBe('hash');
    expect(reasonOf({ ...encode('-1'), codec: 'devalue' })).toBe('hash');
  });

  test('bytes that are no whole elements', () => {
    expect(reasonOf(forgeBytes('Float64Array', new Uint8Array(7)))).toBe('body');
    expect(reasonOf(forgeBytes('Float64Array', new Uint8Array(8)))).toBe('decoded');
    expect(
      reasonOf(forgeBytes('Buffer', new Uint8Array(new ArrayBuffer(2, { maxByteLength: 4 })))),
    ).toBe('body');
  });

  test.each([
    '',
    '{',
    'undefined',
    '[1',
    '-0',
    '1e999',
    '{"a":-0}',
    '"\ud800"',
    '[[1,2],]',
    `${'['.repeat(MAX_DEPTH + 1)}${']'.repeat(MAX_DEPTH + 1)}`,
    `${'['.repeat(1e6)}${']'.repeat(1e6)}`,
  ])('a json body that JSON cannot read or we never write (%#)', (body) => {
    expect(reasonOf(forge('json', body))).toBe('body');
  });

  test.each([
    '',
    '{}',
    '[]',
    'null',
    '-2',
    '-7',
    '1',
    '"a"',
    '[[0]',
    '[[-7]]',
    '[[-7,"4"]]',
    '[[-7,4294967295]]',
    '[[-7,4294967296]]',
    '[[-7,3000000,1,1],5]',
    '[[-7,5,9,1],1]',
    '[[-7,5,-1,1],1]',
    '[[5]]',
    '[["Date"]]x',
    '[["Nope",1],2]',
    '[["Object",1],2]',
    '[["RegExp","(a+)+$"]]',
    '[["URL","https://example.org"]]',
    '[["Temporal.Instant","1970-01-01T00:00Z"]]',
    '[["null","a",1],2]',
    '[["ArrayBuffer","AAAA"]]',
    '[["Uint8Array",1],["ArrayBuffer","AAAA"]]',
    '[["Uint8Array",1],4000000000]',
    '[["Uint8Array",0]]',
    '[["Bytes",1],2]',
    '[["Bytes",0]]',
    '[["Bytes",1],[1,1]]',
    '[["Bytes",1],[2,3],"Map","AAAA"]',
    '[["Bytes",1],[2,3],"Float64Array","AAAA"]',
    '[["Bytes",1],[2,3],"Buffer",4000000000]',
    '[["Bytes"]]',
    '[["Bytes",1],[2,3],"Buffer","AAAA"]',
    '[["BigInt","x"]]',
    '[["BigInt","1e9"]]',
    '[{"a":1},2]',
    '["text"]',
    '[{"__proto__":1},-1]',
    '[{"a":"b"},2]',
    '[["Map",1,2],3]x',
    '[["Set",{"a":1}]]',
  ])('a devalue body that is malformed, foreign or not in our form: %s', (body) => {
    expect(reasonOf(forge('devalue', body))).toBe('body');
  });

  test('deep and hostile bodies, quickly and in little memory', () => {
    const started = performance.now();
    const deep = Array.from({ length: 200_000 }, (_, index) => `[${index + 1}]`);
    expect(reasonOf(forge('devalue', `[${deep.join(',')},-1]`))).toBe('body');
    const claims = Array.from({ length: 50_000 }, () => '[-7,1000000]').join(',');
    const links = Array.from({ length: 50_000 }, (_, index) => index + 1).join(',');
    expect(reasonOf(forge('devalue', `[[${links}],${claims}]`))).toBe('decoded');
    const doubling = Array.from({ length: 100 }, (_, index) => `[${index + 1},${index + 1}]`);
    expect(reasonOf(forge('devalue', `[${doubling.join(',')},[-1]]`))).toBe('decoded');
    expect(performance.now() - started).toBeLessThan(5000);
  });

  test('objects whose fields throw', () => {
    expect(
      reasonOf({
        get codec() {
          throw new TypeError('no');
        },
      }),
    ).toBe('body');
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    expect(reasonOf(proxy)).toBe('body');
  });
});

test('a message says what was found and what was expected', () => {
  const decoded = decodeValue({ ...encode(1), version: 9 } as unknown as EncodedValue);
  expect(decoded).toEqual({
    ok: false,
    problem: { reason: 'version', message: 'version 9 of codec json is unknown; known is 1' },
  });
});

test('bytes that fill their buffer are not copied, a slice of a larger one is', () => {
  const body = new Uint8Array(new Float64Array([1, 2]).buffer);
  const whole = decode(forgeBytes('Float64Array', body)).value as Float64Array;
  expect(whole.buffer).toBe(body.buffer);
  const pool = new Uint8Array(100);
  pool.set(body, 3);
  const part = decode(forgeBytes('Float64Array', pool.subarray(3, 19))).value as Float64Array;
  expect([...part]).toEqual([1, 2]);
  expect(part.buffer.byteLength).toBe(16);
});

test('a decoded value is sealed again', () => {
  const decoded = decode(encode({ at: new Date(5), list: [{ n: 1 }] }));
  expect(decoded.kind).toBe('rich');
  expect(decoded.exotic).toBe(true);
  expect(decoded.spine?.has(Object(decoded.value))).toBe(true);
  expect(Object.isFrozen(Reflect.get(Object(decoded.value), 'list'))).toBe(true);
  expect(decode(encode([1]))).toEqual({
    value: [1],
    kind: 'json',
    exotic: false,
    spine: undefined,
  });
});
