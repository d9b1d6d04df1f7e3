import type { StageClass } from '@millrace/core';
import type { KeySpace } from './key-space.ts';
import { isList, isText, mapOf } from './plain.ts';
import type { Member } from './scope.ts';

/** A stage with its class: what it reads and writes, by the keys of the whole config. */
export class BoundStage {
  readonly id: string;
  readonly member: Member;
  readonly stageClass: StageClass;
  readonly needs: readonly string[];

  constructor(member: Member, stageClass: StageClass, needs: readonly string[]) {
    this.id = member.id;
    this.member = member;
    this.stageClass = stageClass;
    this.needs = needs;
  }

  get inputs(): readonly string[] {
    return Object.keys(this.stageClass.spec.inputs?.shape ?? {});
  }

  get updates(): readonly string[] {
    return Object.keys(this.stageClass.spec.updates?.shape ?? {});
  }

  /** Undefined when it may write any key. */
  get outputs(): readonly string[] | undefined {
    const { outputs } = this.stageClass.spec;
    return outputs && Object.keys(outputs.shape);
  }

  /** Where an input comes from: keys, or patterns of keys, and whether they make a list. */
  reads(name: string): { readonly keys: readonly string[]; readonly isList: boolean } {
    const written = mapOf(this.member.fields.reads)[name];
    if (isList(written))
      return { keys: written.flatMap((key) => this.#keys.keysOf(String(key))), isList: true };
    if (isText(written)) {
      const keys = this.#keys.keysOf(written);
      return { keys, isList: keys.length > 1 };
    }
    const shared = this.#keys.shared[name];
    if (shared !== undefined) return { keys: this.#keys.keysOf(name), isList: isList(shared) };
    return { keys: [`${this.#keys.prefix}${name}`], isList: false };
  }

  /** Under which key an output is kept. */
  writes(name: string): string {
    const { label, fields } = this.member;
    const written = mapOf(fields.writes)[name];
    if (isText(written)) return this.#keys.keysOf(written)[0] ?? written;
    const [key = name] = this.#keys.keysOf(name);
    return label === undefined ? key : `${key}[${label}]`;
  }

  /** All that it changes. */
  get written(): readonly string[] {
    const updated = this.updates.flatMap((name) => this.reads(name).keys);
    return [...(this.outputs ?? []).map((name) => this.writes(name)), ...updated];
  }

  get #keys(): KeySpace {
    return this.member.scope.keys;
  }
}
