import { describe, expect, it } from '@jest/globals';
import type { StageStatus } from '../events/index.ts';
import { selectStages } from './select-stages.ts';
import { idsOf, idsSelected, pipelineOf, selected } from './testing-local/selecting.ts';

const STATUSES: Readonly<Record<string, StageStatus>> = {
  ingest: 'reused',
  quality: 'succeeded',
  agents: 'failed',
  aggregate: 'skipped',
  strategies: 'skipped',
  portfolio: 'cancelled',
  risk: 'running',
};

const statusOf = (id: string): StageStatus | undefined => STATUSES[id];

/** A chain, but that `report` needs `quality` too. */
const MACRO = pipelineOf(
  [
    { id: 'ingest', needs: [] },
    { id: 'quality', needs: ['ingest'] },
    { id: 'agents', needs: ['quality'] },
    { id: 'aggregate', needs: ['agents'] },
    { id: 'strategies', needs: ['aggregate'] },
    { id: 'portfolio', needs: ['strategies'] },
    { id: 'risk', needs: ['portfolio'] },
    { id: 'report', needs: ['risk', 'quality'] },
  ],
  new Map([
    ['ingest', ['data', 'nightly run']],
    ['quality', ['data']],
    ['risk', ['desk']],
    ['report', ['desk', 'c++']],
  ]),
);

/** Two levels of sub-pipelines and a matrix. */
const GROUPS = pipelineOf([
  { id: 'prep/ingest', needs: [] },
  { id: 'prep/deep/clean', needs: ['prep/ingest'] },
  { id: 'score[20,SPY]', needs: ['prep/deep/clean'] },
  { id: 'score[50,SPY]', needs: ['prep/deep/clean'] },
  { id: 'score[20,Q Q]', needs: ['prep/deep/clean'] },
  { id: 'scores', needs: ['score[20,SPY]'] },
  { id: 'rank', needs: ['scores', 'score[50,SPY]', 'score[20,Q Q]'] },
  { id: 'rank[1]', needs: ['rank'] },
  { id: 'half[1', needs: [] },
]);

describe('an expression', () => {
  it.each<[string, string]>([
    ['risk', 'risk'],
    ['risk report', 'risk report'],
    ['  risk \t\n report  ', 'risk report'],
    ['report risk risk', 'risk report'],
    ['+agents', 'ingest quality agents'],
    ['agents+', 'agents aggregate strategies portfolio risk report'],
    ['1+agents', 'quality agents'],
    ['agents+1', 'agents aggregate'],
    ['quality+1', 'quality agents report'],
    ['2+portfolio+1', 'aggregate strategies portfolio risk'],
    ['0+agents+0', 'agents'],
    ['99999999999999999999+quality', 'ingest quality'],
    ['+quality+', 'ingest quality agents aggregate strategies portfolio risk report'],
    ['a*', 'agents aggregate'],
    ['*g*e*t*', 'ingest agents aggregate'],
    ['ris?', 'risk'],
    ['*', 'ingest quality agents aggregate strategies portfolio risk report'],
    ['1+a*', 'quality agents aggregate'],
    ['+strategies,agents+', 'agents aggregate strategies'],
    ['+strategies,agents+,a*', 'agents aggregate'],
    ['+strategies,agents+ report', 'agents aggregate strategies report'],
    ['tag:data', 'ingest quality'],
    ['tag:d*', 'ingest quality risk report'],
    ['tag:d*,r*', 'risk report'],
    ['tag:desk+', 'risk report'],
    ['1+tag:desk', 'quality portfolio risk report'],
    ['tag:"nightly run"', 'ingest'],
    ["tag:'nightly run'+1", 'ingest quality'],
    ['tag:"c++"', 'report'],
    ['state:failed', 'agents'],
    ['state:failed+', 'agents aggregate strategies portfolio risk report'],
    ['state:skipped state:cancelled', 'aggregate strategies portfolio'],
    ['state:succeeded', 'quality'],
    ['state:reused', 'ingest'],
    ['state:new', 'risk report'],
    ['"risk"', 'risk'],
    ["1+'risk'+1", 'portfolio risk report'],
  ])('%j names %s', (text, ids) => {
    expect(idsSelected(MACRO, { select: [text] }, statusOf)).toEqual(ids.split(' '));
  });

  it.each<[string, readonly string[]]>([
    ['score', ['score[20,SPY]', 'score[50,SPY]', 'score[20,Q Q]']],
    ['"score"', ['score[20,SPY]', 'score[50,SPY]', 'score[20,Q Q]']],
    ['score[20,SPY]', ['score[20,SPY]']],
    ['score[20,Q Q]', ['score[20,Q Q]']],
    ['score[20,Q Q] scores', ['score[20,Q Q]', 'scores']],
    ['score[20,*]', ['score[20,SPY]', 'score[20,Q Q]']],
    ['score[20,*],scores+', []],
    ['score[*,SPY],1+scores', ['score[20,SPY]']],
    ['prep', ['prep/ingest', 'prep/deep/clean']],
    ['prep/deep', ['prep/deep/clean']],
    ['prep/*', ['prep/ingest', 'prep/deep/clean']],
    ['*clean', ['prep/deep/clean']],
    ['1+score', ['prep/deep/clean', 'score[20,SPY]', 'score[50,SPY]', 'score[20,Q Q]']],
    ['score+1', ['score[20,SPY]', 'score[50,SPY]', 'score[20,Q Q]', 'scores', 'rank']],
    ['rank', ['rank']],
    ['half[1 rank', ['rank', 'half[1']],
    ['half[1,half*', ['half[1']],
  ])('%j names groups and their members: %j', (text, ids) => {
    if (ids.length > 0) expect(idsSelected(GROUPS, { select: [text] })).toEqual(ids);
    else expect(selectStages(GROUPS, { select: [text] }).ok).toBe(false);
  });
});

