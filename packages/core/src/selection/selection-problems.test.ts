import { describe, expect, it } from '@jest/globals';
import { compileGraph, generateChain } from '../graph/index.ts';
import { selectStages } from './select-stages.ts';
import type { SelectablePipeline, Selection } from './selection.ts';
import type { SelectionProblem } from './selection-problem.ts';

const TAGS = new Map([
  ['ingest', ['nightly']],
  ['risk', ['desk']],
]);

function pipelineOf(...ids: readonly string[]): SelectablePipeline {
  const { graph } = compileGraph(ids.map((id, at) => ({ id, needs: ids.slice(at - 1, at) })));
  return { graph, tagsOf: (index) => TAGS.get(graph.ids[index] ?? '') ?? [] };
}

const MACRO = pipelineOf(
  'ingest',
  'quality',
  'agents',
  'aggregate',
  'strategies',
  'portfolio',
  'risk',
  'report',
  'score[20,SPY]',
);

function problemsOf(selection: Selection, pipeline = MACRO): readonly SelectionProblem[] {
  const result = selectStages(pipeline, selection);
  return result.ok ? [] : result.problem;
}

describe('SELECTION_SYNTAX', () => {
  it.each<[string, number, string]>([
    ['', 1, 'the text names no stage'],
    ['  \t', 1, 'the text names no stage'],
    ['risk, report', 5, 'nothing stands beside the comma at column 5'],
    [',risk', 1, 'nothing stands beside the comma at column 1'],
    ['risk , report', 6, 'nothing stands beside the comma at column 6'],
    ['risk,,report', 6, 'nothing stands beside the comma at column 6'],
    ['risk "a b', 6, 'the quote at column 6 is not closed'],
    ["tag:'x", 5, 'the quote at column 5 is not closed'],
    ['risk score[20,SPY', 11, 'the bracket at column 11 is not closed'],
    ['score[[20]', 6, 'the bracket at column 6 is not closed'],
    ['risk "a"b', 9, 'something follows the closing quote at column 9'],
    ['+', 1, 'the plus sign at column 1 stands beside no stage'],
    ['risk ++', 7, 'the plus sign at column 7 stands beside no stage'],
    ['risk ++report', 7, 'the plus sign at column 7 stands beside no stage'],
    ['report++', 7, 'the plus sign at column 7 stands beside no stage'],
    ['tag:c++', 6, 'the plus sign at column 6 stands beside no stage'],
    ['risk tag:', 10, 'a name is missing at column 10'],
    ['+state:+', 8, 'a name is missing at column 8'],
    ['""', 1, 'a name is missing at column 1'],
  ])('of %j is told at column %j: %s', (text, column, message) => {
    expect(problemsOf({ exclude: [text] })).toEqual([
      {
        code: 'SELECTION_SYNTAX',
        option: 'exclude',
        text,
        column,
        message,
        help: expect.stringMatching(/./),
      },
    ]);
  });
});

describe('SELECTION_UNKNOWN', () => {
  it.each<[Selection, string]>([
    [{ select: ['!risk'] }, 'to leave stages out, write --exclude risk'],
    [{ from: ['!tag:desk'] }, 'to leave stages out, write --exclude tag:desk'],
    [{ select: ['risk !re*'] }, 'to leave stages out, write --exclude re*'],
    [{ exclude: ['!risk'] }, 'exclude takes away by itself: --exclude risk'],
  ])('%j is told how stages are left out', (selection, help) => {
    expect(problemsOf(selection)).toMatchObject([{ code: 'SELECTION_UNKNOWN', help }]);
  });

  it.each<[string, string, number, string, string]>([
    ['ingset', 'ingset', 1, 'there is no stage "ingset"', 'did you mean "ingest"?'],
    ['2+ingset+', 'ingset', 3, 'there is no stage "ingset"', 'did you mean "ingest"?'],
    ['risk "Risk"', 'Risk', 6, 'there is no stage "Risk"', 'did you mean "risk"?'],
    ['scroe', 'scroe', 1, 'there is no stage "scroe"', 'did you mean "score"?'],
    [
      'score[20,SPX]',
      'score[20,SPX]',
      1,
      'there is no stage "score[20,SPX]"',
      'did you mean "score[20,SPY]"?',
    ],
    [
      'status:failed',
      'status:failed',
      1,
      'there is no stage "status:failed"',
      'did you mean "state:failed"?',
    ],
    [
      'constructor',
      'constructor',
      1,
      'there is no stage "constructor"',
      'the stages are ingest, quality, agents, aggregate, strategies, portfolio, risk, report, ...; beside ids there are globs such as "in*", tag:NAME and state:STATE; an id with spaces, commas or plus signs goes in quotes',
    ],
    [
      'x*',
      'x*',
      1,
      'no stage id fits "x*"',
      'a glob is compared with the whole id, large and small letters apart',
    ],
  ])('of %j is told with what was most likely meant', (text, name, column, message, help) => {
    expect(problemsOf({ from: [text] })).toEqual([
      {
        code: 'SELECTION_UNKNOWN',
        option: 'from',
        text,
        column,
        kind: 'stage',
        name,
        message,
        expected:
          'one of ingest, quality, agents, aggregate, strategies, portfolio, risk, report, ...',
        help,
      },
    ]);
  });

  it.each<[string, string, string | undefined, string]>([
    ['tag:nigthly', 'no stage has the tag "nigthly"', 'nightly, desk', 'did you mean "nightly"?'],
    ['tag:x', 'no stage has the tag "x"', 'nightly, desk', 'the tags are nightly, desk'],
    ['tag:x*', 'no tag fits "x*"', 'nightly, desk', 'the tags are nightly, desk'],
    [
      'tag:toString',
      'no stage has the tag "toString"',
      'nightly, desk',
      'the tags are nightly, desk',
    ],
    [
      'state:fialed',
      'there is no state "fialed" to select by',
      'new, failed, succeeded, skipped, cancelled, reused',
      'did you mean "failed"?',
    ],
    [
      'state:running',
      'there is no state "running" to select by',
      'new, failed, succeeded, skipped, cancelled, reused',
      'a stage that has not ended is in the state new',
    ],
    [
      'state:*',
      'there is no state "*" to select by',
      'new, failed, succeeded, skipped, cancelled, reused',
      'the states are new, failed, succeeded, skipped, cancelled, reused; new is a stage that has not ended yet',
    ],
  ])('of %j lists the tags or states there are', (text, message, names, help) => {
    expect(problemsOf({ select: [text] })).toMatchObject([
      { code: 'SELECTION_UNKNOWN', message, expected: `one of ${names}`, help },
    ]);
  });

  it('says where tags come from when there is none', () => {
    const [found] = problemsOf({ select: ['tag:x'] }, pipelineOf('a'));
    expect(found).toMatchObject({
      help: 'no stage has any tag; give them in the config: tags: [NAME]',
    });
    expect(found).not.toHaveProperty('expected');
  });

  it('keeps messages short and comes soon for names without end', () => {
    const { graph } = compileGraph(generateChain(50_000));
    const pipeline = { graph, tagsOf: () => [] };
    const long = 'n'.repeat(1_000_000);
    const many = Array.from({ length: 50 }, (_, at) => `m${at}`).join(' ');
    const problems = problemsOf({ select: [long, `tag:${long} state:${long}`, many] }, pipeline);
    expect(problems).toHaveLength(53);
    for (const { message, help } of problems) expect((message + help).length).toBeLessThan(400);
  });
});

