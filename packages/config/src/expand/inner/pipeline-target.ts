import { extname } from 'node:path';
import { configFormat } from '../../parse/config-format.ts';

/** What the `pipeline` of a stage names. */
export type PipelineTarget =
  | { readonly kind: 'file'; readonly path: string; readonly name: string | undefined }
  | { readonly kind: 'name'; readonly name: string };

/** Reads `./prep.yaml`, `prep.yaml#name`, or the name of a pipeline of the same file; undefined when a part is empty. */
export function parseTarget(text: string): PipelineTarget | undefined {
  const hash = text.lastIndexOf('#');
  const target = hash === -1 ? text : text.slice(0, hash);
  const name = hash === -1 ? undefined : text.slice(hash + 1);
  if (name === '' || text.trim() === '') return undefined;
  if (isFile(target)) return { kind: 'file', path: target, name };
  if (name === undefined) return { kind: 'name', name: target };
  return target === '' ? { kind: 'name', name } : undefined;
}

function isFile(text: string): boolean {
  if (/^(?:\.{0,2}[\\/]|[A-Za-z]:[\\/])/.test(text)) return true;
  return extname(text) !== '' && configFormat(text) !== undefined;
}
