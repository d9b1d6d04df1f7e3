import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { APPROVAL, NAP, REVIEW } from './session/testing-local/approval-config.ts';
import { Workspace } from './testing-local/workspace.ts';

// Each test starts several processes.

let workspace: Workspace;

beforeAll(async () => {
  workspace = new Workspace();
  workspace.write('approval.yaml', APPROVAL);
  workspace.write('stages/review.ts', REVIEW);
  workspace.write('stages/nap.ts', NAP);
  await workspace.run(['run', 'approval.yaml', '--detach-waits']);
});
afterAll(() => workspace.remove());

describe('millrace signal', () => {
  test('refuses a run that is not there', async () => {
    const { code, stderr } = await workspace.run(['signal', '19990101', 'approve']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('error[RUN_NOT_FOUND]')]);
  });

  test('refuses data that are no JSON, and a file that is not there', async () => {
    const text = await workspace.run(['signal', 'latest', 'approve', '--data', 'yes']);
    expect(text.code).toBe(2);
    expect(text.stderr).toContain('error[USAGE]: --data is no JSON');
    const file = await workspace.run(['signal', 'latest', 'approve', '--data-file', 'none.json']);
    expect(file.code).toBe(2);
    expect(file.stderr).toContain('error[USAGE]: --data-file none.json cannot be read');
  });

  test('keeps what nothing waits for yet, and suggests what was meant', async () => {
    const sent = await workspace.run(['signal', 'latest', 'aprove', '--data', 'true']);
    expect(sent.code).toBe(0);
    expect(sent.stderr).toContain(
      'note: nothing waits for "aprove" yet; it is kept until something does; did you mean "approve"?',
    );
    const other = await workspace.run([
      'signal',
      'latest',
      'approve',
      '--stage',
      'publish',
      '--json',
    ]);
    expect(JSON.parse(other.stdout)).toMatchObject({ number: 2, stage: 'publish', answers: [] });
    const slip = await workspace.run(['signal', 'latest', 'approve', '--stage', 'reveiw']);
    expect(slip).toMatchObject({ code: 0 });
    expect(slip.stderr).toContain(
      'note: stage "reveiw" does not wait for "approve" yet; the signal is kept for it; review waits for "approve" now; did you mean "review"?',
    );
  });

  test('refuses a name that cannot be one', async () => {
    const { code, stderr } = await workspace.run(['signal', 'latest', '']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('error[SIGNAL_INVALID]')]);
  });
});

describe('millrace signals', () => {
  test('tells what a run waits for and what was sent, for people and programs', async () => {
    const { code, stdout } = await workspace.run(['signals']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/review +waiting for "approve" +\d{4}-/);
    expect(stdout).toMatch(/1 +aprove +\d{4}-.+ true\n/);
    const { stdout: json } = await workspace.run(['signals', '--json']);
    expect(JSON.parse(json)).toMatchObject({
      status: 'waiting',
      waits: [{ stage: 'review', name: 'approve', schema: { required: ['ok'] } }],
      signals: [
        { number: 1, name: 'aprove', data: true, takenBy: [] },
        { number: 2, name: 'approve', stage: 'publish' },
        { number: 3, name: 'approve', stage: 'reveiw' },
      ],
    });
  });

  test('reads standard input, and a run that has succeeded takes no signal', async () => {
    const answered = await workspace.shell(
      `echo '{ "ok": true }' | $M signal latest approve --data-file -`,
    );
    expect(answered).toMatchObject({ code: 0, stderr: '' });
    expect(await workspace.run(['resume'])).toMatchObject({ code: 0 });
    const { stdout } = await workspace.run(['signals', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      waits: [],
      signals: [{}, {}, {}, { number: 4, takenBy: ['review'], data: { ok: true } }],
    });
    const late = await workspace.run(['signal', 'latest', 'approve']);
    expect([late.code, late.stderr]).toEqual([2, expect.stringContaining('SIGNAL_TOO_LATE')]);
  });
});
