import assert from 'node:assert/strict';
import type { EncodedValue } from '@millrace/core';
import { batch, bytesValue, newRun, OWNER, startRun, textValue } from './samples.ts';
import type { StoreCase } from './store-subject.ts';

const BIG_BYTES = 3 * 2 ** 20;

const values: readonly EncodedValue[] = [
  textValue('null'),
  textValue(''),
  textValue('[{"a":1}]', 'devalue'),
  textValue('"NUL \u0000, line\u2028 end, 日本語, 🦊"'),
  textValue('123'),
  bytesValue(new Uint8Array(0)),
  bytesValue(Uint8Array.from({ length: 256 }, (_, byte) => byte)),
  bytesValue(new Uint8Array(Buffer.from('{"looks":"like text"}'))),
];

const bigValues = (): readonly EncodedValue[] => [
  textValue(JSON.stringify('ä'.repeat(BIG_BYTES / 2))),
  bytesValue(Uint8Array.from({ length: BIG_BYTES }, (_, place) => place % 251)),
];

export const valueCases: readonly StoreCase[] = [
  {
    name: 'a value comes back as it was given, however it was stored',
    async body(store) {
      const [first, second, ...others] = values;
      assert.ok(first !== undefined && second !== undefined);
      const lease = await store.createRun(newRun(), [first], OWNER);
      await store.saveValue(second);
      await store.commit(lease, batch({ values: others }));
      for (const value of values) assert.deepEqual(await store.loadValue(value.hash), value);
    },
  },
  {
    name: 'an unknown hash has no value',
    async body(store) {
      for (const hash of [textValue('"never stored"').hash, '', '../..', '__proto__']) {
        assert.equal(await store.loadValue(hash), undefined);
      }
    },
  },
  {
    name: 'a value that is there already is stored again without harm',
    async body(store) {
      const lease = await startRun(store);
      for (const value of values) await store.saveValue(value);
      await store.commit(lease, batch({ values: [...values, ...values] }));
      await store.commit(lease, batch({ values }));
      for (const value of values) assert.deepEqual(await store.loadValue(value.hash), value);
    },
  },
  {
    name: 'values of several megabytes come back as they were given',
    async body(store) {
      const lease = await startRun(store);
      const big = bigValues();
      await store.commit(lease, batch({ values: big }));
      for (const value of big) {
        const loaded = await store.loadValue(value.hash);
        assert.ok(loaded !== undefined);
        const { body, ...head } = loaded;
        const { body: expected, ...expectedHead } = value;
        assert.deepEqual(head, expectedHead);
        // A difference of megabytes is not worth printing.
        assert.ok(Buffer.from(body).equals(Buffer.from(expected)), 'the body differs');
      }
    },
  },
];
