import { describe, expect, it } from '@jest/globals';
import type { AttemptScope } from '../attempt/index.ts';
import type { EncodedValue } from '../base/codec/index.ts';
import { z } from '../base/zod.ts';
import { MemoryStore } from '../checkpoint/index.ts';
import type { ModelPipeline } from '../pipeline/index.ts';
import { type StageParts, stageOf } from '../runner/testing-local/stage-of.ts';
import { PipelineExecutor } from './pipeline-executor.ts';
import { keyed, type Params, pusher } from './testing-local/keyed.ts';
import { resumeEdited } from './testing-local/resume-edited.ts';
import { execute, type SketchedStage, sketch, stageIn } from './testing-local/run-pipeline.ts';
import { withFacts } from './testing-local/with-facts.ts';

const SECRET = 'hunter2-hunter2';

const guarded = {
  holdsSecret: (text: string): boolean => text.includes(SECRET),
  redact: (text: string): string => text.replaceAll(SECRET, '[secret]'),
};

/** All values that were saved, as text. */
class ListeningStore extends MemoryStore {
  readonly texts: string[] = [];

  override saveValue(value: EncodedValue): void {
    this.texts.push(value.codec === 'bytes' ? Buffer.from(value.body).toString() : value.body);
    super.saveValue(value);
  }

  /** Everything that is stored of all runs. */
  allText(): string {
    const runs = this.listRuns({}).map((run) => [
      run,
      this.loadStages(run.id),
      this.loadAttempts(run.id),
      this.loadEvents(run.id, 0, 1000),
    ]);
    return `${this.texts.join('\n')}\n${JSON.stringify(runs)}`;
  }
}

const login = { user: 'ann', auth: { token: SECRET, hosts: ['a', SECRET] } };

/** A stage that logs in with its params, parts of which are secret. */
function client(params: Params, more: Partial<SketchedStage> = {}): ModelPipeline {
  const use = keyed([], ['out'], (_, { user, auth }) => ({
    out: [user, auth.token.length, auth.hosts.length],
  }));
  return withFacts(sketch({ s: { with: params, does: use, ...more } }), {
    s: {
      secrets: new Map([
        ['with.auth.token', 'Bearer TOKEN'],
        ['with.auth.hosts[1]', 'HOST'],
        ['fallback.with.key', 'KEY'],
      ]),
    },
  });
}

describe('a secret in params', () => {
  it('reaches the stage, and nothing that is stored or told', async () => {
    const store = new ListeningStore();
    const { result, events } = await execute(client(login), { store, ...guarded });
    expect(result.context.get('out')).toEqual(['ann', SECRET.length, 2]);
    expect(store.allText()).not.toContain(SECRET);
    expect(JSON.stringify(events)).not.toContain(SECRET);
    const [recorded] = store.loadStages(result.runId);
    const params = store.loadValue(recorded?.basis?.params ?? '');
    expect(params?.body).toBe(
      '{"user":"ann","auth":{"token":"Bearer TOKEN","hosts":["a","HOST"]}}',
    );
  });

  it('runs nothing again when it becomes another, though the stage read it', async () => {
    const rotated = { user: 'ann', auth: { token: 'a newer one', hosts: ['a', 'other'] } };
    expect((await resumeEdited(client(login), client(rotated))).ended).toBeUndefined();
  });

  it('does not hide what changed beside it, nor show in what is told of that', async () => {
    const moved = { user: 'bob', auth: { token: SECRET, hosts: ['b', SECRET] } };
    const store = new ListeningStore();
    const { verdicts, ran } = await resumeEdited(client(login), client(moved), {
      store,
      ...guarded,
    });
    expect(verdicts.s).toBe(
      `run: with.user "ann" -> "bob"; with.auth.hosts [ 'a', 'HOST' ] -> [ 'b', 'HOST' ]`,
    );
    expect(ran).toEqual(['s']);
    expect(store.allText()).not.toContain(SECRET);
  });

  it('counts as a change where it replaces what was no secret, or the other way round', async () => {
    const known = { user: 'ann', auth: { token: 'known', hosts: ['a', 'b'] } };
    const open = withFacts(client(known), { s: { secrets: new Map() } });
    const why = 'with.auth.token "known" -> "Bearer TOKEN"';
    expect((await resumeEdited(open, client(login))).verdicts.s).toContain(why);
    const back = await resumeEdited(client(login), open);
    expect(back.verdicts.s).toContain('with.auth.token "Bearer TOKEN" -> "known"');
  });

  it('of a fallback stage is hidden as well', async () => {
    const spare = keyed([], ['out'], (_, { key }) => ({ out: key.length }));
    const pipeline = (key: string): ModelPipeline =>
      client(login, {
        does: {
          run: () => {
            throw new RangeError(`no entry for ${SECRET}`);
          },
        },
        fallback: { stage: stageOf(spare), with: { key } },
      });
    const store = new ListeningStore();
    const { result, events } = await execute(pipeline(SECRET), { store, ...guarded });
    expect(result.context.get('out')).toBe(SECRET.length);
    expect(store.allText()).not.toContain(SECRET);
    expect(JSON.stringify([events, result.stages])).not.toContain(SECRET);
    const [fallback, rotated] = [pipeline(SECRET), pipeline('another')].map(
      ({ stages }) => stages[0]?.fallback,
    );
    expect(fallback).toMatchObject({ params: { hash: (rotated as Params).params.hash } });
  });
});

