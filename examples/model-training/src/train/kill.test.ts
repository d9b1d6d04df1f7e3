import { readdirSync } from 'node:fs';
import { afterEach, describe, expect, it } from '@jest/globals';
import { ChildTraining } from '../testing-local/child-training.ts';
import { ONE_CANDIDATE, useTemporaryHome } from '../testing-local/temporary-home.ts';

// Real processes that are really killed.

const home = useTemporaryHome();
let child: ChildTraining | undefined;
afterEach(() => {
  delete process.env.MODEL_TRAINING_BREAK;
  child?.signal('SIGKILL');
  child = undefined;
});

/** The program in a process of its own, once it waits where it was told to. @returns the run */
async function pausedAt(pause: string, ...argv: readonly string[]): Promise<string> {
  child = new ChildTraining([...argv, '--home', home().folder], { MODEL_TRAINING_PAUSE: pause });
  const runId = await child.runId();
  await child.notice('warning: paused in');
  return runId;
}

async function kill(): Promise<void> {
  child?.signal('SIGKILL');
  expect(await child?.ended).toBe('SIGKILL');
}

describe('a training that is killed with SIGKILL', () => {
  it('keeps the candidates that were done, and a resume trains only the others, to the same values', async () => {
    const whole = await home().result();
    const runId = await pausedAt('training:2');
    expect(await home().candidatesDone(runId, 2)).toEqual(['large-trees', 'small-trees']);
    await kill();

    const { exitCode, out, notices } = await home().train('--resume', runId);
    expect(exitCode).toBe(0);
    expect(out).toMatch(/✓ feature-engineering: .*, kept\]/);
    expect(out).toMatch(/✓ training: .*\[3 candidates, 2 of them kept\]/);
    expect(notices).toContain('logistic: 4 Newton steps');
    expect(notices).not.toContain('trees: ');
    const { deployed: _, ...again } = await home().hashes(runId);
    const { deployed: __, ...first } = await home().hashes(whole.runId);
    expect(again).toEqual(first);
  });

  it('between evaluation and deployment makes one version and no more', async () => {
    const runId = await pausedAt('deployment', ...ONE_CANDIDATE);
    await kill();
    const { exitCode, out } = await home().train('--resume', runId);
    expect(exitCode).toBe(0);
    expect(out).toMatch(/✓ deployment: .*\[sp500@1 kept/);
    expect(readdirSync(home().path('models/sp500'))).toEqual(['v000001.json']);
  });
});

describe('a stage that is broken by hand', () => {
  it('fails the run with the stage, the reason and the command; a resume goes on from there', async () => {
    process.env.MODEL_TRAINING_BREAK = 'evaluation';
    const { exitCode, out } = await home().train(...ONE_CANDIDATE);
    expect(exitCode).toBe(1);
    const reason = 'broken by hand with MODEL_TRAINING_BREAK=evaluation';
    expect(out).toContain(`Failed:       evaluation, attempt 1: ${reason}`);
    const runId = /^Stored: +run (\S+)/m.exec(out)?.[1] ?? 'none';
    expect(out).toMatch(new RegExp(`^Resume: +npm run train .*-- --resume ${runId} --home`, 'm'));
    delete process.env.MODEL_TRAINING_BREAK;
    const resumed = await home().train('--resume', 'latest');
    expect(resumed.exitCode).toBe(0);
    expect(resumed.out).toMatch(/✓ training: .*\[1 candidate, kept\]/);
  });
});
