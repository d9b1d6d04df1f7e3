import { Writable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { expect, test } from '@jest/globals';
import {
  definePipeline,
  MemoryStore,
  PipelineExecutor,
  PipelineStage,
  type RunEvent,
  type StageScope,
} from '@millrace/core';
import { Terminal } from '../terminal/terminal.ts';
import { LiveReporter } from './live-reporter.ts';
import { outlookOf } from './run-outlook.ts';

/** Before `<lines>A`, return and erase: the area goes up and clears what is below. */
const ERASED = /\p{Cc}\[(?=\d+A\r)/u;

/** A screen of 60 columns that understands what the live area writes. */
class Screen extends Writable {
  readonly isTTY = true;
  readonly columns = 60;
  readonly rows = 20;
  lines: string[] = [''];

  override _write(chunk: Buffer, _encoding: unknown, done: () => void): void {
    for (const part of chunk.toString().split(ERASED)) {
      const up = Number(/^(\d+)A\r/.exec(part)?.[1] ?? 0);
      if (up > 0) this.lines.splice(this.lines.length - 1 - up, up + 1, '');
      this.#type(stripVTControlCharacters(up > 0 ? part.slice(part.indexOf('J') + 1) : part));
    }
    done();
  }

  #type(text: string): void {
    const [first = '', ...more] = text.split('\n');
    this.lines[this.lines.length - 1] += first;
    this.lines.push(...more);
  }
}

class Ask extends PipelineStage {
  override async run({ stageId, progress }: StageScope<typeof PipelineStage>) {
    progress({ done: 1, total: 4, message: 'asking' });
    await gates.get(stageId)?.promise;
    if (stageId === 'bad') throw new Error('no answer');
  }
}

const gates = new Map(['one', 'two', 'bad'].map((id) => [id, Promise.withResolvers<void>()]));

test('ended stages stay, running ones are redrawn below them, and nothing of the area is left at the end', async () => {
  const screen = new Screen();
  const stdout = screen as unknown as NodeJS.WriteStream;
  const terminal = new Terminal({ stdout, stderr: stdout, env: { NO_COLOR: '1' } });
  const reporter = new LiveReporter({ terminal, past: new Map([['two', 9000]]), concurrency: 3 });
  const pipeline = definePipeline({
    name: 'live',
    failureMode: 'continue',
    stages: {
      one: { stage: Ask },
      two: { stage: Ask },
      bad: { stage: Ask },
      after: { stage: Ask, needs: ['bad'] },
    },
  });
  const waiting: { readonly fits: (event: RunEvent) => boolean; readonly settle: () => void }[] =
    [];
  const onEvent = (event: RunEvent): void => {
    reporter.event(event);
    for (const { fits, settle } of waiting) if (fits(event)) settle();
  };
  const heard = (type: RunEvent['type'], stage: string): Promise<void> =>
    new Promise((settle) =>
      waiting.push({
        fits: (event) => event.type === type && 'stage' in event && event.stage === stage,
        settle,
      }),
    );
  const handle = await new PipelineExecutor({ store: new MemoryStore() }).start(pipeline, {
    onEvent,
  });
  reporter.begin(outlookOf(pipeline, handle.plan));
  await Promise.all(['one', 'two', 'bad'].map((stage) => heard('stage.progress', stage)));
  const oneEnded = heard('stage.succeeded', 'one');
  gates.get('one')?.resolve();
  await oneEnded;
  reporter.notice('something to know');
  reporter.drawNow();
  const text = screen.lines.join('\n');
  expect(text).toMatch(/^✔ one +\S+\nsomething to know\n/);
  expect(text).toMatch(/▶ bad +\S+ +25% {2}asking\n▶ two +\S+ +25% {2}asking\n/);
  expect(text).toMatch(/ 1\/4 · 2 running · about 3s left\n$/);
  gates.get('two')?.resolve();
  gates.get('bad')?.resolve();
  await handle.result;
  reporter.end();
  expect(screen.lines.map((line) => line.replaceAll(/\d+ms/g, 'T'))).toEqual([
    '✔ one    T',
    'something to know',
    expect.stringMatching(/^(?:✔ two +T|✖ bad +T {2}STAGE_THREW: no answer)$/),
    expect.stringMatching(/^(?:✔ two +T|✖ bad +T {2}STAGE_THREW: no answer|○ after +skipped.*)$/),
    expect.stringMatching(/^(?:✔ two +T|○ after {2}skipped: it needs "bad", which failed)$/),
    '',
  ]);
});
