import { describe, expect, it } from '@jest/globals';
import { STAGE_STATUSES, type StageStatus } from '../events/statuses.ts';
import { compileGraph, type GraphNode, generateChain } from '../graph/index.ts';
import { RunState } from './run-state.ts';

/** A run over the nodes; stages are named by their ids. */
function runOf(nodes: readonly GraphNode[]): { state: RunState; at: (id: string) => number } {
  const { graph } = compileGraph(nodes);
  const order = {
    priority: new Float64Array(graph.count),
    tieBreak: Int32Array.from(graph.ids.keys()),
  };
  const state = new RunState(graph, order);
  return { state, at: (id) => graph.indexById.get(id) ?? -1 };
}

/** Starts what goes first, as an executor does. */
function startNext(state: RunState): number | undefined {
  const stage = state.takeReady();
  if (stage !== undefined) state.start(stage);
  return stage;
}

function counts(state: RunState): Partial<Record<StageStatus, number>> {
  return Object.fromEntries(
    STAGE_STATUSES.flatMap((status) =>
      state.count(status) === 0 ? [] : [[status, state.count(status)]],
    ),
  );
}

/** a feeds b and c, both feed d; e stands alone. */
const DIAMOND = [
  { id: 'a', needs: [] },
  { id: 'b', needs: ['a'] },
  { id: 'c', needs: ['a'] },
  { id: 'd', needs: ['b', 'c'] },
  { id: 'e', needs: [] },
];

describe('RunState', () => {
  it('begins with everything pending and makes the stages without dependencies ready', () => {
    const { state } = runOf(DIAMOND);
    expect(counts(state)).toEqual({ pending: 5 });
    expect([state.ended, state.hasReady]).toEqual([false, false]);
    expect(startNext(state)).toBeUndefined();
    state.unblockRoots();
    expect(counts(state)).toEqual({ pending: 3, ready: 2 });
    expect(state.hasReady).toBe(true);
  });

  it('makes a stage ready when the last of its dependencies has succeeded, and not before', () => {
    const { state, at } = runOf(DIAMOND);
    state.unblockRoots();
    expect([startNext(state), startNext(state), startNext(state)]).toEqual([
      at('a'),
      at('e'),
      undefined,
    ]);
    state.succeed(at('a'));
    expect(state.inStatus('ready')).toEqual([at('b'), at('c')]);
    startNext(state);
    startNext(state);
    state.succeed(at('c'));
    expect(state.status(at('d'))).toBe('pending');
    state.succeed(at('b'));
    expect(state.status(at('d'))).toBe('ready');
    startNext(state);
    state.succeed(at('d'));
    expect(state.ended).toBe(false);
    state.succeed(at('e'));
    expect(state.ended).toBe(true);
    expect(counts(state)).toEqual({ succeeded: 5 });
  });

  it('lets dependants go on after a failure with a fallback, and holds them after one without', () => {
    for (const fallback of [true, false]) {
      const { state, at } = runOf(DIAMOND);
      state.unblockRoots();
      startNext(state);
      state.fail(at('a'), fallback);
      expect(state.status(at('b'))).toBe(fallback ? 'ready' : 'pending');
      expect([...state.blockedBy(at('a'))].sort()).toEqual([at('b'), at('c'), at('d')]);
    }
  });

  it('lets the dependants of a kept stage start, and keeps a stage that is already ready', () => {
    const { state, at } = runOf(DIAMOND);
    state.reuse(at('a'));
    expect(state.inStatus('ready')).toEqual([at('b'), at('c')]);
    state.reuse(at('b'));
    state.unblockRoots();
    expect(counts(state)).toEqual({ pending: 1, ready: 2, reused: 2 });
    expect([startNext(state), startNext(state), startNext(state)]).toEqual([
      at('c'),
      at('e'),
      undefined,
    ]);
  });

  it('tells the blocked descendants once each, without those that have ended', () => {
    const { state, at } = runOf([...DIAMOND, { id: 'f', needs: ['d', 'b'] }]);
    state.unblockRoots();
    startNext(state);
    state.fail(at('a'), false);
    expect([...state.blockedBy(at('a'))].sort()).toEqual([at('b'), at('c'), at('d'), at('f')]);
    state.skip(at('d'));
    expect([...state.blockedBy(at('a'))].sort()).toEqual([at('b'), at('c'), at('f')]);
    expect(state.blockedBy(at('e'))).toEqual([]);
  });

  it('never starts a stage that was skipped or cancelled while it was ready', () => {
    const { state, at } = runOf(DIAMOND);
    state.unblockRoots();
    state.skip(at('a'));
    state.cancel(at('e'));
    expect(state.hasReady).toBe(false);
    expect(startNext(state)).toBeUndefined();
    expect(counts(state)).toEqual({ pending: 3, skipped: 1, cancelled: 1 });
  });

  it('holds no slot while a stage waits for its next attempt, and starts it again after', () => {
    const { state, at } = runOf(DIAMOND);
    state.unblockRoots();
    startNext(state);
    state.retry(at('a'));
    expect(counts(state)).toEqual({ pending: 4, ready: 1 });
    state.unblock(at('a'));
    expect(startNext(state)).toBe(at('a'));
    state.succeed(at('a'));
    expect(state.inStatus('ready')).toEqual([at('b'), at('c'), at('e')]);
  });

  it('refuses to unblock a stage whose dependencies are not satisfied, and a second start', () => {
    const { state, at } = runOf(DIAMOND);
    expect(() => state.unblock(at('d'))).toThrow(
      expect.objectContaining({ code: 'INVARIANT_BROKEN' }),
    );
    state.unblockRoots();
    expect(() => state.unblock(at('a'))).toThrow(
      expect.objectContaining({ code: 'STATE_TRANSITION_ILLEGAL' }),
    );
    startNext(state);
    state.succeed(at('a'));
    const illegal = expect.objectContaining({ code: 'STATE_TRANSITION_ILLEGAL' });
    expect(() => state.succeed(at('a'))).toThrow(illegal);
    expect(() => state.fail(at('a'), true)).toThrow(illegal);
    expect(counts(state)).toEqual({ pending: 1, ready: 3, succeeded: 1 });
  });

  it('goes through a chain of 100,000 stages and finds all that its head blocks', () => {
    const { state } = runOf(generateChain(100_000));
    expect(state.blockedBy(0)).toHaveLength(99_999);
    state.unblockRoots();
    for (let next = startNext(state); next !== undefined; next = startNext(state)) {
      state.succeed(next);
    }
    expect(counts(state)).toEqual({ succeeded: 100_000 });
  });
});
