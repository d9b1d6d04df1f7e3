import { messageOf, ScanError } from '../base/scan-error.ts';
import { z } from '../base/schema.ts';
import { Thesis } from './thesis.ts';

const LONGEST = 4000;
const FENCED = /^```(?:json)?\s*\n([\s\S]*?)\n?```$/;

/** An argument of bull or bear. @throws ScanError ANSWER_UNREADABLE */
export function readArgument(answer: string): string {
  const text = answer.trim();
  if (text === '') throw unreadable('it is empty, expected an argument');
  return text.slice(0, LONGEST).toWellFormed();
}

/** The thesis in an answer, alone or in a fence as many models write it. @throws ScanError ANSWER_UNREADABLE */
export function readThesis(answer: string): Thesis {
  const text = answer.trim();
  const parsed = Thesis.safeParse(jsonIn(FENCED.exec(text)?.[1] ?? text));
  if (parsed.success) return parsed.data;
  throw unreadable(z.prettifyError(parsed.error).replaceAll(/\s+/g, ' '));
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw unreadable(`it is no JSON: ${messageOf(cause)}`);
  }
}

function unreadable(why: string): ScanError {
  return new ScanError('ANSWER_UNREADABLE', `the answer cannot be read: ${why}`);
}
