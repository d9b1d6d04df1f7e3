import { verifyEvents } from '@millrace/core';
import { checkStoreFile } from '@millrace/sqlite';
import { eventName } from '../session/crash-points.ts';
import type { Reference } from './reference.ts';
import type { SessionEnd } from './session-process.ts';
import type { StoredRun } from './stored-run.ts';
import type { TortureSubject } from './torture-subject.ts';

/** What must hold after every kill, as people are told. */
export const CHECKS = {
  end: 'the run and its stages end as without a kill',
  acknowledged: 'what was acknowledged is on record after the kill',
  context: 'the final context is that of a run without a kill',
  once: 'no stage and no item runs again whose outcome was on record',
  events: 'the events tell one story, in order and without gaps',
  lease: 'the run is taken over at once, and given back',
  store: 'the files of the store are sound',
  size: 'the state does not grow with the kills',
} as const;

export type Check = keyof typeof CHECKS;

export interface Breach {
  readonly check: Check;
  readonly message: string;
}

interface CaseFacts {
  /** Of the database file. */
  readonly path: string;
  readonly run: StoredRun | undefined;
  readonly deaths: readonly Death[];
  readonly ends: readonly SessionEnd[];
  readonly subject: TortureSubject;
  readonly reference: Reference;
}

/** What a session left that was killed. */
export interface Death {
  readonly run: StoredRun | undefined;
  /** Names of the crash points that it had passed. */
  readonly passed: readonly string[];
}

/** All that does not hold. */
export async function checkCase(facts: CaseFacts): Promise<readonly Breach[]> {
  const { run, ends } = facts;
  const last = ends.at(-1);
  if (run === undefined || run.status === 'running') {
    const told = `the run did not come to an end; its last session said:\n${last?.output ?? ''}`;
    return [{ check: 'end', message: told }];
  }
  const found: Record<Check, readonly string[]> = {
    end: wrongEnds(run, facts),
    acknowledged: facts.deaths.flatMap(lostCommits),
    context: wrongKeys(run, facts.reference),
    once: [...repeatedStages(run, facts.deaths), ...repeatedItems(run, facts.deaths)],
    events: brokenEvents(run, facts.subject),
    lease: wrongOwners(run, facts),
    store: checkStoreFile(facts.path),
    size: grownState(run, facts),
  };
  return Object.entries(found).flatMap(([check, messages]) =>
    messages.map((message) => ({ check: check as Check, message })),
  );
}

function wrongEnds(
  run: StoredRun,
  { reference: { run: whole }, subject }: CaseFacts,
): readonly string[] {
  const ids = new Set([...Object.keys(run.stages), ...Object.keys(whole.stages)]);
  const missing = subject.graph.ids.filter((id) => run.stages[id] === undefined && !ids.has(id));
  const stages = [...ids].flatMap((id) => {
    const [got = 'has no outcome', expected = 'has none'] = [run.stages[id], whole.stages[id]];
    return run.stages[id] === whole.stages[id]
      ? []
      : [`stage ${JSON.stringify(id)} ${got}, without a kill it ${expected}`];
  });
  const isOther = run.status !== whole.status;
  return [
    ...(isOther ? [`the run ${run.status}, without a kill it ${whole.status}`] : []),
    ...missing.map((id) => `stage ${JSON.stringify(id)} has no outcome, with or without a kill`),
    ...stages,
  ];
}

/** Commits that the store had reported as done, and whose events it does not hold. */
function lostCommits({ run, passed }: Death): readonly string[] {
  const known = new Set(run?.events.map(eventName));
  const done = passed.flatMap((point) => /^after:((?:run|stage)\..*)$/s.exec(point)?.[1] ?? []);
  const untold = done.filter((name) => !known.has(name));
  const unrecorded = done.filter((name) => {
    const succeeded = /^stage\.succeeded:(.*)#\d+$/s.exec(name)?.[1];
    return succeeded !== undefined && run?.stages[succeeded] !== 'succeeded';
  });
  return [
    ...lostItems({ run, passed }),
    ...untold.map((name) => `the commit of ${name} had returned, and its event is not there`),
    ...unrecorded.map((name) => `the commit of ${name} had returned, and its outcome is not there`),
  ];
}

/** Points tell how many items of a stage had been written. */
function lostItems({ run, passed }: Death): readonly string[] {
  return passed.flatMap((point) => {
    const [, stage = '', count = '0'] = /^after:items:(.*)#\d+:(\d+)$/s.exec(point) ?? [];
    const kept = run?.itemCounts.get(stage) ?? 0;
    if (kept >= Number(count)) return [];
    return [`the commit of ${count} items of ${stage} had returned, and ${kept} are there`];
  });
}

function wrongKeys(run: StoredRun, { run: whole, unstable }: Reference): readonly string[] {
  const keys = new Set([...Object.keys(run.context), ...Object.keys(whole.context)]);
  return [...keys]
    .filter((key) => run.context[key] !== whole.context[key] && !unstable.includes(key))
    .map((key) => {
      const got = run.context[key];
      if (got === undefined) return `the key ${JSON.stringify(key)} is lost`;
      const isDamaged = got.startsWith('damaged: ');
      return isDamaged ? got : `the key ${JSON.stringify(key)} has another value`;
    });
}

function repeatedStages(run: StoredRun, deaths: readonly Death[]): readonly string[] {
  const repeated = new Set<string>();
  for (const { run: dead } of deaths) {
    const lastSeq = dead?.events.at(-1)?.seq ?? 0;
    for (const event of run.events) {
      const isLater = event.type === 'stage.started' && event.seq > lastSeq;
      if (isLater && dead?.stages[event.stage] === 'succeeded') repeated.add(event.stage);
    }
  }
  return [...repeated].map((id) => `stage ${JSON.stringify(id)} ran again after its success`);
}

/** An item that is done again has the number of a later attempt. */
function repeatedItems(run: StoredRun, deaths: readonly Death[]): readonly string[] {
  const repeated = new Set<string>();
  for (const { run: dead } of deaths) {
    for (const [item, attempt] of dead?.items ?? []) {
      if (run.items.get(item) !== attempt) repeated.add(item);
    }
  }
  return [...repeated].map((item) => `item ${JSON.stringify(item)} ran again after its success`);
}

function brokenEvents({ events }: StoredRun, { graph }: TortureSubject): readonly string[] {
  try {
    verifyEvents(graph, events);
    return [];
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}

function wrongOwners(
  { isOwned, sessions }: StoredRun,
  { ends, deaths }: CaseFacts,
): readonly string[] {
  // A session that died before the run was on record did not own it.
  const owners = ends.length - deaths.filter(({ run }) => run === undefined).length;
  const refused = ends.find(({ output }) => output.includes('RUN_HELD'));
  return [
    ...(isOwned ? ['the run has ended, and still has an owner'] : []),
    ...(sessions > owners ? [`the run was owned ${sessions} times in ${owners} sessions`] : []),
    ...(refused === undefined ? [] : [`a resume was refused: ${refused.output}`]),
  ];
}

/** What one kill may add: events and attempts of the session that it ended, and pages that are not full. */
const BYTES_A_KILL = 64 * 1024;

function grownState({ bytes }: StoredRun, { reference, deaths }: CaseFacts): readonly string[] {
  const most = reference.run.bytes * 2 + deaths.length * BYTES_A_KILL;
  return bytes <= most
    ? []
    : [`the store has ${bytes} bytes, without a kill ${reference.run.bytes}`];
}
