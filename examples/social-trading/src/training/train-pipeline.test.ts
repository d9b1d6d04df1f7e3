import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { loadPipeline, MemoryStore, PipelineExecutor } from 'millrace';
import { inExample } from '../base/example-folder.ts';
import { useTemporaryFolder } from '../testing-local/temporary-folder.ts';

const folder = useTemporaryFolder();

async function train(params: Readonly<Record<string, unknown>>) {
  const { pipeline } = await loadPipeline({ file: inExample('train.pipeline.yaml'), params });
  const run = await new PipelineExecutor({ store: new MemoryStore() }).start(pipeline);
  return run.result;
}

describe('the training pipeline', () => {
  it('makes the shipped model again, to the last byte', async () => {
    const file = join(folder(), 'model.json');
    const { status } = await train({ file });
    expect(status).toBe('succeeded');
    const shipped = readFileSync(inExample('data/sentiment-model.json'), 'utf8');
    expect(readFileSync(file, 'utf8')).toBe(shipped);
  });

  it('saves no model that is not above lexicon and silence', async () => {
    const file = join(folder(), 'model.json');
    // So heavy a ridge leaves no coefficient to speak of.
    const { status, context } = await train({ file, fit: { l2: 1000, rounds: 1 } });
    expect(status).toBe('failed');
    expect(context.has('saved')).toBe(false);
    expect(() => readFileSync(file)).toThrow('ENOENT');
  });
});
