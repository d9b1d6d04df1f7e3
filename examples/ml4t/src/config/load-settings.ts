import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { messageOf } from '../base/message-of.ts';
import { ml4tError } from '../base/ml4t-error.ts';
import { Settings } from './settings.ts';

/**
 * Reads a settings file.
 * @throws MillraceError SETTINGS_INVALID with all faults at once
 */
export async function loadSettings(file: string): Promise<Settings> {
  const parsed = Settings.safeParse((await readYaml(file)) ?? {});
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(
    ({ path, message }) => `  ${path.join('.') || 'the file'}: ${message}`,
  );
  throw ml4tError('SETTINGS_INVALID', `${file} cannot be used:\n${faults.join('\n')}`);
}

async function readYaml(file: string): Promise<unknown> {
  try {
    return parse(await readFile(file, 'utf8'));
  } catch (cause) {
    throw ml4tError('SETTINGS_INVALID', `${file} cannot be read: ${messageOf(cause)}`, { cause });
  }
}
