const REDACTED = '[secret]';

/** Where the values of `${secret:NAME}` come from. */
export interface SecretProvider {
  /** Undefined when there is no such secret. */
  read(name: string): string | undefined | Promise<string | undefined>;
}

/** Secrets from environment variables of the same name. */
export function envSecrets(env: Readonly<Record<string, string | undefined>>): SecretProvider {
  return { read: (name) => (Object.hasOwn(env, name) ? env[name] : undefined) };
}

/** The secret values that a config used, for whoever prints or stores text. */
export class SecretRegistry {
  readonly #values = new Map<string, string>();
  readonly #forms = new Set<string>();
  #longestFirst: readonly string[] | undefined;

  /** @param forms other texts in which the value appears, such as the parts of a secret that is JSON */
  add(name: string, value: string, forms: readonly string[] = []): void {
    this.#values.set(name, value);
    for (const form of forms) this.#forms.add(form);
    this.#longestFirst = undefined;
  }

  get names(): readonly string[] {
    return [...this.#values.keys()];
  }

  /** Longest first, so that a secret that holds another one is replaced whole. */
  get values(): readonly string[] {
    this.#longestFirst ??= [...new Set([...this.#values.values(), ...this.#forms])]
      .filter((value) => value !== '')
      .sort((a, b) => b.length - a.length);
    return this.#longestFirst;
  }

  redact(text: string): string {
    let redacted = text;
    for (const value of this.values) redacted = redacted.replaceAll(value, REDACTED);
    return redacted;
  }
}
