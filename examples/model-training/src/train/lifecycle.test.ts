import { existsSync } from 'node:fs';
import { afterEach, describe, expect, it } from '@jest/globals';
import { inExample } from '../base/example-folder.ts';
import { ChildTraining } from '../testing-local/child-training.ts';
import { useTemporaryHome } from '../testing-local/temporary-home.ts';

// Three stages, one after the other, that write down what is called of them.

const home = useTemporaryHome();
const config = inExample('src/testing-local/configs/life.yaml');
let child: ChildTraining | undefined;
afterEach(() => {
  child?.signal('SIGKILL');
  child = undefined;
});

const params = (failIn: string): readonly string[] => [
  ...['--config', config, '--set', `params.journal=${home().path('journal.txt')}`],
  ...['--set', `params.failIn=${failIn}`],
];

const journal = (): readonly string[] => home().read('journal.txt').trim().split('\n');

async function train(failIn: string) {
  return home().train(...params(failIn));
}

const whole = (stage: string): readonly string[] =>
  ['setup', 'run', 'teardown'].map((part) => `${stage} ${part}`);

describe('setup, run and teardown', () => {
  it('are called in this order, stage by stage, and the exit status is 0', async () => {
    const { exitCode } = await train('[]');
    expect(exitCode).toBe(0);
    expect(journal()).toEqual([...whole('first'), ...whole('second'), ...whole('third')]);
  });

  it('a setup that fails is torn down, nothing runs after it, and the exit status is 1', async () => {
    const { exitCode, out } = await train('["setup"]');
    expect(exitCode).toBe(1);
    expect(journal()).toEqual([...whole('first'), 'second setup', 'second teardown']);
    expect(out).toContain('second fails in setup');
  });

  it('a run that fails is torn down', async () => {
    const { exitCode, out } = await train('["run"]');
    expect(exitCode).toBe(1);
    expect(journal()).toEqual([...whole('first'), ...whole('second')]);
    expect(out).toContain('second fails in run');
  });

  it('a teardown that fails does not hide the failure of the run', async () => {
    const { exitCode, out } = await train('["run","teardown"]');
    expect(exitCode).toBe(1);
    expect(journal()).toEqual([...whole('first'), ...whole('second')]);
    expect(out).toContain('Failed:       second, attempt 1: second fails in run');
  });
});

describe('a cancel', () => {
  it('tears the running stage down, starts no other, and ends with 130', async () => {
    const argv = [...params('[]'), '--set', 'params.waits=true', '--home', home().folder];
    child = new ChildTraining(argv, {});
    await child.notice('second waits');
    child.signal('SIGINT');
    await child.notice('the running stage finishes');
    child.signal('SIGINT');
    expect(await child.ended).toBe(130);
    expect(journal()).toEqual([...whole('first'), ...whole('second')]);
    expect(existsSync(home().path('millrace.db'))).toBe(true);
  });
});
