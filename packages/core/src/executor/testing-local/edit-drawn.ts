import type { Drawer } from './draw-pipeline.ts';
import { ancestorsOf, visibleKeys } from './draw-pipeline.ts';
import type { Drawn, DrawnStage } from './drawn-pipeline.ts';

type Stages = readonly DrawnStage[];
type Change = (stage: DrawnStage, drawer: Drawer, stages: Stages) => Partial<DrawnStage>;

/** Edits of one stage. What an edit of a class changes goes with another version, as its code would. */
const CHANGES: Readonly<Record<string, Change>> = {
  'a param that is read': ({ params }) => ({ params: { ...params, p: (params.p ?? 0) + 1 } }),
  'a param that is not read': ({ params }) => ({ params: { ...params, q: (params.q ?? 0) + 1 } }),
  'a param that comes': ({ params }) => ({ params: { ...params, r: 1 } }),
  'a param that goes': ({ params: { q: _gone, ...rest } }) => ({ params: rest }),
  'code that does the same': ({ version }) => ({ version: version + 1 }),
  'code that does something else': ({ version, salt }) => ({
    version: version + 1,
    salt: salt + 1,
  }),
  'a new dependency': ({ id, needs }, drawer, stages) => {
    const before = stages.slice(
      0,
      stages.findIndex((stage) => stage.id === id),
    );
    const others = before.filter((stage) => !needs.includes(stage.id));
    return others.length === 0 ? {} : { needs: [...needs, drawer.pick(others).id] };
  },
  'a dependency less': ({ needs }, drawer) => {
    const gone = needs.length === 0 ? undefined : drawer.pick(needs);
    return { needs: needs.filter((need) => need !== gone) };
  },
  'another key': ({ output }, drawer) =>
    output === undefined
      ? {}
      : { output: { ...output, key: `${output.key}${drawer.pick(['', 'x'])}x` } },
  'other keys to read': ({ id, needs, reads }, drawer, stages) => {
    const before = stages.slice(
      0,
      stages.findIndex((stage) => stage.id === id),
    );
    const keys = visibleKeys(before, needs);
    return {
      reads: reads?.map((read) => ({
        ...read,
        keys:
          read.gathers && drawer.chance(0.5)
            ? [...read.keys, drawer.pick(keys)]
            : [drawer.pick(keys)],
      })),
    };
  },
  'another file': ({ file }) => (file === undefined ? {} : { file: file + 1 }),
  'another condition': ({ reads }, drawer) => ({ condition: drawer.condition(reads) }),
  'an output that may be left out': ({ output, version }) =>
    output === undefined
      ? {}
      : { output: { ...output, isOptional: !output.isOptional }, version: version + 1 },
  'other keys to look at': ({ id, needs, reads, version }, drawer, stages) => {
    const before = stages.slice(
      0,
      stages.findIndex((stage) => stage.id === id),
    );
    return {
      looks: drawer.looks(visibleKeys(before, needs), reads === undefined),
      version: version + 1,
    };
  },
};

export interface Edited {
  readonly drawn: Drawn;
  readonly what: string;
}

/** A pipeline after one random edit, and what that was. */
export function editDrawn({ initial, stages }: Drawn, drawer: Drawer): Edited {
  if (drawer.chance(0.06)) {
    return { drawn: { initial: drawer.initial(), stages }, what: 'other initial values' };
  }
  const edited = editStages(stages, drawer);
  return { drawn: { initial, stages: edited.stages }, what: edited.what };
}

function editStages(stages: Stages, drawer: Drawer): { stages: Stages; what: string } {
  if (drawer.chance(0.06) && stages.length > 1) return removed(stages, drawer);
  if (drawer.chance(0.06)) return added(stages, drawer);
  const what = drawer.pick(Object.keys(CHANGES));
  const { id } = drawer.pick(stages);
  const edited = stages.map((stage) =>
    stage.id === id ? { ...stage, ...CHANGES[what]?.(stage, drawer, stages) } : stage,
  );
  return { stages: edited, what: `${id}: ${what}` };
}

/** What needed the removed stage needs what that one needed. */
function removed(stages: Stages, drawer: Drawer): { stages: Stages; what: string } {
  const gone = drawer.pick(stages);
  const left = stages.filter(({ id }) => id !== gone.id);
  const edited = left.map((stage) => {
    if (!stage.needs.includes(gone.id)) return stage;
    const needs = stage.needs.filter((need) => need !== gone.id);
    return { ...stage, needs: [...new Set([...needs, ...gone.needs])] };
  });
  return { stages: edited, what: `${gone.id}: removed` };
}

/** A new stage before some other, which may need it. */
function added(stages: Stages, drawer: Drawer): { stages: Stages; what: string } {
  const next = drawer.pick(stages);
  const place = stages.indexOf(next);
  const id = `new${stages.length}`;
  // An id that was taken before has a history of its own.
  if (stages.some((stage) => stage.id === id)) return { stages, what: 'nothing' };
  const stage = drawer.stage(id, stages.slice(0, place));
  const needs = drawer.chance(0.7) ? [...next.needs, stage.id] : next.needs;
  const rest = stages.slice(place).map((other) => (other === next ? { ...other, needs } : other));
  return { stages: [...stages.slice(0, place), stage, ...rest], what: `${stage.id}: added` };
}

/** Whether of the writers of each key one always needs the other, the undeclared ones included. */
export function hasNoRivals(stages: Stages): boolean {
  const writersOf = new Map<string, DrawnStage[]>();
  for (const stage of stages) {
    const keys = [stage.output?.key, stage.update].filter((key) => key !== undefined);
    // A stage that writes a key twice is refused.
    if (new Set(keys).size < keys.length) return false;
    for (const key of keys) writersOf.set(key, [...(writersOf.get(key) ?? []), stage]);
  }
  return [...writersOf.values()].every((writers) =>
    writers.every((writer, at) => {
      const before = writers[at - 1];
      return before === undefined || ancestorsOf(stages, writer.needs).has(before.id);
    }),
  );
}
