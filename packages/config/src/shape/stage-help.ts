import { extname } from 'node:path';
import { configFormat } from '../parse/config-format.ts';
import type { ConfigNode } from '../tree/config-node.ts';

const MODULE = /\.[mc]?[jt]s(?:#.*)?$/;
const LONGEST_SHOWN = 60;
const PLAIN_KEY = /^[\w./-]+$/;

/**
 * How a stage is written that is no map: of text that names a file it is known what that file is.
 * @param written the stage around its fields, as it would stand in the config
 */
export function stageHelp(node: ConfigNode, written: (fields: string) => string): string {
  return written(fieldsFor(node));
}

function fieldsFor(node: ConfigNode): string {
  const [only, ...others] = node.kind === 'list' ? node.items : [node];
  const isPlain = only?.kind === 'scalar' && only.redacted === undefined && others.length === 0;
  const text = isPlain ? only.value : undefined;
  if (typeof text !== 'string' || text.length > LONGEST_SHOWN || !isFile(text))
    return 'uses: ./stages/my-stage.ts';
  return `${MODULE.test(text) ? 'uses' : 'pipeline'}: ${JSON.stringify(text).slice(1, -1)}`;
}

function isFile(text: string): boolean {
  const file = text.replace(/#.*$/, '');
  return MODULE.test(text) || (extname(file) !== '' && configFormat(file) !== undefined);
}

/** A key of a map, in quotes where it needs them. */
export function writtenKey(id: string): string {
  return PLAIN_KEY.test(id) ? id : JSON.stringify(id);
}
