import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkpointBodyColumn, commonCheckpointBody } from './checkpoint-body.ts';

const rubbish = fc.oneof(fc.jsonValue(), fc.constantFrom(-1, 0, 1, 3, 4, 0.5, '', null, 'json:5'));

/** What belongs in a place, and now and then what does not. */
function mostly(sound: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 40, arbitrary: sound }, { weight: 1, arbitrary: rubbish });
}

const text = fc.constantFrom('a', 'f00d', 'json:5', 'devalue:[1]', 'bytes:x');
const write = mostly(fc.tuple(mostly(fc.constantFrom(0, 1, 2, 3)), mostly(text), mostly(text)));
const input = mostly(
  fc.tuple(mostly(fc.constantFrom('input', 'key', 'keys', 'needs')), mostly(text), mostly(text)),
);
const basis = fc
  .tuple(
    mostly(text),
    mostly(fc.constantFrom(0, 1)),
    mostly(text),
    mostly(fc.array(input, { maxLength: 2 })),
    mostly(fc.option(fc.array(mostly(text), { maxLength: 2 }))),
  )
  .chain((parts) => fc.integer({ min: 3, max: 5 }).map((length) => parts.slice(0, length)));
const body = fc
  .tuple(
    mostly(fc.nat()),
    mostly(fc.integer({ min: 1 })),
    mostly(fc.option(fc.integer())),
    mostly(fc.integer()),
    mostly(fc.double({ noNaN: true, noDefaultInfinity: true })),
    mostly(text),
    mostly(fc.array(write, { maxLength: 2 })),
    mostly(fc.option(basis)),
    mostly(fc.constant({ reason: 'because' })),
  )
  .chain((parts) => fc.integer({ min: 7, max: 9 }).map((length) => parts.slice(0, length)));

describe('commonCheckpointBody', () => {
  it('reads nothing otherwise than the schema does', () => {
    let read = 0;
    const agrees = fc.property(body, (parts) => {
      const written = JSON.stringify(parts);
      const byHand = commonCheckpointBody(written);
      if (byHand === undefined) return;
      read++;
      expect({ rest: undefined, ...byHand }).toStrictEqual(checkpointBodyColumn.parse(written));
    });
    fc.assert(agrees, { numRuns: 3000 });
    expect(read).toBeGreaterThan(100);
  });

  it.each(['', '{', '{}', '[]', '[1,1,1,0]', 'null'])('leaves %s to the schema', (written) => {
    expect(commonCheckpointBody(written)).toBeUndefined();
  });
});
