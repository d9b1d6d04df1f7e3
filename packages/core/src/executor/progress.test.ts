import { describe, expect, it } from '@jest/globals';
import { VirtualClock } from '../base/virtual-clock.ts';
import type { RunEvent } from '../events/index.ts';
import type { ProgressReport } from '../stage/index.ts';
import { turns } from './testing-local/gate.ts';
import { begin, execute, sketch } from './testing-local/run-pipeline.ts';

function told(events: readonly RunEvent[]): unknown[] {
  return events.flatMap((event) =>
    event.type === 'stage.progress' ? [[event.fraction, event.message]] : [],
  );
}

describe('progress', () => {
  it('is told as a share of one, with a message where there is a count', async () => {
    const reports: ProgressReport[] = [
      0.5,
      { done: 3, total: 4 },
      { done: 7 },
      { done: 1, total: 2, message: 'half' },
      9,
      Number.NaN,
    ];
    const clock = new VirtualClock();
    const pipeline = sketch({
      a: async ({ progress }) => {
        for (const report of reports) {
          progress(report);
          await new Promise((resolve) => void clock.setTimer(1000, () => resolve(null)));
        }
      },
    });
    const { handle, events } = await begin(pipeline, { clock });
    await clock.advance(10_000);
    await handle.result;
    expect(told(events)).toEqual([
      [0.5, undefined],
      [0.75, '3 of 4'],
      [undefined, '7'],
      [0.5, 'half'],
      [1, undefined],
      [undefined, undefined],
    ]);
  });

  it('is thinned out in time, but its end is told, once', async () => {
    const { events } = await execute(
      sketch({
        a: ({ progress }) => {
          for (let n = 1; n <= 1000; n++) progress(n / 1000);
          for (let n = 0; n < 1000; n++) progress(1);
        },
      }),
      { clock: new VirtualClock() },
    );
    expect(told(events)).toEqual([
      [0.001, undefined],
      [1, undefined],
    ]);
  });

  it('after the end of a stage is ignored', async () => {
    let late: ((report: ProgressReport) => void) | undefined;
    const { events } = await execute(
      sketch({
        a: ({ progress }) => {
          late = progress;
        },
        b: {
          needs: ['a'],
          does: async () => {
            late?.(0.5);
            await turns(2);
          },
        },
      }),
    );
    expect(told(events)).toEqual([]);
  });
});
