import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { loadPipeline, MemoryStore, PipelineExecutor, type RunResult } from 'millrace';
import { dayOf } from './base/calendar.ts';
import { type Book, emptyBook } from './book/book.ts';
import { type ChainResult, runChain } from './chain.ts';
import { REFERENCE_DATE, realTables } from './testing-local/sample.ts';

// Whole runs and real processes: seconds on a busy machine.

const folder = join(import.meta.dirname, '..');

async function runPipeline(date: string, book: Book | null = null): Promise<RunResult> {
  const file = join(folder, 'pipeline.yaml');
  const { pipeline } = await loadPipeline({ file, params: { date } });
  const executor = new PipelineExecutor({ store: new MemoryStore() });
  const handle = await executor.start(pipeline, { context: { book } });
  return handle.result;
}

/** What the run wrote, under the names that the chain gives it. */
function resultsOf({ context }: RunResult) {
  const { nextBook, tables, views, ...rest } = context.toObject();
  return { ...rest, book: nextBook };
}

const withoutPrior = ({ ...results }: ChainResult) => results;

describe('the pipeline', () => {
  it('computes to the last digit what the stages compute in one plain call', async () => {
    const run = await runPipeline(REFERENCE_DATE);
    expect(run.status).toBe('succeeded');
    expect(resultsOf(run)).toEqual(withoutPrior(runChain(realTables(), dayOf(REFERENCE_DATE))));
  });

  it('does so with the book of the day before, and with data that is partly old', async () => {
    const before = runChain(realTables(), dayOf('2000-05-12')).book;
    const next = await runPipeline(REFERENCE_DATE, before);
    expect(resultsOf(next)).toEqual(runChain(realTables(), dayOf(REFERENCE_DATE), before));
    const late = await runPipeline('2000-06-30');
    expect(resultsOf(late)).toEqual(runChain(realTables(), dayOf('2000-06-30'), emptyBook));
  });

  it('fails for the reason for which the plain call fails', async () => {
    const run = await runPipeline('2026-11-20');
    expect(run.status).toBe('failed');
    const failed = run.stages.find(({ status }) => status === 'failed');
    expect(failed).toMatchObject({ id: 'agents', failure: { thrown: { code: 'NO_SIGNALS' } } });
    expect(() => runChain(realTables(), dayOf('2026-11-20'))).toThrow(
      failed?.failure?.thrown?.message ?? 'none',
    );
  });

  it('stops at grade WARN when the policy of the config says so', async () => {
    const { pipeline } = await loadPipeline({
      file: join(folder, 'pipeline.yaml'),
      params: { date: '2026-11-20' },
      set: { 'stages.quality.with.stopAt': 'WARN' },
    });
    const executor = new PipelineExecutor({ store: new MemoryStore() });
    const { stages } = await (await executor.start(pipeline)).result;
    const failed = stages.filter(({ status }) => status === 'failed');
    expect(failed).toMatchObject([{ id: 'quality' }]);
    expect(failed[0]?.failure?.thrown?.message).toMatch(/^data quality 60.0 is WARN/);
  });
});
