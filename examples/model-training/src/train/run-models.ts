import { readdirSync } from 'node:fs';
import { ModelStore } from '@millrace/quant';
import { TrainingError } from '../base/training-error.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { modelPlaces } from './model-places.ts';
import { misuse, parseFlags, requireFilled, wholeFlag } from './parse-flags.ts';
import type { TrainingIo } from './training-io.ts';

const usage = `usage: npm run models -- [list]                   all versions, the one in use marked
       npm run models -- show NAME [VERSION]      all that a model file says of itself
       npm run models -- promote NAME VERSION     puts a version in use, after reading it
       npm run models -- rollback NAME            puts the version in use that was before

  --force         promote a version that was rejected, too
  --home FOLDER   where runs and models are; default .millrace of the example
  --help          this text

exit codes: 0 done; 1 a model file is refused, or was rejected; 2 wrong usage, or no such model`;

/** Lists, shows, promotes and rolls back. @throws TrainingError and MillraceError */
export async function runModels(argv: readonly string[], io: TrainingIo): Promise<ExitCode> {
  const { values, positionals } = parseFlags(argv, {
    home: { type: 'string' },
    force: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h' },
  });
  if (values.help === true) {
    io.out(usage);
    return EXIT.succeeded;
  }
  requireFilled(values);
  const { models } = await modelPlaces(values.home, io.env);
  const store = new ModelStore(models);
  const [verb = 'list', name, version, ...others] = positionals;
  const number = wholeFlag('VERSION', version);
  if (verb === 'list' && name === undefined) return listModels(store, models, io);
  if (name === undefined || others.length > 0) throw misuse(`${verb} wants the name of a model`);
  if (verb === 'show') return showModel(store, name, number, io);
  if (verb === 'promote') {
    if (number === undefined) throw misuse('promote wants a version');
    if (!values.force) await requireApproved(store, name, number);
    await store.promote(name, number);
    io.out(`${name}@${number} is in use`);
  } else if (verb === 'rollback') {
    if (number !== undefined) throw misuse('rollback takes no version: promote does');
    io.out(`${name}@${await store.rollback(name)} is in use again`);
  } else throw misuse(`there is no ${JSON.stringify(verb)}: list, show, promote, rollback`);
  return EXIT.succeeded;
}

/** @throws TrainingError MODEL_REJECTED */
async function requireApproved(store: ModelStore, name: string, version: number): Promise<void> {
  const { record } = await store.load(name, { version });
  if (record.properties.verdict !== 'rejected') return;
  const message = `${record.id} was rejected by its evaluation: ${record.description}`;
  throw new TrainingError('MODEL_REJECTED', message);
}

async function listModels(store: ModelStore, folder: string, io: TrainingIo): Promise<ExitCode> {
  const names = namesIn(folder);
  if (names.length === 0) io.out(`there are no models in ${folder}: npm run train makes one`);
  for (const name of names) {
    const inUse = await store.promoted(name);
    for (const version of await store.versions(name)) {
      const read = await store.read(name, { version });
      const mark = version === inUse ? '▶' : ' ';
      const text = read.ok
        ? `${read.value.record.createdAt}  ${read.value.record.model.kind}  ${read.value.record.description}`
        : `REFUSED (${read.problem.reason}): ${read.problem.message}`;
      io.out(`${mark} ${`${name}@${version}`.padEnd(14)}${text}`);
    }
  }
  return EXIT.succeeded;
}

function namesIn(folder: string): readonly string[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    return entries
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name)
      .sort();
  } catch {
    // Before the first training there is no folder.
    return [];
  }
}

async function showModel(
  store: ModelStore,
  name: string,
  version: number | undefined,
  io: TrainingIo,
): Promise<ExitCode> {
  const { record } = await store.load(name, version === undefined ? {} : { version });
  const { id, createdAt, description, tags, properties, lineage, model } = record;
  const { rows, tailRows, rounds } = model.training;
  const kept = model.kind === 'logistic' ? `${rounds} Newton steps` : `${rounds} trees`;
  const validated = tailRows === 0 ? '' : `, stopped by ${tailRows}`;
  for (const [label, text] of [
    ['Id', id],
    ['Type', `${model.kind}, ${kept}, trained on ${rows} samples${validated}`],
    ['Created', createdAt],
    ['Description', description],
    ['Tags', tags.join(', ')],
    ['Run', `${lineage.runId}, stage ${lineage.stageId ?? '–'}`],
    ['Samples', `sha256 ${lineage.data}`],
    ['Features', model.features.join(', ')],
    ...Object.entries(properties).map(([key, value]) => [`  ${key}`, String(value)]),
  ] as const) {
    io.out(`${`${label}:`.padEnd(18)}${text}`);
  }
  return EXIT.succeeded;
}
