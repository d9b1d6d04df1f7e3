import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { didYouMean, isStageClass, MillraceError, type StageClass } from '@millrace/core';

/** The class that `FILE` or `FILE#Export` names. @throws MillraceError STAGE_IMPORT_FAILED */
export async function importStage(uses: string, cwd: string): Promise<StageClass> {
  const hash = uses.lastIndexOf('#');
  const file = resolve(cwd, hash === -1 ? uses : uses.slice(0, hash));
  const name = hash === -1 ? 'default' : uses.slice(hash + 1);
  const exports = await imported(uses, file);
  const found = exports.get(name);
  if (isStageClass(found)) return found;
  const stages = [...exports].flatMap(([key, value]) => (isStageClass(value) ? [key] : []));
  const why = found === undefined ? 'it has no such export' : 'that export is no stage class';
  throw new MillraceError('STAGE_IMPORT_FAILED', `--uses ${uses}: ${why}`, {
    details: { uses, export: name },
    help:
      didYouMean(name, stages) ??
      (stages.length === 0 ? 'it exports no stage' : `it exports ${stages.join(', ')}`),
  });
}

async function imported(uses: string, file: string): Promise<ReadonlyMap<string, unknown>> {
  try {
    const namespace: object = await import(pathToFileURL(file).href);
    return new Map(Object.entries(namespace));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new MillraceError('STAGE_IMPORT_FAILED', `--uses ${uses} cannot be imported: ${reason}`, {
      details: { uses },
      cause: error,
      help: 'name a module that exports the class of the stage',
    });
  }
}
