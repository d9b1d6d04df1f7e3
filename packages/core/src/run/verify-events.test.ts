import { describe, expect, it } from '@jest/globals';
import { asRunId, asStageId } from '../base/ids.ts';
import type { RunEvent } from '../events/run-event.ts';
import { type CompactGraph, compileGraph } from '../graph/index.ts';
import { verifyEvents } from './verify-events.ts';

const { graph } = compileGraph([
  { id: 'a', needs: [] },
  { id: 'b', needs: ['a'] },
  { id: 'c', needs: [] },
]) as { readonly graph: CompactGraph };

type Sketch = readonly [type: RunEvent['type'], stage?: string | undefined, more?: object];

/** Events from their types and stages, numbered in order. */
function tell(...sketches: readonly Sketch[]): RunEvent[] {
  return sketches.map(
    ([type, stage, more], at) =>
      ({
        seq: at + 1,
        at: 0,
        runId: asRunId('run'),
        type,
        ...(stage === undefined ? {} : { stage: asStageId(stage), attempt: 1 }),
        ...more,
      }) as RunEvent,
  );
}

const sound: readonly Sketch[] = [
  ['run.started'],
  ['stage.started', 'a'],
  ['stage.started', 'c'],
  ['stage.progress', 'a'],
  ['stage.succeeded', 'a'],
  ['stage.started', 'b'],
  ['stage.retrying', 'c'],
  ['stage.succeeded', 'b'],
  ['stage.started', 'c', { attempt: 2 }],
  ['stage.succeeded', 'c', { attempt: 2 }],
  ['run.finished', undefined, { status: 'succeeded' }],
];

function broken(change: (sketches: Sketch[]) => void): () => void {
  const sketches = [...sound];
  change(sketches);
  return () => verifyEvents(graph, tell(...sketches));
}

