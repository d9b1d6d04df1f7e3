import { z } from '../zod.ts';

/** A column of JSON text, read. */
export function jsonColumn<Content extends z.ZodType>(content: Content) {
  return z
    .string()
    .transform((text, context): unknown => {
      const parsed = parsedJson(text);
      if (parsed === undefined) context.addIssue({ code: 'custom', message: 'is not JSON' });
      return parsed;
    })
    .pipe(content);
}

/** Undefined for what is not JSON, which no JSON stands for. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Milliseconds since 1970 UTC: the columns hold whole ones. */
export function wholeMs(timeMs: number): number {
  return Math.round(timeMs);
}

export function wholeMsOrNull(timeMs: number | undefined): number | null {
  return timeMs === undefined ? null : Math.round(timeMs);
}

/** `status: expected one of ...`, the first fault of a row. */
export function firstFault(error: z.ZodError): string {
  const [issue] = error.issues;
  if (issue === undefined) return 'it cannot be read';
  return issue.path.length === 0 ? issue.message : `${issue.path.join('.')}: ${issue.message}`;
}
