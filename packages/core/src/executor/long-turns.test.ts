import { describe, expect, it } from '@jest/globals';
import { RecordingStore } from './testing-local/recording-store.ts';
import { begin, sketch } from './testing-local/run-pipeline.ts';

/** Keeps the event loop longer than a turn may last. */
function compute(): void {
  const began = performance.now();
  while (performance.now() - began < 25);
}

describe('stages that compute without ever awaiting', () => {
  const ids = ['a', 'b', 'c', 'd', 'e'];

  function computing(ran: string[], needs: (at: number) => string[]) {
    return sketch(
      Object.fromEntries(
        ids.map((id, at) => [
          id,
          {
            needs: needs(at),
            does: () => {
              ran.push(id);
              compute();
              return { [id]: 1 };
            },
          },
        ]),
      ),
    );
  }

  const shapes: [string, (at: number) => string[]][] = [
    ['side by side', () => []],
    ['one after the other', (at) => ids.slice(Math.max(0, at - 1), at)],
  ];

  it.each(shapes)('are committed as they end, %s', async (_name, needs) => {
    const ran: string[] = [];
    const seen: number[] = [];
    const store = new RecordingStore({
      groupsCommits: true,
      onCommitted: () => seen.push(ran.length),
    });
    const { handle } = await begin(computing(ran, needs), { store });
    expect((await handle.result).status).toBe('succeeded');
    expect(new Set(seen.filter((count) => count > 0)).size).toBe(ids.length);
  });

  it.each(shapes)('can be cancelled by a timer, %s', async (_name, needs) => {
    const ran: string[] = [];
    const abort = new AbortController();
    const { handle } = await begin(computing(ran, needs), { signal: abort.signal });
    setTimeout(() => abort.abort(), 1);
    expect((await handle.result).status).toBe('cancelled');
    expect(ran.length).toBeLessThan(ids.length);
  });
});