describe('the lists of a selection', () => {
  it('mean all stages when none is given', () => {
    expect(idsSelected(MACRO, {})).toEqual(MACRO.graph.ids);
    expect(idsSelected(MACRO, { select: [], from: [] })).toEqual(MACRO.graph.ids);
    expect(idsSelected(pipelineOf([]), {})).toEqual([]);
  });

  it('unite the entries of one list', () => {
    expect(idsSelected(MACRO, { select: ['risk', 'ingest a*'] })).toEqual([
      'ingest',
      'agents',
      'aggregate',
      'risk',
    ]);
    expect(idsSelected(MACRO, { until: ['ingest', 'agents'] })).toEqual([
      'ingest',
      'quality',
      'agents',
    ]);
  });

  it('take descendants of from and ancestors of until', () => {
    expect(idsSelected(MACRO, { from: ['portfolio'] })).toEqual(['portfolio', 'risk', 'report']);
    expect(idsSelected(MACRO, { from: ['tag:desk'] })).toEqual(['risk', 'report']);
    expect(idsSelected(MACRO, { until: ['quality'] })).toEqual(['ingest', 'quality']);
  });

  it('intersect select, from and until, and take exclude away at the end', () => {
    const path = { from: ['agents'], until: ['portfolio'] };
    expect(idsSelected(MACRO, path)).toEqual(['agents', 'aggregate', 'strategies', 'portfolio']);
    expect(idsSelected(MACRO, { ...path, select: ['a* r*'] })).toEqual(['agents', 'aggregate']);
    expect(idsSelected(MACRO, { ...path, exclude: ['agg*', 'portfolio ingest'] })).toEqual([
      'agents',
      'strategies',
    ]);
    expect(idsSelected(MACRO, { exclude: ['quality+'] })).toEqual(['ingest']);
  });

  it('let exclude name a state that no stage is in', () => {
    const result = selectStages(MACRO, { exclude: ['state:failed'] });
    expect(result).toMatchObject({ ok: true, value: { count: 8 } });
  });

  it('tell what from means by itself, whatever the other lists leave of it', () => {
    const { mask, fromMask } = selected(MACRO, {
      from: ['portfolio'],
      select: ['risk ingest'],
      exclude: ['report'],
    });
    expect(idsOf(MACRO, mask)).toEqual(['risk']);
    expect(idsOf(MACRO, fromMask)).toEqual(['portfolio', 'risk', 'report']);
    expect(idsOf(MACRO, selected(MACRO, { until: ['agents'] }).fromMask)).toEqual([]);
  });

  it('put every stage into exactly one state', () => {
    const states = ['new', 'failed', 'succeeded', 'skipped', 'cancelled', 'reused'];
    const ids = states.flatMap((state) =>
      idsSelected(MACRO, { select: [`state:${state}`] }, statusOf),
    );
    expect(ids.sort()).toEqual([...MACRO.graph.ids].sort());
  });

  it('take every stage for new when nobody knows a status', () => {
    expect(selectStages(MACRO, { select: ['state:new'] })).toMatchObject({ value: { count: 8 } });
  });
});
