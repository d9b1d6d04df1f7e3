import { describe, expect, it } from '@jest/globals';
import type { TrainingResult } from '../training-result.ts';
import { linearScale } from './scale.ts';
import { trainingPage } from './training-page.ts';

const begun: TrainingResult = {
  runId: 'run-1',
  status: 'failed',
  createdAt: '2026-01-02T03:04:05.000Z',
  durationMs: 1500,
  failures: [
    { stage: 'data-ingestion', attempt: 1, message: '1 fault in <x>\n  x:2 gap: <script>' },
  ],
  source: undefined,
  quality: undefined,
  split: undefined,
  fits: undefined,
  drift: undefined,
  evaluation: undefined,
  deployed: undefined,
};

describe('the page', () => {
  it('of a run that made nothing says why, and shows no empty sections', () => {
    const page = trainingPage(begun, 'FAILED');
    expect(page).toContain(
      'data-ingestion failed: 1 fault in &lt;x&gt;\n  x:2 gap: &lt;script&gt;',
    );
    expect(page).not.toContain('<section');
    expect(page).not.toContain('undefined');
  });

  it('fetches nothing and runs nothing, whatever stands in it', () => {
    const page = trainingPage(begun, 'FAILED');
    expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
    expect(page).not.toMatch(/<script|https?:|<img|<link/);
  });
});

describe('linearScale', () => {
  it('maps the ends to the ends, and has round ticks within', () => {
    const { at, ticks } = linearScale([0.9, 2.1], [100, 0]);
    expect([at(0.9), at(2.1), at(1.5)]).toEqual([100, 0, expect.closeTo(50, 9)]);
    expect(ticks).toEqual([1, 1.5, 2]);
    expect(linearScale([0, 960], [0, 1], 6).ticks).toEqual([0, 200, 400, 600, 800]);
  });

  it('has a place for what does not vary', () => {
    expect(linearScale([3, 3], [0, 10]).at(3)).toBe(0);
  });
});
