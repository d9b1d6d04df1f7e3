import type { RelatedPlace, SourceLocation } from '@millrace/core';
import { shownPath } from '../find/shown-path.ts';

/** Where a module threw: outside of the config, so without a path into it. */
export function causePlace(at: SourceLocation, folder: string): RelatedPlace {
  return { message: 'caused here', path: [], at: { ...at, file: shownPath(at.file, folder) } };
}
