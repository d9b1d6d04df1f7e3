import { type SealedValue, sealValue } from '../base/codec/index.ts';
import type { StageId } from '../base/ids.ts';
import { problem, type Result, success } from '../base/result.ts';
import { formatPath, schemaIssues } from '../base/schema-issues.ts';
import type { z } from '../base/zod.ts';
import type { FailureRecord } from '../events/index.ts';
import type { BoundMap, StageBlueprint } from '../pipeline/index.ts';
import { invalidItemFailure, itemThrewFailure, unstorableItemFailure } from './item-failures.ts';

/** Checks and freezes what `runItem` returned. */
export class ItemResults {
  readonly #stage: StageId;
  readonly #schema: z.ZodType | undefined;

  constructor(stage: StageId, { spec }: StageBlueprint, { into }: BoundMap) {
    this.#stage = stage;
    this.#schema = elementSchema(spec.outputs?.shape[into] as z.ZodType | undefined);
  }

  /** The result as it was returned: the schema of the whole output reads it once more at the end. */
  check(key: string, returned: unknown): Result<SealedValue, FailureRecord> {
    const item = { stage: this.#stage, key };
    try {
      const parsed = this.#schema?.safeParse(returned);
      if (parsed?.success === false) {
        const issues = schemaIssues(parsed.error, returned).map(({ path, message, got }) => ({
          path: formatPath(path),
          message: `${message}, got ${got}`,
        }));
        return problem(invalidItemFailure(item, issues));
      }
      const sealed = sealValue(returned, 'result');
      return sealed.ok
        ? success(sealed.value)
        : problem(unstorableItemFailure(item, sealed.problem));
    } catch (error) {
      // A schema with a throwing refinement, or a getter that throws.
      return problem(itemThrewFailure(item, error));
    }
  }
}

/** What the schema of an array asks of each element; undefined where it cannot be told. */
function elementSchema(schema: z.ZodType | undefined): z.ZodType | undefined {
  let inner: unknown = schema;
  while (isRecord(inner)) {
    const definition = Reflect.get(inner, '_zod')?.def as Record<string, unknown> | undefined;
    switch (definition?.type) {
      case 'array':
        return definition.element as z.ZodType;
      case 'readonly':
      case 'optional':
      case 'default':
      case 'nonoptional':
        inner = definition.innerType;
        break;
      default:
        return undefined;
    }
  }
  return undefined;
}

function isRecord(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
