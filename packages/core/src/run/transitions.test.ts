import { describe, expect, it } from '@jest/globals';
import { STAGE_STATUSES, type StageStatus } from '../events/statuses.ts';
import { isEnded, moveStage, nextStatus, STAGE_MOVES, type StageMove } from './transitions.ts';

/** Every arrow of the diagram in transitions.ts, by hand. */
const ARROWS: readonly (readonly [StageStatus, StageMove, StageStatus])[] = [
  ['pending', 'unblock', 'ready'],
  ['pending', 'reuse', 'reused'],
  ['pending', 'skip', 'skipped'],
  ['pending', 'cancel', 'cancelled'],
  ['ready', 'start', 'running'],
  ['ready', 'reuse', 'reused'],
  ['ready', 'skip', 'skipped'],
  ['ready', 'cancel', 'cancelled'],
  ['running', 'succeed', 'succeeded'],
  ['running', 'fail', 'failed'],
  ['running', 'retry', 'pending'],
  ['running', 'cancel', 'cancelled'],
  ['succeeded', 'undo', 'cancelled'],
  ['reused', 'undo', 'cancelled'],
  ['skipped', 'undo', 'cancelled'],
  ['cancelled', 'undo', 'cancelled'],
];

const everyPair = STAGE_STATUSES.flatMap((from) =>
  STAGE_MOVES.map((move) => ({
    from,
    move,
    to: ARROWS.find(([status, arrow]) => status === from && arrow === move)?.[2],
  })),
);

describe('the moves of a stage', () => {
  it.each(everyPair.filter(({ to }) => to !== undefined))(
    'lead from $from by $move to $to',
    ({ from, move, to }) => {
      expect(nextStatus(from, move)).toBe(to);
      expect(moveStage('score', from, move)).toBe(to);
    },
  );

  it.each(everyPair.filter(({ to }) => to === undefined))(
    'never lead from $from by $move anywhere',
    ({ from, move }) => {
      expect(nextStatus(from, move)).toBeUndefined();
      expect(() => moveStage('score', from, move)).toThrow(
        expect.objectContaining({
          code: 'STATE_TRANSITION_ILLEGAL',
          message: `stage "score" is ${from} and cannot ${move}`,
          details: { stage: 'score', from, move },
        }),
      );
    },
  );

  it('cover every status and every move', () => {
    expect(everyPair).toHaveLength(8 * 9);
    expect(new Set(ARROWS.flatMap(([from, , to]) => [from, to])).size).toBe(8);
    expect(new Set(ARROWS.map(([, move]) => move))).toEqual(new Set(STAGE_MOVES));
  });

  it('end exactly where no arrow but an undo leads out', () => {
    const open = new Set(ARROWS.flatMap(([from, move]) => (move === 'undo' ? [] : [from])));
    for (const status of STAGE_STATUSES) expect(isEnded(status)).toBe(!open.has(status));
  });

  it('let every status be reached from pending', () => {
    const reached = new Set<StageStatus>(['pending']);
    for (const [from, , to] of [...ARROWS, ...ARROWS]) if (reached.has(from)) reached.add(to);
    expect(reached).toEqual(new Set(STAGE_STATUSES));
  });
});