describe('a secret in what would be stored', () => {
  it.each<[string, StageParts]>([
    ['an output', { run: () => ({ out: `token=${SECRET}` }) }],
    ['deep in an output', { run: () => ({ out: new Map([[{ a: [SECRET] }, 1n]]) }) }],
    ['a name within an output', { run: () => ({ out: { [SECRET]: 1 } }) }],
    ['bytes', { run: () => ({ out: Buffer.from(`x${SECRET}x`) }) }],
    ['the key of an output', { run: () => ({ [SECRET]: 1 }) }],
    ['an update', pusher('list', SECRET)],
    [
      'the whole of an updated key',
      updating((draft) => void Object.assign(draft, { list: SECRET })),
    ],
    [
      'an artifact',
      {
        run: async ({ artifacts }) => {
          await artifacts.write('page', `<p>${SECRET}</p>`);
          return {};
        },
      },
    ],
  ])('fails the stage for %s, and is not tried again', async (_where, parts) => {
    const store = new ListeningStore();
    const pipeline = sketch(
      { s: { retry: { attempts: 3, delay: '0ms' }, does: parts } },
      { context: { list: [] } },
    );
    const { result, events } = await execute(pipeline, { store, ...guarded });
    expect(stageIn(result, 's')).toMatchObject({
      status: 'failed',
      attempt: 1,
      failure: { code: 'SECRET_IN_VALUE' },
    });
    expect(store.allText()).not.toContain(SECRET);
    expect(JSON.stringify([events, result.stages])).not.toContain(SECRET);
  });

  it('fails the stage for the value of a fallback', async () => {
    const does = (): never => {
      throw new RangeError('no');
    };
    const pipeline = sketch({ s: { fallback: { out: SECRET }, does } });
    const store = new ListeningStore();
    const { result } = await execute(pipeline, { store, ...guarded });
    expect(stageIn(result, 's').failure?.code).toBe('SECRET_IN_VALUE');
    expect(store.allText()).not.toContain(SECRET);
  });

  it('refuses a run whose initial context holds it, before anything is written', async () => {
    const store = new ListeningStore();
    const pipeline = sketch({ s: () => ({}) }, { inputs: ['given'] });
    await expect(
      execute(pipeline, { store, ...guarded, context: { given: [SECRET] } }),
    ).rejects.toMatchObject({
      code: 'SECRET_IN_VALUE',
      message: '"given" of the initial context holds a secret, and would be stored',
    });
    expect([store.texts, store.listRuns({})]).toEqual([[], []]);
  });

  it('lets a plan of a start be made, which stores nothing', async () => {
    const executor = new PipelineExecutor({ store: new MemoryStore(), ...guarded });
    const pipeline = sketch({ s: () => ({}) }, { inputs: ['given'] });
    const plan = await executor.planStart(pipeline, { context: { given: SECRET } });
    expect(plan.decisions).toEqual(['run']);
  });

  it('is taken out of failures, progress and conditions', async () => {
    const store = new ListeningStore();
    const pipeline = sketch(
      {
        told: ({ progress }) => {
          progress({ done: 1, message: `as ${SECRET}` });
          return {};
        },
        thrown: () => {
          throw new RangeError(SECRET, { cause: new Error(SECRET) });
        },
        asked: {
          when: () => {
            throw new RangeError(SECRET);
          },
          does: () => ({}),
        },
        gave: { when: (() => SECRET) as never, does: () => ({}) },
      },
      { failureMode: 'continue' },
    );
    const { events } = await execute(pipeline, { store, ...guarded });
    expect(JSON.stringify(events)).toContain('[secret]');
    expect(`${JSON.stringify(events)}${store.allText()}`).not.toContain(SECRET);
  });

  it('does not stop one that only looks alike', async () => {
    const { result } = await execute(sketch({ s: () => ({ out: 'hunter2' }) }), guarded);
    expect(result.context.get('out')).toBe('hunter2');
  });
});

function updating(change: (draft: never) => void): StageParts {
  return {
    spec: { updates: z.object({ list: z.any() }) },
    run: ({ context }: AttemptScope) => context.update(change),
  };
}
