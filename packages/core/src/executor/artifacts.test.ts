import { describe, expect, it } from '@jest/globals';
import { encodeValue, sealValue } from '../base/codec/index.ts';
import type { ArtifactRef } from '../stage/index.ts';
import { RecordingStore } from './testing-local/recording-store.ts';
import { execute, sketch, stageIn } from './testing-local/run-pipeline.ts';

describe('an artifact', () => {
  it('written by one stage is read by another, and its reference is plain data', async () => {
    const { result } = await execute(
      sketch({
        write: async ({ artifacts }) => {
          const bytes = Buffer.from('bytes');
          const refs = [await artifacts.write('t', 'text'), await artifacts.write('b', bytes)];
          bytes.fill(0);
          return { refs };
        },
        read: {
          needs: ['write'],
          does: async ({ artifacts, context }) => {
            const refs = context.get('refs') as ArtifactRef[];
            const read = await Promise.all(refs.map((ref) => artifacts.read(ref)));
            return { read: read.map((content) => Buffer.from(content).toString()) };
          },
        },
      }),
      { store: new RecordingStore({ answers: 'later' }) },
    );
    expect(result.context.get('read')).toEqual(['text', 'bytes']);
    expect(result.context.get('refs')).toMatchObject([{ name: 't', bytes: 4 }, { bytes: 5 }]);
  });

  it('that is gone or damaged fails its reader with the code and the name', async () => {
    const other = sealValue(Buffer.from('other'), 'x');
    if (!other.ok) throw new RangeError('bytes can be sealed');
    for (const [damaged, code] of [
      [undefined, 'ARTIFACT_MISSING'],
      [{ ...encodeValue(other.value), hash: 'wrong' }, 'ARTIFACT_CORRUPT'],
    ] as const) {
      const store = new RecordingStore();
      const { result } = await execute(
        sketch({
          a: async ({ artifacts }) => {
            const ref = await artifacts.write('report', 'text');
            store.damage(ref.artifact, damaged);
            return { text: await artifacts.read(ref) };
          },
        }),
        { store },
      );
      expect(stageIn(result, 'a').failure?.thrown?.code).toBe(code);
      expect(stageIn(result, 'a').failure?.message).toContain('"report"');
    }
  });
});
