import { describe, expect, it } from '@jest/globals';
import { MemoryStore } from '../checkpoint/index.ts';
import { definePipeline } from '../pipeline/index.ts';
import { PipelineStage } from '../stage/index.ts';
import { PipelineExecutor } from './pipeline-executor.ts';

const SECRET = 'hunter2hunter2';

class Leaky extends PipelineStage {
  override async run({
    progress,
  }: {
    progress: (report: { done: number; message: string }) => void;
  }) {
    progress({ done: 1, message: `with ${SECRET}` });
    const cause = new TypeError(`refused ${SECRET}`);
    throw new Error(`cannot log in as ${SECRET}`, { cause });
  }

  override teardown(): void {
    throw new Error(`closing ${SECRET}`);
  }
}

describe('a secret that a stage lets out', () => {
  it('is in nothing that is stored or told', async () => {
    const store = new MemoryStore();
    const redact = (text: string): string => text.replaceAll(SECRET, '[secret]');
    const executor = new PipelineExecutor({ store, redact });
    const pipeline = definePipeline({
      name: 'leaky',
      stages: { leaky: { stage: Leaky, retry: { attempts: 2, delay: '1ms' } } },
    });
    const heard: unknown[] = [];
    const handle = await executor.start(pipeline, { onEvent: (event) => heard.push(event) });
    const { stages } = await handle.result;
    const all = JSON.stringify([
      heard,
      stages,
      store.loadStages(handle.id),
      store.loadAttempts(handle.id),
      store.loadEvents(handle.id, 0, 100),
    ]);
    expect(all).not.toContain(SECRET);
    expect(all).toContain('cannot log in as [secret]');
    expect(all).toContain('refused [secret]');
    expect(all).toContain('with [secret]');
  });
});
