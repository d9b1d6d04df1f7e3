import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, expect, test } from '@jest/globals';
import { ModelStore } from '@millrace/quant';
import { exampleFolder } from '../base/example-folder.ts';
import { foldsOnRecord, outcomeOf, runTrain } from '../testing-local/run-train.ts';
import { useTemporaryFolder } from '../testing-local/temporary-folder.ts';

// Whole trainings and a real process that is really killed: seconds on a busy machine.

const folder = useTemporaryFolder();
const data = ['--data', 'edge', '--bars', '3000'];
let child: ChildProcess | undefined;
afterEach(() => {
  child?.kill('SIGKILL');
  child = undefined;
});

/** The program in a process of its own, once it waits before a fold and those before it are on record. */
async function pausedTraining(home: string, fold: number) {
  const hook = join(import.meta.dirname, '..', 'testing-local', 'source-packages.ts');
  const started = spawn(process.execPath, ['--import', hook, 'train.ts', ...data, '--home', home], {
    cwd: exampleFolder,
    env: { ...process.env, NODE_OPTIONS: '', ML4T_PAUSE_FOLD: String(fold), INIT_CWD: '/' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  child = started;
  const ended = once(started, 'close');
  const notices: string[] = [];
  let runId = '';
  for await (const line of createInterface({ input: started.stderr })) {
    notices.push(line);
    runId = /--resume (\S+)/.exec(line)?.[1] ?? runId;
    if (!line.startsWith(`fold ${fold}: paused`)) continue;
    while ((await foldsOnRecord(home, runId)).length < fold - 1);
    return { process: started, runId, ended };
  }
  throw new Error(`it ended before its pause: ${notices.join('\n')}`);
}

test('killed with SIGKILL in fold 7, a training resumes with folds 1-6 kept, to the same model', async () => {
  const home = folder();
  const paused = await pausedTraining(home, 7);
  paused.process.kill('SIGKILL');
  expect((await paused.ended)[1]).toBe('SIGKILL');
  expect(await foldsOnRecord(home, paused.runId)).toEqual([1, 2, 3, 4, 5, 6]);

  const resumed = await runTrain(home, '--resume', 'latest');
  expect(resumed).toMatchObject({ exitCode: 0, runId: paused.runId });
  expect(resumed.text).toMatch(/Folds: +6 kept \(1-6\), 14 ran \(7-20\)/);
  const { kept, ran, result } = await outcomeOf(home, paused.runId);
  expect(kept).toEqual([1, 2, 3, 4, 5, 6]);
  expect(ran).toEqual(Array.from({ length: 14 }, (_, at) => at + 7));

  const whole = await runTrain(home, ...data);
  const { result: other } = await outcomeOf(home, whole.runId);
  expect({ ...result, model: '' }).toEqual({ ...other, model: '' });
  const store = new ModelStore(join(home, 'models'));
  const [first, second] = [1, 2].map((version) => store.load('edge', { version }));
  expect((await first)?.model.body).toEqual((await second)?.model.body);
});
