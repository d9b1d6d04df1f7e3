import { keepsUnselected } from '../plan/index.ts';
import { RunState } from '../run/index.ts';
import { Admissions } from './admissions.ts';
import { type AttemptsHost, AttemptsUnderWay } from './attempts-under-way.ts';
import { BasisReader } from './basis-reader.ts';
import { BasisRecorder } from './basis-recorder.ts';
import { CachedOutcomes } from './cached-outcomes.ts';
import { CommitQueue } from './commit-queue.ts';
import { LimitedItems } from './limited-items.ts';
import { LimitedStages } from './limited-stages.ts';
import { OutcomeSettler, type SettlerHost } from './outcome-settler.ts';
import { RecordedValues } from './recorded-values.ts';
import type { SessionParts } from './session-parts.ts';
import { StageGate } from './stage-gate.ts';
import { StageOutcomes } from './stage-outcomes.ts';
import { StageViews } from './stage-views.ts';
import { StageWaits } from './stage-waits.ts';
import { UnstartedStages } from './unstarted-stages.ts';
import type { WaitHost } from './wait-host.ts';

/** What the parts of a session ask of it. Nothing of it is called before the session is made. */
export interface SessionHost {
  readonly settler: SettlerHost;
  readonly attempts: AttemptsHost;
  readonly waits: WaitHost;
  readonly committed: () => void;
  readonly failed: (error: unknown) => void;
}

/** The parts that a session puts together, each with one owner: the session. */
export interface SessionKit extends SessionRecords {
  readonly gate: StageGate;
  readonly admissions: Admissions;
  readonly unstarted: UnstartedStages;
  readonly settler: OutcomeSettler;
  readonly stageWaits: StageWaits;
  readonly limited: LimitedStages;
  readonly limitedItems: LimitedItems;
  readonly attempts: AttemptsUnderWay;
}

interface SessionRecords {
  readonly state: RunState;
  readonly views: StageViews;
  readonly outcomes: StageOutcomes;
  readonly commits: CommitQueue;
  readonly reader: BasisReader;
}

export function sessionKit(parts: SessionParts, host: SessionHost): SessionKit {
  const records = openRecords(parts, host);
  const site = { session: parts, ...records };
  const basis = new BasisRecorder(records.reader);
  const { commits } = records;
  const stageWaits = new StageWaits({ session: parts, commits, host: host.waits });
  const limited = new LimitedStages({ ...site, wake: host.attempts.pump });
  const limitedItems = new LimitedItems(site);
  return {
    ...records,
    gate: openGate(parts, records),
    admissions: new Admissions({ ...site, layers: parts.layers, basis }),
    unstarted: new UnstartedStages({
      ...site,
      pipeline: parts.pipeline,
      // Those of another run are no checkpoints of this one.
      records: parts.forkedFrom === undefined ? parts.records : new Map(),
    }),
    settler: new OutcomeSettler({ ...site, basis, host: host.settler }),
    stageWaits,
    limited,
    limitedItems,
    attempts: new AttemptsUnderWay({
      ...site,
      waits: stageWaits,
      limited,
      items: limitedItems,
      host: host.attempts,
    }),
  };
}

function openRecords(parts: SessionParts, host: SessionHost): SessionRecords {
  const { plan, pipeline, layers, options, store, lease, heart, earlier } = parts;
  const { priority } = plan;
  const views = new StageViews(pipeline, layers, !keepsUnselected(plan));
  const outcomes = new StageOutcomes(parts);
  return {
    state: new RunState(pipeline.graph, { priority, tieBreak: options.tieBreak }),
    views,
    outcomes,
    commits: new CommitQueue({
      store,
      lease,
      durability: options.durability,
      lastSeq: earlier?.lastSeq ?? 0,
      announce: parts.announce,
      committed: () => {
        heart.noteCommit();
        host.committed();
      },
      failed: host.failed,
    }),
    reader: new BasisReader({
      pipeline,
      views,
      layers,
      attemptOf: (index) => outcomes.attemptOf(index),
    }),
  };
}

function openGate(session: SessionParts, { views, reader, state }: SessionRecords): StageGate {
  const { store, pipeline } = session;
  const recorded = new RecordedValues(store);
  return new StageGate({
    session,
    views,
    basis: reader,
    cached: new CachedOutcomes({ store, pipeline, views, basis: reader, recorded }),
    hasRun: (index) => index >= 0 && state.status(index) === 'succeeded',
  });
}
