import { appendFileSync, closeSync, fsyncSync, openSync } from 'node:fs';
import { definePipeline, PipelineStage, type StageScope, z } from '@millrace/core';
import { SqliteJournal } from '../journal/sqlite-journal.ts';
import { FileSource } from '../message/file-source.ts';
import { StreamProcessor } from '../processor/stream-processor.ts';

/** A replay in durable mode, to be killed: `node durable-child.ts MESSAGES JOURNAL SENT`. */
const [messages = '', journal = '', sent = ''] = process.argv.slice(2);

class Weigh extends PipelineStage.of({
  inputs: z.object({ message: z.object({ n: z.int() }) }),
  outputs: z.object({ weight: z.int() }),
}) {
  async run({ inputs }: StageScope<typeof Weigh>) {
    const { n } = inputs.message;
    if (n % 7 === 0) await new Promise((resolve) => setImmediate(resolve));
    if (n % 50 === 0) throw new Error('too heavy');
    return { weight: n * 2 };
  }
}

const file = openSync(sent, 'a');

const processor = new StreamProcessor<{ n: number }>({
  pipeline: definePipeline({
    name: 'weigh',
    inputs: ['message'],
    stages: { weigh: { stage: Weigh } },
  }),
  source: new FileSource({ path: messages, name: 'm', position: `${messages}.position` }),
  journal: new SqliteJournal(journal),
  // Every third is buffered, so that a kill also finds messages in the buffer.
  route: ({ value }) => (value.n % 3 === 0 ? 'buffer' : 'immediate'),
  groupBy: ({ value }) => String(value.n % 5),
  unite: ({ messages: members }) => ({ context: { message: { n: members.length } } }),
  sink: {
    name: 'file',
    send: async (batch) => {
      appendFileSync(file, batch.map(({ id }) => `${id}\n`).join(''));
      fsyncSync(file);
      process.stdout.write('s');
    },
  },
  key: ({ value }) => String(value.n % 11),
  settings: { concurrency: 8, queue: { capacity: 40 }, buffer: { size: 25, interval: '20ms' } },
});

await processor.start();
const { counts } = await processor.finished;
closeSync(file);
process.stdout.write(`\n${JSON.stringify(counts)}\n`);
