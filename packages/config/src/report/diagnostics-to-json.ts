import type { Diagnostic, RelatedPlace, SourceLocation } from '@millrace/core';

/** A place in a file, or the flag that gives a value, as it was typed: a flag has no lines. */
export type PlaceJson = SourceLocation | { readonly flag: string };

export interface RelatedPlaceJson extends Omit<RelatedPlace, 'at'> {
  readonly at?: PlaceJson;
}

export interface DiagnosticJson extends Omit<Diagnostic, 'at' | 'related'> {
  readonly at?: PlaceJson;
  readonly related?: readonly RelatedPlaceJson[];
}

/** The form for programs; fields are only ever added to it. */
export interface DiagnosticsJson {
  readonly version: 1;
  readonly errors: number;
  readonly warnings: number;
  readonly diagnostics: readonly DiagnosticJson[];
}

export function diagnosticsToJson(diagnostics: readonly Diagnostic[]): DiagnosticsJson {
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  return {
    version: 1,
    errors,
    warnings: diagnostics.length - errors,
    diagnostics: diagnostics.map(toJson),
  };
}

function toJson(diagnostic: Diagnostic): DiagnosticJson {
  const { at, related, ...fields } = diagnostic;
  return {
    ...fields,
    ...(at === undefined ? {} : { at: placeOf(at) }),
    ...(related === undefined
      ? {}
      : {
          related: related.map(({ at: place, ...other }) =>
            place === undefined ? other : { ...other, at: placeOf(place) },
          ),
        }),
  };
}

/** Values of flags have the flag for a file name. */
function placeOf(at: SourceLocation): PlaceJson {
  return at.file.startsWith('--') ? { flag: at.file } : at;
}
