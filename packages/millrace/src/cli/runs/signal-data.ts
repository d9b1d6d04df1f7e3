import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { MillraceError } from '@millrace/core';

export interface SignalDataFlags {
  /** JSON, as written. */
  readonly data?: string;
  /** A JSON file; `-` is standard input. */
  readonly dataFile?: string;
}

/** The data of a signal; undefined where none are given. @throws MillraceError USAGE */
export function signalData({ data, dataFile }: SignalDataFlags, cwd: string): unknown {
  if (data !== undefined) return parsed(data, '--data');
  if (dataFile === undefined) return undefined;
  const flag = `--data-file ${dataFile}`;
  try {
    return parsed(readFileSync(dataFile === '-' ? 0 : resolve(cwd, dataFile), 'utf8'), flag);
  } catch (error) {
    if (error instanceof MillraceError) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new MillraceError('USAGE', `${flag} cannot be read: ${why}`, {
      details: { file: dataFile },
      cause: error,
      help: 'name a JSON file, or - for standard input',
    });
  }
}

function parsed(text: string, flag: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new MillraceError('USAGE', `${flag} is no JSON: ${why}`, {
      details: { flag },
      cause: error,
      help: `write it like --data '{ "ok": true }'; a text is JSON with quotes: --data '"yes"'`,
    });
  }
}
