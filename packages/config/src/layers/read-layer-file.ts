import type { ModuleCall } from '../parse/module-reader.ts';
import { parseConfig } from '../parse/parse-config.ts';
import type { ConfigSource } from '../source/config-source.ts';
import { Problems } from '../source/problems.ts';
import type { MapNode } from '../tree/config-node.ts';
import type { ConfigLayer } from './config-layer.ts';
import { withoutSchemaKey } from './without-schema-key.ts';

/** Reads one file as values of a layer; undefined when something was reported. */
export type ReadLayerFile = (
  request: { readonly file: string; readonly layer: ConfigLayer },
  problems: Problems,
) => Promise<MapNode | undefined>;

interface ReaderOptions {
  /** Files are shown relative to it. */
  readonly folder: string;
  readonly maxBytes: number | undefined;
  /** What a file that is a function is called with. */
  readonly call: ModuleCall;
  /** Hears of each file that was read. */
  readonly remember: (source: ConfigSource) => void;
}

export function layerFileReader({ remember, ...options }: ReaderOptions): ReadLayerFile {
  return async ({ file, layer }, problems) => {
    // The parser gives up where anything was reported before, of another file as well.
    const own = new Problems();
    const { source, root: whole } = await parseConfig({ ...options, file, layer }, own);
    remember(source);
    const root = whole && withoutSchemaKey(whole, own);
    for (const diagnostic of own.sorted()) problems.add(diagnostic);
    return own.hasRefusal ? undefined : root;
  };
}
