import { relative } from 'node:path';
import { ModelStore } from '@millrace/quant';
import {
  type CheckpointStore,
  cancelOnSignals,
  type LoadedPipeline,
  openLogging,
  openStore,
  PipelineExecutor,
  type RunEvent,
  type RunRecord,
  type RunResult,
} from 'millrace';
import { exampleFolder } from '../base/example-folder.ts';
import type { ConsoleIo } from '../console/console-io.ts';
import { EXIT, type ExitCode } from '../console/exit-code.ts';
import { labelled, RULE, seconds } from '../console/figures.ts';
import { DATA_SET_FACTS, type DataSetName } from '../market/data-set.ts';
import { pausedFold } from '../rehearsal/rehearse.ts';
import { findTraining } from './find-training.ts';
import { loadEarlierTraining, loadNewTraining } from './load-training.ts';
import type { TrainOptions } from './train-options.ts';
import { trainPlaces } from './train-places.ts';
import { trainingLines } from './training-lines.ts';
import { readTraining } from './training-outcome.ts';

/**
 * One session of a training, new or resumed, from its header to its model.
 * @throws MillraceError when nothing can be run or recorded
 */
export async function runTraining(options: TrainOptions, io: ConsoleIo): Promise<ExitCode> {
  const { training, home } = options;
  pausedFold(io.env);
  const places = trainPlaces(home, io.env);
  const readOnly = training.kind === 'resume';
  // Read first, so that a missing store is not made by a resume.
  if (readOnly) await (await openStore(places.store, { readOnly })).close();
  const store = await openStore(places.store);
  try {
    const { loaded, earlier } = await loadTraining(training, store, places.models);
    const data = dataOf(loaded);
    io.out(RULE);
    io.out(`ML4T TRAINING -- ${data}: ${DATA_SET_FACTS[data].description}`);
    io.out(RULE);
    const log = await openLogging({ dir: places.logs, level: 'info', secrets: loaded.secrets });
    try {
      const onEvent = (event: RunEvent): void => log.event(event);
      const resume = (runId: string): string => resumeCommand(runId, home, io);
      const result = await drive({ loaded, store, earlier, onEvent, resume }, io);
      return await report(result, { store, resume }, io);
    } finally {
      await log.close();
    }
  } finally {
    await store.close();
  }
}

async function loadTraining(
  training: TrainOptions['training'],
  store: CheckpointStore,
  models: string,
): Promise<Pick<Drive, 'loaded' | 'earlier'>> {
  if (training.kind === 'new') {
    // A name that no model can have is refused before the training, not by its last stage.
    await new ModelStore(models).versions(training.model ?? training.data);
    return { loaded: await loadNewTraining(training, models), earlier: undefined };
  }
  const earlier = await findTraining(store, training.run);
  return { loaded: await loadEarlierTraining(earlier), earlier };
}

interface Drive {
  readonly loaded: LoadedPipeline;
  readonly store: CheckpointStore;
  readonly earlier: RunRecord | undefined;
  readonly onEvent: (event: RunEvent) => void;
  readonly resume: (runId: string) => string;
}

async function drive(
  { loaded, store, earlier, onEvent, resume }: Drive,
  io: ConsoleIo,
): Promise<RunResult> {
  const executor = new PipelineExecutor({ store });
  const { pipeline, source } = loaded;
  const print = (event: RunEvent): void => {
    onEvent(event);
    if (event.type === 'stage.progress' && event.stage === 'validate')
      io.notice(`validate: ${event.message ?? ''}`);
  };
  const handle =
    earlier === undefined
      ? await executor.start(pipeline, { onEvent: print, source })
      : await executor.resume(earlier.id, pipeline, { onEvent: print });
  const stopWatching = cancelOnSignals(handle, (mode) =>
    io.notice(
      mode === 'drain'
        ? 'what runs finishes, then the training stops; Ctrl-C again aborts it'
        : 'aborting what runs; Ctrl-C again leaves at once',
    ),
  );
  io.notice(`if this is killed, go on with: ${resume(handle.id)}`);
  try {
    return await handle.result;
  } finally {
    stopWatching();
  }
}

async function report(
  { runId, status, stages, durationMs }: RunResult,
  { store, resume }: Pick<Drive, 'store' | 'resume'>,
  io: ConsoleIo,
): Promise<ExitCode> {
  if (status === 'succeeded') {
    for (const line of trainingLines(await readTraining(store, runId))) io.out(line);
    io.out(labelled('Total', seconds(durationMs)));
    io.out(labelled('Stored', `run ${runId} in ${store.name}`));
    return EXIT.succeeded;
  }
  for (const { id, failure } of stages) {
    if (failure !== undefined)
      io.out(labelled('Failed', `${id}: ${failure.thrown?.message ?? failure.message}`));
  }
  io.out(labelled('Resume', resume(runId)));
  return status === 'cancelled' ? EXIT.cancelled : EXIT.failed;
}

function dataOf({ pipeline }: LoadedPipeline): DataSetName {
  const found = pipeline.definition.stages.find(({ id }) => id === 'market')?.with as {
    readonly data: DataSetName;
  };
  return found.data;
}

/** What goes on with a run when it is pasted into the shell from which this one was started. */
function resumeCommand(runId: string, home: string | undefined, { env }: ConsoleIo): string {
  const toExample = relative(env.INIT_CWD ?? process.cwd(), exampleFolder);
  const words = ['npm', 'run', 'train', ...(toExample === '' ? [] : ['--prefix', toExample])];
  const where = home === undefined ? [] : ['--home', home];
  return [...words, '--', '--resume', runId, ...where].join(' ');
}
