import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { loadPipeline, MemoryStore, PipelineExecutor } from 'millrace';
import { exampleFolder } from './base/example-folder.ts';
import { useTemporaryFolder } from './testing-local/temporary-folder.ts';

const folder = useTemporaryFolder();

async function run(file: string, set: Readonly<Record<string, unknown>> = {}) {
  const { pipeline } = await loadPipeline({
    file: join(exampleFolder, file),
    params: { home: folder() },
    set,
  });
  const executor = new PipelineExecutor({ store: new MemoryStore() });
  return (await executor.start(pipeline)).result;
}

describe('the configs as they stand, over the four real tickers', () => {
  it('scan', async () => {
    const { status, context } = await run('pipeline.yaml');
    expect(status).toBe('succeeded');
    const ranking = context.get('ranking') as readonly { ticker: string }[];
    expect(ranking.map(({ ticker }) => ticker).sort()).toEqual(['AAPL', 'GE', 'MSFT', 'SP500']);
    expect(context.get('persisted')).toMatchObject({ scores: 4 });
  });

  it('walk through the past', async () => {
    const { status, context } = await run('backtest.pipeline.yaml');
    expect(status).toBe('succeeded');
    expect(context.get('backtest')).toMatchObject({ dates: 59 });
  });

  it('score without a calendar where that cannot be read', async () => {
    const calendar = { kind: 'file', path: join(folder(), 'missing.json') };
    const { status, context } = await run('pipeline.yaml', {
      'stages.catalysts.with.calendar': calendar,
    });
    expect(status).toBe('degraded');
    expect(context.get('earningsSource')).toBe('none');
    expect(context.get('persisted')).toMatchObject({ scores: 4 });
  });

  it('keep the scores where the options break as a whole', async () => {
    process.env.OPTIONS_SCAN_BREAK = 'options';
    try {
      const { status, context } = await run('pipeline.yaml');
      // Each candidate failed by itself; the stage did not.
      expect(status).toBe('degraded');
      expect(context.get('optionFailures')).not.toEqual([]);
      expect(context.get('persisted')).toEqual({ scores: 4, contracts: 0 });
      expect(context.get('theses')).toEqual([]);
    } finally {
      delete process.env.OPTIONS_SCAN_BREAK;
    }
  });
});
