import type { ConfigSource } from '../source/config-source.ts';
import type { Problems } from '../source/problems.ts';
import type { ConfigNode } from '../tree/config-node.ts';
import { fromValue } from '../tree/from-value.ts';
import { causePlace } from '../uses/cause-place.ts';
import { type ImportFault, importFault, importModule } from '../uses/import-module.ts';

/** What a config that is a function gets, so that it need not reach for globals. */
export interface ModuleCall {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly params: Readonly<Record<string, unknown>>;
}

interface ReadRequest {
  readonly file: string;
  /** Files are shown relative to it. */
  readonly folder: string;
  readonly source: ConfigSource;
  readonly call: ModuleCall;
}

/** Runs a JS or TS config: its default export is the config, or a function that returns it. */
export async function readModule(
  { file, folder, source, call }: ReadRequest,
  problems: Problems,
): Promise<ConfigNode | undefined> {
  const at = source.span(0);
  const fail = (prefix: string, { message, location, help }: ImportFault): undefined => {
    problems.add({
      code: 'CONFIG_IMPORT_FAILED',
      severity: 'error',
      message: `${prefix}: ${message}`,
      path: [],
      at: source.locate(0),
      ...(help === undefined ? {} : { help }),
      ...(location === undefined ? {} : { related: [causePlace(location, folder)] }),
    });
  };
  const imported = await importModule(file);
  if (!imported.ok) return fail(`${source.name} cannot be imported`, imported.problem);
  const exported = imported.value.get('default');
  if (exported === undefined) {
    problems.report({
      code: 'CONFIG_EXPORT_MISSING',
      message: `${source.name} has no default export`,
      at,
      help: 'export default { name: ..., stages: { ... } }',
    });
    return undefined;
  }
  let value: unknown;
  try {
    value = typeof exported === 'function' ? await exported(call) : exported;
  } catch (error) {
    return fail(`the config function of ${source.name} threw`, importFault(error));
  }
  return fromValue(value, { at, problems });
}
