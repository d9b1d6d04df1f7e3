/**
 * The test of a stage.
 * @param ending of the stage files, `.ts` or `.mts`
 */
export function testText(ending: string): string {
  return `import assert from 'node:assert/strict';
import { test } from 'node:test';
import { definePipeline, MemoryStore, PipelineExecutor } from 'millrace';
import Volatility from './volatility${ending}';

// A stage runs in a pipeline of its own, with the inputs as the context and a store in memory.
async function volatilityOf(closes: number[]) {
  const pipeline = definePipeline({
    name: 'test',
    context: { closes },
    stages: { volatility: { stage: Volatility, with: { window: 3 } } },
  });
  const executor = new PipelineExecutor({ store: new MemoryStore() });
  const run = await executor.start(pipeline);
  const { status, context } = await run.result;
  assert.equal(status, 'succeeded');
  return context.get('volatility');
}

test('a price that never moves has no volatility', async () => {
  assert.equal(await volatilityOf([5, 5, 5, 5]), 0);
});

test('only the newest days count', async () => {
  assert.equal(await volatilityOf([90, 40, 5, 5, 5, 5]), 0);
  assert.ok(Number(await volatilityOf([5, 5, 5, 6])) > 0);
});
`;
}
