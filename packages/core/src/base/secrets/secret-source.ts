/** The secret values known so far. Read again for every text, so it may grow. An array is one too. */
export interface SecretSource {
  values(): Iterable<string>;
}

/** What stands in the place of a secret. */
export const REDACTED = '[secret]';

/** Stands for a whole text when the source of the secrets failed: what is secret is not known then. */
export const WITHHELD = '[withheld: the secrets could not be read]';
