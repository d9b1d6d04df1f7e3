import { describe, expect, it } from '@jest/globals';
import { compileGraph, type GraphNode } from '../graph/index.ts';
import { RunState } from './run-state.ts';

interface Scene {
  readonly state: RunState;
  readonly at: (id: string) => number;
  /** Ids of the stages that are ready. */
  readonly ready: () => string[];
  readonly run: (id: string) => void;
}

/** A run whose stages are named by their ids and start when they are told to. */
function sceneOf(nodes: readonly GraphNode[]): Scene {
  const { graph } = compileGraph(nodes);
  const state = new RunState(graph, {
    priority: new Float64Array(graph.count),
    tieBreak: Int32Array.from(graph.ids.keys()),
  });
  const at = (id: string): number => graph.indexById.get(id) ?? -1;
  const ready = (): string[] => state.inStatus('ready').map((stage) => graph.ids[stage] ?? '');
  const run = (id: string): void => {
    state.start(at(id));
    state.succeed(at(id));
  };
  return { state, at, ready, run };
}

/** a -> kept -> after, and after needs other as well. */
const LINE = [
  { id: 'a', needs: [] },
  { id: 'other', needs: [] },
  { id: 'kept', needs: ['a'] },
  { id: 'after', needs: ['kept', 'other'] },
];

describe('a stage that ended before what it needs', () => {
  it('lets its dependants go on once that has ended too', () => {
    const { state, at, ready, run } = sceneOf(LINE);
    state.reuse(at('kept'));
    state.unblockRoots();
    run('other');
    expect([state.status(at('kept')), ready()]).toEqual(['reused', ['a']]);
    run('a');
    expect(ready()).toEqual(['after']);
  });

  it.each<[string, (state: RunState, a: number) => void]>([
    ['failed', (state, a) => state.fail(a, false)],
    ['was cancelled', (state, a) => state.cancel(a)],
  ])('lets them go on also where that %s', (_how, end) => {
    const { state, at, ready, run } = sceneOf(LINE);
    state.reuse(at('kept'));
    state.unblockRoots();
    run('other');
    state.start(at('a'));
    end(state, at('a'));
    expect(ready()).toEqual(['after']);
  });

  it('lets them go on at once where all before it was kept, in whatever number', () => {
    const nodes = Array.from({ length: 50 }, (_, n) => ({
      id: `n${n}`,
      needs: n === 0 ? [] : [`n${n - 1}`],
    }));
    const { state, at, ready } = sceneOf(nodes);
    for (let n = 0; n < 49; n++) state.reuse(at(`n${n}`));
    expect(ready()).toEqual(['n49']);
  });

  it('waits for what is further up, over any number of stages that ended early', () => {
    const { state, at, ready, run } = sceneOf([
      { id: 'top', needs: [] },
      { id: 'one', needs: ['top'] },
      { id: 'two', needs: ['one'] },
      { id: 'three', needs: ['two', 'one'] },
      { id: 'after', needs: ['three'] },
    ]);
    for (const id of ['one', 'two', 'three']) state.reuse(at(id));
    state.unblockRoots();
    expect(ready()).toEqual(['top']);
    run('top');
    expect(ready()).toEqual(['after']);
  });

  it('that was skipped lets those go on that do without it, told before or after', () => {
    for (const isToldFirst of [true, false]) {
      const { state, at, ready, run } = sceneOf(LINE);
      state.unblockRoots();
      state.skip(at('kept'));
      run('other');
      if (isToldFirst) state.forgo(at('kept'), [at('after')]);
      expect(ready()).toEqual(['a']);
      run('a');
      if (!isToldFirst) state.forgo(at('kept'), [at('after')]);
      expect(ready()).toEqual(['after']);
    }
  });

  it('lets nobody go on that was not told to do without it', () => {
    const { state, at, ready, run } = sceneOf(LINE);
    state.unblockRoots();
    state.skip(at('kept'));
    run('other');
    run('a');
    expect([ready(), state.status(at('after'))]).toEqual([[], 'pending']);
  });
});
