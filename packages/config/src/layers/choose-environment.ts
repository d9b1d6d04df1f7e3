import { stagesAsMaps } from '../shape/stages-by-id.ts';
import { ConfigSource } from '../source/config-source.ts';
import { oneOf } from '../source/one-of.ts';
import type { Problems } from '../source/problems.ts';
import { suggestName } from '../source/suggest-name.ts';
import type { MapEntry, MapNode } from '../tree/config-node.ts';
import { environmentFiles } from './environment-files.ts';
import { environmentLayer } from './environment-layer.ts';
import { inLayer } from './in-layer.ts';
import { mergeMaps } from './merge-nodes.ts';
import type { ReadLayerFile } from './read-layer-file.ts';
import { refuseLayerFields } from './take-layer-fields.ts';

const VARIABLE = 'MILLRACE_ENV';

/** The environment that was asked for, and by what. */
export interface WantedEnvironment {
  readonly name: string;
  readonly source: ConfigSource;
}

export interface ChosenEnvironment {
  readonly name: string;
  /** What it lays over the config. */
  readonly layer: MapNode;
  /** The part of it that stands in a file of its own. */
  readonly beside: MapNode | undefined;
}

interface ChoiceRequest {
  readonly wanted: WantedEnvironment;
  /** Absolute path of the config. */
  readonly file: string;
  /** The section `environments` of the config and its bases. */
  readonly sections: MapEntry | undefined;
  readonly read: ReadLayerFile;
  /** A path as people see it. */
  readonly shown: (file: string) => string;
}

/** What the caller says wins over the variable; an empty name is none. */
export function wantedEnvironment(
  given: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): WantedEnvironment | undefined {
  const variable = Object.hasOwn(env, VARIABLE) ? env[VARIABLE] : undefined;
  const name = given ?? variable ?? '';
  if (name === '') return undefined;
  const flag = given === undefined ? `${VARIABLE}=${name}` : `--env ${name}`;
  return { name, source: new ConfigSource('override', flag) };
}

/**
 * Puts an environment together: its section of the config, then the file that is named for it.
 * Undefined when there is none or it cannot be read, which was reported.
 */
export async function chooseEnvironment(
  request: ChoiceRequest,
  problems: Problems,
): Promise<ChosenEnvironment | undefined> {
  const { wanted, sections } = request;
  const { name } = wanted;
  const known =
    sections?.value.kind === 'map' ? sections.value.entries : new Map<string, MapEntry>();
  const section = known.get(name)?.value;
  const files = await environmentFiles(request.file);
  const [file, ...others] = files.get(name) ?? [];
  if (section === undefined && file === undefined) {
    reportUnknown(request, new Set([...known.keys(), ...files.keys()]), problems);
    return undefined;
  }
  if (others.length > 0) {
    reportSeveral(request, [file ?? '', ...others], problems);
    return undefined;
  }
  const own = section && environmentLayer(name, inLayer(section, 'environment'), problems);
  if (file === undefined) return own && { name, layer: own, beside: undefined };
  const beside = await fileLayer(file, request.read, problems);
  if (beside === undefined) return undefined;
  const layer = own === undefined ? beside : mergeMaps(own, beside, 'upper');
  return { name, layer, beside };
}

async function fileLayer(
  file: string,
  read: ReadLayerFile,
  problems: Problems,
): Promise<MapNode | undefined> {
  const root = await read({ file, layer: 'environment' }, problems);
  return root && stagesAsMaps(refuseLayerFields(root, [], problems), problems).pipeline;
}

function reportUnknown(
  { wanted: { name, source }, file, shown }: ChoiceRequest,
  known: ReadonlySet<string>,
  problems: Problems,
): void {
  const names = [...known];
  problems.report({
    code: 'ENVIRONMENT_UNKNOWN',
    message:
      names.length === 0
        ? `there is no environment ${JSON.stringify(name)}: ${shown(file)} has none`
        : `there is no environment ${JSON.stringify(name)} in ${shown(file)}`,
    at: source.span(0),
    path: ['environments'],
    expected: oneOf(names),
    help: suggestName(name, names) ?? 'list it under `environments:`',
  });
}

function reportSeveral(
  { wanted: { name, source }, shown }: ChoiceRequest,
  files: readonly string[],
  problems: Problems,
): void {
  problems.report({
    code: 'ENVIRONMENT_AMBIGUOUS',
    message: `the environment ${JSON.stringify(name)} has ${files.length} files`,
    at: source.span(0),
    got: files.map(shown).join(', '),
    help: 'keep one of them',
  });
}
