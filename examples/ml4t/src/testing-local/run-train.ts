import { asRunId, asStageId, openStore } from 'millrace';
import { runTraining } from '../train/run-training.ts';
import { readTrainOptions } from '../train/train-options.ts';
import { trainPlaces } from '../train/train-places.ts';
import { readTraining } from '../train/training-outcome.ts';

/** The program in this process, with what it prints and what is left in its store. */
export async function runTrain(home: string, ...argv: readonly string[]) {
  const lines: string[] = [];
  const options = readTrainOptions([...argv, '--home', home]);
  if (options === undefined) throw new Error('--help runs nothing');
  const out = (line: string) => void lines.push(line);
  const exitCode = await runTraining(options, { out, notice: out, env: { INIT_CWD: '/' } });
  const text = lines.join('\n');
  const runId = /--resume (\S+)/.exec(text)?.[1] ?? 'none';
  return { exitCode, text, runId };
}

export async function outcomeOf(home: string, runId: string) {
  const { store: spec } = trainPlaces(home, {});
  const store = await openStore(spec, { readOnly: true });
  try {
    return await readTraining(store, asRunId(runId));
  } finally {
    await store.close();
  }
}

/** Folds that are on record, from 1, whatever became of the run. */
export async function foldsOnRecord(home: string, runId: string): Promise<readonly number[]> {
  const store = await openStore(trainPlaces(home, {}).store, { readOnly: true });
  try {
    const items = await store.loadItems(asRunId(runId), asStageId('validate'));
    return items
      .filter(({ status }) => status === 'succeeded')
      .map(({ key }) => Number(key) + 1)
      .sort((a, b) => a - b);
  } finally {
    await store.close();
  }
}
