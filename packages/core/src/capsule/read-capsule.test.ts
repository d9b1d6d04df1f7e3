import { beforeAll, describe, expect, it } from '@jest/globals';
import { keyed } from '../executor/testing-local/keyed.ts';
import { sketch } from '../executor/testing-local/run-pipeline.ts';
import type { Capsule } from './capsule.ts';
import { capsuleText, headChecksum } from './capsule-text.ts';
import { readCapsule } from './read-capsule.ts';
import { capsuleOf, textOf } from './testing-local/capsule-of.ts';

const pipeline = sketch(
  { tell: { does: keyed(['plain', 'rich', 'bytes'], ['out'], () => ({ out: 1 })) } },
  {
    context: {
      plain: { a: [1, 'ü', null], '7': 1 },
      rich: new Map([['k', new Date(0)]]),
      // More than is written at once.
      bytes: new Uint8Array(3 * 2 ** 20 + 5).fill(9),
    },
  },
);
let capsule: Capsule;

beforeAll(async () => {
  capsule = await capsuleOf(pipeline, { stage: 'tell' });
});

type Document = ReturnType<typeof JSON.parse>;

/** The file with a part changed, and the checksum of the head made to fit. */
function edited(change: (document: Document) => void): string {
  const document: Document = JSON.parse(textOf(capsule));
  change(document);
  const { format, version, checksum: _, values, ...head } = document;
  return JSON.stringify({ format, version, checksum: headChecksum(head), ...head, values });
}

function fault(text: string): string {
  try {
    readCapsule(text, 'x.json');
  } catch (error) {
    const { code, message } = error as { code: string; message: string };
    return `${code}: ${message}`;
  }
  return 'none';
}

describe('a capsule file', () => {
  it('gives the capsule back, value by value', () => {
    const { head, values } = readCapsule(textOf(capsule), 'x.json');
    expect(head).toEqual(capsule.head);
    const hashes = (of: Capsule['values']): readonly string[] =>
      Array.from(of.values(), ({ hash }) => hash);
    expect(hashes(values)).toEqual(hashes(capsule.values));
  });

  it('is JSON in which values of plain data stand as they are', () => {
    const { values } = JSON.parse(textOf(capsule)) as Document;
    expect(Object.values(values)).toContainEqual({
      codec: 'json',
      version: 1,
      value: { a: [1, 'ü', null], '7': 1 },
    });
  });

  it.each<[string, () => string, RegExp]>([
    ['is empty', () => ' ', /it is empty/],
    ['is cut off', () => textOf(capsule).slice(0, -9), /it is no JSON/],
    ['is no JSON', () => 'PK\u0003', /it is no JSON/],
    ['is another document', () => '{"a":1}', /JSON of another kind/],
    ['is a list', () => '[]', /JSON of another kind/],
    ['is nested without end', () => '['.repeat(2_000_000), /it is no JSON/],
    ['has no version', () => edited((file) => delete file.version), /it has no version/],
    [
      'was edited',
      () => textOf(capsule).replace('"stage": "tell"', '"stage": "tall"'),
      /its checksum does not fit/,
    ],
    [
      'has a value that was edited',
      () => textOf(capsule).replace('"ü"', '"u"'),
      /its value [0-9a-f]{16} is damaged: the body has the hash/,
    ],
    [
      'lacks a value',
      () => edited((file) => delete file.values[file.inputs[0].hash]),
      /its value [0-9a-f]{16} is not there/,
    ],
    [
      'has a value too many',
      () => edited((file) => (file.values.more = { codec: 'json', version: 1, value: 1 })),
      /nothing in it refers to its value more/,
    ],
    [
      'has a value of another codec',
      () => edited((file) => (file.values[file.inputs[0].hash].codec = 'eval')),
      /has no form that is known|codec "eval" is unknown/,
    ],
    [
      'has a value that is nested without end',
      () =>
        edited((file) => (file.values[file.inputs[0].hash].value = 'HERE')).replace(
          '"HERE"',
          `${'['.repeat(100_000)}${']'.repeat(100_000)}`,
        ),
      /has no form that is known|is damaged|it is no JSON/,
    ],
    ['has a head of another shape', () => edited((file) => (file.inputs = 5)), /inputs .*, got 5/],
    [
      'names a config outside of the folder',
      () => edited((file) => (file.config = '../../evil.config.ts')),
      /config must be a path inside the folder/,
    ],
    [
      'names a config by its absolute path',
      () => edited((file) => (file.config = '/evil.config.ts')),
      /config must be a path inside the folder/,
    ],
  ])('is refused when it %s', (_, make, why) => {
    const told = fault(make());
    expect(told).toMatch(/^CAPSULE_INVALID: x\.json cannot be used as a capsule: /);
    expect(told).toMatch(why);
  });

  it('of a newer version is refused with what to do', () => {
    expect(fault(edited((file) => (file.version = 2)))).toBe(
      'CAPSULE_NEWER: x.json is a capsule of version 2; this Millrace reads version 1',
    );
  });

  it('that no reader could hold is refused before it is written, with the largest values', () => {
    const [slot] = capsule.head.inputs;
    const hash = slot?.kind === 'value' ? slot.hash : '';
    const huge = { ...capsule.values.get(hash), byteLength: 500_000_000 };
    const values = new Map([...capsule.values, [hash, huge as never]]);
    expect(() => capsuleText({ head: capsule.head, values }).next()).toThrow(
      /would have 50\d MB, more than 400 MB; the largest values: "plain" 500 MB, "bytes" 4 MB/,
    );
  });
});
