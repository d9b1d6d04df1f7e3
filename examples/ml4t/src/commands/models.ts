import { existsSync, readdirSync } from 'node:fs';
import { ModelStore } from '@millrace/quant';
import type { ConsoleIo } from '../console/console-io.ts';
import { EXIT, type ExitCode } from '../console/exit-code.ts';
import { percent } from '../console/figures.ts';
import { misuse, readFlags, wholeNumber } from '../console/read-flags.ts';
import { DATA_SETS } from '../market/data-set.ts';
import { placeOf, settingsOf } from '../serve/open-service.ts';

const USAGE = `usage: npm run models -- [list | promote VERSION | rollback] [options]

  list             versions of the model, which one is in use, what each was measured at (default)
  promote VERSION  puts a version in use; one that is damaged is refused
  rollback         puts the version before the present one in use

  --model NAME     name of the model in the store; default that of the settings
  --settings FILE  default ml4t.yaml
  --home FOLDER    where the models are; default .millrace
  --help           this text

A service takes up what is promoted here within a second, without a restart.`;

/** Lists, promotes and rolls back the versions of a model. */
export async function models(argv: readonly string[], io: ConsoleIo): Promise<ExitCode> {
  const { values, positionals } = readFlags(argv, {
    model: { type: 'string' },
    settings: { type: 'string' },
    home: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  });
  if (values.help === true) {
    io.out(USAGE);
    return EXIT.succeeded;
  }
  const given = { settings: values.settings, home: values.home, model: values.model };
  const { store: folder, name } = placeOf(given, await settingsOf(given, io), io);
  const store = new ModelStore(folder);
  const [command = 'list', version, ...rest] = positionals;
  if (rest.length > 0) throw misuse(`unexpected "${rest[0]}"`);
  switch (command) {
    case 'list':
      for (const line of await listLines(store, { folder, name })) io.out(line);
      return EXIT.succeeded;
    case 'promote': {
      if (version === undefined) throw misuse('promote wants a version');
      await store.promote(name, wholeNumber('promote', version, 1));
      io.out(`${name}@${version} is in use`);
      return EXIT.succeeded;
    }
    case 'rollback':
      io.out(`${name}@${await store.rollback(name)} is in use again`);
      return EXIT.succeeded;
    default:
      throw misuse(`"${command}" is no command; expected list, promote or rollback`);
  }
}

async function listLines(
  store: ModelStore,
  { folder, name }: { readonly folder: string; readonly name: string },
): Promise<readonly string[]> {
  const versions = await store.versions(name);
  if (versions.length === 0) return noVersionLines(folder, name);
  const promoted = await store.promoted(name);
  const lines = versions.map(async (version) => {
    const read = await store.read(name, { version });
    const mark = version === promoted ? '*' : ' ';
    if (!read.ok)
      return `${mark} ${name}@${version}  REFUSED ${read.problem.reason}: ${read.problem.message}`;
    const { createdAt, tags, properties, lineage } = read.value.record;
    const accuracy = Number(properties.accuracy);
    return `${mark} ${name}@${version}  ${createdAt}  ${tags.join(', ')}  accuracy ${percent(accuracy)}  of ${lineage.runId}`;
  });
  return [...(await Promise.all(lines)), '* in use'];
}

/** A training names its model after its data, a service takes that of the settings: most often they differ. */
function noVersionLines(folder: string, name: string): readonly string[] {
  const isKnown = DATA_SETS.some((one) => one === name);
  const command = `npm run train -- ${isKnown ? `--data ${name}` : `--data NAME --model ${name}`}`;
  const others = existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : [];
  const names = others.filter((one) => one.isDirectory()).map((one) => one.name);
  const line = `model ${name} has no version; ${command} makes one`;
  if (names.length === 0) return [line];
  return [line, `there are models ${names.sort().join(', ')}: add --model NAME`];
}
