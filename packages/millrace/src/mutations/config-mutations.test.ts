import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { trialsOf } from './testing-local/measure/trials.ts';
import { scoreTable } from './testing-local/measure/score-table.ts';
import { trialText } from './testing-local/measure/trial-text.ts';
import type { Trial } from './testing-local/measure/trial.ts';
import type { ConfigFolder } from './testing-local/subjects/config-folder.ts';
import { exampleSubjects } from './testing-local/subjects/example-subjects.ts';
import { guideSubjects } from './testing-local/subjects/guide-subjects.ts';
import { richSubjects } from './testing-local/subjects/rich-subjects.ts';
import { writeFileSync } from 'node:fs';

const folders: ConfigFolder[] = [];
const trials: Trial[] = [];
const log: string[] = [];
beforeAll(async () => {
  const only = process.env.ONLY ?? '';
  const each = Number(process.env.EACH ?? 3);
  for (const s of [...richSubjects(folders), ...await exampleSubjects(folders), ...guideSubjects(folders)]) {
    if (!s.name.includes(only)) continue;
    const t0 = performance.now();
    const ready = await s.prepare();
    if (!ready.ok) { log.push(`SKIP ${s.name}: ${ready.problem}`); continue; }
    for (const c of s.choices) { const j = s.judge(c, s.text); if (j.kind !== 'sound') log.push(`MODEL ${s.name} ${JSON.stringify(c)} ${JSON.stringify(j)}`); }
    const own = await trialsOf(s, { seed: 1, each });
    trials.push(...own);
    log.push(`${s.name}: ${own.length} in ${(performance.now() - t0).toFixed(0)} ms`);
  }
}, 600_000);
afterAll(() => { for (const f of folders) f.remove(); });
test('x', () => {
  const bad = trials.filter(({ outcome: o }) => o.kind === 'missed' || o.kind === 'false-alarm' || (o.kind === 'caught' && (!o.isRightLine || o.isSuggested === false || o.messageFaults.length > 0)));
  const tag = (t: Trial) => t.outcome.kind === 'caught' ? `${t.outcome.isRightLine ? '' : 'LINE '}${t.outcome.isSuggested === false ? 'HINT ' : ''}${t.outcome.messageFaults.join(';')}` : t.outcome.kind.toUpperCase();
  writeFileSync('/tmp/try/out.txt', [log.join('\n'), scoreTable(trials), ...bad.map((t) => `## ${tag(t)}\n${trialText(t)}`)].join('\n\n'));
  expect(trials.length).toBeGreaterThan(0);
});
