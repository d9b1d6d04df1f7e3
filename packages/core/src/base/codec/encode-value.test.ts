import { expect, test } from '@jest/globals';
import { type EncodedValue, encodeValue, hashOf, sealValue } from './index.ts';

function encode(input: unknown): EncodedValue {
  const sealed = sealValue(input);
  if (!sealed.ok) throw new TypeError(sealed.problem.message);
  return encodeValue(sealed.value);
}

const RICH_BODY = [
  '[{"shared":1,"again":1,"when":3,"map":4,"raw":9,"numbers":13,"holes":17',
  ',"~__proto__":-4,"~~__proto__":18},[-6,-3,-1,2],["BigInt","12"]',
  ',["Date","1970-01-01T00:00:00.000Z"],["Map",5,6],"k",["Set",7,8],1,2',
  ',["Bytes",10],[11,12],"Buffer","YWJj",["Bytes",14],[15,16],"Float64Array","AAAAAAAA8D8="',
  ',[-2,8,-2],"\\ud800\\u003C"]',
].join('');

test('the stored form of version 1 never changes', () => {
  // A store in the field holds such records. When one of these fails, devalue writes another
  // form: then the codec needs version 2 and a reader of version 1.
  expect(encode({ n: 1, s: '\ud800é' })).toEqual({
    codec: 'json',
    version: 1,
    body: '{"n":1,"s":"\\ud800é"}',
    hash: '876ad4ceae3fcb93ac00cd270c19a53e0f11e2df91330decc0fcb7e244a57c6e',
    byteLength: 22,
  });
  const shared = [-0, NaN, undefined, 12n];
  const rich = {
    shared,
    again: shared,
    when: new Date(0),
    map: new Map([['k', new Set([1, 2])]]),
    raw: Buffer.from('abc'),
    numbers: new Float64Array([1]),
    holes: Object.assign(new Array(3), { 1: 2 }),
    ['__proto__']: Infinity,
    '~__proto__': '\ud800<',
  };
  expect(encode(rich)).toEqual({
    codec: 'devalue',
    version: 1,
    body: RICH_BODY,
    hash: 'b149908e13d9e6183abe991425c5d5245fa57b071fb41ceaf6259a02f8df8d75',
    byteLength: RICH_BODY.length,
  });
  expect(encode(new Int16Array([1, -1]))).toEqual({
    codec: 'bytes',
    version: 1,
    type: 'Int16Array',
    body: new Uint8Array([1, 0, 255, 255]),
    hash: 'ef28080c8984202ee957e650dbd313038c89015a8384a845a8b1957d7f898ad2',
    byteLength: 4,
  });
});

test('equal values have equal hashes, different ones different hashes', () => {
  expect(hashOf(encode({ a: 1, b: [new Date(5)] }))).toBe(
    hashOf(encode({ a: 1, b: [new Date(5)] })),
  );
  const holes: unknown[] = new Array(500);
  const grown: unknown[] = [];
  grown[499] = undefined;
  delete grown[499];
  expect(hashOf(encode(holes))).toBe(hashOf(encode(grown)));
  const one = {};
  const different: unknown[] = [
    { a: 1, b: 2 },
    { b: 2, a: 1 },
    [one, one],
    [{}, {}],
    0,
    -0,
    '0',
    0n,
    null,
    'null',
    undefined,
    '-1',
    -1,
    new Array(1),
    [undefined],
    [null],
    [],
    {},
    new Map(),
    new Set(),
    new Date(0),
    new Date(NaN),
    '{}',
    Buffer.of(0),
    new Uint8Array(1),
    new Int8Array(1),
    new ArrayBuffer(1),
    new DataView(new ArrayBuffer(1)),
    [Buffer.of(0)],
    [new Uint8Array(1)],
    new Map([[1, 2]]),
    new Set([1, 2]),
    new Map([['1', 2]]),
  ];
  expect(new Set(different.map((input) => hashOf(encode(input)))).size).toBe(different.length);
});

test('a value whose text no string can hold is an error that says what to do', () => {
  const long = 'x'.repeat(2 ** 28);
  expect(() => encode([`a${long}`, `b${long}`])).toThrow(
    expect.objectContaining({ code: 'VALUE_TOO_LARGE' }),
  );
  expect(() => encode([`a${long}`, `b${long}`, undefined])).toThrow(
    expect.objectContaining({ code: 'VALUE_TOO_LARGE' }),
  );
});
