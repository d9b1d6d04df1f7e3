export interface JsonDialect {
  /** As people know it. */
  readonly name: 'JSON' | 'JSONC' | 'JSON5';
  readonly allowsTrailingCommas: boolean;
  /** Keys without quotes. */
  readonly allowsWordKeys: boolean;
}

/** RFC 8259. */
export const JSON_STRICT: JsonDialect = {
  name: 'JSON',
  allowsTrailingCommas: false,
  allowsWordKeys: false,
};

/** As editors keep their own settings: with comments, and a comma behind the last entry. */
export const JSONC: JsonDialect = {
  name: 'JSONC',
  allowsTrailingCommas: true,
  allowsWordKeys: false,
};

export const JSON5: JsonDialect = {
  name: 'JSON5',
  allowsTrailingCommas: true,
  allowsWordKeys: true,
};
