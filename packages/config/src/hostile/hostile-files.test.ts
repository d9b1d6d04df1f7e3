import { expect, test } from '@jest/globals';
import type { HostileCase } from './testing-local/hostile-case.ts';
import type { Measure } from './testing-local/measure.ts';
import { measureCases } from './testing-local/measure-cases.ts';
import { SMALL_CASES } from './testing-local/small-cases.ts';

test('x', async () => {
  const measures = await measureCases(SMALL_CASES);
  for (const [i, m] of measures.entries()) {
    const c = SMALL_CASES[i] as HostileCase;
    const a = c.answer;
    const ok =
      a.kind === 'loaded'
        ? JSON.stringify(m.stageIds) === JSON.stringify(a.stageIds)
        : JSON.stringify(m.diagnostics.slice(0, a.diagnostics.length)) ===
            JSON.stringify(a.diagnostics) &&
          m.stageIds === undefined &&
          m.rendered.includes(a.names) &&
          m.didImport === a.isSound;
    process.stdout.write(
      `${ok ? 'ok ' : 'BAD'} ${c.shape} ${c.file} ${m.diagnostics.slice(0, 3)} ${m.didImport} ${m.didTouchPrototypes} ${m.maxRssMb | 0} ${m.elapsedMs.toFixed(1)}\n${ok ? '' : m.rendered.slice(0, 600) + '\n'}`,
    );
  }
  expect(1).toBe(1);
}, 120_000);
