import { formatPath, MillraceError, schemaIssues } from '@millrace/core';
import {
  type StreamSettings,
  type StreamSettingsInput,
  streamSettingsSchema,
} from './stream-settings.ts';

/**
 * Reads settings as they are written.
 * @throws MillraceError STREAM_SETTINGS_INVALID
 */
export function readSettings(given: StreamSettingsInput | undefined = {}): StreamSettings {
  const parsed = streamSettingsSchema.safeParse(given);
  if (parsed.success) return parsed.data;
  const faults = schemaIssues(parsed.error, given, streamSettingsSchema).map(
    ({ path, message, help }) =>
      `${formatPath(path) || 'settings'}: ${message}${help === undefined ? '' : `, ${help}`}`,
  );
  throw new MillraceError(
    'STREAM_SETTINGS_INVALID',
    `the settings of the stream are wrong: ${faults.join('; ')}`,
    { details: { faults } },
  );
}
