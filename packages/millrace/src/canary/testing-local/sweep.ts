import type { Canary } from './canaries.ts';
import { type SecretForm, secretForms } from './secret-forms.ts';

/** A canary where it must not be. */
export interface Finding {
  /** What kind of output: `run stderr`, `events file`. */
  readonly output: string;
  /** The very output, where there are several of the kind. */
  readonly place: string;
  readonly canary: string;
  readonly form: string;
  /** Some text around it. */
  readonly excerpt: string;
}

interface Searched {
  outputs: number;
  bytes: number;
}

interface ByteForm extends SecretForm {
  /** The UTF-8 bytes, each as one character, as the outputs are searched. */
  readonly bytes: string;
}

const AROUND = 60;

/** Looks for every form of every canary in whatever it is given, and keeps count. */
export class Sweep {
  readonly #forms: readonly ByteForm[];
  readonly #searched = new Map<string, Searched>();
  readonly #findings: Finding[] = [];

  constructor(canaries: readonly Canary[]) {
    this.#forms = canaries.flatMap(secretForms).map((form) => ({
      ...form,
      bytes: Buffer.from(form.text, 'utf8').toString('latin1'),
    }));
  }

  /** What was found since the last time. */
  takeFindings(): readonly Finding[] {
    return this.#findings.splice(0);
  }

  /** @param output its kind @param place which one, such as the command line */
  search(output: string, place: string, content: string | Uint8Array): void {
    const bytes = Buffer.from(content).toString('latin1');
    const sum = this.#searched.get(output) ?? { outputs: 0, bytes: 0 };
    sum.outputs += 1;
    sum.bytes += bytes.length;
    this.#searched.set(output, sum);
    for (const { canary, form, bytes: needle } of this.#forms) {
      const at = bytes.indexOf(needle);
      if (at === -1) continue;
      const around = bytes.slice(Math.max(0, at - AROUND), at + needle.length + AROUND);
      const excerpt = Buffer.from(around, 'latin1').toString('utf8');
      this.#findings.push({ output, place, canary, form, excerpt });
    }
  }

  /** For people: what was searched, by kind of output. */
  summary(): string {
    const lines = [...this.#searched].map(
      ([output, { outputs, bytes }]) => `  ${output}: ${outputs} of them, ${bytes} bytes`,
    );
    const total = this.#searched.values().reduce((sum, { bytes }) => sum + bytes, 0);
    return [`${this.#forms.length} needles in ${total} bytes of:`, ...lines].join('\n');
  }
}
