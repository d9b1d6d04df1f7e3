import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { accepted, refusal } from '../testing-local/outcome.ts';
import { Project } from '../testing-local/project.ts';
import { stageSource } from '../testing-local/stage-source.ts';

let project: Project;

beforeEach(async () => {
  project = await Project.create({ 'stages/a.ts': stageSource() });
});

afterEach(() => project.remove());

function config(limits: string, uses: string): string {
  return `name: demo\nlimits:\n  vendor: ${limits}\nstages:\n  quotes: { uses: ./stages/a.ts, limits: ${uses} }\n`;
}

describe('limits of a config', () => {
  it('have durations with units, and stages take part by name or with a number of slots', async () => {
    await project.write({
      'millrace.config.yaml': config(
        '{ concurrency: 3, rate: { calls: 50, per: 1m }, breaker: { failures: 5, reset: 30s } }',
        '{ vendor: 2 }',
      ),
    });
    const { pipeline } = await accepted(project);
    expect(pipeline.definition.limits).toEqual([
      {
        name: 'vendor',
        concurrency: 3,
        rate: { calls: 50, perMs: 60_000 },
        breaker: { failures: 5, resetMs: 30_000, onOpen: 'wait' },
      },
    ]);
    expect(pipeline.stage('quotes').options.limits).toEqual([{ name: 'vendor', cost: 2 }]);
  });

  it('are overridden by flags, part by part', async () => {
    await project.write({ 'millrace.config.yaml': config('{ concurrency: 3 }', '[vendor]') });
    const { pipeline } = await accepted(project, { set: { 'limits.vendor.concurrency': 1 } });
    expect(pipeline.definition.limits).toMatchObject([{ name: 'vendor', concurrency: 1 }]);
  });

  it('are refused at their place, all faults at once', async () => {
    await project.write({
      'millrace.config.yaml': config('{ concurency: 3, rate: { calls: 0, per: 60 } }', '[vendr]'),
    });
    const diagnostics = await refusal(project);
    expect(diagnostics.map(({ code, path, help }) => [code, path.join('.'), help])).toEqual([
      ['CONFIG_UNKNOWN_KEY', 'limits.vendor.concurency', 'did you mean "concurrency"?'],
      ['CONFIG_VALUE', 'limits.vendor.rate.calls', undefined],
      ['CONFIG_TYPE', 'limits.vendor.rate.per', 'say of what: 60ms, 60s, 60m'],
    ]);
  });

  it('that limit nothing are refused, and so is a stage that names none of them', async () => {
    await project.write({ 'millrace.config.yaml': config('{}', '[vendor]') });
    expect(await refusal(project)).toMatchObject([
      { code: 'CONFIG_VALUE', path: ['limits', 'vendor'] },
    ]);
    await project.write({ 'millrace.config.yaml': config('{ concurrency: 1 }', '[vendr]') });
    expect(await refusal(project)).toMatchObject([
      { code: 'LIMIT_UNKNOWN', help: 'did you mean "vendor"?', at: { line: 5 } },
    ]);
  });
});
