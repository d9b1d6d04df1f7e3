import type { SourceLocation } from '@millrace/core';
import type { ConfigLayer } from '../layers/config-layer.ts';

/** A place that gave a value. Of a flag or a module the file name says all. */
export interface WrittenOrigin {
  readonly kind: 'written';
  readonly layer: ConfigLayer;
  readonly at: SourceLocation;
}

/**
 * Who decides where nothing is written. `schema`: the params schema of the stage. `class`: the options of
 * its class. `millrace`: Millrace itself. `unknown`: it cannot be told, since the class is not known.
 */
export type DefaultGiver = 'schema' | 'class' | 'millrace' | 'unknown';

export interface DefaultOrigin {
  readonly kind: 'default';
  readonly by: DefaultGiver;
}

/** A value that is or was at some place. */
export interface ReplacedValue {
  /** As written, with placeholders. */
  readonly value: unknown;
  readonly layer: ConfigLayer;
  readonly at: SourceLocation;
}

/** What a placeholder in a value stands for. */
export type ExplainedPlaceholder =
  | {
      readonly kind: 'param';
      /** As written: `${date}`. */
      readonly source: string;
      readonly path: string;
      readonly value: unknown;
      readonly layer: ConfigLayer;
      readonly at: SourceLocation;
      readonly over: readonly ReplacedValue[];
      readonly placeholders: readonly ExplainedPlaceholder[];
    }
  | {
      /** A name that is no param: one of the instances of a stage. */
      readonly kind: 'variable';
      readonly source: string;
      readonly name: string;
      /** For one instance, where the whole value is the variable. */
      readonly shown?: ReplacedValue;
    }
  | {
      readonly kind: 'env';
      readonly source: string;
      readonly name: string;
      readonly from: 'variable' | 'default' | 'missing';
      readonly value?: string;
    }
  | { readonly kind: 'secret'; readonly source: string; readonly name: string };

/** `ms` of durations, `bytes` of sizes. */
export type ValueUnit = 'ms' | 'bytes';

export interface InstanceValue {
  /** `stages["score[20]"].with.window` */
  readonly path: string;
  readonly value: unknown;
}

/** One value of a config and how it came about. Secrets are shown as their placeholders. */
export interface ExplainedValue {
  readonly kind: 'value';
  /** `stages.score.with.window` */
  readonly path: string;
  /** Undefined: there is none. */
  readonly value: unknown;
  readonly origin: WrittenOrigin | DefaultOrigin;
  /** As written, where that is not the value: with placeholders, or a path from another file. */
  readonly written?: string;
  /** What it replaced, the last one first. */
  readonly over: readonly ReplacedValue[];
  readonly placeholders: readonly ExplainedPlaceholder[];
  /** Of a repeated stage as it is written: what its instances have there, where that is something else. */
  readonly instances?: readonly InstanceValue[];
  /** What the stage gets, where its schema makes something else of the value. */
  readonly read?: unknown;
  /** What `read` counts, of a duration or a size. */
  readonly unit?: ValueUnit;
}

/** A part of a config, value by value. */
export interface ExplainedMap {
  readonly kind: 'map';
  readonly path: string;
  readonly values: readonly ExplainedValue[];
}

export type Explained = ExplainedValue | ExplainedMap;

/** A path that leads nowhere. */
export interface UnknownPath {
  /** How far it leads; empty for nowhere. */
  readonly owner: string;
  /** The part that is not known there. */
  readonly part: string;
  readonly known: readonly string[];
}