describe('verifyEvents', () => {
  it('takes a sound run', () => {
    expect(() => verifyEvents(graph, tell(...sound))).not.toThrow();
    expect(() => verifyEvents(graph, tell(...sound.slice(0, 6)))).not.toThrow();
  });

  it('takes a run that died and was resumed, with what was kept kept', () => {
    const events = tell(
      ...sound.slice(0, 6),
      ['run.resumed'],
      ['stage.started', 'b', { attempt: 2 }],
      ['stage.started', 'c', { attempt: 2 }],
      ['stage.failed', 'b', { attempt: 2, critical: false, fallback: true }],
      ['stage.succeeded', 'c', { attempt: 2 }],
      ['run.finished', undefined, { status: 'degraded' }],
    );
    expect(() => verifyEvents(graph, events)).not.toThrow();
  });

  it('takes failures, skips and cancels', () => {
    const failed: Sketch[] = [
      ['run.started'],
      ['stage.started', 'a'],
      ['stage.failed', 'a', { critical: true, fallback: false }],
      ['stage.skipped', 'b'],
      ['stage.skipped', 'c'],
      ['run.finished', undefined, { status: 'failed' }],
    ];
    const cancelled: Sketch[] = [
      ['run.started'],
      ['run.cancelling'],
      ['stage.cancelled', 'a'],
      ['stage.cancelled', 'b'],
      ['stage.cancelled', 'c'],
      ['run.finished', undefined, { status: 'cancelled' }],
    ];
    for (const sketches of [failed, cancelled]) {
      expect(() => verifyEvents(graph, tell(...sketches))).not.toThrow();
    }
  });

  it.each([
    ['a gap in the numbers', () => verifyEvents(graph, tell(...sound).toSpliced(3, 1)), 'place 4'],
    [
      'two events in the wrong order',
      () => {
        const events = tell(...sound);
        verifyEvents(graph, [...events.slice(1, 2), ...events.slice(0, 1)]);
      },
      'place 1',
    ],
    [
      'an event of another run',
      () => {
        const [first, second] = tell(...sound) as [RunEvent, RunEvent];
        verifyEvents(graph, [first, { ...second, runId: asRunId('other') }]);
      },
      'one of run other',
    ],
    ['a run that never started', broken((s) => s.shift()), 'no session is open'],
    ['a start in the middle', broken((s) => s.splice(3, 1, ['run.started'])), 'wrong place'],
    ['an unknown stage', broken((s) => s.splice(3, 0, ['stage.started', 'z'])), 'unknown stage z'],
    [
      'a stage before its dependency ended',
      broken((s) => s.splice(1, 0, ['stage.started', 'b'])),
      'stage "b" started before stage "a" ended',
    ],
    ['a stage started twice', broken((s) => s.splice(2, 0, ['stage.started', 'a'])), 'twice'],
    [
      'a stage started after it succeeded',
      broken((s) => s.splice(5, 0, ['stage.started', 'a', { attempt: 2 }])),
      'stage "a" started again',
    ],
    [
      'a repeated attempt number',
      broken((s) => s.splice(8, 1, ['stage.started', 'c'])),
      'repeated attempt 1',
    ],
    [
      'an end without a start',
      broken((s) => s.splice(1, 1)),
      'tells of attempt 1 of stage "a", which does not run',
    ],
    [
      'an end of another attempt',
      broken((s) => s.splice(4, 1, ['stage.succeeded', 'a', { attempt: 2 }])),
      'attempt 2 of stage "a", which does not run',
    ],
    ['an end told twice', broken((s) => s.splice(5, 0, ['stage.succeeded', 'a'])), 'does not run'],
    [
      'a skip of a stage that runs',
      broken((s) => s.splice(4, 1, ['stage.skipped', 'a'])),
      'stage "a" was skipped as it ran',
    ],
    [
      'a cancel of what has ended',
      broken((s) => s.splice(8, 0, ['stage.cancelled', 'b'])),
      'settles stage "b" again',
    ],
    [
      'an end of the run while a stage runs',
      broken((s) => s.splice(9, 1)),
      'before stage "c" ended',
    ],
    [
      'an end of the run while a stage was never told of',
      broken((s) => s.splice(0, 10, ['run.started'])),
      'before stage "a" ended',
    ],
    [
      'a wrong status',
      broken((s) => s.splice(10, 1, ['run.finished', undefined, { status: 'degraded' }])),
      'finished degraded in event 11, not succeeded',
    ],
    [
      'an event after the end',
      broken((s) => s.push(['stage.started', 'a', { attempt: 2 }])),
      'no session is open',
    ],
  ])('refuses %s', (_name, verify, message) => {
    expect(verify).toThrow(expect.objectContaining({ code: 'INVARIANT_BROKEN' }));
    expect(verify).toThrow(message);
  });

  it('refuses a dependency that starts after what needs it, in a later session', () => {
    const events = tell(
      ...sound.slice(0, 6),
      ['run.resumed'],
      ['stage.started', 'b', { attempt: 2 }],
      ['stage.started', 'a', { attempt: 2 }],
    );
    expect(() => verifyEvents(graph, events)).toThrow('stage "a" started after stage "b"');
  });

  const lost: readonly Sketch[] = [
    ['run.started'],
    ['stage.started', 'a'],
    ['stage.succeeded', 'a'],
    ['stage.started', 'b'],
    ['stage.started', 'c'],
    ['stage.succeeded', 'b'],
    ['stage.failed', 'c', { critical: true, fallback: false }],
  ];
  const undone: readonly Sketch[] = [
    ['run.undoing', undefined, { because: 'failed' }],
    ['stage.undone', 'b'],
    ['stage.undone', 'a'],
    ['run.finished', undefined, { status: 'failed' }],
  ];

  it('takes a run that undoes what it did, and a resume that does it again', () => {
    const again: readonly Sketch[] = [
      ['run.resumed'],
      ...['a', 'b', 'c'].flatMap((id): Sketch[] => [
        ['stage.started', id, { attempt: 2 }],
        ['stage.succeeded', id, { attempt: 2 }],
      ]),
      ['run.finished', undefined, { status: 'succeeded' }],
    ];
    expect(() => verifyEvents(graph, tell(...lost, ...undone, ...again))).not.toThrow();
  });

  it('takes an undo by hand of a run that died, and one that goes on with it', () => {
    const died = lost.slice(0, 6);
    const asked: Sketch = ['run.undoing', undefined, { because: 'asked' }];
    const events = tell(
      ...died,
      asked,
      ['stage.undo-failed', 'b'],
      asked,
      ['stage.undone', 'b'],
      ['stage.undone', 'a'],
      ['run.finished', undefined, { status: 'cancelled' }],
    );
    expect(() => verifyEvents(graph, events)).not.toThrow();
  });

  it.each([
    [
      'an undo that nobody asked for',
      [...lost, ['stage.undone', 'b']],
      'undoes stage "b" outside of an undo',
    ],
    [
      'an undo of what failed',
      [...lost, ...undone.slice(0, 1), ['stage.undone', 'c']],
      'undoes attempt 1 of stage "c", of which nothing stands',
    ],
    [
      'what is undone twice',
      [...lost, ...undone.slice(0, 2), ['stage.undone', 'b']],
      'of which nothing stands',
    ],
    [
      'a stage that is undone before what rests on it',
      [
        ...lost,
        ['run.undoing', undefined, { because: 'failed' }],
        ['stage.undone', 'a'],
        ['stage.undone', 'b'],
      ],
      'undoes stage "b" after stage "a", which it needs',
    ],
    [
      'an undo before all stages have ended',
      [...lost.slice(0, 6), ...undone.slice(0, 1)],
      'undoes stages before stage "c" ended',
    ],
    [
      'a stage that starts amid an undo',
      [...lost, ...undone.slice(0, 2), ['stage.started', 'b', { attempt: 2 }]],
      'amid an undo',
    ],
    [
      'a run that is whole after an undo',
      [
        ...sound,
        ['run.undoing', undefined, { because: 'asked' }],
        ['stage.undone', 'b'],
        ['run.finished', undefined, { status: 'succeeded' }],
      ],
      'finished succeeded in event 14, after what it did was undone',
    ],
  ] satisfies readonly (readonly [string, readonly Sketch[], string])[])(
    'refuses %s',
    (_name, sketches, message) => {
      expect(() => verifyEvents(graph, tell(...sketches))).toThrow(message);
    },
  );
});
