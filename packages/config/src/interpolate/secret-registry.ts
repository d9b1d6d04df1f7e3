import { createTextRedactor } from '@millrace/core';

/** A switch gives no secret away, and stands in every text. */
const SWITCH = /^(?:true|false|null|yes|no|on|off)$/i;

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
  readonly #redactor = createTextRedactor({ values: () => this.values });
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
      .filter((value) => value !== '' && !SWITCH.test(value))
      .sort((a, b) => b.length - a.length);
    return this.#longestFirst;
  }

  /** The text without secrets of four characters and more, also where they are encoded in it or cut. */
  redact(text: string): string {
    return this.#redactor.text(text);
  }

  /** The text without whole secrets, and otherwise as it is, so that other changes of it can still be told. */
  hide(text: string): string {
    return this.#redactor.withoutSecrets(text);
  }

  /** Whether a text holds one of them whole. For `new PipelineExecutor({ holdsSecret })`. */
  holds(text: string): boolean {
    return this.#redactor.holdsSecret(text);
  }
}
