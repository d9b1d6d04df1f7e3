import { expect, test } from '@jest/globals';
import {
  definePipeline,
  MemoryStore,
  PipelineExecutor,
  PipelineStage,
  type StageScope,
  z,
} from '@millrace/core';
import { readStoredContext } from './stored-context.ts';

const Book = z.object({ pages: z.array(z.int()), notes: z.record(z.string(), z.string()) });

class Write extends PipelineStage.of({ outputs: z.object({ book: Book, at: z.date() }) }) {
  async run() {
    return { book: { pages: [1, 2, 3, 4], notes: { old: 'x' } }, at: new Date(0) };
  }
}

class Edit extends PipelineStage.of({ updates: z.object({ book: Book }) }) {
  async run({ context }: StageScope<typeof Edit>) {
    context.update(({ book }) => {
      book.pages.splice(1, 2);
      book.pages.push(9, 10);
      book.notes.new = 'y';
      delete book.notes.old;
    });
  }
}

class Shorten extends PipelineStage.of({ updates: z.object({ book: Book }) }) {
  async run({ context }: StageScope<typeof Shorten>) {
    context.update(({ book }) => {
      book.pages.length = 1;
    });
  }
}

test('the context of a stored run is what the run itself ended with, patches included', async () => {
  const store = new MemoryStore();
  const pipeline = definePipeline({
    name: 'books',
    context: { start: 1n },
    stages: {
      write: { stage: Write },
      edit: { stage: Edit, needs: ['write'] },
      shorten: { stage: Shorten, needs: ['edit'] },
    },
  });
  const handle = await new PipelineExecutor({ store }).start(pipeline);
  const { context } = await handle.result;
  const record = store.findRun(handle.id);
  if (record === undefined) throw new Error('the run is not in its store');
  const stored = await readStoredContext(store, record);
  expect(Object.fromEntries(stored)).toEqual({ ...context.toObject() });
  expect(stored.get('book')).toEqual({ pages: [1], notes: { new: 'y' } });
});