describe('all problems of a selection', () => {
  it('are told at once, list by list and from left to right', () => {
    const problems = problemsOf({
      until: ['tag:nope'],
      select: ['risk, ingset', 'x* report++'],
      exclude: ['state:lost'],
      from: ['risk'],
    });
    expect(
      problems.map((found) =>
        found.code === 'SELECTION_EMPTY'
          ? found.code
          : `${found.code} ${found.option} ${found.column}`,
      ),
    ).toEqual([
      'SELECTION_SYNTAX select 5',
      'SELECTION_UNKNOWN select 7',
      'SELECTION_UNKNOWN select 1',
      'SELECTION_SYNTAX select 10',
      'SELECTION_UNKNOWN exclude 1',
      'SELECTION_UNKNOWN until 1',
    ]);
  });

  it('name every unknown term of one part', () => {
    expect(problemsOf({ select: ['nope,risk,gone,risk+'] })).toHaveLength(2);
  });
});

describe('SELECTION_EMPTY', () => {
  it('says what both sides of a comma mean, and what a space would', () => {
    expect(problemsOf({ select: ['a*,1+risk report,ingest'] })).toEqual([
      {
        code: 'SELECTION_EMPTY',
        message:
          'no stage is selected: select "a*,1+risk" means no stage ("a*" 2, "1+risk" 2); select "report,ingest" means no stage ("report" 1, "ingest" 1)',
        help: 'a comma takes the stages that fit both sides; put a space instead to take either',
        matches: [
          {
            option: 'select',
            part: 'a*,1+risk',
            count: 0,
            terms: [
              { term: 'a*', count: 2 },
              { term: '1+risk', count: 2 },
            ],
          },
          {
            option: 'select',
            part: 'report,ingest',
            count: 0,
            terms: [
              { term: 'report', count: 1 },
              { term: 'ingest', count: 1 },
            ],
          },
        ],
      },
    ]);
  });

  it.each<[Selection, string, string]>([
    [
      { from: ['portfolio'], until: ['agents'] },
      'from "portfolio" means 4 stages; until "agents" means 3 stages',
      'select, from and until hold together: leave one of them out, or widen it',
    ],
    [
      { select: ['state:failed'] },
      'select "state:failed" means no stage',
      'no stage is in that state; the one of a stage that has not ended yet is new',
    ],
    [
      { select: ['tag:desk'], exclude: ['risk'] },
      'select "tag:desk" means 1 stage; exclude "risk" means 1 stage',
      'exclude takes away all that the others leave',
    ],
    [
      { exclude: ['*'] },
      'exclude "*" means 9 stages',
      'exclude takes away all that the others leave',
    ],
  ])('of %j says what each part means', (selection, clauses, help) => {
    expect(problemsOf(selection)).toMatchObject([
      { code: 'SELECTION_EMPTY', message: `no stage is selected: ${clauses}`, help },
    ]);
  });

  it('counts the first of many parts only', () => {
    const [found] = problemsOf({ select: ['state:failed '.repeat(1000)] });
    expect(found?.message).toMatch(/; and 992 more$/);
    expect(found).toMatchObject({ matches: { length: 8 } });
  });
});
